"""What follows from a study by computation, brought up to date by the commit that changes what it follows from."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final, Protocol

from pyoxigraph import NamedNode, Quad, Store, Triple

from graphstore import Difference, GraphStore
from graphstore.to_come import StudyStatements, effective, graph_to_come, studies_touched
from ontology.iris import StudyIris
from ontology.reach.matching import Statements
from ontology.terms import HT

_OF_CHANGE: Final = NamedNode(HT.ofChange)
_MOST_FOLLOWED: Final = 2_000
"""Statements; where more come and go, all of the study is read once rather than parts of it many times."""


class DerivedPart(Protocol):
    """What the derived graph is to hold of some items, and with some properties."""

    @property
    def items(self) -> Set[str]:
        """The IRIs of the items, changes with their amendments."""

    @property
    def properties(self) -> tuple[NamedNode, ...]:
        """The properties all of whose statements are in the part."""

    @property
    def statements(self) -> Set[Quad]:
        """What the derived graph is to hold of them."""


class Derivation(Protocol):
    """Works out a study's derived graph; the program hands in the one that the import uses."""

    def concerns(self, quad: Quad) -> bool:
        """Whether a statement of the study's asserted graph is one that something follows from."""

    def derived(self, iris: StudyIris, lines: Set[bytes]) -> Set[Quad]:
        """All that follows from the statements of a study's asserted graph.

        Args:
            iris: of the study.
            lines: the statements, as lines of N-Triples.

        Returns:
            The statements of its derived graph.
        """

    def derived_of(self, iris: StudyIris, touched: Set[Triple], either: Statements, to_come: Statements) -> DerivedPart:
        """What follows for the items that a change can concern.

        Args:
            iris: of the study.
            touched: the statements of the asserted graph that come or go.
            either: that graph as it is, together with what comes.
            to_come: that graph as it will be.
        """


def with_derived(store: GraphStore, difference: Difference, base: str, derivation: Derivation | None) -> Difference:
    """The difference that also brings the derived graph of each study that it touches up to date.

    Only what the difference can concern is worked out anew. One that would write the derived graph itself has all of it
    worked out: that graph then holds what follows and nothing else. A difference that touches neither it nor anything
    that something follows from is left as it is.

    Args:
        store: the store; hold its `writing()` from here until the difference is applied.
        difference: the change to come.
        base: the instance base.
        derivation: works it out; with None, nothing is derived.
    """
    if derivation is None:
        return difference
    for iris in studies_touched(base, difference):
        asserted, derived = NamedNode(iris.graph()), NamedNode(iris.derived_graph())
        change = effective(store, difference, (asserted,))
        concerned = {quad.triple for quad in (*change.removed, *change.added) if derivation.concerns(quad)}
        writes_it = any(quad.graph_name == derived for quad in (*difference.removed, *difference.added))
        if not concerned and not writes_it:
            continue
        if writes_it or len(concerned) > _MOST_FOLLOWED:
            wanted = derivation.derived(iris, graph_to_come(store, asserted, difference))
            held = set(store.quads(derived))
        else:
            part = _part(store, iris, change, concerned, derivation)
            wanted, held = part.statements, set(_held_of(store, derived, part))
        of_derived = Difference.between(held, wanted)
        difference = Difference(
            removed={quad for quad in difference.removed if quad.graph_name != derived} | of_derived.removed,
            added={quad for quad in difference.added if quad.graph_name != derived} | of_derived.added,
        )
    return difference


def _part(
    store: GraphStore, iris: StudyIris, change: Difference, concerned: Set[Triple], derivation: Derivation
) -> DerivedPart:
    asserted, nothing, added = (NamedNode(iris.graph()),), Store(), Store()
    added.extend(change.added)
    either = StudyStatements(store, asserted, nothing, added, frozenset())
    to_come = StudyStatements(store, asserted, nothing, added, frozenset(change.removed))
    return derivation.derived_of(iris, concerned, either, to_come)


def _held_of(store: GraphStore, derived: NamedNode, part: DerivedPart) -> Iterator[Quad]:
    for name in part.properties:
        yield from store.quads(derived, predicate=name)
    for each in part.items:
        item = NamedNode(each)
        yield from (quad for quad in store.quads(derived, subject=item) if quad.predicate not in part.properties)
        for amendment in store.quads(derived, predicate=_OF_CHANGE, obj=item):
            if isinstance(amendment.subject, NamedNode):
                yield from store.quads(derived, subject=amendment.subject)
