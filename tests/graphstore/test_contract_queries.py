"""What every engine owes a query."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat

from graphstore import Difference, GraphStore, QueryDataset
from graphstore.errors import GraphStoreError, QueryEvaluationError, QuerySyntaxError, ServiceRefused

STUDY = "https://w3id.org/hypothread/id/rooms"
OPEN = {f"{STUDY}/graph", f"{STUDY}/graph/derived", "https://w3id.org/hypothread/ns", "unnamed"}
EDITORIAL, RESTRICTED = f"{STUDY}/graph/editorial", f"{STUDY}/graph/restricted"
EDITORIAL_GRAPH = NamedNode(EDITORIAL)


def picked(clause: str, pattern: str = "?s ?p ?o") -> str:
    """A query for ?o with a dataset clause."""
    return "SELECT ?o " + clause + " { " + pattern + " }"


def seen(store: GraphStore, text: str, dataset: QueryDataset | None = None) -> list[str]:
    """The values of ?o, in order."""
    found = store.query(text) if dataset is None else store.query(text, dataset=dataset)
    assert isinstance(found, QuerySolutions)
    return sorted(solution["o"].value for solution in found)


def test_all_four_forms_are_answered(graphs_apart: GraphStore) -> None:
    """SELECT gives rows, ASK a truth value, CONSTRUCT and DESCRIBE triples."""
    rows = graphs_apart.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(rows, QuerySolutions)
    assert [variable.value for variable in rows.variables] == ["o"]
    assert len(list(rows)) == 4
    yes = graphs_apart.query("ASK { <https://example.org/a> ?p ?o }")
    assert isinstance(yes, QueryBoolean)
    assert bool(yes) is True
    assert bool(graphs_apart.query("ASK { <https://example.org/b> ?p ?o }")) is False
    for text in ("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o . FILTER(false) }", "DESCRIBE <https://example.org/a>"):
        triples = graphs_apart.query(text)
        assert isinstance(triples, QueryTriples)
        assert len(list(triples)) == (4 if text.startswith("DESCRIBE") else 0)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("SELECT * {", 1, 11), ("SELECT *\nWHERE { ?s ?p }", 2, 15), ("ASK { ?s ?p ?o }\n}", 2, 1), ("", 1, 1)],
)
def test_a_syntax_error_has_its_place(empty: GraphStore, text: str, line: int, column: int) -> None:
    """A query that does not parse is refused with the line and column where it stops to be SPARQL."""
    with pytest.raises(QuerySyntaxError) as caught:
        empty.query(text)
    assert caught.value.line == line
    assert caught.value.column in {column, column + 1}, "the grammar looks at most one character ahead"


def test_an_unknown_function_is_told(empty: GraphStore) -> None:
    """What parses and cannot be evaluated is an error of ours as well."""
    with pytest.raises(QueryEvaluationError, match=r"https://example\.org/f"):
        list(empty.query("SELECT (<https://example.org/f>(1) AS ?x) {}"))  # type: ignore[arg-type] # mypy loses the types


def test_a_query_sees_the_open_graphs(graphs_apart: GraphStore) -> None:
    """By default: asserted, derived, vocabulary and unnamed; never editorial, restricted, suggested or history."""
    assert set(seen(graphs_apart, "SELECT ?o { ?s ?p ?o }")) == OPEN


def test_open_graphs_are_those_of_the_last_commit(graphs_apart: GraphStore) -> None:
    """A study that came with a later commit is seen, and one that went is not."""
    other = NamedNode("https://w3id.org/hypothread/id/other/graph")
    quad = Quad(NamedNode("https://example.org/b"), NamedNode("https://example.org/p"), Literal("other"), other)
    assert "other" not in seen(graphs_apart, "SELECT ?o { ?s ?p ?o }")
    graphs_apart.apply(Difference(added={quad}))
    assert "other" in seen(graphs_apart, "SELECT ?o { ?s ?p ?o }")
    graphs_apart.apply(Difference(removed={quad}))
    assert "other" not in seen(graphs_apart, "SELECT ?o { ?s ?p ?o }")


def test_every_graph_can_be_named(graphs_apart: GraphStore) -> None:
    """GRAPH reaches what is not seen by default, under its name."""
    assert seen(graphs_apart, f"SELECT ?o {{ GRAPH <{EDITORIAL}> {{ ?s ?p ?o }} }}") == [EDITORIAL]
    assert RESTRICTED in seen(graphs_apart, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }")


def test_from_names_the_dataset(graphs_apart: GraphStore) -> None:
    """FROM replaces the default (SPARQL 1.1, section 13.2), in any case, and words that merely look like it do not."""
    assert seen(graphs_apart, picked(f"FROM <{EDITORIAL}>")) == [EDITORIAL]
    assert seen(graphs_apart, picked(f"from <{EDITORIAL}> from<{RESTRICTED}>")) == [EDITORIAL, RESTRICTED]
    assert seen(graphs_apart, picked(f"FROM NAMED <{EDITORIAL}>")) == []
    assert seen(graphs_apart, picked(f"FROM NAMED <{EDITORIAL}>", "GRAPH ?g { ?s ?p ?o }")) == [EDITORIAL]
    merely = "PREFIX from: <https://example.org/> SELECT ?o { ?from ?p ?o . FILTER(?p != from:x) } # FROM <x:y>"
    assert set(seen(graphs_apart, merely)) == OPEN
    assert set(seen(graphs_apart, "SELECT ?o { ?s ?p ?o FILTER(?o != ' FROM <x:y>') }")) == OPEN


def test_a_dataset_given_beside_the_query_wins(graphs_apart: GraphStore) -> None:
    """The dataset of the request stands above FROM (SPARQL 1.1 Protocol, section 2.1.4)."""
    given = QueryDataset(default=(NamedNode(RESTRICTED),), named=())
    assert seen(graphs_apart, picked(f"FROM <{EDITORIAL}>"), given) == [RESTRICTED]
    assert seen(graphs_apart, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }", given) == []
    both = QueryDataset(default=(DefaultGraph(), NamedNode(EDITORIAL)))
    assert seen(graphs_apart, "SELECT ?o { ?s ?p ?o }", both) == [EDITORIAL, "unnamed"]


SERVICE_CLAUSES = {
    "plain": "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "small letters": "ASK { service <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "silent": "ASK { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "nothing between": "ASK{?s ?p true.SERVICE<http://127.0.0.1:1/>{?s ?p ?o}}",
    "after a word without a gap": "ASK { ?s ?p trueSERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "comments between": "ASK { SERVICE # {\n <http://127.0.0.1:1/> # }\n { ?s ?p ?o } }",
    "variable": "ASK { VALUES ?x { <http://127.0.0.1:1/> } SERVICE ?x { ?s ?p ?o } }",
    "prefixed": "PREFIX x: <http://127.0.0.1:1/> ASK { SERVICE x:a { ?s ?p ?o } }",
    "after a prefix that is no IRI with it": "PREFIX x: <http://h:> ASK { ?s ?p x:SERVICE <http://127.0.0.1:1/> { } }",
    "after a second dot": "PREFIX x: <http://h/> ASK { ?s ?p x:a.b.SERVICE <http://127.0.0.1:1/> { } }",
    "after half a long string": "ASK { VALUES ?x { ''' a' } SERVICE <http://127.0.0.1:1/> { } # \\x '''\n }",
    "behind a comparison that looks like an IRI": (
        "ASK { ?s ?p ?a FILTER(?a<'b>')SERVICE<http://127.0.0.1:1/>{?s ?p 'z'} }"
    ),
}


@pytest.mark.parametrize("text", SERVICE_CLAUSES.values(), ids=SERVICE_CLAUSES)
def test_service_is_refused(graphs_apart: GraphStore, text: str) -> None:
    """No query makes the store open a connection, however the clause is written."""
    with pytest.raises(ServiceRefused, match="contacts no other server"):
        graphs_apart.query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?o { ?s ?p ?o FILTER(?o != 'SERVICE') }",
        "SELECT ?service { ?service ?p ?o }",
        "PREFIX ex: <https://example.org/> SELECT ?o { ?s ex:service ?o }",
        "SELECT ?o { ?s ?p ?o } # SERVICE",
    ],
)
def test_the_word_service_alone_is_not(graphs_apart: GraphStore, text: str) -> None:
    """A string, a variable, a name or a comment may hold the word."""
    graphs_apart.query(text)


def test_the_query_text_does_not_choose_the_answer_of_another(graphs_apart: GraphStore) -> None:
    """A query that named its dataset leaves the next one's default as it was."""
    seen(graphs_apart, picked(f"FROM <{EDITORIAL}>"))
    assert set(seen(graphs_apart, "SELECT ?o { ?s ?p ?o }")) == OPEN


