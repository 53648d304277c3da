"""How many reader processes there are, which are free, and who waits for one."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from typing import Final

from graphstore.readers.errors import ReaderError, ReadersBusy, ReadersStopping
from graphstore.readers.exchange import End
from graphstore.readers.given_up import GivenUp
from graphstore.readers.process import WorkerProcess
from graphstore.readers.records import PoolStatistics, ReaderLimits
from graphstore.readers.takers import AwaitedWorker, Taker

_PATIENCE: Final = 0.25
_HELD_LONG: Final = 0.5
_LINGER: Final = 2.0
_FINISHING_SECONDS: Final = 5.0
_LAST_SECONDS: Final = 1.0
_STARTS: Final = 3
"""How many processes in a row may fail to come up before those that wait for one are told."""


class Crew:
    """The processes of a pool: `workers` of them warm, up to `extra` more while all are busy.

    Requests are served in the order they came. Two heavy queries would hold two workers for the whole of their
    deadline and keep everybody waiting, so whoever has waited a quarter of a second gets one more process started
    for it, where a process has been held by one request for half a second; it ends again after two idle seconds.
    Where requests only queue because there are many, more processes would share the same processor and be no help.
    The operating system divides the processor: a request that has run for a second is demoted, so the short ones
    behind it go first. A demoted process is not used again. Measured on two cores that others used too: with two
    endless queries at work a look-up waited 0.9 s the first time (the patience and the start of a process) and 2–14
    ms from then on; with six, 1.8 s the first time, 1.1 s once more, and 2–9 ms otherwise. With all `workers` and
    `extra` taken by endless queries, the next request waits for a deadline.
    """

    def __init__(self, limits: ReaderLimits) -> None:
        self._limits = limits
        self._begun: list[WorkerProcess] = []
        self._coming: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._busy: dict[WorkerProcess, float] = {}
        self._starting = 0
        self._failed = 0
        self._waiting: deque[tuple[Taker, float]] = deque()
        self._watched = False
        self._tasks: set[asyncio.Task[object]] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self._ended = False
        self._counts: Counter[str] = Counter()

    async def begin(self) -> None:
        """Starts the warm workers and does not wait for them: who has other work meanwhile waits by `start`."""
        while len(self._begun) < self._limits.workers:
            self._begun.append(await WorkerProcess.spawn(self._limits))

    async def start(self) -> None:
        """Starts the warm workers, where that was not begun, and waits for them.

        Raises:
            ReaderCrashed: when one does not come up; those that did are ended.
        """
        try:
            await self.begin()
            await asyncio.gather(*(worker.ready() for worker in self._begun))
        except BaseException:
            await self.end()
            raise
        self._idle += self._begun
        self._begun.clear()

    def hurry(self) -> None:
        """Gives what is at work five seconds; who asked for more is told that the server stops."""
        self._later(_FINISHING_SECONDS, self._end_long_ones)

    def _end_long_ones(self) -> None:
        now = asyncio.get_running_loop().time()
        for worker, since in self._busy.items():
            if since <= now - _LAST_SECONDS:
                worker.stopping = True
                worker.kill()
        self._later(_LAST_SECONDS, self._end_long_ones)

    async def end(self) -> None:
        """Ends every process, and everybody's waiting."""
        self._ended = True
        for timer in self._timers:
            timer.cancel()
        while self._waiting:
            self._waiting.popleft()[0].fails(ReadersStopping())
        for worker in (*self._begun, *self._idle, *self._busy):
            worker.stopping = True
            self._dismiss(worker)
        # On a busy machine one takes seconds to come up; nobody needs it any more.
        for worker in self._coming:
            worker.kill()
        self._begun.clear()
        self._idle.clear()
        self._busy.clear()
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def statistics(self) -> PoolStatistics:
        """What the crew is doing, and what it has done."""
        return PoolStatistics(
            workers=len(self._idle) + len(self._busy),
            busy=len(self._busy),
            starting=self._starting,
            waiting=len(self._waiting),
            answered=self._counts[End.ANSWERED.value],
            refused=self._counts["refused"],
            timed_out=self._counts[End.TIMED_OUT.value],
            cancelled=self._counts[End.CANCELLED.value],
            crashed=self._counts[End.CRASHED.value],
        )

    async def take(self) -> WorkerProcess:
        """Waits for a worker; give it back when its request is over.

        Raises:
            ReadersBusy: when as many wait as may.
            ReaderError: when no process can be started, or the pool ends.
        """
        waiter = AwaitedWorker(asyncio.get_running_loop().create_future())
        self.call(waiter)
        try:
            return await waiter.worker
        except asyncio.CancelledError:
            if not self.leave(waiter) and not waiter.worker.cancelled() and waiter.worker.exception() is None:
                self._free(waiter.worker.result())
            raise

    def call(self, taker: Taker) -> None:
        """Hands a worker to a taker, at once or when its turn comes; it gives the worker back.

        Raises:
            ReadersBusy: when as many wait as may.
            ReadersStopping: when the pool ends.
        """
        if self._ended:
            raise ReadersStopping()
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                self._hand_over(worker, taker)
                return
            self._dismiss(worker)
        if len(self._waiting) >= self._limits.waiting:
            self._counts["refused"] += 1
            raise ReadersBusy("Too many requests are waiting. Ask again a little later.", self._retry_after())
        self._waiting.append((taker, asyncio.get_running_loop().time()))
        self._man()
        self._watch()

    def leave(self, taker: Taker) -> bool:
        """Lets a taker wait no longer; False where it does not wait."""
        for each in self._waiting:
            if each[0] is taker:
                self._waiting.remove(each)
                return True
        return False

    def give_back(self, worker: WorkerProcess, end: End) -> None:
        """Takes a worker back: one that has answered is used again, any other is ended and replaced.

        One whose request was given up has a moment to come to the end of it, and is used again where it does.
        """
        if end is End.CANCELLED and worker in self._busy and worker.alive and not worker.spent:
            GivenUp(worker, self._limits.grace, self._take_back)
        else:
            self._take_back(worker, end)

    def _take_back(self, worker: WorkerProcess, end: End) -> None:
        if worker not in self._busy:
            return
        self._counts[end.value] += 1
        if end is End.ANSWERED and not worker.spent and worker.alive:
            self._free(worker)
        else:
            self._busy.pop(worker, None)
            self._dismiss(worker)
            self._man()

    def _retry_after(self) -> int:
        return max(1, round(self._limits.deadline / 4))

    def _free(self, worker: WorkerProcess) -> None:
        while self._waiting:
            if self._hand_over(worker, self._waiting.popleft()[0]):
                return
        self._busy.pop(worker, None)
        if self._ended:
            self._dismiss(worker)
            return
        self._idle.append(worker)
        if len(self._idle) + len(self._busy) > self._limits.workers:
            self._later(_LINGER, self._thin_out)

    def _hand_over(self, worker: WorkerProcess, taker: Taker) -> bool:
        # It is busy before it is handed over: the taker may give it back at once.
        self._busy[worker] = asyncio.get_running_loop().time()
        return taker.gets(worker)

    def _size(self) -> int:
        return len(self._idle) + len(self._busy) + self._starting

    def _man(self) -> None:
        while not self._ended and self._size() < self._limits.workers:
            self._start_one()

    def _watch(self) -> None:
        if not self._watched and not self._ended:
            self._watched = True
            self._later(_PATIENCE / 2, self._reinforce)

    def _reinforce(self) -> None:
        self._watched = False
        now = asyncio.get_running_loop().time()
        late = sum(since <= now - _PATIENCE for _, since in self._waiting)
        held = sum(since <= now - _HELD_LONG for since in self._busy.values())
        most = min(self._limits.workers + held, self._limits.workers + self._limits.extra)
        for _ in range(late - self._starting):
            if self._size() < most:
                self._start_one()
        if self._waiting:
            self._watch()

    def _thin_out(self) -> None:
        while self._idle and self._size() > self._limits.workers:
            self._dismiss(self._idle.pop(0))

    def _start_one(self) -> None:
        self._starting += 1
        self._run(self._add())

    async def _add(self) -> None:
        try:
            worker = await self._started()
        except (ReaderError, OSError) as error:
            self._starting -= 1
            self._failed += 1
            if self._failed < _STARTS:
                self._man()
            elif not self._busy:
                # Nobody is left who could ever serve those that wait.
                while self._waiting:
                    self._waiting.popleft()[0].fails(ReaderError(f"No reader process can be started: {error}"))
            return
        self._starting -= 1
        self._failed = 0
        self._free(worker)

    async def _started(self) -> WorkerProcess:
        worker = await WorkerProcess.spawn(self._limits)
        self._coming.add(worker)
        try:
            if self._ended:
                worker.kill()
            await worker.ready()
        finally:
            self._coming.discard(worker)
        return worker

    def _dismiss(self, worker: WorkerProcess) -> None:
        worker.kill()
        self._run(worker.ended())

    def _run(self, work: Coroutine[None, None, object]) -> None:
        task: asyncio.Task[object] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        def due() -> None:
            self._timers.discard(timer)
            call()

        timer = asyncio.get_running_loop().call_later(seconds, due)
        self._timers.add(timer)
