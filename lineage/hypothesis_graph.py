"""The lineage of a hypothesis as nodes and edges, for drawing and for RDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from graphstore import GraphStore
from lineage.edges import edges_with_quotes, held_at, hypothesis_edges, with_reasons
from lineage.graph_records import ASSERTED, Edge, Include, LineageGraph
from lineage.naming import ItemNames, named_versions
from lineage.reaching import both_ways, graph_of, reached
from lineage.records import Named, Status, Version

STEPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "versions": "hypothesis version",
        "readings": "reading",
        "changes": "change",
        "quotes": "quote",
        "organisation_types": "organisation type",
        "themes": "theme",
        "areas": "blueprint area",
    }
)
"""What is counted in the lineage of a hypothesis, and the kind of item it is."""


def hypothesis_graph(
    store: GraphStore,
    hypothesis: Named,
    *,
    include: Include = ASSERTED,
    iteration: int | None = None,
    versions: Sequence[Version] = (),
    names: ItemNames | None = None,
) -> LineageGraph:
    """The items of a hypothesis' lineage and the statements that join them.

    Args:
        store: the store, or a snapshot of it.
        hypothesis: the hypothesis, known to be in the store.
        include: whose word is shown.
        iteration: the iteration that the programme had come to; None for all.
        versions: all its versions, where they are read already (`lineage.tracing`): with them come the same items and
            statements, and nothing is asked twice.
        names: what items of this store are called, as far as it is known already.
    """
    root = hypothesis.iri
    every = edges_with_quotes(store, root, versions) if versions else hypothesis_edges(store, (root,))
    told = named_versions(versions)
    ends = {root, *(each.start for each in every), *(each.end for each in every)}
    items = {**told, **(names or ItemNames(store)).of(ends - told.keys())}
    held = held_at(every, items, iteration)
    graph = graph_of(root, held, items, _reached, include=include, steps=STEPS)
    return replace(graph, edges=with_reasons(store, graph.edges))


def _reached(root: str, edges: Sequence[Edge]) -> Mapping[str, Status]:
    return reached(root, edges, both_ways)
