"""Text that brings servers down: a clear error in time, and everything works afterwards."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graphstore.disk import DiskStore
from graphstore.errors import DataSyntaxError
from graphstore.readers.errors import ReaderCrashed, ReaderError, ReaderOutOfMemory, ReaderTimedOut
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import ParseRequest, ReadRequest, UpdateRequest
from graphstore.readers.worker import STACK_BYTES

Answer = Callable[[ReaderPool, ReadRequest | str], Awaitable[bytes]]
DEADLINE = 1.0
MEMORY = 256 << 20
OTHERS = 128 << 20


def deep(kind: str, depth: int) -> str:
    """A query with `depth` levels or members of a kind."""
    p = "<https://example.org/p>"
    return {
        "groups": f"SELECT * WHERE {'{' * depth} ?s ?p ?o {'}' * depth}",
        "expressions": f"SELECT ({'(' * depth}1{')' * depth} AS ?x) WHERE {{}}",
        "negations": f"SELECT * WHERE {{ FILTER({'!' * depth}true) }}",
        "unions": f"SELECT * WHERE {{ {{}} {' UNION {}' * depth} }}",
        "nested unions": f"SELECT * WHERE {'{{} UNION ' * depth}{{}}{'}' * depth}",
        "paths": f"SELECT * WHERE {{ ?s {'(' * depth}{p}{')' * depth} ?o }}",
        "sequences": f"SELECT * WHERE {{ ?s {'/'.join([p] * depth)} ?o }}",
        "collections": f"SELECT * WHERE {{ ?s ?p {'(' * depth}1{')' * depth} }}",
        "property lists": f"SELECT * WHERE {{ ?s {';'.join(f'{p} ?o{each}' for each in range(depth))} }}",
        "blank node lists": f"SELECT * WHERE {{ ?s ?p {f'[{p} ' * depth}1{']' * depth} }}",
    }[kind]


KINDS = (
    "groups", "expressions", "negations", "unions", "nested unions", "paths", "sequences", "collections",
    "property lists", "blank node lists",
)  # fmt: skip


async def asked(answer: Answer, text: str, pool: ReaderPool) -> bytes:
    """The answer to a text, with the pool last."""
    return await answer(pool, text)


async def peak_of(workers: Callable[[], dict[int, Path]], work: Awaitable[object]) -> tuple[BaseException | None, int]:
    """How `work` ended, and the most bytes that one worker held meanwhile."""
    task = asyncio.ensure_future(work)
    peak = 0
    while not task.done():
        for folder in workers().values():
            try:
                said = (folder / "status").read_text("ascii")
            except OSError:
                continue
            peak = max([peak, *(int(line.split()[1]) * 1024 for line in said.splitlines() if line.startswith("VmRSS"))])
        await asyncio.wait([task], timeout=0.02)
    return task.exception(), peak


@pytest.fixture
def survives(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any], workers: Callable[[], dict[int, Path]]
) -> Callable[..., list[BaseException | None]]:
    """Does each of some things beside a pool, and sees after each that nothing is the worse for it."""

    def run(
        *things: Callable[[ReaderPool], Awaitable[object]], deadline: float = DEADLINE
    ) -> list[BaseException | None]:
        async def work(pool: ReaderPool) -> list[BaseException | None]:
            ends: list[BaseException | None] = []
            for thing in things:
                begun = time.monotonic()
                error, peak = await peak_of(workers, thing(pool))
                assert time.monotonic() - begun < deadline + 5
                assert error is None or (isinstance(error, ReaderError) and str(error).endswith("."))
                assert peak < MEMORY + STACK_BYTES + OTHERS
                assert await answer(pool, "SELECT ?o { <https://example.org/7> ?p ?o }") == b"o\r\n7\r\n"
                assert pool.statistics().busy == 0
                ends.append(error)
            await asyncio.sleep(0.3)
            assert len(workers()) <= 2
            return ends

        found: list[BaseException | None] = with_pool(small_store, work, deadline=deadline, memory=MEMORY)
        return found

    return run


@pytest.mark.parametrize("kind", KINDS)
def test_depth(survives: Callable[..., Any], answer: Answer, kind: str) -> None:
    """Deep and long text is answered or refused in time, and its process is replaced."""

    async def both(pool: ReaderPool) -> None:
        depths = (deep(kind, depth) for depth in (5_000, 20_000))
        ends = await asyncio.gather(*(answer(pool, text) for text in depths), return_exceptions=True)
        for end in ends:
            if isinstance(end, BaseException):
                raise end

    survives(both)


def test_text_deeper_than_any_stack(survives: Callable[..., Any], answer: Answer) -> None:
    """A crash is told as what it is: levels, not memory."""
    ends = survives(*(partial(asked, answer, deep(kind, 300_000)) for kind in ("groups", "expressions")), deadline=15)
    assert [type(end) for end in ends] == [ReaderCrashed, ReaderCrashed]
    assert "nested too deeply" in str(ends[0])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(?c, ?f, ?i) = 'never') }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(CONCAT(STR(?a), ?f, ?i), '(x+x+)+y')) }",
    ],
)
def test_endless_work_ends_at_the_deadline(survives: Callable[..., Any], answer: Answer, text: str) -> None:
    """Cross products and heavy filters are stopped at the deadline, and the error says so."""
    (end,) = survives(lambda pool: answer(pool, text))
    assert isinstance(end, ReaderTimedOut)
    assert "1 seconds" in str(end)


def test_memory_bombs_end_at_the_limit(survives: Callable[..., Any], answer: Answer) -> None:
    """Sorting a cross product and doubling a string take no more memory than they may."""
    doubling = " ".join(f"BIND(CONCAT(?v{each}, ?v{each}) AS ?v{each + 1})" for each in range(40))
    sorting = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    ends = survives(
        lambda pool: answer(pool, f'SELECT * {{ BIND("0123456789" AS ?v0) {doubling} }}'),
        lambda pool: answer(pool, sorting),
        deadline=15,
    )
    assert isinstance(ends[0], ReaderOutOfMemory)
    assert isinstance(ends[1], ReaderOutOfMemory | ReaderTimedOut)


def test_an_endless_answer_is_streamed_to_its_deadline(
    survives: Callable[..., Any], asking: Callable[..., ReadRequest]
) -> None:
    """Gigabytes of rows leave neither process larger, and the end is an error, not a short answer."""

    async def read(pool: ReaderPool) -> None:
        begun = await pool.query(asking("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
        async for chunk in begun.chunks:
            assert len(chunk) <= 1 << 20

    (end,) = survives(read)
    assert isinstance(end, ReaderTimedOut)


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT {{ ?s ?p ?o }} WHERE {'{' * 300_000} ?s ?p ?o {'}' * 300_000}",
        f"INSERT DATA {{ <https://example.org/1> <https://example.org/p> {'(' * 20_000}1{')' * 20_000} }}",
        "INSERT { ?a ?b ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "DELETE { ?a ?b ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    ],
)
def test_updates_that_do_the_same(survives: Callable[..., Any], small_store: DiskStore, text: str) -> None:
    """A hostile update ends as a hostile query does, and leaves no private copy behind."""
    survives(lambda pool: pool.try_update(UpdateRequest(text, None, None, ("",), ())))
    assert list(small_store.trials.iterdir()) == []


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("text/turtle", f"<https://example.org/1> <https://example.org/p> {'(' * 300_000}1{')' * 300_000} ."),
        ("application/ld+json", '{"https://example.org/p":' * 100_000 + "1" + "}" * 100_000),
        ("application/rdf+xml", "<a>" * 100_000),
    ],
)
def test_data_that_does_the_same(survives: Callable[..., Any], media_type: str, data: str) -> None:
    """Deep data is read or refused."""

    async def parse(pool: ReaderPool) -> None:
        with suppress(DataSyntaxError):
            await pool.parse(ParseRequest(data.encode(), media_type, "https://example.org/"))

    survives(parse)
