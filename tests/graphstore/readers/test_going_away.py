"""Clients that leave, processes that die, and queues that fill."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from graphstore.disk import DiskStore
from graphstore.readers.errors import ReaderCrashed, ReaderOutOfMemory, ReadersBusy, ReadersStopping, ReaderTimedOut
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import ReaderLimits, ReadRequest

Answer = Callable[[ReaderPool, ReadRequest | str], Awaitable[bytes]]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LOOK_UP = "SELECT ?o { <https://example.org/7> ?p ?o }"


def test_a_cancelled_task_frees_its_worker(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any], workers: Callable[[], dict[int, Path]]
) -> None:
    """The process of a client that went away is killed, and another takes its place."""

    async def work(pool: ReaderPool) -> None:
        before = set(workers())
        task = asyncio.ensure_future(answer(pool, ENDLESS))
        await asyncio.sleep(0.2)
        assert pool.statistics().busy == 1
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0.3)
        assert (pool.statistics().busy, pool.statistics().cancelled) == (0, 1)
        assert await answer(pool, LOOK_UP) == b"o\r\n7\r\n"
        await asyncio.sleep(1)
        assert len(workers()) == 2
        assert len(before - set(workers())) == 1

    with_pool(small_store, work)


def test_a_query_at_work_is_told_that_the_server_stops(small_store: DiskStore, answer: Answer) -> None:
    """Its process is killed with the pool, which is no want of memory; so is whoever still waits for one."""

    async def stopped() -> None:
        pool = ReaderPool(small_store, ReaderLimits(workers=1, extra=0))
        async with pool:
            asked = [asyncio.ensure_future(answer(pool, ENDLESS)) for _ in range(2)]
            await asyncio.sleep(0.3)
            assert (pool.statistics().busy, pool.statistics().waiting) == (1, 1)
        for each in asked:
            with pytest.raises(ReadersStopping):
                await each
        with pytest.raises(ReadersStopping):
            await answer(pool, LOOK_UP)

    asyncio.run(stopped())


def test_an_answer_closed_early_frees_its_worker(
    small_store: DiskStore, asking: Callable[..., ReadRequest], with_pool: Callable[..., Any]
) -> None:
    """Closing after some chunks, or before the first, ends the work."""

    async def work(pool: ReaderPool) -> None:
        for read in (0, 2):
            begun = await pool.query(asking(ROWS))
            for _ in range(read):
                await anext(begun.chunks)
            await begun.chunks.aclose()  # type: ignore[attr-defined]
            await asyncio.sleep(0.3)
            assert pool.statistics().busy == 0
            assert [chunk async for chunk in begun.chunks] == []
        assert pool.statistics().cancelled == 2

    with_pool(small_store, work)


def test_an_answer_that_nobody_reads_ends_at_the_deadline(
    small_store: DiskStore,
    asking: Callable[..., ReadRequest],
    with_pool: Callable[..., Any],
    workers: Callable[[], dict[int, Path]],
) -> None:
    """A full pipe makes the worker wait, not grow; the deadline holds without a reader."""

    async def work(pool: ReaderPool) -> None:
        before = set(workers())
        begun = await pool.query(asking(ROWS))
        await asyncio.sleep(1.8)
        assert pool.statistics().timed_out == 1
        assert len(before - set(workers())) == 1
        with pytest.raises(ReaderTimedOut):
            async for _ in begun.chunks:
                pass

    with_pool(small_store, work, deadline=1.0)


def test_a_worker_that_is_killed_from_outside(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any], workers: Callable[[], dict[int, Path]]
) -> None:
    """Idle ones are replaced unnoticed; under a request the client gets an error that says what it looks like."""

    async def work(pool: ReaderPool) -> None:
        for pid in workers():
            os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.3)
        assert await answer(pool, LOOK_UP) == b"o\r\n7\r\n"
        for number, expected in ((signal.SIGKILL, ReaderOutOfMemory), (signal.SIGTERM, ReaderCrashed)):
            task = asyncio.ensure_future(answer(pool, ENDLESS))
            while not pool.statistics().busy and not task.done():
                await asyncio.sleep(0.05)
            killed = set(workers())
            for pid in killed:
                os.kill(pid, number)
            with pytest.raises(expected):
                await task
            # One that is killed while it is idle is not seen to be dead at once.
            while killed & set(workers()):
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.05)
        assert await answer(pool, LOOK_UP) == b"o\r\n7\r\n"

    with_pool(small_store, work)


def test_a_full_queue_says_when_to_come_back(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any]
) -> None:
    """More than may wait are refused at once; those that wait are answered in the end."""

    async def work(pool: ReaderPool) -> None:
        blocking = [asyncio.ensure_future(answer(pool, ENDLESS)) for _ in range(2)]
        await asyncio.sleep(0.1)
        waiting = [asyncio.ensure_future(answer(pool, LOOK_UP)) for _ in range(3)]
        await asyncio.sleep(0.1)
        assert (pool.statistics().busy, pool.statistics().waiting) == (2, 3)
        with pytest.raises(ReadersBusy) as caught:
            await answer(pool, LOOK_UP)
        assert caught.value.retry_after >= 1
        assert await asyncio.gather(*waiting) == [b"o\r\n7\r\n"] * 3
        ends = await asyncio.gather(*blocking, return_exceptions=True)
        assert [type(end) for end in ends] == [ReaderTimedOut, ReaderTimedOut]

    with_pool(small_store, work, deadline=2.0, waiting=3, extra=0)


def test_short_requests_pass_long_ones(small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any]) -> None:
    """With every warm worker taken for long, further ones are started for those that wait, and end when idle."""

    async def work(pool: ReaderPool) -> None:
        blocking = [asyncio.ensure_future(answer(pool, ENDLESS)) for _ in range(4)]
        await asyncio.sleep(0.1)
        begun = time.monotonic()
        assert await answer(pool, LOOK_UP) == b"o\r\n7\r\n"
        assert time.monotonic() - begun < 6
        assert not any(task.done() for task in blocking)
        for task in blocking:
            task.cancel()
        await asyncio.gather(*blocking, return_exceptions=True)
        await asyncio.sleep(4)
        assert pool.statistics().workers + pool.statistics().starting == 2

    with_pool(small_store, work)


def test_workers_end_with_their_parent(small_store: DiskStore, tmp_path: Path) -> None:
    """A server that is killed in the middle of work leaves no process behind."""
    program = tmp_path / "server.py"
    program.write_text(
        "import asyncio, json, sys\n"
        "from pathlib import Path\n"
        "from graphstore.readers.frames import Kind, frame\n"
        "from graphstore.readers.process import WorkerProcess\n"
        "from graphstore.readers.records import ReaderLimits\n"
        "async def serve():\n"
        "    worker = await WorkerProcess.spawn(ReaderLimits())\n    await worker.ready()\n"
        f"    head = {{'task': 'query', 'snapshot': {str(small_store.newest_snapshot.path)!r}, 'limit': 9**9,\n"
        "        'default_graphs': [''], 'named_graphs': [], 'base': None, 'results_media_type': 'text/csv',\n"
        "        'graph_media_type': None, 'ask_media_type': None}\n"
        f"    body = {ENDLESS!r}.encode()\n"
        "    worker.send(frame(Kind.REQUEST, json.dumps(head).encode()) + frame(Kind.BODY, body))\n"
        "    print(worker.pid, flush=True)\n"
        "    await worker.receive()\n"
        "asyncio.run(serve())\n"
    )
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        worker = Path("/proc") / server.stdout.readline().strip()
        time.sleep(0.5)
        assert worker.exists()
        server.kill()
    limit = time.monotonic() + 5
    while worker.exists() and "State:\tZ" not in (worker / "status").read_text("ascii") and time.monotonic() < limit:
        time.sleep(0.05)
    assert time.monotonic() < limit


def test_long_work_goes_on_at_lower_priority(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any], workers: Callable[[], dict[int, Path]]
) -> None:
    """Every thread of a process is below the server from the beginning, and far below after a second of work."""

    def niceness() -> list[int]:
        threads = [each for folder in workers().values() for each in (folder / "task").iterdir()]
        return sorted(os.getpriority(os.PRIO_PROCESS, int(each.name)) for each in threads)

    async def work(pool: ReaderPool) -> None:
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert await answer(pool, LOOK_UP)
        assert len(niceness()) >= 2
        assert set(niceness()) == {min(own + 5, 19)}
        task = asyncio.ensure_future(answer(pool, ENDLESS))
        await asyncio.sleep(1.5)
        assert set(niceness()) == {max(own + 5, 15)} or own + 5 >= 15
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with_pool(small_store, work, workers=1, extra=0)
