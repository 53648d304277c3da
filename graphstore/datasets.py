"""Which graphs a query sees (SPARQL 1.1 Protocol, section 2.1.4: the dataset of a query)."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from ontology.iris import VOCABULARY_GRAPH

GraphName = NamedNode | BlankNode | DefaultGraph


_OPEN_ENDINGS = ("/graph", "/graph/derived")
_CLOSED_ENDINGS = ("/graph/restricted", "/graph/history")


@dataclass(frozen=True, slots=True)
class QueryDataset:
    """The dataset of one query.

    Attributes:
        default: graphs merged into the default graph; None for the store's own choice: every study's asserted and
            derived graph, the vocabulary, and the unnamed graph.
        named: graphs that ``GRAPH`` can reach; None for all of them.
    """

    default: tuple[GraphName, ...] | None = None
    named: tuple[NamedNode | BlankNode, ...] | None = None


OPEN_DATASET = QueryDataset()


def is_open_graph(name: NamedNode | BlankNode) -> bool:
    """Whether a named graph belongs to what a query sees when it names no dataset."""
    return isinstance(name, NamedNode) and (name.value == VOCABULARY_GRAPH or name.value.endswith(_OPEN_ENDINGS))


def is_closed_graph(name: str) -> bool:
    """Whether a graph is not for everybody: what people wrote one by one, and the changes to the data."""
    return name.endswith(_CLOSED_ENDINGS)
