"""Which items a way of statements leads to, and how firm the firmest way is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from lineage.graph_records import STATUSES, Edge, Include, LineageGraph, Node, StepCount
from lineage.naming import ITERATION, VERSION, NamedItem
from lineage.records import Status

Ways = Callable[[Edge], Iterable[tuple[str, str]]]
Reach = Callable[[str, Sequence[Edge]], Mapping[str, Status]]

_OF_AN_ITERATION: Final = frozenset({ITERATION, VERSION})


def both_ways(edge: Edge) -> Iterable[tuple[str, str]]:
    """A statement leads from each of its items to the other."""
    return (edge.start, edge.end), (edge.end, edge.start)


def reached(root: str, edges: Sequence[Edge], ways: Ways) -> dict[str, Status]:
    """The status of every item that can be reached.

    Args:
        root: where the ways begin.
        edges: the statements.
        ways: which steps (from, to) a statement allows.

    Returns:
        By IRI the firmest status such that some way has no weaker link.
    """
    found: dict[str, Status] = {root: STATUSES[0]}
    steps: defaultdict[str, list[str]] = defaultdict(list)
    by_status: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_status[edge.status].append(edge)
    for status in STATUSES:
        begun = set()
        for edge in by_status[status]:
            for start, end in ways(edge):
                steps[start].append(end)
                begun.add(start)
        # What was reached before leads on only where a step was added.
        waiting = [iri for iri in begun if iri in found]
        while waiting:
            for iri in steps.get(waiting.pop(), ()):
                if iri not in found:
                    found[iri] = status
                    waiting.append(iri)
    return found


def graph_of(
    root: str,
    edges: Sequence[Edge],
    items: Mapping[str, NamedItem],
    reach: Reach,
    *,
    include: Include,
    steps: Mapping[str, str],
) -> LineageGraph:
    """The part of a lineage that is asked for, and how much there is.

    Args:
        root: what it is the lineage of.
        edges: the statements, each once.
        items: what their ends are and are called; an end that is not among them is left out.
        reach: gives the status of every item that some statements lead to.
        include: whose word is shown.
        steps: what is counted: the name of each step, and the kind of item at it.

    Returns:
        The statements of the included statuses between items that can be reached by them and by what a source states,
        the items they join, and the root.
    """
    everything = reach(root, edges)
    wanted = {STATUSES[0], *include}
    if wanted == set(STATUSES[: len(wanted)]):
        # What a way of the firmest statements leads to is no less firm by it, whatever else there is.
        statuses: Mapping[str, Status] = {iri: status for iri, status in everything.items() if status in wanted}
    else:
        statuses = reach(root, [each for each in edges if each.status in wanted])
    known = statuses.keys() & items.keys()
    kept = tuple(each for each in edges if each.status in include and each.start in known and each.end in known)
    joined = {root} | {iri for each in kept for iri in (each.start, each.end)}
    shown = sorted((iri for iri in joined if iri in items), key=lambda iri: _in_order(iri, items[iri]))
    counted = Counter((items[iri].kind, status) for iri, status in everything.items() if iri in items)
    return LineageGraph(
        root=root,
        nodes=tuple(_node(iri, items[iri], statuses[iri]) for iri in shown),
        edges=tuple(sorted(kept, key=_by_text)),
        steps=tuple(_step(name, kind, counted, include) for name, kind in steps.items()),
    )


def _step(name: str, kind: str, counted: Counter[tuple[str, Status]], include: Include) -> StepCount:
    return StepCount(
        step=name,
        asserted=counted[kind, "asserted"],
        editorial=counted[kind, "editorial"],
        suggested=counted[kind, "suggested"],
        counted=sum(counted[kind, status] for status in include),
    )


def _node(iri: str, item: NamedItem, status: Status) -> Node:
    iteration = item.ordinal if item.kind in _OF_AN_ITERATION else None
    return Node(iri, item.kind, item.key, item.label, iteration, item.number, status)


def _in_order(iri: str, item: NamedItem) -> tuple[str, int, str, str]:
    return item.kind, item.ordinal or 0, item.key, iri


def _by_text(edge: Edge) -> tuple[str, str, str, str, str]:
    return edge.start, edge.property, edge.end, edge.status, edge.coding or ""
