"""Every request on its way in and out: it gets a name, its answer the common header fields, and both are counted.

It stands outside everything else that answers, so that no answer leaves without them, and does little, because the
fastest answers take less than a tenth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Awaitable
from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.operations.headers import COMMON, policy_for
from api.operations.identity import HEADER, request_identity
from api.operations.logs import Answered, RequestLog
from api.operations.metrics import Metrics
from api.operations.routes import UNROUTED, route_of
from api.problems import problem_response

_OK: Final = 200


class Observed:
    """Names, counts and notes requests, and answers for what nobody foresaw.

    Args:
        application: what answers.
        metrics: where they are counted.
        log: where they are noted.
        ahead: the beginnings of the paths that may be answered ahead of the router.
    """

    def __init__(self, application: ASGIApp, metrics: Metrics, log: RequestLog, ahead: tuple[str, ...]) -> None:
        self._application = application
        self._metrics = metrics
        self._log = log
        self._ahead = ahead

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request be answered."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        begun = perf_counter()
        identity = request_identity(scope["headers"])
        metrics = self._metrics
        metrics.in_hand += 1
        status = sent = 0

        def sending(message: Message) -> Awaitable[None]:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                given = message["headers"]
                message["headers"] = [*given, *policy_for(given), *COMMON, (HEADER, identity)]
            else:
                sent += len(message.get("body", b""))
            return send(message)

        try:
            await self._application(scope, receive, sending)
        except Exception as error:
            self._log.failed(identity.decode(), error)
            if status:
                # The answer has begun: it must break off, or the client would take it for whole.
                raise
            answer = problem_response(error, scope["path"], identity.decode())
            await answer(scope, receive, sending)
        finally:
            seconds = perf_counter() - begun
            metrics.in_hand -= 1
            route = route_of(scope)
            if route is None and status == _OK:
                # Which of its routes it would have been is not known without asking the router.
                route = next((each for each in self._ahead if scope["path"].startswith(each)), None)
                metrics.repeated += 1
            metrics.answered(route or UNROUTED, scope["method"], status, seconds)
            if self._log.wants(status, seconds):
                client = scope.get("client")
                self._log.note(
                    Answered(
                        identity.decode(), scope["method"], scope["path"], status, seconds, sent, client and client[0]
                    )
                )
