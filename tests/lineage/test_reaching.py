"""Which items statements lead to, held against networkx."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as some

from lineage.graph_records import STATUSES, Edge
from lineage.reaching import both_ways, reached

ITEMS = some.sampled_from("abcdefg")
EDGES = some.builds(Edge, start=ITEMS, property=some.just("ht:about"), end=ITEMS, status=some.sampled_from(STATUSES))


@given(edges=some.lists(EDGES, max_size=20), forwards=some.booleans())
def test_the_firmest_way_counts(edges: list[Edge], forwards: bool) -> None:
    """An item has the firmest status such that statements no weaker lead to it; the root needs none."""
    found = reached("a", edges, (lambda edge: ((edge.start, edge.end),)) if forwards else both_ways)
    expected: dict[str, str] = {}
    for count in range(1, len(STATUSES) + 1):
        allowed = [(each.start, each.end) for each in edges if each.status in STATUSES[:count]]
        graph = nx.DiGraph(allowed) if forwards else nx.Graph(allowed)
        graph.add_node("a")
        for item in {"a"} | nx.descendants(graph, "a"):
            expected.setdefault(item, STATUSES[count - 1])
    assert found == expected
