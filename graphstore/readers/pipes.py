"""The pipes of a reader process: frames as they come, what it says on standard error, and its end.

A protocol rather than streams: a short answer comes in one piece, and is taken apart at once instead of by six waits.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

from graphstore.readers.child import ERRORS, OUTPUT
from graphstore.readers.frames import HEADER, Kind

_HELD_BYTES: Final = 256 * 1024
_DIAGNOSIS_BYTES: Final = 8 * 1024


class WorkerEnded(Exception):
    """The process closed its pipe: it has ended or is about to."""


class Heard(NamedTuple):
    """A whole answer: what its BEGIN said, its bytes, and what its END said."""

    begin: bytes
    body: bytes
    end: bytes


class Pipes:
    """What goes to one process and comes from it. Memory is bounded: whoever is not read from has to wait.

    Attributes:
        diagnosis: the last that it said on standard error.
        over: whether it has closed its pipe.
        listener: called when something has come, or the end; whoever awaits `receive` needs none.
        ended: done when the process has ended and all it said has come.
    """

    def __init__(self) -> None:
        self.diagnosis = bytearray()
        self.over = False
        self.listener: Callable[[], None] | None = None
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._frames: deque[tuple[int, bytes]] = deque()
        self._unread = bytearray()
        self._held = 0
        self._stopped = False
        self._thrown_away = False
        self._waiting: asyncio.Future[None] | None = None

    def connect(self, requests: asyncio.WriteTransport, answers: asyncio.ReadTransport) -> None:
        """Takes what writes to the process, and what may be paused where nobody takes what comes from it."""
        self._requests = requests
        self._answers = answers

    def send(self, data: bytes) -> None:
        """Sends bytes.

        Raises:
            WorkerEnded: when nobody reads any more.
        """
        if self.over or self._requests.is_closing():
            raise WorkerEnded
        self._requests.write(data)

    async def receive(self) -> tuple[Kind, bytes]:
        """The next frame.

        Raises:
            WorkerEnded: when the pipe has ended.
        """
        while not self._frames:
            if self.over:
                raise WorkerEnded
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        kind, payload = self._frames.popleft()
        self._held -= len(payload)
        if self._stopped and self._held <= _HELD_BYTES:
            self._go_on()
        return Kind(kind), payload

    @property
    def is_held_up(self) -> bool:
        """Whether no more comes until some is taken by `receive`, or what has come is the news of a failure."""
        return self._stopped or (bool(self._frames) and self._frames[-1][0] == Kind.FAILED)

    def whole(self) -> Heard | None:
        """Takes an answer that has come whole; None, and nothing is taken, where more is to come or it failed."""
        frames = self._frames
        if not frames or frames[-1][0] != Kind.END:
            return None
        (_, begin), *chunks, (_, end) = frames
        frames.clear()
        self._held = 0
        if self._stopped:
            self._go_on()
        return Heard(begin, chunks[0][1] if len(chunks) == 1 else b"".join(each for _, each in chunks), end)

    def skip(self) -> bytes | None:
        """Throws away what is left of an answer; None, and nothing is thrown away, where more is to come.

        Returns:
            What its END said; nothing where it failed.
        """
        if not self._frames or self._frames[-1][0] not in (Kind.END, Kind.FAILED):
            return None
        kind, payload = self._frames[-1]
        self._frames.clear()
        self._held = 0
        if self._stopped:
            self._go_on()
        return payload if kind == Kind.END else b""

    def throw_away(self) -> None:
        """Lets go of whatever still comes: the end of a process is not seen while its pipe is full."""
        self._thrown_away = True
        self._frames.clear()
        self._unread.clear()
        if self._stopped and not self.over:
            self._go_on()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Some bytes have come from the process."""
        if fd == ERRORS:
            self.diagnosis += data
            del self.diagnosis[:-_DIAGNOSIS_BYTES]
        elif not self._thrown_away:
            self._unread += data
            self._take_apart()
            if self._held > _HELD_BYTES and not self._stopped:
                self._stopped = True
                self._answers.pause_reading()
            if self._frames:
                self._wake()

    def _take_apart(self) -> None:
        begin, size = 0, len(self._unread)
        with memoryview(self._unread) as unread:
            while size - begin >= HEADER.size:
                kind, length = HEADER.unpack_from(unread, begin)
                end = begin + HEADER.size + length
                if end > size:
                    break
                self._frames.append((kind, bytes(unread[begin + HEADER.size : end])))
                self._held += length
                begin = end
        del self._unread[:begin]

    def pipe_connection_lost(self, fd: int, _: Exception | None) -> None:
        """One of its pipes has ended."""
        if fd == OUTPUT:
            self.over = True
            self._wake()

    def connection_lost(self, _: Exception | None) -> None:
        """It has ended, and all it said has come."""
        self.over = True
        self._wake()
        if not self.ended.done():
            self.ended.set_result(None)

    def _go_on(self) -> None:
        self._stopped = False
        self._answers.resume_reading()

    def _wake(self) -> None:
        if self.listener is not None:
            self.listener()
        elif self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
