"""One reader process, as the pool sees it: started, spoken to, killed, and asked why it ended."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

from graphstore.readers.child import Child
from graphstore.readers.errors import ReaderCrashed, ReaderError, ReaderOutOfMemory, ReadersStopping
from graphstore.readers.frames import Kind
from graphstore.readers.pipes import Heard, Pipes, WorkerEnded
from graphstore.readers.records import ReaderLimits

_START_SECONDS: Final = 20.0
_OUT_OF_MEMORY: Final = (b"memory allocation of", b"bad_alloc", b"MemoryError", b"Cannot allocate memory")
_LOWER: Final = 5
_DEMOTED: Final = 15


class WorkerProcess:
    """A process of ``graphstore.readers.worker``. Its memory here is bounded: a full pipe makes the worker wait."""

    def __init__(self, child: Child, pipes: Pipes) -> None:
        self._child = child
        self._pipes = pipes
        self.spent = False
        self.stopping = False

    @classmethod
    async def spawn(cls, limits: ReaderLimits) -> WorkerProcess:
        """Starts a process, which is nobody's until it is `ready`."""
        environment = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
        pipes = Pipes()
        child = await Child.start(
            (sys.executable, "-P", "-m", "graphstore.readers.worker", str(limits.memory)),
            environment | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "RUST_BACKTRACE": "0"},
            _LOWER, pipes,
        )  # fmt: skip
        pipes.connect(child.requests, child.answers)
        return cls(child, pipes)

    async def ready(self) -> None:
        """Waits until it may be given requests; one that does not come up is ended.

        Raises:
            ReaderCrashed: when it does not come up; the message quotes what it said.
        """
        try:
            kind, _ = await asyncio.wait_for(self.receive(), _START_SECONDS)
        except (WorkerEnded, TimeoutError) as error:
            self.kill()
            await self.ended()
            said = bytes(self._pipes.diagnosis).decode("utf-8", "replace").strip().splitlines()
            raise ReaderCrashed(
                f"A reader process did not start: {said[-1] if said else 'it said nothing'}."
            ) from error
        except BaseException:
            self.kill()
            raise
        if kind is not Kind.READY:
            raise ReaderCrashed(f"A reader process began with {kind.name} instead of READY.")

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it has not been seen to end."""
        return not self._pipes.over and self._child.returncode is None

    def send(self, request: bytes) -> None:
        """Sends one request, both frames of it.

        Raises:
            WorkerEnded: when nobody reads any more.
        """
        self._pipes.diagnosis.clear()
        self._pipes.send(request)

    async def receive(self) -> tuple[Kind, bytes]:
        """The next frame of the answer.

        Raises:
            WorkerEnded: when the pipe has ended.
        """
        return await self._pipes.receive()

    def listen(self, call: Callable[[], None] | None) -> None:
        """Has something called whenever more of the answer has come, or the process has ended; nothing with None."""
        self._pipes.listener = call

    def whole(self) -> Heard | None:
        """Takes an answer that has come whole; None, and nothing is taken, where it has not."""
        return self._pipes.whole()

    def skip(self) -> bool:
        """Throws away what is left of an answer whose end has come; False, and nothing is done, where it has not."""
        end = self._pipes.skip()
        self.spent |= bool(end)
        return end is not None

    @property
    def must_be_received(self) -> bool:
        """Whether only `receive` gets any further: the answer is long, or failed, or the process has ended."""
        return self._pipes.over or self._pipes.is_held_up

    def demote(self) -> None:
        """Lets the processes of shorter requests go first; there is no way back without privileges, so it is spent."""
        self.spent = True
        self._child.set_priority(_DEMOTED)

    def kill(self) -> None:
        """Ends the process at once (SIGKILL); harmless when it has ended."""
        self._child.kill()

    async def ended(self) -> int:
        """Waits for the end of the process and gives its return code; a negative one is the signal's number."""
        self._pipes.throw_away()
        await asyncio.shield(self._pipes.ended)
        return self._child.returncode or 0

    async def reason(self) -> ReaderError:
        """Why the process ended by itself, as the error that its client gets.

        The engine aborts when memory is refused and says so; running out of stack is a segmentation fault without a
        word; a kill that the pool did not send comes from the kernel when the machine is out of memory.
        """
        code = await self.ended()
        if self.stopping:
            return ReadersStopping()
        if any(words in self._pipes.diagnosis for words in _OUT_OF_MEMORY) or code == -signal.SIGKILL:
            return ReaderOutOfMemory("The request needed more memory than one may use. Ask for less at a time.")
        if code in (-signal.SIGSEGV, -signal.SIGBUS):
            return ReaderCrashed("The text is nested too deeply to be read. Write it with fewer levels.")
        name = signal.Signals(-code).name if code < 0 else f"return code {code}"
        return ReaderCrashed(f"The request ended its reader process ({name}). Write it in a simpler way.")
