"""What follows from a study by computation, brought up to date by the commit that changes what it follows from."""

from __future__ import annotations

from collections.abc import Set
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from graphstore import Difference, GraphStore
from graphstore.to_come import graph_to_come, studies_touched
from ontology.iris import StudyIris


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


def with_derived(store: GraphStore, difference: Difference, base: str, derivation: Derivation | None) -> Difference:
    """The difference that also brings the derived graph of each study that it touches up to date.

    The derived graph then holds what follows and nothing else, whatever the difference itself would do with it. A
    difference that touches neither it nor anything that something follows from is left as it is.

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
        touched = (*difference.removed, *difference.added)
        if not any(
            quad.graph_name == derived or (quad.graph_name == asserted and derivation.concerns(quad))
            for quad in touched
        ):
            continue
        wanted = derivation.derived(iris, graph_to_come(store, asserted, difference))
        of_derived = Difference.between(set(store.quads(derived)), wanted)
        difference = Difference(
            removed={quad for quad in difference.removed if quad.graph_name != derived} | of_derived.removed,
            added={quad for quad in difference.added if quad.graph_name != derived} | of_derived.added,
        )
    return difference
