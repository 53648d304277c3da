"""The formats that answers and data come in, and their short names for a browser's address bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from api.errors import MalformedRequest
from api.negotiation import MediaType, choose

_JSON: Final = MediaType("application/sparql-results+json")
_XML: Final = MediaType("application/sparql-results+xml")
_CSV: Final = MediaType("text/csv", "text/csv; charset=utf-8")
_TSV: Final = MediaType("text/tab-separated-values", "text/tab-separated-values; charset=utf-8")
_TURTLE: Final = MediaType("text/turtle", "text/turtle; charset=utf-8")
_N_TRIPLES: Final = MediaType("application/n-triples")
_JSON_LD: Final = MediaType("application/ld+json")
_RDF_XML: Final = MediaType("application/rdf+xml")
_TRIG: Final = MediaType("application/trig")
_N_QUADS: Final = MediaType("application/n-quads")

# The general names come last: only a client that knows no better gets its answer under one of them.
RESULTS: Final = (
    _JSON, _XML, _CSV, _TSV, MediaType("application/json"), MediaType("application/xml"), MediaType("text/xml"),
)  # fmt: skip
GRAPHS: Final = (
    _TURTLE, _N_TRIPLES, _JSON_LD, _RDF_XML, _TRIG, _N_QUADS, MediaType("application/json"),
    MediaType("application/xml"), MediaType("text/xml"),
)  # fmt: skip

READABLE: Final = (
    "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig",
    "application/n-quads",
)  # fmt: skip
"""What RDF may be sent in."""

_MEANT: Final[Mapping[str, str]] = MappingProxyType(
    {"application/json": _JSON.name, "application/xml": _XML.name, "text/xml": _XML.name}
)
_MEANT_FOR_GRAPHS: Final[Mapping[str, str]] = MappingProxyType(
    {"application/json": _JSON_LD.name, "application/xml": _RDF_XML.name, "text/xml": _RDF_XML.name}
)

SHORT_NAMES: Final[Mapping[str, tuple[MediaType | None, MediaType | None]]] = MappingProxyType(
    {
        "json": (_JSON, _JSON_LD),
        "xml": (_XML, _RDF_XML),
        "csv": (_CSV, None),
        "tsv": (_TSV, None),
        "turtle": (None, _TURTLE),
        "ttl": (None, _TURTLE),
        "ntriples": (None, _N_TRIPLES),
        "nt": (None, _N_TRIPLES),
        "jsonld": (None, _JSON_LD),
        "rdfxml": (None, _RDF_XML),
        "rdf": (None, _RDF_XML),
        "trig": (None, _TRIG),
        "nquads": (None, _N_QUADS),
        "nq": (None, _N_QUADS),
    }
)
"""``?format=``: what it means for rows and yes or no, and what for triples."""


@lru_cache(maxsize=128)
def wanted_formats(accept: str | None, short_name: str | None) -> tuple[MediaType | None, MediaType | None]:
    """What an answer comes in: for rows and yes or no, and for triples; None where the client takes nothing there is.

    Args:
        accept: the `Accept` field.
        short_name: the parameter ``format``, which stands above it: a short name or a whole media type.

    Raises:
        MalformedRequest: when there is no such format.
    """
    if short_name is None:
        return choose(RESULTS, accept), choose(GRAPHS, accept)
    if short_name in SHORT_NAMES:
        return SHORT_NAMES[short_name]
    if short_name in {each.name for each in (*RESULTS, *GRAPHS)}:
        return choose(RESULTS, short_name), choose(GRAPHS, short_name)
    raise MalformedRequest(f"There is no format “{short_name}”.", tuple(SHORT_NAMES))


@lru_cache(maxsize=128)
def wanted_for_yes_or_no(accept: str | None, short_name: str | None) -> MediaType | None:
    """What ASK is answered in: CSV and TSV are defined for rows alone (SPARQL 1.1 Query Results CSV and TSV, 1).

    Args:
        accept: the `Accept` field.
        short_name: the parameter ``format``, which stands above it and then allows nothing else.
    """
    if short_name is not None:
        return None
    return choose(tuple(each for each in RESULTS if each not in (_CSV, _TSV)), accept)


def serialised_as(results: MediaType | None, graph: MediaType | None) -> tuple[str | None, str | None]:
    """The formats' own names, which the engine knows, for two that `wanted_formats` chose."""
    return (
        None if results is None else _MEANT.get(results.name, results.name),
        None if graph is None else _MEANT_FOR_GRAPHS.get(graph.name, graph.name),
    )


def documented_bodies(names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the OpenAPI document says of a body in each of these media types: text, or for JSON whatever it holds.

    Args:
        names: media types such as ``text/turtle``.
    """
    return {each: {"schema": {} if each.endswith("json") else {"type": "string"}} for each in names}
