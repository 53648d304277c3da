"""The lineage of a hypothesis as nodes and edges, for drawing and for RDF."""

from __future__ import annotations

from graphstore import GraphStore
from lineage.edges import held_at, hypothesis_edges, named_items
from lineage.graph_records import ASSERTED, Include, LineageGraph
from lineage.reaching import both_ways, reached, shown, words_of
from lineage.records import Named


def hypothesis_graph(
    store: GraphStore, hypothesis: Named, *, include: Include = ASSERTED, iteration: int | None = None
) -> LineageGraph:
    """The items of a hypothesis' lineage and the statements that join them.

    Args:
        store: the store, or a snapshot of it.
        hypothesis: the hypothesis, known to be in the store.
        include: whose word is shown.
        iteration: the iteration that the programme had come to; None for all.
    """
    root = hypothesis.iri
    every = hypothesis_edges(store, (root,))
    items = named_items(store, [root, *(iri for each in every for iri in (each.start, each.end))])
    edges = words_of(held_at(every, items, iteration), include)
    return shown(root, edges, reached(root, edges, both_ways), items, include)
