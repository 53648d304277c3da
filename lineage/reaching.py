"""Which items a way of statements leads to, and how firm the firmest way is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import networkx as nx

from lineage.edges import NamedItem
from lineage.graph_records import STATUSES, Edge, Include, LineageGraph, Node
from lineage.records import Status

Ways = Callable[[Edge], Iterable[tuple[str, str]]]


def both_ways(edge: Edge) -> Iterable[tuple[str, str]]:
    """A statement leads from each of its items to the other."""
    return (edge.start, edge.end), (edge.end, edge.start)


def reached(root: str, edges: Iterable[Edge], ways: Ways) -> dict[str, Status]:
    """The status of every item that can be reached.

    Args:
        root: where the ways begin.
        edges: the statements.
        ways: which steps (from, to) a statement allows.

    Returns:
        By IRI the firmest status such that some way has no weaker link.
    """
    steps: nx.DiGraph[str] = nx.DiGraph()
    steps.add_node(root)
    found: dict[str, Status] = {}
    known = tuple(edges)
    for status in STATUSES:
        steps.add_edges_from(step for edge in known if edge.status == status for step in ways(edge))
        for iri in (root, *nx.descendants(steps, root)):
            found.setdefault(iri, status)
    return found


def words_of(edges: Iterable[Edge], include: Include) -> tuple[Edge, ...]:
    """The statements that ways may lead along: those included, and what a source states, which all else rests on."""
    return tuple(each for each in edges if each.status in include or each.status == "asserted")


def shown(
    root: str,
    edges: Iterable[Edge],
    statuses: Mapping[str, Status],
    items: Mapping[str, NamedItem],
    include: Include,
) -> LineageGraph:
    """The part of a lineage that is asked for.

    Args:
        root: what it is the lineage of.
        edges: the statements.
        statuses: of the items that are reached by `words_of` those included, as `reached` gives them.
        items: what they are called.
        include: whose word is shown.

    Returns:
        The statements of those statuses between such items, the items they join, and the root.
    """
    within = {iri for iri in statuses if iri in items}
    kept = tuple(
        each for each in dict.fromkeys(edges) if each.status in include and each.start in within and each.end in within
    )
    joined = {root} & within | {iri for each in kept for iri in (each.start, each.end)}
    nodes = (_node(iri, items[iri], statuses[iri]) for iri in joined)
    return LineageGraph(root, tuple(sorted(nodes, key=_in_order)), tuple(sorted(kept, key=_by_text)))


def _node(iri: str, item: NamedItem, status: Status) -> Node:
    return Node(iri, item.kind, item.key, item.label, item.ordinal, item.number, status)


def _in_order(node: Node) -> tuple[str, int, str, str]:
    return node.kind, node.iteration or 0, node.key, node.iri


def _by_text(edge: Edge) -> tuple[str, str, str, str, str]:
    return edge.start, edge.property, edge.end, edge.status, edge.coding or ""
