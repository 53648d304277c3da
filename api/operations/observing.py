"""Every request on its way in and out: it gets a name, its answer the common header fields, and both are counted.

It stands outside everything else that answers, so that no answer leaves without them, and does little, because the
fastest answers take less than a tenth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Awaitable
from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.departure import watch_no_more
from api.operations.headers import completed
from api.operations.identity import HEADER, request_identity
from api.operations.logs import SERVER_ERROR, Answered, RequestLog
from api.operations.metrics import Metrics
from api.operations.routes import KEPT, UNROUTED, route_of
from api.problems import problem_response

BEGUN: Final = "hypothread.begun"
"""Under it a scope says since when a request is at work (`perf_counter`), where that was before it came here."""

_OK: Final = 200


class Observed:
    """Names, counts and notes requests, and answers for what nobody foresaw.

    Args:
        application: what answers.
        metrics: where they are counted.
        log: where they are noted.
    """

    def __init__(self, application: ASGIApp, metrics: Metrics, log: RequestLog) -> None:
        self._application = application
        self._metrics = metrics
        self._log = log
        self._noted_from = log.noted_from

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request be answered."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        begun: float = scope.get(BEGUN) or perf_counter()
        identity = request_identity(scope["headers"])
        metrics = self._metrics
        metrics.in_hand += 1
        status = sent = 0

        def sending(message: Message) -> Awaitable[None]:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*completed(message["headers"]), (HEADER, identity)]
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
            watch_no_more(scope)
            seconds = perf_counter() - begun
            metrics.in_hand -= 1
            # Only what is answered ahead of the router leaves no endpoint, and of that only kept answers are good.
            route = route_of(scope) if "endpoint" in scope else KEPT if status == _OK else UNROUTED
            metrics.answered(route, scope["method"], status, seconds)
            if seconds >= self._noted_from or status >= SERVER_ERROR:
                client = scope.get("client")
                self._log.note(
                    Answered(
                        identity.decode(), scope["method"], scope["path"], status, seconds, sent, client and client[0]
                    )
                )
