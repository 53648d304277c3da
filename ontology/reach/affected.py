"""Which focus nodes a change can concern, and all that their conformance depends on.

A shape's verdict on a focus node depends only on the statements that take part in a match of one of the shape's reads
with that node as focus, the *neighbourhood* of T. Delva, A. Dimou, M. Jakubowski and J. Van den Bussche, “Data
Provenance for SHACL”, EDBT 2023. So only where such a statement comes or goes can the verdict change, and a subgraph
that holds the neighbourhood gives the verdict of the whole: the way of “UpSHACL: Targeted Constraint Validation for
Updates over Knowledge Graphs”, ISWC 2025. Statements that come or go are matched against each pattern and the patterns
beside it joined to them, as materialised views are kept (A. Gupta, I. S. Mumick and V. S. Subrahmanian, “Maintaining
Views Incrementally”, SIGMOD 1993), in what was and what will be together: what joins in either joins there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from ontology.reach.matching import Statements, matches, walk
from ontology.reach.patterns import THIS, Binding, Pattern, Read, ShapeReads, Term, unified


@dataclass(frozen=True, slots=True)
class Concerned:
    """A focus node that a change can concern, and the shape that it can concern it by."""

    shape: ShapeReads
    focus: Term


@dataclass(frozen=True, slots=True)
class _Reached:
    """A place in the reads of a shape: a pattern, and those that are matched with it."""

    shape: ShapeReads
    pattern: Pattern
    beside: Read


class Reach:
    """The reads of some shapes, found by the properties that they ask for."""

    def __init__(self, shapes: Iterable[ShapeReads]) -> None:
        self._by_name: defaultdict[NamedNode, list[_Reached]] = defaultdict(list)
        self._of_any: list[_Reached] = []
        for shape in shapes:
            for read in (*((target,) for target in shape.targets), *shape.reads):
                for index, pattern in enumerate(read):
                    reached = _Reached(shape, pattern, (*read[:index], *read[index + 1 :]))
                    if not pattern.predicates:
                        self._of_any.append(reached)
                    for name in pattern.predicates:
                        self._by_name[name].append(reached)

    def concerned(self, touched: Set[Triple], either: Statements, to_come: Statements) -> set[Concerned]:
        """The focus nodes whose conformance can change.

        Args:
            touched: the statements that come or go.
            either: the graph as it is, together with what comes.
            to_come: the graph as it will be.
        """
        found: set[tuple[ShapeReads, Term]] = set()
        for triple in touched:
            for place in (*self._by_name.get(triple.predicate, ()), *self._of_any):
                for binding in _matched(place.pattern, triple, either):
                    for complete, _ in matches(place.beside, binding, either):
                        found.add((place.shape, complete[THIS]))
        return {Concerned(shape, focus) for shape, focus in found if _target(shape, focus, to_come) is not None}


def neighbourhood(concerned: Iterable[Concerned], to_come: Statements) -> set[Triple]:
    """All that the conformance of some focus nodes depends on, what makes each a focus node included.

    Args:
        concerned: the focus nodes, each with a shape.
        to_come: the graph as it will be.
    """
    found: set[Triple] = set()
    for each in concerned:
        found.update(_target(each.shape, each.focus, to_come) or ())
        for read in each.shape.reads:
            for _, triples in matches(read, {THIS: each.focus}, to_come):
                found.update(triples)
    return found


def _target(shape: ShapeReads, focus: Term, statements: Statements) -> tuple[Triple, ...] | None:
    """What makes a node a focus node of a shape; None where nothing does."""
    if focus in shape.nodes:
        return ()
    found = (triples for target in shape.targets for _, triples in matches((target,), {THIS: focus}, statements))
    return next(found, None)


def _matched(pattern: Pattern, triple: Triple, statements: Statements) -> Iterator[Binding]:
    """The bindings with which a statement takes part in a match of a pattern."""
    starts: set[Term] = {triple.subject}
    ends: set[Term] = {triple.object}
    if pattern.walks:
        starts.update(walk(triple.subject, pattern.predicates, statements, forwards=False))
        ends.update(walk(triple.object, pattern.predicates, statements, forwards=True))
    for start in starts:
        near = unified(pattern.subject, start, {})
        if near is not None:
            for end in ends:
                far = unified(pattern.object, end, near)
                if far is not None:
                    yield far
