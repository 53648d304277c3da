"""Ways through a graph that share nothing, and what every way must pass.

The number of ways that share no item between their ends is what Menger's theorem equates with the fewest items whose
removal cuts the ends apart (K. Menger, "Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10, 1927).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING

# networkx is a tenth of the time that a server takes to start, and few requests need it: each function imports it.
if TYPE_CHECKING:
    import networkx as nx

Path = tuple[str, ...]


def independent_paths(steps: nx.DiGraph[str], start: str, end: str) -> tuple[Path, ...]:
    """As many paths as can be had at once that share nothing but their ends.

    Args:
        steps: which item leads to which.
        start: where the paths begin.
        end: where they end; another item than `start`.

    Returns:
        The paths, each from `start` to `end` inclusive, the shortest first; none where there is no way.
    """
    import networkx as nx

    if start not in steps or end not in steps:
        return ()
    between = set(steps.successors(start)) & set(steps.predecessors(end)) - {start, end}
    # What joins both ends directly is a path of its own in some largest choice: any path through it can be cut short.
    found = [(start, each, end) for each in sorted(between)]
    spare = _interchangeable(steps, start, between | {end})
    rest = nx.subgraph_view(steps, filter_node=lambda each: each not in between and each not in spare)
    on_a_way = (nx.descendants(rest, start) | {start}) & (nx.ancestors(rest, end) | {end})
    if end in on_a_way and start in on_a_way:
        # Which of several largest choices is found depends on the order of the steps, and no set keeps one.
        narrowed: nx.DiGraph[str] = nx.DiGraph(sorted(rest.subgraph(on_a_way).edges))
        found.extend(tuple(path) for path in nx.node_disjoint_paths(narrowed, start, end))
    return tuple(sorted(found, key=lambda path: (len(path), path)))


def _interchangeable(steps: nx.DiGraph[str], start: str, kept: Set[str]) -> frozenset[str]:
    """Items next to the start that no largest choice needs.

    Of those that only the start leads to and that lead to the same items, no more can be passed at once than there are
    such items to go on to.
    """
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for each in steps.successors(start):
        if each not in kept and steps.in_degree(each) == 1:
            alike[frozenset(steps.successors(each))].append(each)
    return frozenset(spare for onward, items in alike.items() for spare in sorted(items)[len(onward) :])


def unavoidable(steps: nx.DiGraph[str], start: str, end: str) -> tuple[str, ...]:
    """What every path from `start` to `end` passes, in the order of passing, the ends left out.

    These are the dominators of `end` (R. T. Prosser, "Applications of Boolean matrices to the analysis of flow
    diagrams", 1959). Empty where there is no path, or where each item can be gone around.
    """
    import networkx as nx

    if start not in steps or end not in nx.descendants(steps, start):
        return ()
    next_up = nx.immediate_dominators(steps, start)
    passed: list[str] = []
    at = next_up[end]
    while at != start:
        passed.append(at)
        at = next_up[at]
    return tuple(reversed(passed))


def steps_of(pairs: Iterable[tuple[str, str]]) -> nx.DiGraph[str]:
    """The graph of steps (from, to); a step from an item to itself leads nowhere and is left out."""
    import networkx as nx

    steps: nx.DiGraph[str] = nx.DiGraph()
    steps.add_edges_from(pair for pair in pairs if pair[0] != pair[1])
    return steps


def leading_to(steps: nx.DiGraph[str], end: str) -> frozenset[str]:
    """The items from which some path leads to `end`; none where `end` is no item."""
    import networkx as nx

    return frozenset(nx.ancestors(steps, end)) if end in steps else frozenset()
