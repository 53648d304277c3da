"""States of the past that stay open, a few of them, with what was worked out from them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from api.past.moments import Moment
from api.rest.facts import Committed
from graphstore.disk import DiskStore
from graphstore.errors import GraphStoreError
from graphstore.past import PastState

_MOST: Final = 4
_ATTEMPTS: Final = 3

Result = TypeVar("Result")


class Pasts:
    """Opens states of the past for reading, and keeps the last few open.

    What they say never changes, but for a redaction: it takes every kept state away, and with its folder goes what was
    opened of it.

    Args:
        store: the store that is written to.
    """

    def __init__(self, store: DiskStore) -> None:
        self._store = store
        self._lock = Lock()
        self._open: OrderedDict[PastState, tuple[Path, Committed]] = OrderedDict()

    def reading(self, state: PastState, work: Callable[[Committed], Result]) -> Result:
        """The result of work on a state, begun again where its folder went while it was read.

        Raises:
            GraphStoreError: when it cannot be read.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            folder, committed = self._opened(state)
            try:
                return work(committed)
            except GraphStoreError:
                if attempt == _ATTEMPTS or folder.is_dir():
                    raise
        raise AssertionError("the loop above returns or raises")

    def graphs(self, moment: Moment) -> tuple[str, ...]:
        """The names of the graphs that held something then."""
        if moment.state is None:
            return tuple(each.value for each in self._store.graphs())
        return self.reading(moment.state, lambda then: then.remember("graphs", lambda: _names(then)))

    def _opened(self, state: PastState) -> tuple[Path, Committed]:
        states = self._store.past_states
        with self._lock:
            for attempt in range(1, _ATTEMPTS + 1):
                folder = states.folder(state)
                kept = self._open.pop(state, None)
                if kept is None or kept[0] != folder:
                    try:
                        kept = folder, Committed(states.read(folder), state.number)
                    except GraphStoreError:
                        if attempt == _ATTEMPTS or folder.is_dir():
                            raise
                        continue
                self._open[state] = kept
                while len(self._open) > _MOST:
                    self._open.popitem(last=False)
                return kept
        raise AssertionError("the loop above returns or raises")


def _names(then: Committed) -> tuple[str, ...]:
    return tuple(each.value for each in then.store.graphs())
