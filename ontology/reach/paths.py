"""Property paths, of SPARQL (section 9) and SHACL (section 2.3.1), as patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import assert_never

from pyoxigraph import NamedNode, Variable

from ontology.errors import UnboundedConstraint
from ontology.reach.patterns import Pattern, Place, Read


@dataclass(frozen=True, slots=True)
class Link:
    """One property, either way round."""

    name: NamedNode
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after another."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A path walked once or more."""

    part: Path


Path = Link | Sequence | Alternative | Repeated


class Variables:
    """Gives variables that nothing else is called."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = count()

    def fresh(self) -> Variable:
        """One more."""
        return Variable(f"between_{next(self._numbers)}")


def inverse(path: Path) -> Path:
    """The same path walked the other way."""
    match path:
        case Link(name, turned):
            return Link(name, not turned)
        case Sequence(parts):
            return Sequence(tuple(map(inverse, reversed(parts))))
        case Alternative(parts):
            return Alternative(tuple(map(inverse, parts)))
        case Repeated(part):
            return Repeated(inverse(part))
        case _:
            assert_never(path)


def patterns_of(path: Path, start: Place, end: Place, variables: Variables) -> tuple[Read, ...]:
    """The patterns that lead from a start to an end: one tuple for each way.

    Raises:
        UnboundedConstraint: when something other than single properties is walked repeatedly.
    """
    match path:
        case Link(name, turned):
            return ((Pattern(end, (name,), start) if turned else Pattern(start, (name,), end),),)
        case Alternative(parts):
            return tuple(way for part in parts for way in patterns_of(part, start, end, variables))
        case Sequence(parts):
            return _in_sequence(parts, start, end, variables)
        case Repeated(part):
            return _repeated(part, start, end)
        case _:
            assert_never(path)


def _in_sequence(parts: tuple[Path, ...], start: Place, end: Place, variables: Variables) -> tuple[Read, ...]:
    ways: tuple[Read, ...] = ((),)
    for number, part in enumerate(parts, start=1):
        reached = end if number == len(parts) else variables.fresh()
        following = patterns_of(part, start, reached, variables)
        ways = tuple((*way, *more) for way in ways for more in following)
        start = reached
    return ways


def _repeated(part: Path, start: Place, end: Place) -> tuple[Read, ...]:
    links = part.parts if isinstance(part, Alternative) else (part,)
    names = tuple(each.name for each in links if isinstance(each, Link))
    ways = {each.inverse for each in links if isinstance(each, Link)}
    if len(names) != len(links) or len(ways) != 1:
        raise UnboundedConstraint("A path that is not of single properties, all one way, is walked repeatedly.")
    return ((Pattern(end, names, start, walks=True) if ways.pop() else Pattern(start, names, end, walks=True),),)
