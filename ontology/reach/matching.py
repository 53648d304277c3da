"""Finding what matches patterns, the rarest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pyoxigraph import NamedNode, Triple

from ontology.reach.patterns import Binding, Pattern, Read, Term, bound, unified

Match = tuple[Binding, tuple[Triple, ...]]
"""A binding, and the statements that give it."""


class Statements(Protocol):
    """A graph that can be asked for statements."""

    def match(self, subject: Term | None, predicate: NamedNode | None, obj: Term | None) -> Iterator[Triple]:
        """The statements with these ends and this property; None stands for any. One may come twice."""


def matches(read: Read, binding: Binding, statements: Statements) -> Iterator[Match]:
    """Every way in which patterns match together.

    Of the patterns that are left, the one with the fewest matches goes first: all are asked for a match in turn, until
    one has no more.

    Args:
        read: the patterns.
        binding: what their variables are bound to already.
        statements: the graph.
    """
    if not read:
        yield binding, ()
        return
    asked = [_of_pattern(pattern, binding, statements) for pattern in read]
    found: list[list[Match]] = [[] for _ in read]
    rarest = 0
    if len(read) == 1:
        yield from asked[0]
        return
    exhausted = False
    while not exhausted:
        for rarest, each in enumerate(asked):
            match = next(each, None)
            if match is None:
                exhausted = True
                break
            found[rarest].append(match)
    rest = (*read[:rarest], *read[rarest + 1 :])
    for bound_further, triples in found[rarest]:
        for complete, more in matches(rest, bound_further, statements):
            yield complete, (*triples, *more)


def _of_pattern(pattern: Pattern, binding: Binding, statements: Statements) -> Iterator[Match]:
    return _walks(pattern, binding, statements) if pattern.walks else _single(pattern, binding, statements)


def _single(pattern: Pattern, binding: Binding, statements: Statements) -> Iterator[Match]:
    subject, told = bound(pattern.subject, binding), bound(pattern.object, binding)
    for predicate in pattern.predicates or (None,):
        for triple in statements.match(subject, predicate, told):
            near = unified(pattern.subject, triple.subject, binding)
            far = None if near is None else unified(pattern.object, triple.object, near)
            if far is not None:
                yield far, (triple,)


def _walks(pattern: Pattern, binding: Binding, statements: Statements) -> Iterator[Match]:
    start, end = bound(pattern.subject, binding), bound(pattern.object, binding)
    if start is None and end is None:
        starts = {each.subject for name in pattern.predicates for each in statements.match(None, name, None)}
        for each in starts:
            near = unified(pattern.subject, each, binding)
            if near is not None:
                yield from _walks(pattern, near, statements)
        return
    if start is not None:
        for reached, walked in walk(start, pattern.predicates, statements, forwards=True).items():
            far = unified(pattern.object, reached, binding)
            if far is not None:
                yield far, walked
    elif end is not None:
        for reached, walked in walk(end, pattern.predicates, statements, forwards=False).items():
            near = unified(pattern.subject, reached, binding)
            if near is not None:
                yield near, walked


def walk(
    start: Term, predicates: tuple[NamedNode, ...], statements: Statements, *, forwards: bool
) -> dict[Term, tuple[Triple, ...]]:
    """Where one or more statements with some properties lead, and for each place the statements of one such walk.

    Args:
        start: where it begins.
        predicates: the properties.
        statements: the graph.
        forwards: from subject to object, or the other way.
    """
    reached: dict[Term, tuple[Triple, ...]] = {}
    waiting: list[tuple[Term, tuple[Triple, ...]]] = [(start, ())]
    while waiting:
        place, walked = waiting.pop()
        for name in predicates:
            found = statements.match(place, name, None) if forwards else statements.match(None, name, place)
            for triple in found:
                there = triple.object if forwards else triple.subject
                if there not in reached:
                    reached[there] = (*walked, triple)
                    waiting.append((there, reached[there]))
    return reached
