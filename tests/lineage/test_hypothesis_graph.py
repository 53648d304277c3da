"""A hypothesis' lineage as nodes and edges: every edge a statement, every item of the lineage a node."""

from __future__ import annotations

from collections import Counter

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions

from graphstore import GraphStore
from lineage.graph_records import ASSERTED, STATUSES, LineageGraph
from lineage.hypothesis_graph import hypothesis_graph
from lineage.narrowing import narrowed_lineage
from lineage.records import Named
from lineage.stored import StoredStudy
from lineage.tracing import lineage_of
from ontology.prefixes import expand

BASE = "https://w3id.org/hypothread/id"
READ_TOO = frozenset({"asserted", "editorial"})


def drawn(store: GraphStore, study: str, key: str, **asked: object) -> LineageGraph:
    """The lineage of a hypothesis by key."""
    return hypothesis_graph(store, Named(f"{BASE}/{study}/hypothesis/{key}", key, key), **asked)  # type: ignore[arg-type] # mypy loses the types


def counted(graph: LineageGraph) -> Counter[str]:
    """How many nodes there are of each kind."""
    return Counter(node.kind for node in graph.nodes)


def test_utility_has_its_items(study_store: GraphStore) -> None:
    """Two versions with a second wording each, one change, six quotes of two kinds of organisation, one count."""
    found = counted(drawn(study_store, "innovation-ecosystem", "utility"))
    assert found == {
        "hypothesis": 1, "hypothesis version": 2, "reading": 2, "change": 1, "quote": 6, "organisation type": 2,
        "resonance observation": 1, "iteration": 2, "event": 1, "organisation": 1,
    }  # fmt: skip


def test_readings_are_drawn_only_where_they_are_asked_for(study_store: GraphStore) -> None:
    """Themes and areas of Utility are readings: none without include, each with a reason with it."""
    plain = drawn(study_store, "innovation-ecosystem", "utility")
    assert {edge.status for edge in plain.edges} == {"asserted"}
    assert not plain.of_kind("theme")
    read = drawn(study_store, "innovation-ecosystem", "utility", include=READ_TOO)
    assert counted(read)["theme"] == 4
    assert set(plain.edges) < set(read.edges)
    for edge in set(read.edges) - set(plain.edges):
        assert edge.status == "editorial"
        assert edge.property == "oa:hasBody"
        assert edge.rationale
        assert edge.coding
    assert {node.status for node in read.of_kind("theme")} == {"editorial"}
    assert {node.status for node in read.of_kind("quote")} == {"asserted"}


@pytest.mark.parametrize("iteration", [None, 1, 2])
@pytest.mark.parametrize("study", ["innovation-ecosystem", "reading-rooms"])
def test_versions_read_already_change_nothing(
    study_store: GraphStore, reading_rooms_store: GraphStore, study: str, iteration: int | None
) -> None:
    """With the versions of a lineage at hand less is asked, and the graph is the same to the last statement."""
    store = {"innovation-ecosystem": study_store, "reading-rooms": reading_rooms_store}[study]
    stored = StoredStudy(store, study)
    for each in stored.overview().lineages:
        for include in (ASSERTED, READ_TOO, frozenset(STATUSES), frozenset({"suggested"})):
            asked = {"include": include, "iteration": iteration}
            key = each.hypothesis.key
            assert drawn(store, study, key, versions=each.versions, **asked) == drawn(store, study, key, **asked)


def test_a_lineage_without_links_is_the_rest(reading_rooms_store: GraphStore) -> None:
    """Without links a lineage has no themes and areas; everything else is as with them."""
    study = Named(f"{BASE}/reading-rooms", "reading-rooms", "Reading rooms")
    for key in ("hours", "comfort", "quiet"):
        hypothesis = Named(f"{BASE}/reading-rooms/hypothesis/{key}", key, key)
        whole = lineage_of(reading_rooms_store, study, hypothesis)
        assert any(quote.themes for quote in whole.quotes) == (key == "hours")
        assert lineage_of(reading_rooms_store, study, hypothesis, with_links=False) == narrowed_lineage(
            whole, frozenset()
        )


