"""Answers in XML are well-formed, and say what the other formats say; else they are refused."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, parse, parse_query_results

from graphstore.disk import DiskStore
from graphstore.readers import xml_text
from graphstore.readers.errors import NoAcceptableFormat
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import ReadRequest

Answer = Callable[[ReaderPool, ReadRequest | str], Awaitable[bytes]]
RESULTS = "application/sparql-results+xml"
RDF_XML = "application/rdf+xml"
_BLOCK = 8192


def _graph(text: str) -> ReadRequest:
    return ReadRequest(text, (), (), None, RDF_XML)


@pytest.mark.parametrize("character", ["\\u0000", "\\u0001", "\\b", "\\u001F", "\\uFFFE", "\\uFFFF"])
def test_a_character_that_xml_cannot_tell_is_named(
    small_store: DiskStore, asking: Callable[..., ReadRequest], answer: Answer, with_pool: Callable[..., Any],
    character: str,
) -> None:  # fmt: skip
    """What would not be well-formed is refused with the character and the remedy; other formats tell it."""
    select, construct = f'SELECT ("a{character}b" AS ?x) {{}}', f'CONSTRUCT {{ <x:s> <x:p> "a{character}" }} {{}}'
    code = {"\\b": "U+0008"}.get(character, f"U+{character[2:]}")

    async def work(pool: ReaderPool) -> None:
        for request in (asking(select, RESULTS), _graph(construct)):
            with pytest.raises(NoAcceptableFormat, match=f"the character U\\{code[1:]}, .* not XML"):
                await answer(pool, request)
        assert (await answer(pool, asking(select, "text/csv"))).count(b"\n") == 2
        assert pool.statistics().crashed == 0

    with_pool(small_store, work)


def test_a_character_in_two_parts_is_seen(
    small_store: DiskStore, asking: Callable[..., ReadRequest], answer: Answer, with_pool: Callable[..., Any]
) -> None:
    """The engine writes in blocks; a character that lies across the end of one is seen wherever it lies."""

    async def work(pool: ReaderPool) -> None:
        begins = (await answer(pool, asking('SELECT ("x" AS ?x) {}', RESULTS))).index(b"<literal>") + len(b"<literal>")
        for before in range(_BLOCK - begins - 4, _BLOCK - begins + 2):
            text = f'SELECT (CONCAT("{"x" * before}", "\\uFFFF") AS ?x) {{}}'
            with pytest.raises(NoAcceptableFormat):
                await answer(pool, asking(text, RESULTS))

    with_pool(small_store, work)


def test_what_comes_as_xml_reads_as_what_was_asked_for(
    small_store: DiskStore, asking: Callable[..., ReadRequest], answer: Answer, with_pool: Callable[..., Any]
) -> None:
    """Line ends of every kind, marks of XML and far letters are the same for a reader of XML as in JSON."""
    told = "a\r\nb\rc\n\td <&>\"']]> \u0085\u2028 \ud7ff\ue000\ufffd\U0001f600"
    written = told.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t").replace('"', '\\"')

    async def work(pool: ReaderPool) -> None:
        rows = await answer(pool, asking(f'SELECT ("{written}" AS ?x) {{}}', RESULTS))
        literal = ElementTree.fromstring(rows).find(".//{http://www.w3.org/2005/sparql-results#}literal")  # noqa: S314 (ours)
        assert literal is not None
        assert literal.text == told
        graph = await answer(pool, _graph(f'CONSTRUCT {{ <x:s> <x:p> "{written}" }} {{}}'))
        assert ElementTree.fromstring(graph).find(".//{x:}p").text == told  # type: ignore[union-attr] # noqa: S314
        assert [each.object for each in parse(graph, RdfFormat.RDF_XML)] == [Literal(told)]
        (row,) = list(parse_query_results(rows, QueryResultsFormat.XML))  # type: ignore[arg-type] # rows, not a boolean
        assert row["x"] == Literal(told)

    with_pool(small_store, work)


@pytest.mark.parametrize("predicate", ["urn:1/2", "http://example.org/a/", "http://example.org/a?b=1"])
def test_a_property_without_a_name_is_refused_in_rdf_xml(
    small_store: DiskStore, answer: Answer, with_pool: Callable[..., Any], predicate: str
) -> None:
    """RDF/XML writes a property as a name; where its IRI ends in none, the client hears which, and what to ask for."""

    async def work(pool: ReaderPool) -> None:
        text = f'CONSTRUCT {{ <x:s> <{predicate}> "1" }} {{}}'
        with pytest.raises(NoAcceptableFormat, match=r"no name for the property <.*>\. Accept text/turtle"):
            await answer(pool, _graph(text))
        turtle = await answer(pool, ReadRequest(text, (), (), None, "text/turtle"))
        assert [each.predicate for each in parse(turtle, RdfFormat.TURTLE)] == [NamedNode(predicate)]

    with_pool(small_store, work)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=4))
@example("\u0085")
@example("\x7f")
@example("\ufdd0")
def test_every_other_character_is_well_formed(text: str) -> None:
    """What is let through is what a parser of XML takes; what is not, it does not take."""
    body = b"<a>" + text.encode().replace(b"&", b"&amp;").replace(b"<", b"&lt;") + b"</a>"
    try:
        ElementTree.fromstring(body)  # noqa: S314 (the same)
        taken = True
    except ElementTree.ParseError:
        taken = False
    assert taken == (xml_text.UNTELLABLE.search(body) is None)
