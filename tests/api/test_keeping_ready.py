"""What is made ready in the background is made ready at the start and after each commit, once for a burst."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from api.keeping_ready import kept_ready
from api.rest.facts import Facts
from graphstore import Difference
from graphstore.disk import DiskStore, open_disk_store
from graphstore.errors import GraphStoreError

LOOK = 0.02


def commit(store: DiskStore, text: str) -> None:
    """One commit of one statement."""
    item = NamedNode("https://example.org/item")
    store.apply(Difference(added={Quad(item, item, Literal(text), item)}))


async def until(true: Callable[[], bool]) -> None:
    """Waits until something is so, at most ten seconds."""
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(LOOK / 4)


def test_it_is_made_ready_at_the_start_and_after_a_burst(tmp_path: Path) -> None:
    """The last commit is made ready without anybody asking, one call at a time."""
    made: list[int] = []
    beside = threading.Semaphore(1)

    async def run(store: DiskStore) -> None:
        def make_ready() -> None:
            assert beside.acquire(blocking=False)
            made.append(store.commit_number)
            beside.release()

        async with kept_ready(store, make_ready, seconds=LOOK):
            await until(lambda: made == [0])
            for n in range(5):
                commit(store, str(n))
            await until(lambda: made[-1] == 5)

    with open_disk_store(tmp_path / "store") as store:
        asyncio.run(run(store))
    assert made[0] == 0
    assert len(made) == len(set(made))


def test_an_error_does_not_end_it(tmp_path: Path) -> None:
    """Where the store could not be read once, the next commit is made ready all the same."""
    made: list[int] = []

    async def run(store: DiskStore) -> None:
        def make_ready() -> None:
            made.append(store.commit_number)
            if len(made) == 1:
                raise GraphStoreError("The disk was away.")

        async with kept_ready(store, make_ready, seconds=LOOK):
            await until(lambda: made == [0])
            commit(store, "one")
            await until(lambda: made == [0, 1])

    with open_disk_store(tmp_path / "store") as store:
        asyncio.run(run(store))


def test_leaving_waits_for_what_is_being_made(tmp_path: Path) -> None:
    """Whoever closes the store after the context does not close it under the thread that reads it."""
    begun, finished = threading.Event(), threading.Event()

    async def run(store: DiskStore) -> None:
        def make_ready() -> None:
            begun.set()
            threading.Event().wait(10 * LOOK)
            finished.set()

        async with kept_ready(store, make_ready, seconds=LOOK):
            await until(begun.is_set)

    with open_disk_store(tmp_path / "store") as store:
        asyncio.run(run(store))
        assert finished.is_set()


def test_the_search_index_goes_along_with_the_store(tmp_path: Path) -> None:
    """Two commits share one index, so the second is brought up to date from the first."""
    with open_disk_store(tmp_path / "store") as store:
        facts = Facts(store)
        before = facts.newest().search_index(base="https://example.org/")
        commit(store, "one")
        assert facts.newest().search_index(base="https://example.org/") is before
        assert before.prepare() == store.commit_number
