"""A query on its way to a worker and back, without a task of its own.

Most answers are short and come in one piece. To wake a task for each costs more than to look at such an answer where
it arrives; whatever is not so simple is left to a task after all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from graphstore.errors import GraphStoreError, StoreUnavailable
from graphstore.readers.crew import Crew
from graphstore.readers.errors import ReaderError
from graphstore.readers.exchange import Exchange
from graphstore.readers.pipes import Heard, WorkerEnded
from graphstore.readers.process import WorkerProcess
from graphstore.readers.records import ReadAnswer

Told: TypeAlias = ReadAnswer | Exception


class Inquiry:
    """A query that waits for a worker or its answer.

    Args:
        crew: who has the workers.
        deadline: seconds from the moment a worker takes it.
        request: makes the request, both frames of it, when a worker takes it.
        whole: makes the answer of one that came whole.
        rest: receives the answer of one that did not, from the first frame on.
        again: asks anew, because its snapshot was gone.
        then: is told the answer, or what went wrong; on the event loop, once, and never after `cancel`.
    """

    def __init__(
        self,
        crew: Crew,
        deadline: float,
        *,
        request: Callable[[], bytes],
        whole: Callable[[Heard], ReadAnswer],
        rest: Callable[[Exchange], Awaitable[ReadAnswer]],
        again: Callable[[], Awaitable[ReadAnswer]],
        then: Callable[[Told], None],
    ) -> None:
        self._crew = crew
        self._deadline = deadline
        self._request = request
        self._whole = whole
        self._rest = rest
        self._again = again
        self._then = then
        self._over = False
        self._worker: WorkerProcess | None = None
        self._exchange: Exchange | None = None
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Asks for a worker; `then` is told the answer later, never within this call.

        Raises:
            ReaderError: when too many wait, or the pool ends.
        """
        self._crew.call(self)

    def cancel(self) -> None:
        """Gives it up; a worker that goes on with it is killed soon. Harmless after the end."""
        if self._over:
            return
        self._over = True
        if self._task is not None:
            self._task.cancel()
        elif self._exchange is None:
            self._crew.leave(self)
        if self._worker is not None and self._exchange is not None and not self._exchange.is_over:
            self._worker.listen(None)
            self._exchange.cancel()

    def gets(self, worker: WorkerProcess) -> bool:
        """Sends the request to a worker; False where it was given up."""
        if self._over:
            return False
        self._worker = worker
        self._exchange = Exchange(worker, self._deadline, self._crew.give_back)
        worker.listen(self._heard)
        try:
            worker.send(self._request())
        except WorkerEnded:
            self._go_on_by_task()
        except GraphStoreError as error:  # the store was closed
            worker.listen(None)
            self._exchange.cancel()
            asyncio.get_running_loop().call_soon(self._tell, error)
        return True

    def fails(self, error: ReaderError) -> None:
        """There will be no worker."""
        self._tell(error)

    def _heard(self) -> None:
        worker, exchange = self._worker, self._exchange
        if worker is None or exchange is None:
            return
        heard = None if exchange.is_over else worker.whole()
        if heard is not None:
            worker.listen(None)
            # First of all the worker is free: whoever waits for it has its request sent before this answer goes on.
            exchange.answered(heard.end)
            self._tell(self._whole(heard))
        elif exchange.is_over or worker.must_be_received:
            self._go_on_by_task()

    def _go_on_by_task(self) -> None:
        if self._worker is not None:
            self._worker.listen(None)
        self._task = asyncio.get_running_loop().create_task(self._go_on())

    async def _go_on(self) -> None:
        told: Told
        try:
            told = await self._received()
        except GraphStoreError as error:
            told = error
        except Exception as error:
            if self._exchange is not None:
                self._exchange.cancel()
            told = error
        self._tell(told)

    async def _received(self) -> ReadAnswer:
        if self._exchange is not None:
            try:
                return await self._rest(self._exchange)
            except StoreUnavailable:
                pass
        return await self._again()

    def _tell(self, told: Told) -> None:
        if not self._over:
            self._over = True
            self._then(told)
