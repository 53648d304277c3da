"""Whatever is written in whatever order, store, journal and past agree with a model."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from graphstore import Difference
from graphstore.disk import open_disk_store
from graphstore.history import History
from graphstore.history.patch import lines_of_quads
from graphstore.history.replay import state_as_of
from ontology.terms import HT, XSD
from tests.graphstore.history.conftest import GRAPH, HISTORY, RESTRICTED, STUDY, everything, statements

NAMES_HISTORY = Quad(NamedNode(STUDY), NamedNode(HT.historyGraph), HISTORY, GRAPH)
LITERALS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=4).map(Literal),
    st.integers(-3, 3).map(lambda n: Literal(f"{n:03}", datatype=NamedNode(XSD.integer))),
    st.sampled_from(["1.50", "01.5"]).map(lambda n: Literal(n, datatype=NamedNode(XSD.decimal))),
    st.sampled_from(["en", "EN-gb"]).map(lambda tag: Literal("word", language=tag)),
)
QUADS = st.builds(
    Quad,
    st.sampled_from([NamedNode(f"{STUDY}/quote/q{n}") for n in range(3)]),
    st.just(NamedNode(HT.text)),
    LITERALS,
    st.sampled_from([GRAPH, RESTRICTED, NamedNode("urn:other")]),
)
Step = tuple[frozenset[Quad], int]
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  (thousands of commits need not reach a disk)


def steps(most: int) -> st.SearchStrategy[list[Step]]:
    """So many commits at most: what each adds, and how many statements it removes."""
    added = st.frozensets(QUADS | st.just(NAMES_HISTORY), max_size=4)
    return st.lists(st.tuples(added, st.integers(0, 3)), min_size=1, max_size=most)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(steps(8))
def test_store_journal_and_past_agree_with_a_model(taken: list[Step]) -> None:
    """Random commits: each state, present and past, is the model's; undoing all leaves the empty store."""
    agree_with_a_model(taken)


@pytest.mark.long
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(steps(30))
def test_thousands_of_commits_agree_with_a_model(taken: list[Step]) -> None:
    """The same at length."""
    agree_with_a_model(taken)


def agree_with_a_model(taken: list[Step]) -> None:
    """Writes all steps, compares every state with the model's, takes all back."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as work, open_disk_store(Path(work) / "store") as store:
        history = History(store)
        models: list[set[Quad]] = [set()]
        for added, gone in taken:
            removed = set(sorted(models[-1], key=str)[:gone])
            before = len(store.journal.numbers())
            store.apply(Difference(removed=removed, added=added))
            if len(store.journal.numbers()) > before:
                models.append(statements(store))
                assert models[-1] == (models[-2] - (removed - canonical(added))) | canonical(added)
            else:
                assert statements(store) == models[-1]
        newest = len(models) - 1
        assert set(lines_of_quads(everything(store))) == state_as_of(store.journal, newest)
        for number in reversed(range(newest)):
            with history.as_of(number) as past:
                assert statements(past) == models[number]
                assert set(lines_of_quads(everything(past))) == state_as_of(store.journal, number)
        assert history.verify() == []
        for number in range(newest, 0, -1):
            history.revert(number)
            assert statements(store) == models[number - 1]
        assert store.is_empty()
        assert history.verify() == []


def canonical(quads: frozenset[Quad]) -> set[Quad]:
    """Statements as an engine gives them back, from an engine of its own."""
    engine = Store()
    engine.extend(quads)
    return set(engine)
