"""A difference written as one SPARQL update, because one update is the engine's only step that removes and adds.

SPARQL 1.1 Update, sections 3.1.1 and 3.1.2. The words here are made from typed terms alone, never from text that
somebody sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, DefaultGraph, Quad, Triple

from graphstore.datasets import GraphName
from graphstore.errors import UnsupportedDifference
from graphstore.port import Difference


def _data_block(quads: Iterable[Quad]) -> str:
    by_graph: dict[GraphName, list[str]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, (BlankNode, Triple)) or isinstance(quad.object, (BlankNode, Triple)):
            raise UnsupportedDifference(
                f"{quad} has a blank node, which cannot be removed and added in one step. Give the node an IRI."
            )
        by_graph[quad.graph_name].append(f"{quad.subject} {quad.predicate} {quad.object} .")
    parts = []
    for graph, lines in by_graph.items():
        body = "\n".join(lines)
        parts.append(body if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{body}\n}}")
    return "\n".join(parts)


def update_text(difference: Difference) -> str:
    """The update that removes and adds exactly this difference.

    Raises:
        UnsupportedDifference: when a quad holds a blank node.
    """
    steps = []
    if difference.removed:
        steps.append(f"DELETE DATA {{\n{_data_block(difference.removed)}\n}}")
    if difference.added:
        steps.append(f"INSERT DATA {{\n{_data_block(difference.added)}\n}}")
    return " ;\n".join(steps)
