"""The one way in: a write that was checked, applied under the writer's lock."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import RdfFormat

from graphstore.port import Difference, GraphStore

Plan = Callable[[GraphStore], Difference]
Check = Callable[[Difference], None]


def commit(store: GraphStore, plan: Plan, check: Check) -> Difference:
    """Plans a difference, has it checked, and applies it; no other writer comes between.

    Args:
        store: where to write.
        plan: reads the store and says what to remove and add.
        check: raises when the state after it would not be valid; then nothing is written.

    Returns:
        What was written; empty when nothing had to be.
    """
    with store.writing():
        difference = plan(store)
        check(difference)
        if len(difference):
            store.apply(difference)
        return difference


def commit_first(store: GraphStore, data: bytes, rdf_format: RdfFormat, check: Callable[[], None]) -> None:
    """Fills an empty store with data that was checked, by the engine's fast path.

    Raises:
        StoreNotEmpty: when the store holds something already.
    """
    with store.writing():
        check()
        store.load_first(data, rdf_format)
