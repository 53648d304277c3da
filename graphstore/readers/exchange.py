"""One request on one worker, from the moment it is sent until its last byte or its worker's end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final

from graphstore.errors import DataSyntaxError, QueryEvaluationError, QuerySyntaxError, ServiceRefused, StoreUnavailable
from graphstore.readers.errors import AnswerTooLarge, NoAcceptableFormat, ReaderOutOfMemory, ReaderTimedOut
from graphstore.readers.frames import Kind
from graphstore.readers.pipes import WorkerEnded
from graphstore.readers.process import WorkerProcess

_SHORT_SECONDS: Final = 1.0
_TEXT_ERRORS: Final = {"query-syntax": QuerySyntaxError, "data-syntax": DataSyntaxError}
_ERRORS: Final = {
    "evaluation": QueryEvaluationError,
    "format": NoAcceptableFormat,
    "memory": ReaderOutOfMemory,
    "service": ServiceRefused,
    "snapshot": StoreUnavailable,
    "too-large": AnswerTooLarge,
}


class End(Enum):
    """How an exchange came to its end."""

    ANSWERED = "answered"
    CANCELLED = "cancelled"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"


class Exchange:
    """A request and the frames of its answer.

    The deadline is a timer of its own: it kills the worker whether or not anybody is reading. Work that lasts longer
    than a second goes on at lower priority.
    """

    def __init__(self, worker: WorkerProcess, deadline: float, when_over: Callable[[WorkerProcess, End], None]) -> None:
        self._worker = worker
        self._deadline = deadline
        self._when_over = when_over
        self._end: End | None = None
        # One timer, set again where the work is long: nearly all of it is short.
        self._timer = asyncio.get_running_loop().call_later(min(_SHORT_SECONDS, deadline), self._is_long)

    def _is_long(self) -> None:
        left = self._deadline - _SHORT_SECONDS
        if left <= 0:
            self._over(End.TIMED_OUT)
        else:
            self._worker.demote()
            self._timer = asyncio.get_running_loop().call_later(left, self._over, End.TIMED_OUT)

    def _over(self, end: End) -> None:
        if self._end is None:
            self._end = end
            self._timer.cancel()
            self._when_over(self._worker, end)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self._end is not None

    async def send(self, request: bytes) -> None:
        """Sends the request, both frames of it.

        Raises:
            ReaderError: when the worker has ended.
        """
        try:
            self._worker.send(request)
        except WorkerEnded:
            await self._raise_end()

    def answered(self, end: bytes) -> None:
        """Ends it where the whole answer was taken from the worker; the worker is free.

        Args:
            end: what its END said.
        """
        self._worker.spent |= bool(end)
        self._over(End.ANSWERED)

    async def receive(self) -> tuple[Kind, bytes]:
        """The next frame: BEGIN, CHUNK or END; after END the worker is free.

        Raises:
            ReaderError: when the worker was killed at its deadline or ended by itself.
            GraphStoreError: what the worker says is wrong with the request; the worker is free.
        """
        if self._end is not None:  # the worker may be at another request already
            await self._raise_end()
        try:
            kind, payload = await self._worker.receive()
        except WorkerEnded:
            await self._raise_end()
            raise
        if self._end is not None:  # what comes from a worker that was killed meanwhile is not to be trusted
            await self._raise_end()
        if kind is Kind.END:
            self.answered(payload)
        if kind is Kind.FAILED:
            self._over(End.ANSWERED)
            raise self._failure(json.loads(payload))
        return kind, payload

    @staticmethod
    def _failure(said: Mapping[str, Any]) -> Exception:
        name = str(said["error"])
        if name in _TEXT_ERRORS:
            return _TEXT_ERRORS[name](said["message"], said["line"], said["column"])
        return _ERRORS[name](said["message"])

    async def _raise_end(self) -> None:
        if self._end is None:
            self._over(End.CRASHED)
        if self._end is End.CRASHED:
            raise await self._worker.reason()
        raise ReaderTimedOut(
            f"The request took longer than its {self._deadline:g} seconds. Ask for less, or give it a LIMIT."
        )

    def cancel(self) -> None:
        """Ends the exchange where it is; a worker that goes on with it is killed soon. Harmless after the end."""
        self._over(End.CANCELLED)
