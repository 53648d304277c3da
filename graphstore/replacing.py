"""The difference between what some graphs hold and what they should hold, without reading all they hold.

Reading a quad back costs the engine four look-ups of text, knowing whether it is there costs none. So every wanted quad
is asked for, and only subjects that hold more than was wanted are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from importlib.resources import files

from pyoxigraph import NamedNode, Quad, QuerySolutions

from graphstore.datasets import QueryDataset
from graphstore.port import Difference, GraphStore


def difference_to(store: GraphStore, wanted: Set[Quad], graphs: Iterable[NamedNode]) -> Difference:
    """The difference that makes `graphs` hold exactly `wanted`.

    Args:
        store: the store; hold its `writing()` from here until the difference is applied.
        wanted: the quads that shall stand in those graphs; every one of them in one of the graphs.
        graphs: the graphs that are replaced.
    """
    added = {quad for quad in wanted if not store.contains(quad)}
    kept = Counter((quad.graph_name, quad.subject) for quad in wanted if quad not in added)
    removed: set[Quad] = set()
    counts = files("graphstore").joinpath("subject-counts.rq").read_text("utf-8")
    for graph in graphs:
        solutions = store.query(counts, dataset=QueryDataset(default=(graph,), named=()))
        if not isinstance(solutions, QuerySolutions):
            raise TypeError("subject-counts.rq is a SELECT query.")
        for solution in solutions:
            subject, statements = solution["subject"], int(solution["statements"].value)
            if statements != kept[graph, subject]:
                removed |= {quad for quad in store.quads(graph, subject=subject) if quad not in wanted}
    return Difference(removed=removed, added=added)
