"""What every engine owes a writer, and those who read meanwhile."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat

from graphstore import Difference, GraphStore
from graphstore.commit import commit, commit_first
from graphstore.errors import DataSyntaxError, ReadOnlyStore, StoreClosed, StoreNotEmpty

P = NamedNode("https://example.org/p")
GRAPH = NamedNode("https://w3id.org/hypothread/id/rooms/graph")
N_QUADS = RdfFormat.N_QUADS


def quad(number: int, text: str = "x") -> Quad:
    """A statement about the thing of that number."""
    return Quad(NamedNode(f"https://example.org/{number}"), P, Literal(text), GRAPH)


def triples(*quads: Quad) -> bytes:
    """Statements as canonical N-Triples."""
    return b"".join(f"{each.triple} .\n".encode() for each in quads)


def everything(store: GraphStore) -> bytes:
    """All statements, in order."""
    output = io.BytesIO()
    store.dump(output, N_QUADS)
    return b"".join(sorted(output.getvalue().splitlines(keepends=True)))


def test_a_difference_removes_and_adds(empty: GraphStore) -> None:
    """What is removed is gone, what is added is there, the rest stays."""
    empty.apply(Difference(added={quad(1), quad(2)}))
    empty.apply(Difference(removed={quad(1)}, added={quad(3)}))
    assert [empty.contains(quad(number)) for number in (1, 2, 3)] == [False, True, True]
    assert empty.graphs() == (GRAPH,)
    assert list(empty.quads(GRAPH, subject=NamedNode("https://example.org/3"))) == [quad(3)]
    assert set(empty.quads(GRAPH)) == {quad(2), quad(3)}


def test_readers_see_none_or_all(empty: GraphStore) -> None:
    """While a writer swaps one set for another, no reader finds a mixture, or neither."""
    left, right = {quad(number, "left") for number in range(20)}, {quad(number, "right") for number in range(20)}
    empty.apply(Difference(added=left))
    odd: list[set[str]] = []
    answers: set[str] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            found = empty.query("SELECT ?o { ?s ?p ?o }")
            assert isinstance(found, QuerySolutions)
            values = [solution["o"].value for solution in found]
            answers.update(values)
            if len(values) != 20 or len(set(values)) != 1:
                odd.append(set(values))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(16):
        old, new = (left, right) if turn % 2 == 0 else (right, left)
        empty.apply(Difference(removed=old, added=new))
    stop.set()
    for reader in readers:
        reader.join()
    assert odd == []
    assert answers == {"left", "right"}


def test_a_blank_node_is_removed_and_added_like_any_other(empty: GraphStore) -> None:
    """One step removes the very node that stands in the store, and adds to it and to a new one."""
    kept, gone, new = BlankNode("kept"), BlankNode("gone"), BlankNode("new")
    empty.apply(Difference(added={quad(1), Quad(kept, P, gone, GRAPH), Quad(gone, P, Literal("x"), GRAPH)}))
    labels = {each for each in empty.quads(GRAPH) if isinstance(each.subject, BlankNode)}
    empty.apply(
        Difference(
            removed={quad(1), *(each for each in labels if isinstance(each.object, Literal))},
            added={quad(2), Quad(kept, P, new), Quad(new, P, kept, GRAPH)},
        )
    )
    expected = {Quad(kept, P, gone, GRAPH), quad(2), Quad(kept, P, new), Quad(new, P, kept, GRAPH)}
    assert {*empty.quads(GRAPH), *empty.quads(DefaultGraph())} == expected


def test_a_first_load_needs_an_empty_store(empty: GraphStore) -> None:
    """A store that holds something keeps what it holds."""
    empty.load_first({GRAPH: triples(quad(1))})
    with pytest.raises(StoreNotEmpty):
        empty.load_first({GRAPH: triples(quad(2))})
    assert (empty.contains(quad(1)), empty.contains(quad(2))) == (True, False)


def test_a_load_that_fails_writes_nothing(empty: GraphStore) -> None:
    """Data that breaks off half-way leaves the store as it was and usable, and says where it breaks off."""
    broken = triples(quad(1), quad(2)) + b"<https://example.org/3> nonsense"
    loads: tuple[Callable[[], None], ...] = (
        lambda: empty.load_first({GRAPH: broken}),
        lambda: empty.load(broken, RdfFormat.N_TRIPLES, to_graph=GRAPH),
    )
    for load in loads:
        with pytest.raises(DataSyntaxError) as caught:
            load()
        assert caught.value.line == 3
        assert empty.is_empty()
    empty.load(f"{quad(4)} .\n".encode(), N_QUADS)
    assert everything(empty) == f"{quad(4)} .\n".encode()


def test_a_first_load_that_is_not_permitted_writes_nothing(empty: GraphStore) -> None:
    """What the permission raises comes out, and nothing was visible."""
    number = empty.commit_number

    def refuse() -> None:
        raise PermissionError("no")

    with pytest.raises(PermissionError):
        empty.load_first({GRAPH: triples(quad(1))}, permission=refuse)
    assert empty.is_empty()
    assert empty.commit_number == number


def test_a_load_goes_to_the_graph_that_is_named(empty: GraphStore) -> None:
    """Triples without a graph are put into the one that is asked for."""
    empty.load(b"<https://example.org/1> <https://example.org/p> 'x' .", RdfFormat.TURTLE, to_graph=GRAPH)
    assert empty.contains(quad(1))


def test_dump_and_load_are_inverse(graphs_apart: GraphStore, new_store: Callable[[], GraphStore]) -> None:
    """What one store dumps, another takes in whole; one graph can be dumped alone."""
    other = new_store()
    other.load(everything(graphs_apart), N_QUADS)
    assert everything(other) == everything(graphs_apart)
    output = io.BytesIO()
    graphs_apart.dump(output, RdfFormat.N_TRIPLES, graph=GRAPH)
    assert output.getvalue().count(b"\n") == 1
    assert GRAPH.value.encode() in output.getvalue()


def test_a_snapshot_does_not_move(empty: GraphStore) -> None:
    """It holds the state as of its making, whatever is written later, and cannot be written to."""
    empty.apply(Difference(added={quad(1)}))
    with empty.snapshot() as still:
        empty.apply(Difference(removed={quad(1)}, added={quad(2)}))
        assert (still.contains(quad(1)), still.contains(quad(2))) == (True, False)
        with pytest.raises(ReadOnlyStore):
            still.apply(Difference(added={quad(3)}))
        with pytest.raises(ReadOnlyStore):
            still.load(b"", N_QUADS)
    with empty.snapshot() as later:
        assert (later.contains(quad(1)), later.contains(quad(2))) == (False, True)


def test_empty_means_no_statement_in_any_graph(empty: GraphStore) -> None:
    """A store is empty before the first and after the last statement."""
    assert empty.is_empty()
    assert empty.graphs() == ()
    empty.apply(Difference(added={quad(1)}))
    assert not empty.is_empty()
    empty.apply(Difference(removed={quad(1)}))
    assert empty.is_empty()
    assert empty.graphs() == ()


def test_the_commit_number_tells_states_apart(empty: GraphStore) -> None:
    """It grows by one with each write, and an empty difference is none."""
    numbers = [empty.commit_number]
    writes: tuple[Callable[[], None], ...] = (
        lambda: empty.load_first({GRAPH: triples(quad(1))}),
        lambda: empty.apply(Difference(added={quad(2)})),
        lambda: empty.apply(Difference(removed={quad(1)})),
        lambda: empty.load(f"{quad(3)} .\n".encode(), N_QUADS),
        lambda: empty.apply(Difference()),
    )
    for write in writes:
        write()
        numbers.append(empty.commit_number)
    assert [number - numbers[0] for number in numbers] == [0, 1, 2, 3, 4, 4]


def test_a_closed_store_says_so(new_store: Callable[[], GraphStore]) -> None:
    """Every use after closing is refused with the remedy; closing twice does no harm."""
    store = new_store()
    store.close()
    store.close()
    for use in (
        lambda: store.query("ASK {}"),
        lambda: store.apply(Difference(added={quad(1)})),
        lambda: store.is_empty(),
        lambda: store.graphs(),
        lambda: store.contains(quad(1)),
        lambda: everything(store),
        lambda: store.load(b"", N_QUADS),
    ):
        with pytest.raises(StoreClosed, match="open_store"):
            use()


def test_writers_take_turns(empty: GraphStore) -> None:
    """Reading in order to write, inside `writing()`, loses no update among four threads."""
    empty.apply(Difference(added={quad(0, "0")}))
    subject = NamedNode("https://example.org/0")

    def count() -> None:
        for _ in range(10):
            with empty.writing():
                (old,) = empty.quads(GRAPH, subject=subject)
                assert isinstance(old.object, Literal)
                empty.apply(Difference(removed={old}, added={quad(0, str(int(old.object.value) + 1))}))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert empty.contains(quad(0, "40"))


def test_a_commit_that_fails_its_check_writes_nothing(empty: GraphStore) -> None:
    """What the check raises comes out of the commit, and neither commit has left anything."""

    def refuse() -> None:
        raise ValueError("not valid")

    with pytest.raises(ValueError, match="not valid"):
        commit_first(empty, {GRAPH: triples(quad(1))}, refuse)
    with pytest.raises(ValueError, match="not valid"):
        commit(empty, lambda _: Difference(added={quad(1)}), refuse)
    assert empty.is_empty()


def test_a_commit_tells_what_was_written_and_what_the_check_found(empty: GraphStore) -> None:
    """The difference and the check's own result come back together."""
    assert commit_first(empty, {GRAPH: triples(quad(1))}, lambda: "fine") == "fine"
    difference = Difference(removed={quad(1)}, added={quad(2)})
    assert commit(empty, lambda _: difference, lambda: "well") == (difference, "well")
    assert everything(empty) == f"{quad(2)} .\n".encode()
