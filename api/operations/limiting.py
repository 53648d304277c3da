"""Turning away a client that asks too often (RFC 6585, section 4)."""

from __future__ import annotations

from time import monotonic
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import AskedTooOften
from api.operations.networks import client_key
from api.operations.rates import Buckets, Rate
from api.problems import problem_response

ALWAYS_ANSWERED: Final = ("/healthz", "/readyz", "/metrics")


class RateLimited:
    """Answers 429 to a client that asks more than its rate; the small files of a page do not count."""

    def __init__(self, application: ASGIApp, rate: Rate, free: str) -> None:
        self._application = application
        self._buckets = Buckets(rate)
        self._said = f"{rate.requests:,} requests in {rate.seconds:g} seconds"
        self._free = free

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on, or turns it away."""
        wait = self.seconds_to_wait(scope)
        if wait:
            refusal = AskedTooOften(f"One client may send {self._said}. Ask again in {wait} s.", wait)
            await problem_response(refusal, scope["path"])(scope, receive, send)
            return
        await self._application(scope, receive, send)

    def seconds_to_wait(self, scope: Scope) -> int:
        """Counts a request; 0 where it may be answered, otherwise when to come again. Any thread may call it."""
        client = scope.get("client")
        if scope["type"] != "http" or not client or self._is_free(scope["path"]):
            return 0
        return self._buckets.take(client_key(client[0]), monotonic())

    def _is_free(self, path: str) -> bool:
        return path.startswith(self._free) or path in ALWAYS_ANSWERED
