"""Stores with a past."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference
from graphstore.attribution import Attribution, Channel
from graphstore.disk import DiskStore, open_disk_store
from graphstore.history import History
from ontology.terms import HT

STUDY = "https://w3id.org/hypothread/id/rooms"
GRAPH = NamedNode(f"{STUDY}/graph")
RESTRICTED = NamedNode(f"{STUDY}/graph/restricted")
HISTORY = NamedNode(f"{STUDY}/graph/history")
WISH = "The tide clock in the hall is nine minutes slow."


def said(item: str, words: str, *, predicate: str = HT.text, graph: NamedNode = GRAPH) -> Quad:
    """A statement that an item bears a text."""
    return Quad(NamedNode(f"{STUDY}/{item}"), NamedNode(predicate), Literal(words), graph)


def everything(store: object) -> set[Quad]:
    """All statements of a store, what its history graphs tell included."""
    assert hasattr(store, "graphs")
    assert hasattr(store, "quads")
    return {quad for graph in store.graphs() for quad in store.quads(graph)}


def statements(store: object) -> set[Quad]:
    """All statements of a store but what its history graphs tell."""
    return {quad for quad in everything(store) if quad.graph_name != HISTORY}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> Iterator[DiskStore]:
    """An empty store on disk."""
    with open_disk_store(folder) as opened:
        yield opened


@pytest.fixture
def told_store(store: DiskStore) -> DiskStore:
    """A store of three changesets: a study with a quote, a second text, the second text reworded."""
    names_history = Quad(NamedNode(STUDY), NamedNode(HT.historyGraph), HISTORY, GRAPH)
    store.apply(
        Difference(added={names_history, said("quote/q1", WISH)}),
        by=Attribution("Ada", Channel.study_import, "The first quotes."),
    )
    store.apply(Difference(added={said("quote/q2", "Open later.")}), by=Attribution("Ben", Channel.sparql_update))
    store.apply(
        Difference(removed={said("quote/q2", "Open later.")}, added={said("quote/q2", "Open longer.")}),
        by=Attribution("Ada", Channel.rest, "Heard again."),
    )
    return store


@pytest.fixture
def told(told_store: DiskStore) -> History:
    """The history of that store."""
    return History(told_store)
