"""Kept answers, given in the thread that a request comes in on, before the event loop hears of it.

To wake the loop and run a task there costs several times what a kept answer itself costs. Everything that the way
through the application does for such an answer is done here too: it is named, limited, counted and noted.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final

from starlette.types import Message, Scope

from api.cache import RepeatedAnswers
from api.operations.forwarded import Forwarded
from api.operations.identity import HEADER, request_identity
from api.operations.limiting import RateLimited
from api.operations.logs import Answered, RequestLog
from api.operations.metrics import Metrics
from api.operations.routes import KEPT

_OK: Final = 200


class ImmediateAnswers:
    """Answers what is kept, and leaves everything else to the application.

    Args:
        repeated: finds what has been asked before.
        metrics: where requests are counted.
        log: where they are noted.
        limited: how much one client may ask; None for as much as it likes.
        forwarded: whom to believe about who asks; None for nobody.
    """

    def __init__(
        self,
        repeated: RepeatedAnswers,
        metrics: Metrics,
        log: RequestLog,
        limited: RateLimited | None = None,
        forwarded: Forwarded | None = None,
    ) -> None:
        self._repeated = repeated
        self._metrics = metrics
        self._log = log
        self._limited = limited
        self._forwarded = forwarded

    def answer(self, scope: Scope, send: Callable[[Message], object]) -> bool:
        """Answers a request if its answer is kept; any thread may call it.

        Args:
            scope: the request (ASGI). How it asks is noted in it, so that the application need not look again.
            send: takes the two messages of an answer at once, without being awaited.

        Returns:
            Whether it is answered. If not, nothing was sent, and the application must be asked.
        """
        begun = perf_counter()
        asked = scope if self._forwarded is None else self._forwarded.seen(scope)
        found = self._repeated.known(asked)
        if asked is not scope:
            self._repeated.note(asked, scope)
        # Who has to wait is told so by the application.
        if found is None or (self._limited is not None and self._limited.seconds_to_wait(asked)):
            return False
        answer, headers = found
        identity = request_identity(scope["headers"])
        send({"type": "http.response.start", "status": _OK, "headers": [*headers, (HEADER, identity)]})
        send({"type": "http.response.body", "body": answer.body})
        seconds = perf_counter() - begun
        self._metrics.answered(KEPT, "GET", _OK, seconds)
        if seconds >= self._log.noted_from:
            client = asked.get("client")
            self._log.note(
                Answered(identity.decode(), "GET", asked["path"], _OK, seconds, len(answer.body), client and client[0])
            )
        return True
