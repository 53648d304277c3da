"""Which graphs are closed without a token, and which nobody writes from outside."""

from __future__ import annotations

from collections.abc import Iterable

from api.access.roles import Caller, Role
from api.errors import GraphReadOnly
from graphstore.datasets import is_closed_graph
from graphstore.layout import UNNAMED
from ontology.iris import VOCABULARY_GRAPH

_HISTORY = "/graph/history"


def is_closed(graph: str) -> bool:
    """Whether reading the graph takes a token: what people wrote one by one, and the changes to the data."""
    return is_closed_graph(graph)


def is_protected(graph: str) -> bool:
    """Whether the graph is read-only from outside: the vocabulary and each study's history.

    The name under which the unnamed graph lies in the engine is nobody's to write either.
    """
    return graph in (VOCABULARY_GRAPH, UNNAMED.value) or graph.endswith(_HISTORY)


def visible(graphs: Iterable[str], caller: Caller) -> tuple[str, ...]:
    """Those of `graphs` that the caller may read."""
    return tuple(each for each in graphs if caller.role is not None or not is_closed(each))


def must_be_readable(graphs: Iterable[str], caller: Caller) -> None:
    """Lets graphs pass that the caller may read. Whether they exist is not looked at, so nothing is told of it.

    Raises:
        TokenRequired: when one is closed and the caller has no token.
    """
    if any(is_closed(each) for each in graphs):
        caller.must_be(Role.reader, "Reading this graph")


def must_be_writable(graphs: Iterable[str]) -> None:
    """Lets graphs pass that can be written from outside.

    Raises:
        GraphReadOnly: when one is the vocabulary or a history.
    """
    for each in graphs:
        if is_protected(each):
            raise GraphReadOnly(f"<{each}> cannot be written from outside: it follows from imports and commits.")
