"""Requests whose clients have gone: their workers come to an end by themselves, or are ended, and mix nothing up."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from graphstore.disk import DiskStore
from graphstore.errors import QuerySyntaxError
from graphstore.readers.inquiry import Told
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import ReadAnswer, ReaderLimits, ReadRequest

Answer = Callable[[ReaderPool, ReadRequest | str], Awaitable[bytes]]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG_GRACE = 5.0
"""So that what is short is over within it on a busy machine too."""
SHORT = (
    "SELECT ?o {{ <https://example.org/{0}> ?p ?o }}",
    "SELECT ?o {{ <https://example.org/{0}> ?p ?o . ?a ?b ?c }}",
    "SELECT ?o {{ <https://example.org/{0}> ?p ?o",
)
"""One row; the same row three hundred and one times; a mistake."""


def look_up(number: int) -> str:
    """A question that is over in a millisecond or two."""
    return SHORT[0].format(number)


@pytest.mark.parametrize("text", [look_up(3), SHORT[2].format(3)], ids=["answered", "failed"])
def test_short_work_ends_by_itself(
    small_store: DiskStore,
    asking: Callable[..., ReadRequest],
    answer: Answer,
    with_pool: Callable[..., Any],
    text: str,
) -> None:
    """Its process lives on, is free again within the grace, and gives the next client that one's own answer."""

    async def work(pool: ReaderPool) -> None:
        for number in range(20):
            pool.ask(asking(text), lambda _: pytest.fail("told of what was given up")).cancel()
            assert await answer(pool, look_up(number)) == f"o\r\n{number}\r\n".encode()
        assert (pool.statistics().busy, pool.statistics().cancelled, pool.statistics().answered) == (0, 0, 40)

    with_pool(small_store, work, workers=1, extra=0, grace=LONG_GRACE)


@pytest.mark.parametrize("text", [ENDLESS, ROWS], ids=["at work", "too much to say"])
def test_long_work_is_ended(
    small_store: DiskStore,
    asking: Callable[..., ReadRequest],
    with_pool: Callable[..., Any],
    workers: Callable[[], dict[int, Path]],
    text: str,
) -> None:
    """Its process is killed when the grace is over, whether or not it writes; one that has worked long, at once."""

    async def work(pool: ReaderPool) -> None:
        for long, most in ((0.1, 0.1), (1.2, 0.0)):
            task = asyncio.ensure_future(pool.query(asking(text)))
            while not pool.statistics().busy:
                await asyncio.sleep(0.01)
            process = next(iter(workers().values()))
            await asyncio.sleep(long)
            begun = time.monotonic()
            if not task.cancel():
                await (await task).chunks.aclose()  # type: ignore[attr-defined]
            while process.exists() and "State:\tZ" not in (process / "status").read_text("ascii"):
                assert time.monotonic() - begun < most + 0.5, "a busy machine included"
                await asyncio.sleep(0.002)
            assert pool.statistics().busy == 0
        assert pool.statistics().cancelled == 2

    with_pool(small_store, work, workers=1, extra=0)


def test_the_end_waits_for_nothing_given_up(
    small_store: DiskStore, asking: Callable[..., ReadRequest], workers: Callable[[], dict[int, Path]]
) -> None:
    """A pool that ends within the grace leaves no process, and nothing is heard of it afterwards."""

    async def work() -> None:
        async with ReaderPool(small_store, ReaderLimits(workers=1, extra=0)) as pool:
            inquiry = pool.ask(asking(ENDLESS), lambda _: pytest.fail("told of what was given up"))
            await asyncio.sleep(0.1)
            inquiry.cancel()
            assert pool.statistics().busy == 1
        assert workers() == {}
        assert pool.statistics().busy == 0
        await asyncio.sleep(0.3)

    asyncio.run(work())


@pytest.mark.parametrize("seed", range(3))
def test_nobody_gets_an_answer_of_another(
    small_store: DiskStore,
    asking: Callable[..., ReadRequest],
    answer: Answer,
    with_pool: Callable[..., Any],
    seed: int,
) -> None:
    """Whenever some of many clients go, those that stay get their own answer, whole, and no process is killed."""
    chance = random.Random(seed)  # noqa: S311 (who goes is no secret)

    def expected(kind: int, number: int) -> bytes:
        return b"o\r\n" + f"{number}\r\n".encode() * (1, 301, 0)[kind]

    async def one_that_stays(pool: ReaderPool, kind: int, number: int) -> None:
        request = asking(SHORT[kind].format(number))
        told: Told
        if chance.random() < 0.5:
            future: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
            pool.ask(request, future.set_result)
            told = await future
        else:
            try:
                told = await pool.query(request)
            except QuerySyntaxError as error:
                told = error
        if kind == len(SHORT) - 1:
            assert isinstance(told, QuerySyntaxError)
        else:
            assert isinstance(told, ReadAnswer), told
            assert b"".join([chunk async for chunk in told.chunks]) == expected(kind, number)

    async def one_that_goes(pool: ReaderPool, kind: int, number: int) -> None:
        request = asking(SHORT[kind].format(number))
        if chance.random() < 0.5:
            inquiry = pool.ask(request, lambda _: None)
            await asyncio.sleep(chance.random() * 0.01)
            inquiry.cancel()
        else:
            task = asyncio.ensure_future(pool.query(request))
            await asyncio.sleep(chance.random() * 0.01)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def client(pool: ReaderPool) -> None:
        for _ in range(30):
            kind, number = chance.randrange(len(SHORT)), chance.randrange(300)
            await (one_that_goes if chance.random() < 0.4 else one_that_stays)(pool, kind, number)

    async def work(pool: ReaderPool) -> None:
        await asyncio.gather(*(client(pool) for _ in range(10)))
        assert await answer(pool, look_up(1)) == b"o\r\n1\r\n"
        # Processes may be replaced all the same: on a machine that stands still, a short request takes a second.
        told = pool.statistics()
        assert (told.cancelled, told.crashed, told.timed_out) == (0, 0, 0)

    with_pool(small_store, work, grace=LONG_GRACE)
