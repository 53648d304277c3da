"""The open dataset is one graph: the merge of the open graphs, whatever was written and removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from graphstore import Difference, GraphStore, open_for_reading, open_store
from graphstore.datasets import GraphName
from graphstore.history.patch import lines_of_quads
from graphstore.layout import UNNAMED, added_text, engine_difference

STUDY = "https://w3id.org/hypothread/id/rooms"
ASSERTED, DERIVED, EDITORIAL = (NamedNode(f"{STUDY}/graph{end}") for end in ("", "/derived", "/editorial"))
GRAPHS: tuple[GraphName, ...] = (ASSERTED, DERIVED, EDITORIAL, DefaultGraph())
S, P = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")

quads = st.builds(lambda number, graph: Quad(S, P, Literal(number), graph), st.integers(0, 4), st.sampled_from(GRAPHS))
steps = st.lists(st.tuples(st.frozensets(quads, max_size=6), st.frozensets(quads, max_size=6)), max_size=8)


def seen(store: GraphStore, text: str = "SELECT ?o { ?s ?p ?o }") -> list[str]:
    """Every ?o that a query finds, as often as it finds it."""
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return sorted(str(solution["o"]) for solution in found)


@given(steps)
@settings(max_examples=150, deadline=None)
def test_the_default_is_the_merge_of_the_open_graphs(written: list[tuple[frozenset[Quad], frozenset[Quad]]]) -> None:
    """After any sequence of commits a query without dataset finds each triple of an open graph once, and no other."""
    held: set[Quad] = set()
    with open_store("memory:") as store:
        for removed, added in written:
            difference = Difference(removed=(removed & held) - added, added=added - held)
            store.apply(difference)
            held = (held - difference.removed) | difference.added
            expected = {each.object for each in held if each.graph_name != EDITORIAL}
            assert seen(store) == sorted(map(str, expected))
            for graph in GRAPHS:
                assert set(store.quads(graph)) == {each for each in held if each.graph_name == graph}
            named = {each for each in held if not isinstance(each.graph_name, DefaultGraph)}
            assert len(seen(store, "SELECT ?o ?g { GRAPH ?g { ?s ?p ?o } }")) == len(named)


spoken = st.builds(
    lambda text, graph: Quad(S, P, Literal(text), graph),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)
    | st.sampled_from([f"x {ASSERTED} .", f"{DERIVED}", "\n .\n", "_:"]),
    st.sampled_from(GRAPHS[:3]),
)


@given(st.frozensets(spoken, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_much_as_text_is_the_same_as_statement_by_statement(added: frozenset[Quad]) -> None:
    """Whatever the words are, a graph's name or line breaks among them, both ways give the engine the same quads.

    Words in which something looks like the label of a blank node are left to the other way.
    """
    text = added_text(lines_of_quads(added), {quad.graph_name for quad in added})
    assert (text is None) == any("_:" in str(quad.object) for quad in added)
    if text is not None:
        assert set(parse(text, RdfFormat.N_QUADS)) == engine_difference(Store(), Difference(added=added)).added


def test_what_text_cannot_say_is_not_said_so() -> None:
    """Blank nodes would lose their labels, and the unnamed graph lies elsewhere."""
    blank = Quad(S, P, BlankNode("b"), ASSERTED)
    assert added_text(lines_of_quads({blank}), {ASSERTED}) is None
    assert added_text(lines_of_quads({Quad(S, P, S)}), {DefaultGraph()}) is None


@pytest.mark.parametrize("first", [True, False])
def test_a_blank_node_is_the_same_in_the_merge(new_store: Callable[[], GraphStore], first: bool) -> None:
    """What a first load or a later one brings joins with its own graph, for blank nodes too."""
    store = new_store()
    data = b'_:b <https://example.org/p> "x" .\n'
    if first:
        store.load_first({ASSERTED: data})
    else:
        store.load(data, RdfFormat.N_TRIPLES, to_graph=ASSERTED)
    (node,) = {each.subject for each in store.quads(ASSERTED)}
    assert isinstance(node, BlankNode)
    assert len(seen(store, f"SELECT ?o {{ ?s ?p ?o GRAPH <{ASSERTED.value}> {{ ?s ?p ?o }} }}")) == 1
    store.apply(Difference(removed=set(store.quads(ASSERTED))))
    assert seen(store) == []


def test_the_merge_has_no_name(graphs_apart: GraphStore) -> None:
    """Neither a list of graphs nor ``GRAPH ?g`` shows how the graphs lie in the engine."""
    assert UNNAMED not in graphs_apart.graphs()
    names = graphs_apart.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(names, QuerySolutions)
    assert {solution["g"] for solution in names} == set(graphs_apart.graphs())


def test_a_store_from_before_the_merge_is_brought_up_to_date(tmp_path: Path) -> None:
    """Opening one that was written without the merge makes it, for the unnamed graph too, and readers see it."""
    folder = tmp_path / "store"
    folder.mkdir()
    engine = Store(str(folder / "triples"))
    engine.extend([Quad(S, P, Literal(text), graph) for text, graph in zip("abcd", GRAPHS, strict=True)])
    engine.flush()
    del engine
    with open_store(str(folder)) as store:
        assert seen(store) == ['"a"', '"b"', '"d"']
        assert set(store.quads(DefaultGraph())) == {Quad(S, P, Literal("d"))}
    with open_for_reading(str(folder)) as reader:
        assert seen(reader) == ['"a"', '"b"', '"d"']
