"""Deriving only what a difference concerns gives what deriving everything gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from api.deriving import with_derived
from graphstore import Difference, open_store
from graphstore.to_come import graph_to_come
from ingest.deriving import StudyDerivation
from ingest.folder import read_study
from ingest.graph import StudyGraph, build_graph
from ontology.terms import HT, RDF
from tests.ontology.reach.changed_graphs import changed

DERIVATION = StudyDerivation()
ROUNDS = pytest.mark.parametrize("rounds", [25, pytest.param(1000, marks=pytest.mark.long)])


@pytest.fixture(params=["bundled", "every sheet"])
def any_graph(request: pytest.FixtureRequest, bundled_folder: Path, reading_rooms_folder: Path) -> StudyGraph:
    """The graph of the bundled study, and of the invented one that uses every sheet."""
    return build_graph(read_study(bundled_folder if request.param == "bundled" else reading_rooms_folder))


def quads(graph: StudyGraph, name: str) -> set[Quad]:
    """The statements of one of its graphs."""
    found = parse(graph.triples[NamedNode(name)].encode(), RdfFormat.N_TRIPLES)
    return {Quad(each.subject, each.predicate, each.object, NamedNode(name)) for each in found}


@ROUNDS
def test_the_part_is_that_of_the_whole(any_graph: StudyGraph, rounds: int) -> None:
    """Statements that something follows from come and go at random, again and again: nothing is missed or left over."""
    iris = any_graph.iris
    asserted, derived = NamedNode(iris.graph()), NamedNode(iris.derived_graph())
    stated = quads(any_graph, iris.graph())
    concerned = tuple(sorted({each.triple for each in stated if DERIVATION.concerns(each)}, key=str))
    followed = 0

    @settings(max_examples=rounds, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def changes(data: st.DataObject) -> None:
        nonlocal followed
        with open_store("memory:") as store:
            store.apply(Difference(added=stated | quads(any_graph, iris.derived_graph())))
            before = set(concerned)
            for _ in range(2):
                after = data.draw(changed(tuple(sorted(before, key=str))))
                assume(all(not isinstance(each.subject, Literal) for each in after))
                come, gone = (
                    {Quad(each.subject, each.predicate, each.object, asserted) for each in found}
                    for found in (after - before, before - after)
                )
                difference = Difference(removed=gone, added=come)
                wanted = DERIVATION.derived(iris, graph_to_come(store, asserted, difference))
                whole = with_derived(store, difference, iris.base, DERIVATION)
                followed += len(whole) - len(difference)
                store.apply(whole)
                assert set(store.quads(derived)) == wanted
                before = after

    changes()
    assert followed > rounds, "something followed"


def test_whoever_writes_the_derived_graph_gets_all_of_it(any_graph: StudyGraph) -> None:
    """Statements of one's own are not kept there, and what somebody took out comes back."""
    iris = any_graph.iris
    derived = NamedNode(iris.derived_graph())
    own = Quad(NamedNode(iris.study), NamedNode(RDF.type), NamedNode(HT.Quote), derived)
    with open_store("memory:") as store:
        held = quads(any_graph, iris.derived_graph())
        store.apply(Difference(added=quads(any_graph, iris.graph()) | held))
        store.apply(with_derived(store, Difference(removed=set(held), added={own}), iris.base, DERIVATION))
        assert set(store.quads(derived)) == held
