"""RDF text from outside, read by a worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from graphstore.disk import DiskStore
from graphstore.errors import DataSyntaxError
from graphstore.readers.errors import AnswerTooLarge
from graphstore.readers.parsing import refuse_doctype
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import ParseRequest

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
BOMB = '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


def reading(data: str | bytes, media_type: str = "text/turtle") -> ParseRequest:
    """A request with a base."""
    return ParseRequest(data.encode() if isinstance(data, str) else data, media_type, "http://e/")


def test_data_comes_back_as_n_quads(small_store: DiskStore, with_pool: Callable[..., Any]) -> None:
    """Relative IRIs are resolved, graphs kept, and the same label in two texts gives two nodes."""

    async def work(pool: ReaderPool) -> None:
        assert await pool.parse(reading("# nothing")) == b""
        assert await pool.parse(reading("<a> <b> 'c' .")) == b'<http://e/a> <http://e/b> "c" .\n'
        assert await pool.parse(reading("<g> { <a> <b> <c> }", "application/trig")) == (
            b"<http://e/a> <http://e/b> <http://e/c> <http://e/g> .\n"
        )
        texts = [await pool.parse(reading("_:x <b> _:x .")) for _ in range(2)]
        first, second = (next(iter(parse(text, RdfFormat.N_QUADS))) for text in texts)
        assert first.subject == first.object != second.subject == second.object

    with_pool(small_store, work)


def test_mistakes_and_what_reaches_elsewhere(small_store: DiskStore, with_pool: Callable[..., Any]) -> None:
    """Line and column for a mistake; a DOCTYPE and a remote context are refused with their reason."""
    refused = {
        ("<a> <b> 'c' .\n<a> nonsense .", "text/turtle"): "line 2",
        (f"{BOMB}<rdf:RDF {RDF}/>", "application/rdf+xml"): "DOCTYPE",
        ('{"@context": "http://e/context", "name": 1}', "application/ld+json"): "nothing is fetched",
        ('{"@context": {"@import": "http://e/context"}, "name": 1}', "application/ld+json"): "nothing is fetched",
        ("x", "application/pdf"): "no format for RDF",
    }

    async def work(pool: ReaderPool) -> None:
        for (data, media_type), words in refused.items():
            with pytest.raises(DataSyntaxError, match=words) as caught:
                await pool.parse(reading(data, media_type))
            assert caught.value.line == (2 if words == "line 2" else None)

    with_pool(small_store, work)


@pytest.mark.parametrize(
    "before", ["", "\ufeff", '<?xml version="1.0"?>\n', "<!-- <a> -->", '<?xml version="1.0"?><!-- - --> <?x y?>\n']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_doctype_hides_nowhere(before: str, encoding: str) -> None:
    """It is found after comments and instructions and in every encoding; in a value it is no DOCTYPE."""
    with pytest.raises(DataSyntaxError, match="DOCTYPE"):
        refuse_doctype(f"{before}{BOMB}<rdf:RDF {RDF}/>".encode(encoding))
    refuse_doctype(f"{before}<rdf:RDF {RDF}><!-- {BOMB} --></rdf:RDF>".encode(encoding))


def test_data_that_grows_too_large_is_refused(small_store: DiskStore, with_pool: Callable[..., Any]) -> None:
    """Short text whose statements are long, by a long prefix, is stopped at the limit."""
    text = (
        f"@prefix p: <http://e/{'x' * 10_000}> . p:a p:b " + ", ".join(f"p:c{number}" for number in range(200)) + " ."
    )

    async def work(pool: ReaderPool) -> None:
        with pytest.raises(AnswerTooLarge):
            await pool.parse(reading(text))
        assert await pool.parse(reading("<a> <b> <c> ."))

    with_pool(small_store, work, result_bytes=1_000_000)
