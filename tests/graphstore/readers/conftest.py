"""Stores with reader processes beside them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat

from graphstore.disk import DiskStore, open_disk_store
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import ReaderLimits, ReadRequest

OPEN = "https://example.org/open"
CLOSED = "https://example.org/closed"
THINGS = 300


@pytest.fixture
def small_store(tmp_path: Path) -> Iterator[DiskStore]:
    """Three hundred statements in the unnamed graph, one in an open graph, one in a closed one."""
    lines = [f'<https://example.org/{number}> <https://example.org/p> "{number}" .\n' for number in range(THINGS)]
    lines += [f'<https://example.org/o> <https://example.org/p> "open" <{OPEN}> .\n']
    lines += [f'<https://example.org/c> <https://example.org/p> "closed" <{CLOSED}> .\n']
    with open_disk_store(tmp_path / "store") as store:
        store.load("".join(lines).encode(), RdfFormat.N_QUADS)
        yield store


@pytest.fixture
def asking() -> Callable[..., ReadRequest]:
    """Makes a request that sees the unnamed and the open graph."""

    def ask(text: str, media_type: str | None = "text/csv", **more: Any) -> ReadRequest:
        return ReadRequest(text, ("", OPEN), (OPEN,), media_type, "application/n-triples", **more)

    return ask


@pytest.fixture
def answer(asking: Callable[..., ReadRequest]) -> Callable[[ReaderPool, ReadRequest | str], Awaitable[bytes]]:
    """Gives all bytes of an answer."""

    async def whole(pool: ReaderPool, request: ReadRequest | str) -> bytes:
        begun = await pool.query(asking(request) if isinstance(request, str) else request)
        return b"".join([chunk async for chunk in begun.chunks])

    return whole


@pytest.fixture
def with_pool() -> Callable[..., Any]:
    """Runs something beside a pool that is ended afterwards, and sees that no process is left."""

    def run(store: DiskStore, work: Callable[[ReaderPool], Awaitable[Any]], **limits: Any) -> Any:
        async def inside() -> Any:
            async with ReaderPool(store, ReaderLimits(**({"deadline": 10.0} | limits))) as pool:
                return await work(pool)

        found = asyncio.run(inside())
        assert _workers() == {}
        return found

    return run


@pytest.fixture
def workers() -> Callable[[], dict[int, Path]]:
    """Gives the worker processes of this one: their folders in ``/proc`` by id."""
    return _workers


def _workers() -> dict[int, Path]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text("ascii").rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        # A process has no command line for a moment after its start; nor has a zombie, which has ended.
        is_worker = b"graphstore.readers.worker" in command or (not command and state != "Z")
        if int(parent) == os.getpid() and is_worker:
            found[int(folder.name)] = folder
    return found
