"""Differences hold for any statements: literals with quotes, line breaks, other scripts, languages and datatypes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graphstore import Difference, GraphStore, open_store
from graphstore.datasets import GraphName
from graphstore.replacing import difference_to, difference_to_text
from graphstore.update_text import update_text

GRAPHS = tuple(NamedNode(f"https://example.org/graph/{name}") for name in "ab")
OTHER = NamedNode("https://example.org/graph/other")
XSD = "http://www.w3.org/2001/XMLSchema#"

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.sampled_from(
    [
        '"quoted"',
        "it's",
        "line\nbreak",
        "carriage\rreturn",
        "back\\slash",
        "'''",
        '"""',
        "}",
        "# no comment",
        "“curly” — ’",
        "𝛼",
    ]
)
languages = st.sampled_from(["en", "en-GB", "cy"])
literals = st.one_of(
    texts.map(Literal),
    st.builds(lambda text, language: Literal(text, language=language), texts, languages),
    st.integers(-9, 9).map(lambda number: Literal(str(number), datatype=NamedNode(f"{XSD}integer"))),
    texts.map(lambda text: Literal(text, datatype=NamedNode("https://example.org/odd"))),
)
nodes = st.sampled_from([NamedNode(f"https://example.org/{name}") for name in ("a", "b", "é", "%C3%A9", "a'b")])
quads = st.builds(Quad, nodes, nodes, st.one_of(nodes, literals), st.sampled_from(GRAPHS))
graphs = st.frozensets(quads, max_size=12)
many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def holding(statements: frozenset[Quad]) -> GraphStore:
    """A store with these statements."""
    store = open_store("memory:")
    store.apply(Difference(added=statements))
    return store


def content(store: GraphStore) -> set[Quad]:
    """All that the replaced graphs hold."""
    return {quad for graph in GRAPHS for quad in store.quads(graph)}


@many
@given(graphs, graphs)
def test_difference_to_is_the_difference_of_the_sets(before: frozenset[Quad], after: frozenset[Quad]) -> None:
    """Whatever stands there, the difference found is that of the two sets."""
    with holding(before) as store:
        found = difference_to(store, after, GRAPHS)
        assert found == Difference.between(before, after)
        assert not found.removed & found.added


@many
@given(graphs, graphs)
def test_applying_it_gives_what_was_wanted(before: frozenset[Quad], after: frozenset[Quad]) -> None:
    """Removing and adding in one step ends in the wanted state, and another graph is left alone."""
    kept = Quad(NamedNode("https://example.org/a"), NamedNode("https://example.org/a"), Literal("kept"), OTHER)
    with holding(before | {kept}) as store:
        store.apply(difference_to(store, after, GRAPHS))
        assert content(store) == after
        assert store.contains(kept)
        assert len(difference_to(store, after, GRAPHS)) == 0


@many
@given(graphs)
def test_every_statement_survives_the_text_of_an_update(statements: frozenset[Quad]) -> None:
    """The text names just the statements: inserting them all, then deleting them all, leaves nothing."""
    with holding(frozenset()) as store:
        absent = NamedNode("https://example.org/absent")
        store.apply(Difference(removed={Quad(absent, absent, absent, GRAPHS[0])}, added=statements))
        assert content(store) == statements
        store.apply(Difference(removed=statements))
        assert store.is_empty()


@many
@given(graphs)
def test_n_quads_are_read_back_as_they_were(statements: frozenset[Quad]) -> None:
    """A dump read by the engine's own parser gives the same statements."""
    text = "".join(f"{each.subject} {each.predicate} {each.object} {each.graph_name} .\n" for each in statements)
    assert set(parse(text.encode(), RdfFormat.N_QUADS)) == statements


def test_an_empty_difference_is_no_text() -> None:
    """Nothing to do is written as nothing."""
    assert update_text(Difference()).text == ""
    assert len(Difference()) == 0


@pytest.mark.parametrize("side", ["removed", "added"])
def test_the_length_counts_both_sides(side: str) -> None:
    """A difference is as long as the statements it touches."""
    node = NamedNode("https://example.org/a")
    assert len(Difference(**{side: frozenset({Quad(node, node, node)})})) == 1


def as_text(statements: Iterable[Quad]) -> dict[GraphName, bytes]:
    """The statements of each graph as canonical N-Triples."""
    found: dict[GraphName, bytes] = {}
    for graph in GRAPHS:
        triples = (quad.triple for quad in statements if quad.graph_name == graph)
        found[graph] = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return found


@settings(max_examples=6, deadline=None)
@given(st.lists(graphs, min_size=1, max_size=4))
def test_the_journal_gives_the_difference_that_the_engine_gives(states: list[frozenset[Quad]]) -> None:
    """After any commits, another graph's too, the lines of the journal and the engine say the same of a next state."""
    other = Quad(NamedNode("https://example.org/a"), NamedNode("https://example.org/a"), Literal("x"), OTHER)
    with TemporaryDirectory() as folder, open_store(f"{folder}/store") as store:
        store.apply(Difference(added={other}))
        for after in states:
            found = difference_to_text(store, as_text(after))
            assert found == difference_to(store, after, GRAPHS)
            store.apply(found)
            assert content(store) == after
            assert store.contains(other)


def test_the_journal_is_not_asked_where_it_cannot_tell(tmp_path: Path) -> None:
    """A blank node goes by the name that the engine has for it; a number in another form is the same number."""
    graph, subject = GRAPHS[0], NamedNode("https://example.org/a")
    number = Quad(subject, subject, Literal("1", datatype=NamedNode(f"{XSD}integer")), graph)
    written_otherwise = b'<https://example.org/a> <https://example.org/a> "01"^^<%binteger> .\n' % XSD.encode()
    with open_store(str(tmp_path / "store")) as store:
        store.apply(Difference(added={number, Quad(BlankNode(), subject, Literal("x"), graph)}))
        store.apply(difference_to_text(store, {graph: written_otherwise}))
        assert set(store.quads(graph)) == {number}
        assert len(difference_to_text(store, {graph: written_otherwise})) == 0
