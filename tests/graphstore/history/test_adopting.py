"""A store that was made before there was a journal gets one when it is first opened."""

from __future__ import annotations

import shutil
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from graphstore import Difference
from graphstore.attribution import Channel
from graphstore.disk import DiskStore, open_disk_store
from graphstore.history import History
from graphstore.layout import BOOKKEEPING
from ontology.terms import HT
from tests.graphstore.history.conftest import GRAPH, HISTORY, RESTRICTED, STUDY, WISH, said, statements

NAMES_HISTORY = Quad(NamedNode(STUDY), NamedNode(HT.historyGraph), HISTORY, GRAPH)
UNNAMED = Quad(BlankNode(), NamedNode(HT.text), Literal("A line\nand another .\n"))


def made_before(folder: Path) -> set[Quad]:
    """Makes such a store; gives what it holds."""
    with open_disk_store(folder) as store:
        store.apply(Difference(added={NAMES_HISTORY, said("quote/q1", WISH), UNNAMED}))
        store.apply(Difference(added={said("response/r1", "Mine.", graph=RESTRICTED)}))
        held = statements(store)
    shutil.rmtree(folder / "journal")
    engine = Store(str(folder / "triples"))
    for graph in (BOOKKEEPING, HISTORY):
        engine.remove_graph(graph)
    engine.flush()
    del engine
    return held


def check(store: DiskStore, held: set[Quad]) -> None:
    """The store holds what it held, as one changeset, and its history is whole."""
    assert statements(store) == held
    (adopted,) = History(store).changesets()
    assert (adopted.number, adopted.how, adopted.removed, adopted.added) == (1, Channel.program, 0, 4)
    assert adopted.histories == (HISTORY.value,)
    assert History(store).verify() == []


def test_all_that_it_holds_is_the_first_changeset(folder: Path) -> None:
    """Blank nodes, line breaks, the unnamed graph and closed graphs included; it is told once, and can be undone."""
    held = made_before(folder)
    told: list[str] = []
    with open_disk_store(folder, telling=told.append) as store:
        check(store, held)
        assert len(told) == 1
        assert "keeps no journal yet" in told[0]
    with open_disk_store(folder, telling=told.append) as store:
        check(store, held)
        assert len(told) == 1
        History(store).revert(1)
        assert store.is_empty()


def test_a_kill_between_journal_and_store_is_made_good(folder: Path) -> None:
    """The journal is there and the store knows nothing of it: the next opening does the rest."""
    held = made_before(folder)
    open_disk_store(folder).close()
    engine = Store(str(folder / "triples"))
    for graph in (BOOKKEEPING, HISTORY):
        engine.remove_graph(graph)
    engine.flush()
    del engine
    with open_disk_store(folder) as store:
        check(store, held)
