"""Answers whose bytes come from a reader process while they are sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from api.departure import departure
from graphstore.errors import GraphStoreError
from graphstore.readers.answers import Chunks
from graphstore.readers.records import ReadAnswer

_SOON: Final = 0.05
_LOG: Final = logging.getLogger("hypothread.api")

Result = TypeVar("Result")


class AnswerResponse(Response):
    """A reader's answer, sent as it comes; a client that hangs up ends the reader's work.

    An answer that breaks off cannot be told by a status any more. The connection is closed without the final chunk,
    which every client takes for an error (RFC 9112, section 8), never for a shorter answer.
    """

    def __init__(
        self,
        answer: ReadAnswer,
        content_type: str,
        headers: Mapping[str, str],
        *,
        most: int = 0,
        when_whole: Callable[[bytes], None] = lambda _: None,
    ) -> None:
        """Takes the answer, and who is given all of it at its end unless it has more than `most` bytes."""
        super().__init__(b"", 200, {**headers, "Content-Type": content_type})
        del self.headers["content-length"]
        self._chunks = answer.chunks
        self._most = most
        self._when_whole = when_whole

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sending = asyncio.create_task(self._send(scope, send))
        gone = departure(scope, receive)
        try:
            await asyncio.wait({sending, gone}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            if isinstance(self._chunks, Chunks):
                await self._chunks.aclose()

    async def _send(self, scope: Scope, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if scope["method"] != "HEAD":
            held = bytearray()
            try:
                async for chunk in self._chunks:
                    if len(held) <= self._most:
                        held += chunk
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            except GraphStoreError as error:
                _LOG.warning("An answer broke off: %s", error)
                return
            if len(held) <= self._most:
                self._when_whole(bytes(held))
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def unless_gone(work: Awaitable[Result], request: Request) -> Result:
    """The result of some work, which is given up when the request's client hangs up first.

    The body must have been read. Work that ends soon is not watched over: most does, and watching costs a tenth of it.

    Raises:
        ClientDisconnect: when the client hung up.
    """
    asking = asyncio.current_task()
    watching: asyncio.Task[None] | None = None
    has_gone = False

    def went(watched: asyncio.Task[None]) -> None:
        nonlocal has_gone
        if asking is not None and not watched.cancelled():
            has_gone = asking.cancel()

    def watch() -> None:
        nonlocal watching
        watching = departure(request.scope, request.receive)
        watching.add_done_callback(went)

    timer = asyncio.get_running_loop().call_later(_SOON, watch)
    try:
        return await work
    except asyncio.CancelledError as cancelled:
        if has_gone and asking is not None and asking.uncancel() == 0:
            raise ClientDisconnect from cancelled
        raise
    finally:
        timer.cancel()
        if watching is not None:
            watching.remove_done_callback(went)
