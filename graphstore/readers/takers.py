"""Who wants a worker of the crew."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from graphstore.readers.errors import ReaderError
from graphstore.readers.process import WorkerProcess


class Taker(Protocol):
    """Somebody who wants a worker."""

    def gets(self, worker: WorkerProcess) -> bool:
        """Takes a worker, to be given back; False when it wants none any more. Raises nothing."""

    def fails(self, error: ReaderError) -> None:
        """Hears that it will get none. Raises nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class AwaitedWorker:
    """Somebody who awaits a worker."""

    worker: asyncio.Future[WorkerProcess]

    def gets(self, worker: WorkerProcess) -> bool:
        """Hands over a worker; False when nobody waits for it any more."""
        if self.worker.done():
            return False
        self.worker.set_result(worker)
        return True

    def fails(self, error: ReaderError) -> None:
        """Ends the waiting."""
        if not self.worker.done():
            self.worker.set_exception(error)
