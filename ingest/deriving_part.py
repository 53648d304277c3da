"""Which items something else follows for when statements of a study come or go, and what that follows from.

A theme's and an organisation type's wider ones follow from those above it; the amendments and the shown types of a
change from it and its versions. The verdicts of all numbers hang together, and are few: they are worked out all again
once something of an observation, a figure, a version or a hypothesis comes or goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from ontology.iris import StudyIris, parse_iri
from ontology.reach.matching import Statements, walk
from ontology.reach.patterns import Term
from ontology.terms import HT, RDF, SKOS

_BROADER: Final = (NamedNode(SKOS.broader),)
_VERSIONS_OF_CHANGES: Final = (NamedNode(HT.from_), NamedNode(HT.to))
_VERSION: Final = NamedNode(HT.version)
_OF_HYPOTHESIS: Final = NamedNode(HT.ofHypothesis)
_TYPE: Final = NamedNode(RDF.type)
_OBSERVATION: Final = NamedNode(HT.ResonanceObservation)
_FIGURE: Final = NamedNode(HT.Figure)
_WORDED: Final = frozenset({"theme", "organisation_type", "change"})
_COUNTED: Final = frozenset({"resonance", "figure", "version", "hypothesis"})
OF_NUMBERS: Final = (NamedNode(HT.recomputedValue), NamedNode(HT.verdict))
"""The properties of what follows for numbers, and for nothing else."""


@dataclass(frozen=True, slots=True)
class DerivedPart:
    """What the derived graph is to hold of some items, and with some properties.

    Attributes:
        items: the IRIs of the items, changes with their amendments.
        properties: the properties all of whose statements are in the part.
        statements: what it is to hold of them.
    """

    items: Set[str]
    properties: tuple[NamedNode, ...]
    statements: Set[Quad]


@dataclass(frozen=True, slots=True)
class Followers:
    """The items that something else may follow for.

    Attributes:
        iris: of the study.
        items: the IRIs of themes, organisation types and changes.
        numbers: whether every observation and figure is among them.
    """

    iris: StudyIris
    items: Set[str]
    numbers: bool

    @classmethod
    def of(cls, iris: StudyIris, touched: Iterable[Triple], either: Statements) -> Followers:
        """Finds them.

        Args:
            iris: of the study.
            touched: the statements of the asserted graph that come or go.
            either: that graph as it is, together with what comes.
        """
        subjects = {each.subject for each in touched if isinstance(each.subject, NamedNode)}
        found = {item for each in subjects for item in _following(iris, each, either)}
        names = {each.value for each in found if isinstance(each, NamedNode)}
        return cls(
            iris,
            frozenset(each for each in names if _kind(iris, each) in _WORDED),
            any(_kind(iris, each.value) in _COUNTED for each in subjects),
        )

    def needed(self, to_come: Statements) -> set[Triple]:
        """The statements that something follows from for these items.

        Args:
            to_come: the asserted graph as it will be.
        """
        subjects: set[Term] = set()
        for each in self.items:
            subjects |= set(_context(NamedNode(each), to_come))
        if self.numbers:
            subjects |= set(_numbers(to_come))
        return {triple for each in subjects for triple in to_come.match(each, None, None)}

    def owner(self, iri: str) -> str:
        """The item that a statement of the derived graph is there for, by its subject."""
        found = parse_iri(self.iris.base, iri)
        if found is not None and found.kind == "amendment":
            return self.iris.change(found.rest.partition("/")[0])
        return iri


def _kind(iris: StudyIris, iri: str) -> str:
    found = parse_iri(iris.base, iri)
    return "" if found is None or found.study != iris.study_key else found.kind


def _following(iris: StudyIris, item: NamedNode, either: Statements) -> Iterator[Term]:
    """The themes, organisation types and changes that something of an item follows for, among others."""
    yield item
    match _kind(iris, item.value):
        case "theme" | "organisation_type":
            yield from walk(item, _BROADER, either, forwards=False)
        case "version":
            for name in _VERSIONS_OF_CHANGES:
                yield from _subjects(either, name, item)
        case _:
            pass


def _context(item: NamedNode, to_come: Statements) -> Iterator[Term]:
    """The items whose statements decide what follows for an item, itself included."""
    yield item
    yield from walk(item, _BROADER, to_come, forwards=True)
    for name in _VERSIONS_OF_CHANGES:
        yield from _objects(to_come, item, name)


def _numbers(to_come: Statements) -> Iterator[Term]:
    """All observations and figures, and the versions and hypotheses that the observations are of."""
    yield from _subjects(to_come, _TYPE, _FIGURE)
    for observation in _subjects(to_come, _TYPE, _OBSERVATION):
        yield observation
        for version in _objects(to_come, observation, _VERSION):
            yield version
            yield from _objects(to_come, version, _OF_HYPOTHESIS)


def _subjects(statements: Statements, name: NamedNode, item: Term) -> Iterator[Term]:
    return (each.subject for each in statements.match(None, name, item))


def _objects(statements: Statements, item: Term, name: NamedNode) -> Iterator[Term]:
    return (each.object for each in statements.match(item, name, None))
