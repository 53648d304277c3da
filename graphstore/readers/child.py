"""A process of our own, started beside the event loop, with its pipes and its end on it.

The loop's own way of starting one copies this process first, which stands still meanwhile: with a big index in memory
and other work on the machine for a quarter of a second. The module subprocess copies nothing, and does it in a thread.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from subprocess import PIPE, Popen
from typing import Any, Final, Protocol, cast

from typing_extensions import override

INPUT: Final = 0
OUTPUT: Final = 1
ERRORS: Final = 2


class Listener(Protocol):
    """Who hears what the process says."""

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """It wrote to `OUTPUT` or `ERRORS`."""

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """One of its pipes has ended."""

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended, and all that it said has been heard."""


class _End(asyncio.Protocol):
    """Our end of one pipe."""

    def __init__(self, number: int, child: Child) -> None:
        self._number = number
        self._child = child

    @override
    def data_received(self, data: bytes) -> None:
        self._child.listener.pipe_data_received(self._number, data)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._child.pipe_ended(self._number, exc)


class Child:
    """A running process.

    Attributes:
        pid: its id, which is its process group's too.
        requests: writes to its standard input.
        answers: reads its standard output; may be paused.
        returncode: its return code, a negative one the number of a signal; None while it runs.
        listener: who hears what it says.
    """

    requests: asyncio.WriteTransport
    answers: asyncio.ReadTransport

    def __init__(self, process: Popen[bytes], listener: Listener) -> None:
        self.pid = process.pid
        self.returncode: int | None = None
        self.listener = listener
        self._process = process
        # By its id, a signal might reach another process after its end.
        self._handle = os.pidfd_open(process.pid)
        self._loop = asyncio.get_running_loop()
        self._open = {OUTPUT, ERRORS}
        self._transports: list[asyncio.BaseTransport] = []

    @classmethod
    async def start(
        cls, command: Sequence[str], environment: Mapping[str, str], lower: int, listener: Listener
    ) -> Child:
        """Starts a process in a session of its own.

        Args:
            command: the program and its arguments.
            environment: all of its environment.
            lower: by how much its priority is lower than this process's.
            listener: who hears what it says.

        Raises:
            OSError: when it cannot be started.
        """
        process = await asyncio.to_thread(_popen, command, environment, lower)
        child = cls(process, listener)
        try:
            await child._connect()
        except BaseException:
            process.kill()
            process.wait()
            raise
        return child

    async def _connect(self) -> None:
        loop, process = self._loop, self._process
        answers = await loop.connect_read_pipe(lambda: _End(OUTPUT, self), process.stdout)
        errors = await loop.connect_read_pipe(lambda: _End(ERRORS, self), process.stderr)
        requests = await loop.connect_write_pipe(lambda: _End(INPUT, self), cast("Any", process.stdin))
        self.answers, self.requests = answers[0], requests[0]
        self._transports += [answers[0], errors[0], requests[0]]
        loop.add_reader(self._handle, self._has_ended)

    def set_priority(self, niceness: int) -> None:
        """Sets the priority of all its threads; there is no way back without privileges."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PGRP, self.pid, niceness)

    def kill(self) -> None:
        """Ends it at once (SIGKILL); harmless when it has ended."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def pipe_ended(self, number: int, error: Exception | None) -> None:
        """One of its pipes has ended."""
        self._open.discard(number)
        self.listener.pipe_connection_lost(number, error)
        self._tell_end()

    def _has_ended(self) -> None:
        self._loop.remove_reader(self._handle)
        # The system takes a tenth of a second over one that held much memory, even after its end was told.
        self._loop.run_in_executor(None, self._process.wait).add_done_callback(self._was_waited_for)

    def _was_waited_for(self, waiting: asyncio.Future[int]) -> None:
        self.returncode = waiting.result()
        os.close(self._handle)
        self._tell_end()

    def _tell_end(self) -> None:
        if self.returncode is not None and not self._open:
            self.close()
            self.listener.connection_lost(None)

    def close(self) -> None:
        """Closes our ends of its pipes."""
        for each in self._transports:
            each.close()


def _popen(command: Sequence[str], environment: Mapping[str, str], lower: int) -> Popen[bytes]:
    process = Popen(  # noqa: S603  our own program
        command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=dict(environment), start_new_session=True, bufsize=0
    )
    with suppress(OSError):
        # From its first moment: to come up takes a processor longer than most requests do.
        os.setpriority(os.PRIO_PGRP, process.pid, os.getpriority(os.PRIO_PROCESS, 0) + lower)
    return process
