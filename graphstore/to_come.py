"""A store as it would be once a difference is applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from math import inf
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from graphstore.history.kept_forms import as_kept
from graphstore.port import Difference, GraphStore, Term
from ontology.iris import StudyIris, parse_iri
from ontology.resources import code_lists_turtle

_GRAPH_KINDS: Final = frozenset(
    {"graph", "derived_graph", "editorial_graph", "suggested_graph", "restricted_graph", "history_graph"}
)


class TooMuchToAsk(Exception):
    """More was asked of a state to come than reading all of it would cost."""


def studies_touched(base: str, difference: Difference) -> Iterator[StudyIris]:
    """The studies in whose graphs a difference writes, in order of key."""
    names = {quad.graph_name for quad in (*difference.removed, *difference.added)}
    found = (parse_iri(base, each.value) for each in names if isinstance(each, NamedNode))
    for study in sorted({each.study for each in found if each is not None and each.kind in _GRAPH_KINDS}):
        yield StudyIris(base, study)


def checked_graphs(iris: StudyIris) -> tuple[NamedNode, ...]:
    """The graphs of a study that are held against the shapes, as one."""
    return (
        NamedNode(iris.graph()),
        NamedNode(iris.derived_graph()),
        NamedNode(iris.editorial_graph()),
        NamedNode(iris.suggested_graph()),
        NamedNode(iris.restricted_graph()),
    )


def graph_to_come(store: GraphStore, graph: NamedNode, difference: Difference) -> set[bytes]:
    """The statements that a graph would hold, as lines of N-Triples without their line breaks."""
    held = BytesIO()
    store.dump(held, RdfFormat.N_TRIPLES, graph=graph)
    lines = set(held.getvalue().splitlines())
    lines -= lines_of(quad.triple for quad in difference.removed if quad.graph_name == graph)
    return lines | lines_of(quad.triple for quad in difference.added if quad.graph_name == graph)


def study_to_come(store: GraphStore, iris: StudyIris, difference: Difference) -> set[bytes]:
    """All that the shapes would be held against: a study's graphs and the code lists, as lines of N-Triples."""
    statements = lines_of(each.triple for each in parse(code_lists_turtle(), RdfFormat.TURTLE))
    for graph in checked_graphs(iris):
        statements |= graph_to_come(store, graph, difference)
    return statements


def lines_of(triples: Iterable[Triple]) -> set[bytes]:
    """Statements as lines of N-Triples without their line breaks."""
    # Written by the engine's own serialiser, as the store's dump is: the same statement gives the same line.
    return set((serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines())


@dataclass
class Allowance:
    """How much may still be asked; counts down.

    Attributes:
        left: look-ups and statements.
    """

    left: float = inf

    def use(self, number: int = 1) -> None:
        """Uses some of it.

        Raises:
            TooMuchToAsk: when it is used up.
        """
        self.left -= number
        if self.left < 0:
            raise TooMuchToAsk


class StudyStatements:
    """A study's graphs and the code lists, asked for statements: as they will be, or with what will go as well.

    Args:
        store: the store; hold its `writing()`.
        graphs: of the study.
        code_lists: the code lists.
        added: what comes.
        removed: what is left out; none to have what is and what will be together.
        allowance: how much may be asked; with None, anything.
    """

    def __init__(
        self,
        store: GraphStore,
        graphs: tuple[NamedNode, ...],
        code_lists: Store,
        added: Store,
        removed: frozenset[Quad],
        allowance: Allowance | None = None,
    ) -> None:
        self._store = store
        self._graphs = graphs
        self._others = (code_lists, added)
        self._removed = removed
        self._allowance = allowance or Allowance()

    def match(self, subject: Term | None, predicate: NamedNode | None, obj: Term | None) -> Iterator[Triple]:
        """The statements with these ends and this property; None stands for any. One may come twice.

        Raises:
            TooMuchToAsk: when the allowance is used up.
        """
        if subject is not None and not isinstance(subject, NamedNode | BlankNode):
            return
        self._allowance.use()
        for graph in self._graphs:
            for quad in self._store.quads(graph, subject=subject, predicate=predicate, obj=obj):
                self._allowance.use()
                if quad not in self._removed:
                    yield quad.triple
        for other in self._others:
            for quad in other.quads_for_pattern(subject, predicate, obj, None):
                self._allowance.use()
                yield quad.triple


def effective(store: GraphStore, difference: Difference, graphs: tuple[NamedNode, ...]) -> Difference:
    """What a difference really removes from some graphs and adds to them."""
    added = as_kept(each for each in difference.added if each.graph_name in graphs)
    removed = as_kept(each for each in difference.removed if each.graph_name in graphs) - added
    return Difference(
        removed={each for each in removed if store.contains(each)},
        added={each for each in added if not store.contains(each)},
    )
