"""Queries asked without a task of their own: told the same, in every way that they can end."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat

from graphstore.disk import DiskStore
from graphstore.errors import QuerySyntaxError
from graphstore.readers.answers import Chunks
from graphstore.readers.errors import ReaderOutOfMemory, ReadersBusy, ReadersStopping, ReaderTimedOut
from graphstore.readers.inquiry import Inquiry, Told
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import ReadAnswer, ReaderLimits, ReadRequest

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MANY_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"


def asked(pool: ReaderPool, request: ReadRequest) -> tuple[asyncio.Future[Told], Inquiry]:
    """Asks; the first is done with what is told."""
    told: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
    return told, pool.ask(request, told.set_result)


async def bytes_of(told: Told) -> bytes:
    """All bytes of an answer."""
    assert isinstance(told, ReadAnswer), told
    return b"".join([chunk async for chunk in told.chunks])


def test_many_are_answered_in_turn(
    small_store: DiskStore, asking: Callable[..., ReadRequest], with_pool: Callable[..., Any]
) -> None:
    """Far more than there are processes; each gets its own answer, whole, beside those that `query` asks."""

    async def work(pool: ReaderPool) -> None:
        texts = [f"SELECT ?o {{ <https://example.org/{number}> ?p ?o }}" for number in range(40)]
        beside = asyncio.ensure_future(pool.query(asking(texts[7])))
        tolds = await asyncio.gather(*(asked(pool, asking(text))[0] for text in texts))
        for number, told in enumerate(tolds):
            assert isinstance(told, ReadAnswer)
            assert isinstance(told.chunks, Chunks)
            assert told.chunks.whole == f"o\r\n{number}\r\n".encode()
        assert await bytes_of(await beside) == b"o\r\n7\r\n"
        assert pool.statistics().busy == 0

    with_pool(small_store, work)


def test_a_long_answer_comes_in_pieces(
    small_store: DiskStore, asking: Callable[..., ReadRequest], with_pool: Callable[..., Any]
) -> None:
    """The same bytes as by `query`, and the process is free only after the last."""

    async def work(pool: ReaderPool) -> None:
        told = await asked(pool, asking(MANY_ROWS))[0]
        assert isinstance(told, ReadAnswer)
        assert isinstance(told.chunks, Chunks)
        assert told.chunks.whole is None
        assert pool.statistics().busy == 1
        assert await bytes_of(told) == await bytes_of(await pool.query(asking(MANY_ROWS)))
        assert pool.statistics().busy == 0

    with_pool(small_store, work)


def test_errors_are_told(
    small_store: DiskStore, asking: Callable[..., ReadRequest], with_pool: Callable[..., Any]
) -> None:
    """A mistake with its place, and the deadline; the pool answers on."""

    async def work(pool: ReaderPool) -> None:
        mistake = await asked(pool, asking("SELECT * {\n broken"))[0]
        assert isinstance(mistake, QuerySyntaxError)
        assert mistake.line == 2
        assert isinstance(await asked(pool, asking(ENDLESS))[0], ReaderTimedOut)
        assert await bytes_of(await asked(pool, asking("ASK {}", "application/sparql-results+json"))[0])

    with_pool(small_store, work, deadline=1.0)


def test_the_death_of_a_process_is_told(
    small_store: DiskStore,
    asking: Callable[..., ReadRequest],
    with_pool: Callable[..., Any],
    workers: Callable[[], dict[int, Path]],
) -> None:
    """A kill that the pool did not send is the kernel's, for want of memory; the pool answers on."""

    async def work(pool: ReaderPool) -> None:
        dying = [asked(pool, asking(ENDLESS))[0] for _ in range(2)]
        await asyncio.sleep(0.3)
        for each in workers():
            os.kill(each, signal.SIGKILL)
        for told in dying:
            assert isinstance(await told, ReaderOutOfMemory)
        assert await bytes_of(await asked(pool, asking("ASK {}", "application/sparql-results+json"))[0])

    with_pool(small_store, work)


