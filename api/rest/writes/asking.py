"""Requests that write: who asks, what for, and each of them once where it bears a key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.access.calling import caller_of
from api.access.roles import Caller, Role
from api.bodies import body_media_type, read_body
from api.rest.parameters import Given, Parameter, read_given
from api.rest.writes.requests import Answer, KnownRequests, RequestKey
from api.serving import Serving
from graphstore.attribution import Attribution, Channel

JSON_ONLY: Final = ("application/json",)
MESSAGE: Final = Parameter(
    "message", "What the write is for, kept in its changeset.", "Agreed at the analysis meeting."
)
Note = Callable[[Answer], object]
"""Is given the answer just before the commit."""


@dataclass(frozen=True, slots=True)
class AskedWrite:
    """A request that writes: who asks, with which parameters, and what was sent."""

    caller: Caller
    given: Given
    body: bytes


class WriteRequests:
    """Reads the requests that write to one store, and carries each out.

    Args:
        serving: the store and its tokens.
    """

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._known = KnownRequests(serving.store.folder)

    async def read(self, request: Request, media_types: tuple[str, ...] | None) -> AskedWrite:
        """Reads a request of somebody who may write.

        Args:
            request: the request.
            media_types: what its body may be; None where it has none.
        """
        caller = await caller_of(request, self._serving.tokens)
        caller.must_be(Role.analyst, "Writing")
        given = read_given(request.scope["query_string"], (MESSAGE,))
        if media_types is None:
            return AskedWrite(caller, given, b"")
        body_media_type(request, media_types)
        limits = self._serving.limits
        return AskedWrite(caller, given, await read_body(request, limits.row_bytes, limits.body_seconds, "A row"))

    async def carry_out(
        self, request: Request, asked: AskedWrite, work: Callable[[Attribution, Note], Answer], told: str = ""
    ) -> Response:
        """Carries it out in a thread; where it bears an `Idempotency-Key`, once.

        Args:
            request: the request.
            asked: the same as it was read.
            work: does it, given whose it is and what notes the answer just before the commit.
            told: the message of its changeset where the request has none.
        """
        who = await asyncio.to_thread(self._serving.tokens.called, asked.caller.token)
        by = Attribution(who, Channel.rest, asked.given.one("message") or told)
        sent_key = request.headers.get("idempotency-key")
        if sent_key is None:
            return await _answered(lambda: work(by, lambda _: None))
        parts = (request.method, request.url.path, asked.given.canonical)
        key = RequestKey.of(sent_key.strip(), asked.caller.token, parts, asked.body)
        return await _answered(lambda: self._once(key, replace(by, request=key.digest), work))

    def _once(self, key: RequestKey, by: Attribution, work: Callable[[Attribution, Note], Answer]) -> Answer:
        with self._known.carrying_out(key) as before:
            if before is not None:
                return before
            answer = work(by, lambda coming: self._known.note(key, coming))
            self._known.finish(key)
            return answer


async def _answered(work: Callable[[], Answer]) -> Response:
    waiting: Awaitable[Answer] = asyncio.to_thread(work)
    # A client that hangs up does not end it: whoever sends the key again shall find it whole or not begun.
    answer = await asyncio.shield(waiting)
    return Response(answer.body or None, answer.status, dict(answer.headers))


def joined(request: Request, field: str) -> str | None:
    """A field of the header that may stand there several times; None where it is not there."""
    return ", ".join(request.headers.getlist(field)) or None
