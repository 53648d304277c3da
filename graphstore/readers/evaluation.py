"""A query, evaluated in a worker (SPARQL 1.1 Query Language; SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, Any, Final, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    serialize,
)

from graphstore.datasets import GraphName
from graphstore.errors import QuerySyntaxError, translated
from graphstore.layout import MERGED, engine_graph
from graphstore.query_mistakes import explained
from graphstore.query_text import refuse_service, words_of
from graphstore.readers.errors import NoAcceptableFormat
from graphstore.readers.output import Output
from graphstore.readers.xml_text import with_named_predicates

_FOR_ASK: Final = (QueryResultsFormat.JSON, QueryResultsFormat.XML)


def graph_named(name: str) -> NamedNode | DefaultGraph:
    """The graph of a name, as the port has it; "" is the unnamed one."""
    return NamedNode(name) if name else DefaultGraph()


def default_graphs(names: Iterable[str] | None) -> list[GraphName]:
    """The engine's graphs for a default graph that is merged from these; None for the open dataset."""
    return [MERGED] if names is None else [engine_graph(graph_named(name)) for name in names]


def answer_query(snapshot: Store, request: Mapping[str, Any], text: str, output: Output) -> None:
    """Evaluates a query and serialises its answer.

    The dataset is handed to the engine beside the text. Given so, both default and named graphs, it stands above any
    ``FROM`` and ``FROM NAMED`` in the text (tested for every combination), so no text reaches further than the request
    allows. An empty list is an empty dataset, not an absent one.

    Raises:
        GraphStoreError: what is wrong with the request.
    """
    refuse_service(text)
    try:
        results = snapshot.query(
            text,
            base_iri=request["base"],
            default_graph=default_graphs(request["default_graphs"]),
            named_graphs=[NamedNode(name) for name in request["named_graphs"]],
        )
    except Exception:
        with _engine_errors(output), explained(text):
            raise
    if isinstance(results, (QuerySolutions, QueryBoolean)):
        is_ask = isinstance(results, QueryBoolean)
        media_type, results_format = _results_format(
            request["results_media_type"], request["ask_media_type"] if is_ask else None, is_ask=is_ask
        )
        output.begin(form="ASK" if is_ask else "SELECT", media_type=media_type)
        output.is_xml = results_format == QueryResultsFormat.XML
        try:
            results.serialize(cast("IO[bytes]", output), results_format)
        except Exception:
            with _engine_errors(output):
                raise
        return
    media_type = request["graph_media_type"]
    graph_format = RdfFormat.from_media_type(media_type) if media_type else None
    form = _form(text)
    if graph_format is None:
        raise NoAcceptableFormat(f"{form} gives a graph. Accept a format for graphs, such as text/turtle.")
    output.begin(form=form, media_type=media_type)
    output.is_xml = graph_format == RdfFormat.RDF_XML
    with _engine_errors(output):
        if output.is_xml:
            serialize(with_named_predicates(results), cast("IO[bytes]", output), graph_format)
        else:
            results.serialize(cast("IO[bytes]", output), graph_format)


@lru_cache(maxsize=64)
def _results_format(*wanted: str | None, is_ask: bool) -> tuple[str, QueryResultsFormat]:
    for media_type in wanted:
        found = QueryResultsFormat.from_media_type(media_type) if media_type else None
        if media_type and found and (not is_ask or found in _FOR_ASK):
            return media_type, found
    if is_ask:
        raise NoAcceptableFormat("ASK is answered as JSON or XML. Accept application/sparql-results+json.")
    raise NoAcceptableFormat("SELECT gives a table. Accept a format for tables, such as text/csv.")


def _form(text: str) -> str:
    words = (word.text.upper() for word in words_of(text) if word.kind == "word")
    return next((word for word in words if word in ("CONSTRUCT", "DESCRIBE")), "CONSTRUCT")


@contextmanager
def _engine_errors(output: Output) -> Iterator[None]:
    try:
        with translated(QuerySyntaxError):
            yield
    except Exception as error:
        # The engine hands our own refusal back as an error of the file it writes to.
        if output.refused is not None and error is not output.refused:
            raise output.refused from error
        raise
