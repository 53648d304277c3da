"""The one way in: a write that was checked, applied under the writer's lock.

The check and the engine's own work release Python's global lock, so they run side by side; nothing becomes visible
before both are done and the check has passed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from graphstore.attribution import UNATTRIBUTED, Attribution
from graphstore.datasets import GraphName
from graphstore.port import Difference, GraphStore

Found = TypeVar("Found")


def commit(
    store: GraphStore,
    plan: Callable[[GraphStore], Difference],
    check: Callable[[], Found],
    *,
    by: Callable[[Difference], Attribution] = lambda _: UNATTRIBUTED,
) -> tuple[Difference, Found]:
    """Plans a difference while it is checked, and applies it; no other writer comes between.

    Args:
        store: where to write.
        plan: reads the store and says what to remove and add.
        check: raises when the state to come would not be valid; then nothing is written.
        by: whose write the difference is.

    Returns:
        What was written (empty when nothing had to be) and what the check found.
    """
    with store.writing(), ThreadPoolExecutor(1) as beside:
        checking = beside.submit(check)
        difference = plan(store)
        found = checking.result()
        if len(difference):
            store.apply(difference, by=by(difference))
        return difference, found


def commit_first(
    store: GraphStore,
    graphs: Mapping[GraphName, bytes],
    check: Callable[[], Found],
    *,
    by: Attribution = UNATTRIBUTED,
) -> Found:
    """Fills an empty store, by the engine's fast path, with data that is checked meanwhile.

    Args:
        store: where to write.
        graphs: the triples of each graph, as `GraphStore.load_first` takes them.
        check: raises when they are not valid; then nothing is written.
        by: whose write it is.

    Returns:
        What the check found.

    Raises:
        StoreNotEmpty: when the store holds something already.
    """
    with store.writing(), ThreadPoolExecutor(1) as beside:
        checking = beside.submit(check)
        store.load_first(graphs, permission=checking.result, by=by)
        return checking.result()
