"""Patterns of statements, and the reads that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, Variable

Term = NamedNode | BlankNode | Literal | Triple
"""What a statement is made of."""
Place = Term | Variable
"""What stands at an end of a pattern."""
Binding = Mapping[Variable, Term]
THIS: Final = Variable("this")
"""The focus node."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that statements match, or a walk of one or more of them.

    Attributes:
        subject: the near end.
        predicates: the properties, one of which it bears; empty for any at all.
        object: the far end.
        walks: whether one statement after another may lead from end to end (``+`` of SPARQL 1.1, section 9.1).
    """

    subject: Place
    predicates: tuple[NamedNode, ...]
    object: Place
    walks: bool = False


Read = tuple[Pattern, ...]
"""Patterns that are matched together: a statement is read for a focus node where it takes part in a match of them."""


@dataclass(frozen=True, slots=True)
class ShapeReads:
    """What a shape reads.

    Attributes:
        shape: its IRI.
        targets: whoever matches one of them as `THIS` is a focus node.
        nodes: the focus nodes that it names.
        reads: what is read for a focus node.
    """

    shape: str
    targets: tuple[Pattern, ...]
    nodes: tuple[Term, ...]
    reads: tuple[Read, ...]


def bound(place: Place, binding: Binding) -> Term | None:
    """What stands at an end, once the variables are bound; None while it may be anything."""
    return binding.get(place) if isinstance(place, Variable) else place


def unified(place: Place, term: Term, binding: Binding) -> Binding | None:
    """The binding in which an end is a term; None where it cannot be."""
    held = bound(place, binding)
    if held is None:
        return {**binding, place: term} if isinstance(place, Variable) else None
    return binding if held == term else None