def test_a_cancelled_one_is_told_nothing(
    small_store: DiskStore, asking: Callable[..., ReadRequest], with_pool: Callable[..., Any]
) -> None:
    """At work, its process is killed; waiting, it leaves the queue; afterwards nothing happens."""

    async def work(pool: ReaderPool) -> None:
        (first, at_work), (second, waiting) = asked(pool, asking(ENDLESS)), asked(pool, asking(ENDLESS))
        await asyncio.sleep(0.2)
        assert (pool.statistics().busy, pool.statistics().waiting) == (1, 1)
        waiting.cancel()
        assert pool.statistics().waiting == 0
        at_work.cancel()
        at_work.cancel()
        await asyncio.sleep(0.3)
        assert pool.statistics().cancelled == 1
        third, _ = asked(pool, asking("SELECT ?o { <https://example.org/3> ?p ?o }"))
        assert await bytes_of(await third) == b"o\r\n3\r\n"
        assert not first.done()
        assert not second.done()

    with_pool(small_store, work, workers=1, extra=0)


def test_processes_may_come_up_before_they_are_waited_for(
    small_store: DiskStore, asking: Callable[..., ReadRequest], workers: Callable[[], dict[int, Path]]
) -> None:
    """They are started once, at the beginning; whoever never enters the pool leaves none behind."""

    async def work(enter: bool) -> None:
        pool = ReaderPool(small_store, ReaderLimits(workers=2))
        await pool.begin()
        begun = set(workers())
        assert len(begun) == 2
        if enter:
            async with pool:
                assert set(workers()) == begun
                told = await asked(pool, asking("SELECT ?o { <https://example.org/5> ?p ?o }"))[0]
                assert await bytes_of(told) == b"o\r\n5\r\n"
        else:
            await pool.__aexit__(None, None, None)
        assert workers() == {}

    asyncio.run(work(True))
    asyncio.run(work(False))


def test_the_end_waits_for_no_process_that_comes_up(
    small_store: DiskStore, asking: Callable[..., ReadRequest], workers: Callable[[], dict[int, Path]]
) -> None:
    """A pool that ends while a killed process is replaced ends the new one too, at once."""

    async def work() -> None:
        async with ReaderPool(small_store, ReaderLimits(workers=1, extra=0)) as pool:
            asked(pool, asking(ENDLESS))[1].cancel()
            while not (pool.statistics().starting and workers()):
                await asyncio.sleep(0)
        assert pool.statistics().starting == 0
        assert workers() == {}

    asyncio.run(work())


def test_a_full_queue_refuses_and_the_end_is_told(small_store: DiskStore, asking: Callable[..., ReadRequest]) -> None:
    """One more than may wait is refused at once; who waits or is at work hears that the server stops."""

    async def stopped() -> None:
        pool = ReaderPool(small_store, ReaderLimits(workers=1, extra=0, waiting=1))
        async with pool:
            tolds = [asked(pool, asking(ENDLESS))[0] for _ in range(2)]
            await asyncio.sleep(0.2)
            with pytest.raises(ReadersBusy) as refused:
                asked(pool, asking(ENDLESS))
            assert refused.value.retry_after >= 1
        for told in tolds:
            assert isinstance(await told, ReadersStopping)
        with pytest.raises(ReadersStopping):
            asked(pool, asking(ENDLESS))

    asyncio.run(stopped())


def test_each_sees_the_commit_before_it(
    small_store: DiskStore, asking: Callable[..., ReadRequest], with_pool: Callable[..., Any]
) -> None:
    """Also in a process that has the last snapshot open."""

    async def work(pool: ReaderPool) -> None:
        count = asking("SELECT (COUNT(*) AS ?n) { ?s <https://example.org/new> ?o }")
        for number in range(4):
            assert await bytes_of(await asked(pool, count)[0]) == f"n\r\n{number}\r\n".encode()
            statement = f"<https://example.org/new{number}> <https://example.org/new> <https://example.org/o> .\n"
            await asyncio.to_thread(small_store.load, statement.encode(), RdfFormat.N_QUADS)

    with_pool(small_store, work)