@pytest.mark.parametrize("key", ["utility", "incentives", "change-makers"])
def test_the_graph_and_the_account_agree(study_store: GraphStore, key: str) -> None:
    """What the lineage tells of versions, quotes, changes and readings are the graph's nodes."""
    told = StoredStudy(study_store, "innovation-ecosystem").lineage(key)
    graph = drawn(study_store, "innovation-ecosystem", key, include=READ_TOO)
    assert {node.iri for node in graph.of_kind("hypothesis version")} == {version.iri for version in told.versions}
    assert {node.iri for node in graph.of_kind("quote")} == {quote.iri for quote in told.quotes}
    assert {node.iri for node in graph.of_kind("change")} == {change.iri for change in told.changes}
    assert {node.iri for node in graph.of_kind("reading")} == {
        wording.iri for version in told.versions for wording in version.wordings[1:]
    }
    themes = {(quote.iri, link.to.iri) for quote in told.quotes for link in quote.themes}
    assert {(edge.start, edge.end) for edge in graph.edges if "/theme/" in edge.end} == themes


@pytest.mark.parametrize("key", ["hours", "comfort", "heating", "quiet"])
def test_asserted_edges_stand_in_the_store(reading_rooms_store: GraphStore, key: str) -> None:
    """Each is a triple of the study's graph; only which change an amendment is part of is computed."""
    edges = drawn(reading_rooms_store, "reading-rooms", key).edges
    assert edges
    for edge in edges:
        name = "graph/derived" if edge.property == "ht:ofChange" else "graph"
        graph = NamedNode(f"{BASE}/reading-rooms/{name}")
        quad = Quad(NamedNode(edge.start), NamedNode(expand(edge.property)), NamedNode(edge.end), graph)
        assert reading_rooms_store.contains(quad), edge


def test_merges_and_splits_are_followed_to_their_ends(reading_rooms_store: GraphStore) -> None:
    """Heating grew from comfort, and that from quiet and light: all are there, and the statements between them."""
    graph = drawn(reading_rooms_store, "reading-rooms", "heating")
    keys = {node.key for node in graph.of_kind("hypothesis version")}
    assert keys >= {"heating/3", "comfort/2", "quiet/1", "light/1"}
    text = """PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX ht: <https://w3id.org/hypothread/ns#>
        SELECT ?later ?earlier WHERE { ?start ht:ofHypothesis <%s/reading-rooms/hypothesis/heating> .
        ?start (prov:wasRevisionOf|prov:wasDerivedFrom)* ?later . ?later prov:wasDerivedFrom ?earlier }"""
    found = reading_rooms_store.query(text % BASE)
    assert isinstance(found, QuerySolutions)
    expected = {(row["later"].value, row["earlier"].value) for row in found}
    assert len(expected) == 3
    assert {(edge.start, edge.end) for edge in graph.edges if edge.property == "prov:wasDerivedFrom"} >= expected


def test_only_what_was_held_then(reading_rooms_store: GraphStore) -> None:
    """At iteration 2, hours has two versions and the change between them, and what is to come is not there."""
    graph = drawn(reading_rooms_store, "reading-rooms", "hours", include=READ_TOO, iteration=2)
    assert {node.key for node in graph.of_kind("hypothesis version")} == {"hours/1", "hours/2"}
    assert {node.key for node in graph.of_kind("change")} == {"begin-hours", "hours-1-to-2"}
    assert {node.key for node in graph.of_kind("iteration")} == {"1", "2"}
    assert all(each.counted >= each.asserted for each in graph.steps)


def test_motives_are_links(reading_rooms_store: GraphStore) -> None:
    """The quote that moved those who decided is joined to the change, and to the very words it moved."""
    graph = drawn(reading_rooms_store, "reading-rooms", "hours")
    motives = {(edge.start, edge.end) for edge in graph.edges if edge.property == "ht:motivatedBy"}
    base = f"{BASE}/reading-rooms"
    amendment = f"{base}/change/hours-2-to-3/amendment/1"
    assert motives == {(f"{base}/change/hours-2-to-3", f"{base}/quote/q2"), (amendment, f"{base}/quote/q2")}
    (node,) = graph.of_kind("amendment")
    assert (node.iri, node.label) == (amendment, "“and close late” added")
    assert (amendment, f"{base}/change/hours-2-to-3") in {
        (edge.start, edge.end) for edge in graph.edges if edge.property == "ht:ofChange"
    }


def test_an_amendment_is_held_with_its_change(reading_rooms_store: GraphStore) -> None:
    """Before the change there is no amendment of it, though the quote that moved it was there."""
    graph = drawn(reading_rooms_store, "reading-rooms", "hours", iteration=2)
    assert not graph.of_kind("amendment")
    assert "q2" in {node.key for node in graph.of_kind("quote")}


def test_only_what_is_of_an_iteration_has_one(reading_rooms_store: GraphStore) -> None:
    """The place of an area or an amendment in its order is no iteration."""
    graph = drawn(reading_rooms_store, "reading-rooms", "hours", include=READ_TOO)
    assert {node.kind for node in graph.nodes if node.iteration is not None} == {"hypothesis version", "iteration"}
