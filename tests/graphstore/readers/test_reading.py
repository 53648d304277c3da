"""What a query asked of the reader processes gives back."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graphstore import Difference
from graphstore.disk import DiskStore
from graphstore.errors import QuerySyntaxError, ServiceRefused
from graphstore.readers.errors import AnswerTooLarge, NoAcceptableFormat
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import ReadRequest

Answer = Callable[[ReaderPool, ReadRequest | str], Awaitable[bytes]]
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s <https://example.org/p> ?o }"


def test_each_form_is_answered_in_the_format_asked_for(
    small_store: DiskStore, asking: Callable[..., ReadRequest], with_pool: Callable[..., Any]
) -> None:
    """The form and the media type are known before the bytes, and the bytes are in that format."""
    cases = [
        ("SELECT ?o WHERE { <https://example.org/7> ?p ?o }", "text/csv", "SELECT", b"o\r\n7\r\n"),
        ("SELECT ?o WHERE { <https://example.org/7> ?p ?o }", "text/tab-separated-values", "SELECT", b'?o\n"7"\n'),
        ("ASK {}", "application/sparql-results+json", "ASK", b'{"head":{},"boolean":true}'),
        (
            "CONSTRUCT WHERE { <https://example.org/7> ?p ?o }", None, "CONSTRUCT",
            b'<https://example.org/7> <https://example.org/p> "7" .\n',
        ),
        ("# SELECT\nDESCRIBE <https://example.org/none>", None, "DESCRIBE", b""),
    ]  # fmt: skip

    async def work(pool: ReaderPool) -> None:
        for text, media_type, form, expected in cases:
            begun = await pool.query(asking(text, media_type))
            assert (begun.form, begun.media_type) == (form, media_type or "application/n-triples")
            assert b"".join([chunk async for chunk in begun.chunks]) == expected
        assert pool.statistics().answered == len(cases)

    with_pool(small_store, work)


@pytest.mark.parametrize(
    "media_type",
    ["application/n-quads", "application/trig", "text/turtle", "application/rdf+xml", "application/ld+json"],
)
def test_graphs_come_in_every_format(
    small_store: DiskStore,
    asking: Callable[..., ReadRequest],
    answer: Answer,
    with_pool: Callable[..., Any],
    media_type: str,
) -> None:
    """Every format that the engine writes gives the statement back."""
    request = replace(asking("CONSTRUCT WHERE { <https://example.org/7> ?p ?o }"), graph_media_type=media_type)
    assert b"https://example.org/7" in with_pool(small_store, lambda pool: answer(pool, request))


def test_a_form_without_a_format_is_refused(
    small_store: DiskStore, asking: Callable[..., ReadRequest], answer: Answer, with_pool: Callable[..., Any]
) -> None:
    """A graph is no table, and ASK has no CSV; where the client takes JSON too, ASK is answered in it."""
    csv = asking("ASK {}", "text/csv")

    async def work(pool: ReaderPool) -> bytes:
        for request in (csv, asking("SELECT * {}", None), replace(asking("CONSTRUCT WHERE {}"), graph_media_type=None)):
            with pytest.raises(NoAcceptableFormat, match="Accept"):
                await pool.query(request)
        return await answer(pool, replace(csv, ask_media_type="application/sparql-results+json"))

    assert json.loads(with_pool(small_store, work))["boolean"] is True


def test_no_dataset_clause_reaches_further_than_the_request(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any]
) -> None:
    """The dataset of the request stands above FROM and FROM NAMED, an empty one too."""
    clauses = ("", "FROM", "FROM NAMED")
    open_graph = ("https://example.org/open",)
    pattern = "{ { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER(?o IN ('open', 'closed')) }"

    async def work(pool: ReaderPool) -> None:
        for first, second in itertools.product(clauses, clauses):
            written = " ".join(f"{clause} <https://example.org/closed>" for clause in (first, second) if clause)
            text = f"SELECT ?o {written} WHERE {pattern}"
            for default, named in itertools.product(((), ("",), open_graph), ((), open_graph)):
                found = await answer(pool, ReadRequest(text, default, named, "text/csv", None))
                assert found.split() == [b"o", *[b"open"] * (default + named).count(*open_graph)]

    with_pool(small_store, work)


def test_a_mistake_is_told_with_its_place(
    small_store: DiskStore, asking: Callable[..., ReadRequest], with_pool: Callable[..., Any]
) -> None:
    """Line and column come from the engine's parser; SERVICE is refused before anything runs."""

    async def work(pool: ReaderPool) -> None:
        with pytest.raises(QuerySyntaxError) as caught:
            await pool.query(asking("SELECT *\nWHERE { ?s ?p }"))
        assert (caught.value.line, caught.value.column) == (2, 16)
        with pytest.raises(ServiceRefused, match="contacts no other server"):
            await pool.query(asking("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"))

    with_pool(small_store, work)


