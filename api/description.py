"""What the endpoint says of itself.

SPARQL 1.1 Service Description (``sd:``), with the statistics of the open dataset (VoID, section 4) and the questions of
the library as executable examples (SHACL, section 5 and its extensions: ``sh:SPARQLExecutable``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from api.access.graphs import visible
from api.access.roles import Caller
from api.formats import GRAPHS, READABLE, RESULTS
from api.serving import Serving, Statistics
from graphstore.readers.errors import ReaderError
from graphstore.readers.records import ReadRequest
from ontology.prefixes import PREFIXES
from queries.library import QUERIES, LibraryQuery

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_SH: Final = PREFIXES["sh"]
_RDFS: Final = PREFIXES["rdfs"]
_TYPE: Final = NamedNode(f"{PREFIXES['rdf']}type")
_INTEGER: Final = NamedNode(f"{PREFIXES['xsd']}integer")
_COUNTING_SECONDS: Final = 10.0
_OWN_PREFIXES: Final = ("rdfs", "sh", "dcterms", "schema")

# https://www.w3.org/ns/formats/ names each format.
_FORMATS: Final[Mapping[str, str]] = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
_EXECUTABLE: Final[Mapping[str, tuple[str, str]]] = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
    "DESCRIBE": ("SPARQLExecutable", "describe"),
}

Subject = NamedNode | BlankNode


async def describe(serving: Serving, address: str, caller: Caller, media_type: str) -> bytes:
    """The service description.

    Args:
        serving: the store and its reader processes.
        address: the endpoint's own.
        caller: who asks; graphs closed to them are not named.
        media_type: an RDF format.
    """
    statistics = await _statistics(serving)
    triples = [
        *_service(address),
        *_dataset(address, visible(serving.known_graphs(), caller), statistics),
        *(each for query in QUERIES.values() for each in _example(address, query)),
    ]
    rdf_format = RdfFormat.from_media_type(media_type) or RdfFormat.TURTLE
    prefixes = {name: PREFIXES[name] for name in _OWN_PREFIXES} | {"sd": _SD, "void": _VOID}
    return serialize(triples, format=rdf_format, prefixes=prefixes) or b""


async def _statistics(serving: Serving) -> Statistics | None:
    """The counts of the open dataset, made once a commit; None where counting takes too long."""
    number = serving.store.commit_number
    if serving.statistics is None or serving.statistics.commit_number != number:
        try:
            counts = [await _counted(serving, f"{what}-statistics.rq") for what in ("property", "class")]
        except ReaderError:
            return None
        serving.statistics = Statistics(number, *counts)
    return serving.statistics


async def _counted(serving: Serving, file: str) -> Mapping[str, int]:
    text = files("api").joinpath(file).read_text("utf-8")
    answer = await serving.pool.query(
        ReadRequest(
            text, None, (), "application/sparql-results+json", None,
            deadline=_COUNTING_SECONDS,
        )
    )  # fmt: skip
    found = json.loads(b"".join([chunk async for chunk in answer.chunks]))
    return {
        row["term"]["value"]: int(row["number"]["value"])
        for row in found["results"]["bindings"]
        if row["term"]["type"] == "uri"
    }


def _service(address: str) -> Iterator[Triple]:
    service = NamedNode(address)
    yield Triple(service, _TYPE, NamedNode(f"{_SD}Service"))
    yield Triple(service, NamedNode(f"{_SD}endpoint"), service)
    yield Triple(service, NamedNode(f"{_RDFS}label"), Literal("Hypothread"))
    for language in ("SPARQL11Query", "SPARQL11Update"):
        yield Triple(service, NamedNode(f"{_SD}supportedLanguage"), NamedNode(f"{_SD}{language}"))
    offered = dict.fromkeys(each.name for each in (*RESULTS, *GRAPHS) if each.name in _FORMATS)
    for name in offered:
        yield Triple(service, NamedNode(f"{_SD}resultFormat"), _format(name))
    for name in READABLE:
        yield Triple(service, NamedNode(f"{_SD}inputFormat"), _format(name))
    entailment = NamedNode("http://www.w3.org/ns/entailment/Simple")
    yield Triple(service, NamedNode(f"{_SD}defaultEntailmentRegime"), entailment)


def _format(name: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/ns/formats/{_FORMATS[name]}")


def _dataset(address: str, named: Sequence[str], statistics: Statistics | None) -> Iterator[Triple]:
    service, dataset, graph = NamedNode(address), BlankNode(), BlankNode()
    yield Triple(service, NamedNode(f"{_SD}defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, NamedNode(f"{_SD}Dataset"))
    yield Triple(dataset, NamedNode(f"{_SD}defaultGraph"), graph)
    yield Triple(graph, _TYPE, NamedNode(f"{_SD}Graph"))
    yield Triple(graph, _TYPE, NamedNode(f"{_VOID}Dataset"))
    yield Triple(graph, NamedNode(f"{_VOID}sparqlEndpoint"), service)
    if statistics is not None:
        yield from _counts(graph, statistics)
    for name in named:
        node = BlankNode()
        yield Triple(dataset, NamedNode(f"{_SD}namedGraph"), node)
        yield Triple(node, _TYPE, NamedNode(f"{_SD}NamedGraph"))
        yield Triple(node, NamedNode(f"{_SD}name"), NamedNode(name))


def _counts(graph: Subject, statistics: Statistics) -> Iterator[Triple]:
    yield _number(graph, "triples", sum(statistics.properties.values()))
    yield _number(graph, "properties", len(statistics.properties))
    yield _number(graph, "classes", len(statistics.classes))
    for name, number in statistics.properties.items():
        part = BlankNode()
        yield Triple(graph, NamedNode(f"{_VOID}propertyPartition"), part)
        yield Triple(part, NamedNode(f"{_VOID}property"), NamedNode(name))
        yield _number(part, "triples", number)
    for name, number in statistics.classes.items():
        part = BlankNode()
        yield Triple(graph, NamedNode(f"{_VOID}classPartition"), part)
        yield Triple(part, NamedNode(f"{_VOID}class"), NamedNode(name))
        yield _number(part, "entities", number)


def _number(subject: Subject, name: str, number: int) -> Triple:
    return Triple(subject, NamedNode(f"{_VOID}{name}"), Literal(str(number), datatype=_INTEGER))


def _example(address: str, query: LibraryQuery) -> Iterator[Triple]:
    kind, text = _EXECUTABLE[query.form]
    example = NamedNode(f"{address}#{query.name}")
    yield Triple(example, _TYPE, NamedNode(f"{_SH}SPARQLExecutable"))
    yield Triple(example, _TYPE, NamedNode(f"{_SH}{kind}"))
    yield Triple(example, NamedNode(f"{_RDFS}label"), Literal(query.name))
    yield Triple(example, NamedNode(f"{_RDFS}comment"), Literal(query.header.summary))
    yield Triple(example, NamedNode(f"{PREFIXES['dcterms']}description"), Literal(query.header.description))
    yield Triple(example, NamedNode(f"{_SH}{text}"), Literal(query.text))
    yield Triple(example, NamedNode(f"{PREFIXES['schema']}target"), NamedNode(address))
    for tag in query.header.tags:
        yield Triple(example, NamedNode(f"{PREFIXES['schema']}keywords"), Literal(tag))
