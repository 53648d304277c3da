"""A store as it would be once a difference is applied, held against the shapes before it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graphstore.port import Difference, GraphStore
from ontology.iris import StudyIris, parse_iri
from ontology.resources import code_lists_turtle
from ontology.validation import ValidationReport

_GRAPH_KINDS: Final = frozenset(
    {"graph", "derived_graph", "editorial_graph", "suggested_graph", "restricted_graph", "history_graph"}
)


def studies_touched(base: str, difference: Difference) -> Iterator[StudyIris]:
    """The studies in whose graphs a difference writes, in order of key."""
    names = {quad.graph_name for quad in (*difference.removed, *difference.added)}
    found = (parse_iri(base, each.value) for each in names if isinstance(each, NamedNode))
    for study in sorted({each.study for each in found if each is not None and each.kind in _GRAPH_KINDS}):
        yield StudyIris(base, study)


def graph_to_come(store: GraphStore, graph: NamedNode, difference: Difference) -> set[bytes]:
    """The statements that a graph would hold, as lines of N-Triples without their line breaks."""
    held = BytesIO()
    store.dump(held, RdfFormat.N_TRIPLES, graph=graph)
    lines = set(held.getvalue().splitlines())
    lines -= _lines(quad for quad in difference.removed if quad.graph_name == graph)
    return lines | _lines(quad for quad in difference.added if quad.graph_name == graph)


def reports_to_come(
    store: GraphStore, difference: Difference, base: str, validate: Callable[[str], ValidationReport]
) -> Mapping[str, ValidationReport]:
    """What the shapes say of each study that a difference touches, as it would be afterwards.

    What stands outside any study's graphs is not checked.

    Args:
        store: the store; hold its `writing()` from here until the difference is applied.
        difference: the change to come.
        base: the instance base.
        validate: holds a graph, given as N-Triples, against the shapes.

    Returns:
        By the study's key, what was found.
    """
    return {
        iris.study_key: validate(_study_to_come(store, iris, difference)) for iris in studies_touched(base, difference)
    }


def _study_to_come(store: GraphStore, iris: StudyIris, difference: Difference) -> str:
    names = (
        iris.graph(),
        iris.derived_graph(),
        iris.editorial_graph(),
        iris.suggested_graph(),
        iris.restricted_graph(),
    )
    statements = _lines(parse(code_lists_turtle(), RdfFormat.TURTLE))
    for name in names:
        statements |= graph_to_come(store, NamedNode(name), difference)
    return b"\n".join(statements).decode("utf-8")


def _lines(quads: Iterable[Quad]) -> set[bytes]:
    # Written by the engine's own serialiser, as the store's dump is: the same statement gives the same line.
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return set((serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines())
