"""What takes long to work out from a big store is begun when the server starts and after each commit, in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from graphstore.disk import DiskStore
from graphstore.errors import GraphStoreError
from lineage.errors import LineageError

SECONDS: Final = 0.25
"""How often to look for a commit. Work begins when none came between two looks, so that it is done once for a burst."""


@asynccontextmanager
async def kept_ready(
    store: DiskStore, make_ready: Callable[[], object], *, seconds: float = SECONDS
) -> AsyncIterator[None]:
    """Has something made ready for the last commit, over and over, for as long as the context lasts.

    Args:
        store: the store whose commits count.
        make_ready: makes it ready; called in a thread, never twice at a time. An error of the store is left to whoever
            asks next, who meets it too and tells it.
        seconds: how often to look for a commit.
    """
    leaving = asyncio.Event()
    working = asyncio.create_task(_keep_ready(store, make_ready, leaving, seconds))
    try:
        yield
    finally:
        leaving.set()
        await working  # a thread cannot be stopped, and must not meet a store that is closed


async def _keep_ready(
    store: DiskStore, make_ready: Callable[[], object], leaving: asyncio.Event, seconds: float
) -> None:
    ready = seen = -1
    while not leaving.is_set():
        number = store.newest_snapshot.commit_number
        if number == seen and number != ready:
            with suppress(GraphStoreError, LineageError):
                await asyncio.to_thread(make_ready)
            ready = number
        seen = number
        with suppress(TimeoutError):
            await asyncio.wait_for(leaving.wait(), seconds)
