"""The rows of a SELECT as plain values."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from graphstore import Difference, QueryDataset, open_store
from graphstore.errors import GraphStoreError, NoSelectQuery
from graphstore.rows import Cells, read_solutions, select

XSD = "http://www.w3.org/2001/XMLSchema#"
P, Q = NamedNode("https://example.org/p"), NamedNode("https://example.org/q")

iris = st.text("abcxyz/?_~éß漢-.0123456789", max_size=20).map(lambda text: NamedNode(f"https://example.org/{text}"))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "",
        "\0",
        "\t",
        "\n",
        "\r\n",
        '"',
        "\\",
        "\\t",
        '\\"',
        "\u2028\u0085\x0b\x0c\x1c",
        "<x>",
        "_:b",
        "<< a >>",
        "\ufeff",
    ]
)
literals = st.one_of(
    texts.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["en", "de-CH", "ar-EG"])),
    st.builds(lambda text, kind: Literal(text, datatype=kind), texts, iris),
    st.integers(-(10**12), 10**12).map(Literal),
    st.floats(allow_nan=True, allow_infinity=True).map(Literal),
    st.booleans().map(Literal),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(f"{XSD}{kind}")),
        st.sampled_from(["", "1", "01", "1.50", "+7", "1e5", "true", "1 ", "x", "NaN", "-.5"]),
        st.sampled_from(["integer", "decimal", "double", "boolean", "string", "int", "date"]),
    ),
)
objects = st.one_of(
    iris, literals, st.just(BlankNode("b1")), st.builds(lambda value: Triple(P, Q, value), iris | literals)
)


def solutions_of(store: Store, text: str) -> QuerySolutions:
    """The engine's solutions of a SELECT."""
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return found


def one_by_one(solutions: QuerySolutions) -> list[Cells]:
    """What the engine gives when Python goes through its solutions."""
    return [
        tuple(None if cell is None or isinstance(cell, Triple) else cell.value for cell in solution)
        for solution in solutions
    ]


@settings(deadline=None)
@given(st.lists(st.tuples(iris, st.none() | objects), max_size=5))
def test_rows_are_what_the_solutions_give_one_by_one(told: list[tuple[NamedNode, NamedNode | None]]) -> None:
    """Whatever stands in the cells, and whether anything does, rows that are written and read equal the solutions."""
    store = Store()
    for subject, value in told:
        store.add(Quad(subject, Q, subject))
        if value is not None:
            store.add(Quad(subject, P, value))
    # What gives no value at all is a variable too; the order is the same for the same store.
    text = f"SELECT ?s ?o ?nothing (STR(?o) AS ?text) WHERE {{ ?s {Q} ?same OPTIONAL {{ ?s {P} ?o }} }}"
    found = read_solutions(solutions_of(store, text))
    assert found.variables == ("s", "o", "nothing", "text")
    assert list(found.rows) == one_by_one(solutions_of(store, text))


def test_a_cell_without_a_value_differs_from_an_empty_string() -> None:
    """An empty string is a value; a cell that is not bound has none."""
    found = read_solutions(solutions_of(Store(), 'SELECT ?a ?b WHERE { VALUES (?a ?b) { ("" UNDEF) (UNDEF "") } }'))
    assert found.rows == (("", None), (None, ""))


@pytest.mark.parametrize(
    ("text", "variables", "rows"),
    [
        ("SELECT * WHERE { }", (), ((),)),
        ("SELECT * WHERE { FILTER(false) }", (), ()),
        ("SELECT ?a WHERE { }", ("a",), ((None,),)),
        ("SELECT ?a WHERE { FILTER(false) }", ("a",), ()),
        ("SELECT ?b ?a WHERE { VALUES (?a ?b) { (1 2) } }", ("b", "a"), (("2", "1"),)),
    ],
)
def test_few_columns_and_no_rows(text: str, variables: tuple[str, ...], rows: tuple[Cells, ...]) -> None:
    """A query without variables has empty rows, as many as it has solutions; one without solutions has no rows."""
    found = read_solutions(solutions_of(Store(), text))
    assert (found.variables, found.rows) == (variables, rows)


def test_a_text_of_a_megabyte_comes_whole() -> None:
    """No cell is too large."""
    large = 'a\t"b"\n\\' * 200_000
    store = Store()
    store.add(Quad(P, Q, Literal(large), DefaultGraph()))
    assert read_solutions(solutions_of(store, "SELECT ?o WHERE { ?s ?p ?o }")).rows == ((large,),)


def test_other_threads_run_while_the_engine_works() -> None:
    """Python's lock is free while rows are found: another thread counts on meanwhile."""
    store = Store()
    store.bulk_extend([Quad(NamedNode(f"https://example.org/{n}"), P, Literal(n)) for n in range(60)])
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?a {P} ?b . ?c {P} ?d . ?e {P} ?f }}"
    counted, done = 0, threading.Event()

    def work() -> None:
        read_solutions(solutions_of(store, text))
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set() and counted < 1000:
        counted += 1
        done.wait(0.0001)
    thread.join()
    assert counted > 3


def test_an_engine_that_gives_up_is_told_as_an_error_of_the_store() -> None:
    """What goes wrong while rows are found is translated like what goes wrong before."""
    solutions = solutions_of(Store(), "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }")
    with pytest.raises(GraphStoreError):
        read_solutions(solutions)


def test_an_error_leaves_the_engines_solutions_to_their_own_thread() -> None:
    """An error that is dropped in another thread takes no solutions of the engine along, which may not go there."""
    store = Store()

    def fail() -> Exception:
        try:
            read_solutions(solutions_of(store, "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"))
        except GraphStoreError as error:
            return error
        raise AssertionError("the engine should have failed")

    with ThreadPoolExecutor(1) as beside:
        error = beside.submit(fail).result()
    # The engine's complaint would be an unraisable exception, which the tests' settings turn into a failure.
    del error
    gc.collect()


def test_only_a_select_gives_rows() -> None:
    """ASK and CONSTRUCT are refused with a plain error, and nothing is read."""
    with open_store("memory:") as store:
        for text in ("ASK { }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
            with pytest.raises(NoSelectQuery, match="no SELECT"):
                select(store, text)


def test_rows_of_a_dataset() -> None:
    """The dataset is that of the port: a graph that is not in it is not seen."""
    graph = NamedNode("https://example.org/g")
    with open_store("memory:") as store:
        store.apply(Difference(added={Quad(P, Q, Literal("x"), graph)}))
        text = "SELECT ?o WHERE { ?s ?p ?o }"
        assert select(store, text, dataset=QueryDataset(default=(graph,))).rows == (("x",),)
        assert select(store, text, dataset=QueryDataset(default=())).rows == ()