def test_a_query_sees_every_commit_made_before_it(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any]
) -> None:
    """After each of thirty commits, additions and removals, the count is right at once, from both workers."""

    async def work(pool: ReaderPool) -> None:
        for turn in range(30):
            node = NamedNode(f"https://example.org/new/{turn // 2}")
            quads = {Quad(node, NamedNode("https://example.org/p"), Literal("x"), DefaultGraph())}
            await asyncio.to_thread(
                small_store.apply, Difference(added=quads) if turn % 2 == 0 else Difference(removed=quads)
            )
            expected = f"n\r\n{301 + (turn + 1) % 2}\r\n".encode()
            assert {*await asyncio.gather(answer(pool, COUNT), answer(pool, COUNT))} == {expected}

    with_pool(small_store, work)


def test_an_open_snapshot_survives_its_removal(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any], asking: Callable[..., ReadRequest]
) -> None:
    """An answer that is under way is finished as it began, though its snapshot's folder goes meanwhile."""
    product = "SELECT ?o ?u WHERE { ?s ?p ?o . ?t ?q ?u }"

    async def work(pool: ReaderPool) -> None:
        begun = await pool.query(asking(product))
        old = small_store.newest_snapshot.path
        for number in range(6):
            quad = Quad(
                NamedNode(f"https://example.org/new/{number}"), NamedNode("https://example.org/p"), Literal("x")
            )
            await asyncio.to_thread(small_store.apply, Difference(added={quad}))
        assert not old.exists()
        rows = b"".join([chunk async for chunk in begun.chunks]).count(b"\n") - 1
        assert rows == 301 * 301
        assert await answer(pool, COUNT) == b"n\r\n307\r\n"

    with_pool(small_store, work)


def test_many_tasks_get_their_own_answers(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any]
) -> None:
    """Two hundred different queries from sixteen tasks: none gets another's answer."""

    async def work(pool: ReaderPool) -> None:
        async def client(first: int) -> None:
            for number in range(first, 200, 16):
                text = f"SELECT ?o WHERE {{ <https://example.org/{number}> ?p ?o }}"
                assert await answer(pool, text) == f"o\r\n{number}\r\n".encode()

        await asyncio.gather(*(client(first) for first in range(16)))
        assert pool.statistics().answered == 200

    with_pool(small_store, work)


def test_a_large_answer_is_whole_or_an_error(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any]
) -> None:
    """Ninety thousand rows come whole; over the limit the answer breaks off with an error, at its start or later."""
    rows = "SELECT ?o ?u WHERE { ?s ?p ?o . ?t ?q ?u }"

    async def whole(pool: ReaderPool) -> int:
        return (await answer(pool, rows)).count(b"\n") - 1

    async def broken(pool: ReaderPool) -> None:
        with pytest.raises(AnswerTooLarge, match="LIMIT"):
            await answer(pool, rows)
        assert await answer(pool, COUNT) == b"n\r\n301\r\n"

    assert with_pool(small_store, whole) == 301 * 301
    for limit in (20_000, 200_000):
        with_pool(small_store, broken, result_bytes=limit)
