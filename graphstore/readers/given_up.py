"""What becomes of a worker whose client has gone: it may come to an end by itself, or is killed soon."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from graphstore.readers.exchange import End
from graphstore.readers.process import WorkerProcess


class GivenUp:
    """A request that goes on for a moment after its client has gone. What still comes of it is thrown away.

    No more of its answer is held than of one that somebody reads: where that much has come and more is to come, the
    worker is not waited for.
    """

    def __init__(self, worker: WorkerProcess, grace: float, when_over: Callable[[WorkerProcess, End], None]) -> None:
        """Takes the worker, its seconds, and who is told how it ended: answered after all, or still at it."""
        self._worker = worker
        self._when_over = when_over
        self._timer = asyncio.get_running_loop().call_later(grace, self._over, End.CANCELLED)
        worker.listen(self._heard)
        self._heard()

    def _heard(self) -> None:
        if self._worker.skip():
            self._over(End.ANSWERED)
        elif self._worker.must_be_received:
            self._over(End.CANCELLED)

    def _over(self, end: End) -> None:
        self._timer.cancel()
        self._worker.listen(None)
        self._when_over(self._worker, end)
