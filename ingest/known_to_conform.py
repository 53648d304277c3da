"""An import checks all of a study; that it conforms is noted, so that the next write need not check it all again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graphstore import GraphStore
from graphstore.conforming import Conformance
from graphstore.datasets import GraphName
from graphstore.disk import DiskStore
from ingest.graph import StudyGraph
from ontology.validation import Validator


@contextmanager
def noting_whole(store: GraphStore, graph: StudyGraph, validator: Validator) -> Iterator[None]:
    """Notes that a study conforms once the block, which checks and writes all of its graph, is left without an error.

    No other writer comes between. Where the store keeps no such note, nothing is done.

    Args:
        store: where it is written.
        graph: the study's graph.
        validator: the shapes that the block holds it against.
    """
    if not isinstance(store, DiskStore):
        yield
        return
    conformance = Conformance(store, graph.iris.base, validator)
    with store.writing():
        checked: dict[GraphName, bytes] = {name: text.encode() for name, text in graph.triples.items()}
        conformance.checked_whole(graph.iris, checked)
        yield
        conformance.written()
