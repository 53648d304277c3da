"""One reader process, as the pool sees it: started, spoken to, killed, and asked why it ended."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from graphstore.readers.errors import ReaderCrashed, ReaderError, ReaderOutOfMemory
from graphstore.readers.frames import HEADER, Kind, frame
from graphstore.readers.records import ReaderLimits

_PIPE_BYTES: Final = 64 * 1024
_DIAGNOSIS_BYTES: Final = 8 * 1024
_START_SECONDS: Final = 20.0
_OUT_OF_MEMORY: Final = (b"memory allocation of", b"bad_alloc", b"MemoryError", b"Cannot allocate memory")
_DEMOTED: Final = 15


class WorkerEnded(Exception):
    """The process closed its pipe: it has ended or is about to."""


class WorkerProcess:
    """A process of ``graphstore.readers.worker``. Its memory here is bounded: a full pipe makes the worker wait."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None  # noqa: S101  PIPE was asked for
        assert process.stdout is not None  # noqa: S101
        assert process.stderr is not None  # noqa: S101
        self._process = process
        self._requests = process.stdin
        self._answers = process.stdout
        self._reading = asyncio.Lock()  # a stream has one reader at a time, or its end may go unseen
        self._diagnosis = bytearray()
        self._listening = asyncio.create_task(self._listen(process.stderr))
        # The module subprocess would reap the process while it sends a signal, and its return code would be lost.
        self._handle: int | None = os.pidfd_open(process.pid)
        self.spent = False

    @classmethod
    async def start(cls, limits: ReaderLimits) -> WorkerProcess:
        """Starts a process and waits until it is ready.

        Raises:
            ReaderCrashed: when it does not come up; the message quotes what it said.
        """
        environment = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "graphstore.readers.worker", str(limits.memory),
            stdin=PIPE, stdout=PIPE, stderr=PIPE, limit=_PIPE_BYTES, start_new_session=True,
            env=environment | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "RUST_BACKTRACE": "0"},
        )  # fmt: skip
        worker = cls(process)
        try:
            kind, _ = await asyncio.wait_for(worker.receive(), _START_SECONDS)
        except (WorkerEnded, TimeoutError) as error:
            worker.kill()
            await worker.ended()
            said = bytes(worker._diagnosis).decode("utf-8", "replace").strip().splitlines()
            raise ReaderCrashed(
                f"A reader process did not start: {said[-1] if said else 'it said nothing'}."
            ) from error
        except BaseException:
            worker.kill()
            raise
        if kind is not Kind.READY:
            raise ReaderCrashed(f"A reader process began with {kind.name} instead of READY.")
        return worker

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not been seen to end."""
        return self._process.returncode is None and not self._answers.at_eof()

    async def _listen(self, stream: asyncio.StreamReader) -> None:
        while said := await stream.read(_DIAGNOSIS_BYTES):
            self._diagnosis += said
            del self._diagnosis[:-_DIAGNOSIS_BYTES]

    async def send(self, request: Mapping[str, Any], body: bytes) -> None:
        """Sends one request.

        Raises:
            WorkerEnded: when nobody reads any more.
        """
        self._diagnosis.clear()
        try:
            self._requests.write(frame(Kind.REQUEST, json.dumps(request).encode("ascii")) + frame(Kind.BODY, body))
            await self._requests.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            raise WorkerEnded from error

    async def receive(self) -> tuple[Kind, bytes]:
        """The next frame of the answer.

        Raises:
            WorkerEnded: when the pipe has ended.
        """
        try:
            async with self._reading:
                kind, length = HEADER.unpack(await self._answers.readexactly(HEADER.size))
                return Kind(kind), await self._answers.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionResetError) as error:
            raise WorkerEnded from error

    def demote(self) -> None:
        """Lets the processes of shorter requests go first; there is no way back without privileges, so it is spent."""
        self.spent = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _DEMOTED)

    def kill(self) -> None:
        """Ends the process at once (SIGKILL); harmless when it has ended."""
        if self._handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    async def ended(self) -> int:
        """Waits for the end of the process and gives its return code; a negative one is the signal's number."""
        await self._read_up()
        code = await self._process.wait()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._listening), 1.0)
        self._listening.cancel()
        self._requests.close()
        with suppress(OSError):
            await self._requests.wait_closed()
        return code

    async def _read_up(self) -> None:
        # The end of a process is not seen while its pipe is full of what nobody reads any more.
        while not self._answers.at_eof():
            async with self._reading:
                await self._answers.read(_PIPE_BYTES)

    async def reason(self) -> ReaderError:
        """Why the process ended by itself, as the error that its client gets.

        The engine aborts when memory is refused and says so; running out of stack is a segmentation fault without a
        word; a kill that the pool did not send comes from the kernel when the machine is out of memory.
        """
        code = await self.ended()
        if any(words in self._diagnosis for words in _OUT_OF_MEMORY) or code == -signal.SIGKILL:
            return ReaderOutOfMemory("The request needed more memory than one may use. Ask for less at a time.")
        if code in (-signal.SIGSEGV, -signal.SIGBUS):
            return ReaderCrashed("The text is nested too deeply to be read. Write it with fewer levels.")
        name = signal.Signals(-code).name if code < 0 else f"return code {code}"
        return ReaderCrashed(f"The request ended its reader process ({name}). Write it in a simpler way.")
