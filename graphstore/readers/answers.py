"""The bytes of an answer, as they come from the worker."""

from __future__ import annotations

from typing import Self

from graphstore.readers.exchange import Exchange
from graphstore.readers.frames import Kind


class Chunks:
    """An answer's bytes: first those held back while most failures could still be told, then the rest as it comes.

    Closing it early ends the work. An iterator of its own rather than a generator, because closing a generator that
    was never begun runs none of its code.
    """

    def __init__(self, held_back: bytes, exchange: Exchange | None) -> None:
        """Takes the bytes held back, and the exchange that the rest comes from; None where there is no rest."""
        self._held_back = held_back
        self._exchange = exchange

    @property
    def whole(self) -> bytes | None:
        """All of the answer where it is all there; None where more may come."""
        return self._held_back if self._exchange is None else None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        if self._held_back:
            held_back, self._held_back = self._held_back, b""
            return held_back
        if self._exchange is None:
            raise StopAsyncIteration
        try:
            kind, payload = await self._exchange.receive()
        except BaseException:
            await self.aclose()
            raise
        if kind is Kind.END:
            self._exchange = None
            raise StopAsyncIteration
        return payload

    async def aclose(self) -> None:
        """Ends the answer; a worker that goes on with it is killed soon."""
        self._held_back = b""
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            exchange.cancel()
