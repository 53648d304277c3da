"""Every engine in turn, by the state of its store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference, GraphStore, open_store

STUDY = "https://w3id.org/hypothread/id/rooms"
OPEN = (f"{STUDY}/graph", f"{STUDY}/graph/derived", "https://w3id.org/hypothread/ns")
CLOSED = (f"{STUDY}/graph/editorial", f"{STUDY}/graph/restricted", f"{STUDY}/graph/suggested", f"{STUDY}/graph/history")
ENGINES = ("memory", "disk")


@pytest.fixture(params=ENGINES)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], GraphStore]]:
    """Makes new stores of each engine in turn; a further engine is one more name here."""
    with ExitStack() as opened:

        def make() -> GraphStore:
            folder = tmp_path / f"store-{len(list(tmp_path.iterdir()))}"
            return opened.enter_context(open_store("memory:" if request.param == "memory" else str(folder)))

        yield make


@pytest.fixture
def empty(new_store: Callable[[], GraphStore]) -> GraphStore:
    """A store that holds nothing."""
    return new_store()


@pytest.fixture
def graphs_apart(new_store: Callable[[], GraphStore]) -> GraphStore:
    """A store with one statement in each graph of a study; its object is the graph's IRI."""
    store = new_store()
    subject, predicate = NamedNode("https://example.org/a"), NamedNode("https://example.org/stands-in")
    store.apply(
        Difference(
            added={
                *(Quad(subject, predicate, Literal(name), NamedNode(name)) for name in (*OPEN, *CLOSED)),
                Quad(subject, predicate, Literal("unnamed")),
            }
        )
    )
    return store
