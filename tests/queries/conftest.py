"""The two engines that questions are put to, and the studies they hold."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
)
from rdflib import Dataset, URIRef
from rdflib import Literal as RdflibLiteral

from ingest.folder import read_study
from ingest.graph import build_graph
from queries.library import QUERIES

Row = Mapping[str, Any]
Engine = Callable[[str], list[Row]]

STUDY = "https://w3id.org/hypothread/id/allotments"
ROOT = Path(__file__).parents[2]
OPEN_ENDINGS = ("/graph", "/graph/derived", "/ns")


class InPyoxigraph:
    """Runs queries over quads in pyoxigraph, with the dataset that the store gives a query that names none."""

    def __init__(self, quads: list[Quad]) -> None:
        self.store = Store()
        self.store.extend(quads)
        names = [each for each in self.store.named_graphs() if isinstance(each, NamedNode)]
        self.default: list[NamedNode | BlankNode | DefaultGraph] = [DefaultGraph()]
        self.default.extend(each for each in names if each.value.endswith(OPEN_ENDINGS))

    def __call__(self, text: str) -> list[Row]:
        """The rows, each term as a plain value."""
        found = self.store.query(text, default_graph=self.default)
        if isinstance(found, QueryTriples):
            triples = [(each.subject, each.predicate, each.object) for each in found]
            return _in_order([_plain_pyoxigraph(term) for term in triple] for triple in triples)
        assert isinstance(found, QuerySolutions)
        names = [each.value for each in found.variables]
        return [{name: _plain_pyoxigraph(row[name]) for name in names} for row in found]


class InRdflib:
    """Runs queries over the same quads in rdflib, the open graphs merged into its default graph."""

    def __init__(self, quads: list[Quad]) -> None:
        self.dataset = Dataset()
        for quad in quads:
            triple = tuple(_in_rdflib(each) for each in (quad.subject, quad.predicate, quad.object))
            name = quad.graph_name
            if isinstance(name, DefaultGraph) or str(name.value).endswith(OPEN_ENDINGS):
                self.dataset.default_graph.add(triple)
            else:
                self.dataset.graph(URIRef(name.value)).add(triple)  # type: ignore[arg-type] # mypy loses the types

    def __call__(self, text: str) -> list[Row]:
        """The rows, each term as a plain value."""
        with warnings.catch_warnings():
            # rdflib's own evaluator still uses what rdflib deprecates
            warnings.filterwarnings("ignore", r"Dataset\.", DeprecationWarning)
            found = self.dataset.query(text)
            if found.graph is not None:
                return _in_order([_plain_rdflib(term) for term in triple] for triple in found.graph)
            names = [str(each) for each in found.vars or []]
            return [{name: _plain_rdflib(row[name]) for name in names} for row in found]  # type: ignore[index, call-overload]


def _in_order(triples: Iterable[Sequence[Any]]) -> list[Row]:
    rows = {tuple(map(str, triple)): dict(zip("spo", triple, strict=True)) for triple in triples}
    return [rows[key] for key in sorted(rows)]


def _in_rdflib(term: Any) -> URIRef | RdflibLiteral:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return RdflibLiteral(term.value, lang=term.language)
    plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return RdflibLiteral(term.value) if plain else RdflibLiteral(term.value, datatype=URIRef(term.datatype.value))


def _plain_pyoxigraph(term: Any) -> Any:
    if isinstance(term, Literal):
        return _plain(term.value, term.datatype.value)
    return None if term is None else term.value


def _plain_rdflib(term: Any) -> Any:
    if isinstance(term, RdflibLiteral):
        return _plain(str(term), str(term.datatype))
    return None if term is None else str(term)


def _plain(text: str, datatype: str) -> Any:
    kind = datatype.rpartition("#")[2]
    if kind in ("integer", "decimal"):
        return Decimal(text).normalize() + 0
    return text in ("true", "1") if kind == "boolean" else text


@pytest.fixture(scope="session")
def allotments_quads() -> list[Quad]:
    """The invented study."""
    file = Path(__file__).with_name("allotments.trig")
    return list(parse(file.read_bytes(), format=RdfFormat.TRIG))


@pytest.fixture(scope="session")
def bundled_study() -> Engine:
    """The bundled study, imported from its folder, with the vocabulary."""
    quads = list(
        parse(build_graph(read_study(ROOT / "studies/innovation-ecosystem")).n_quads.encode(), RdfFormat.N_QUADS)
    )
    vocabulary = NamedNode("https://w3id.org/hypothread/ns")
    for file in sorted((ROOT / "ontology").glob("*.ttl")):
        found = parse(file.read_bytes(), RdfFormat.TURTLE)
        quads.extend(Quad(each.subject, each.predicate, each.object, vocabulary) for each in found)
    return InPyoxigraph(quads)


@pytest.fixture(scope="session")
def allotments_in_pyoxigraph(allotments_quads: list[Quad]) -> Engine:
    """The invented study in pyoxigraph."""
    return InPyoxigraph(allotments_quads)


@pytest.fixture(scope="session")
def allotments_in_rdflib(allotments_quads: list[Quad]) -> Engine:
    """The invented study in rdflib."""
    return InRdflib(allotments_quads)


@pytest.fixture(params=["pyoxigraph", "rdflib"])
def allotments(request: pytest.FixtureRequest) -> Engine:
    """The invented study in each engine in turn."""
    engine: Engine = request.getfixturevalue(f"allotments_in_{request.param}")
    return engine


@pytest.fixture(params=["pyoxigraph", "rdflib"])
def empty_engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn, holding nothing."""
    return InPyoxigraph([]) if request.param == "pyoxigraph" else InRdflib([])


@pytest.fixture
def ask_allotments(allotments: Engine) -> Callable[..., list[Row]]:
    """Puts a question of the library to the invented study; values are keys under the study's IRI."""

    def ask(name: str, **values: str) -> list[Row]:
        terms = {
            parameter: NamedNode(value if value.startswith("http") else f"{STUDY}{'/' if value else ''}{value}")
            for parameter, value in values.items()
        }
        return allotments(QUERIES[name].bind(terms))

    return ask