ENGINE_ERRORS: dict[str, Callable[[GraphStore], object]] = {
    "query": lambda store: store.query("SELECT"),
    "relative IRI": lambda store: store.query("ASK { <a> ?p ?o }"),
    "evaluation": lambda store: store.query("SELECT (<x:f>(1) AS ?x) {}"),
    "load": lambda store: store.load(b"<a> <b>", RdfFormat.TURTLE),
    "load of bytes": lambda store: store.load(b"\xff\xfe", RdfFormat.N_TRIPLES),
    "load of JSON": lambda store: store.load(b"{", RdfFormat.JSON_LD),
    "load of XML": lambda store: store.load(b"<a/>", RdfFormat.RDF_XML),
    "first load": lambda store: store.load_first({EDITORIAL_GRAPH: b"nonsense"}),
}


@pytest.mark.parametrize("act", ENGINE_ERRORS.values(), ids=ENGINE_ERRORS)
def test_no_error_of_the_engine_escapes(empty: GraphStore, act: Callable[[GraphStore], object]) -> None:
    """Whatever the engine raises comes out as an error of this package, with the engine's behind it."""
    with pytest.raises(GraphStoreError) as caught:
        act(empty)
    assert caught.value.__cause__ is not None
    assert not isinstance(caught.value.__cause__, GraphStoreError)
