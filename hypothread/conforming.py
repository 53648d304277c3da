"""Whether a store would still be as the shapes ask, once a difference is applied."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graphstore import Difference, GraphStore
from hypothread.errors import DataError
from ontology.iris import StudyIris, parse_iri
from ontology.resources import code_lists_turtle
from ontology.validation import Validator


def must_conform(store: GraphStore, difference: Difference, base: str) -> None:
    """Holds each study that a difference touches against the shapes, as it would be afterwards.

    Raises:
        DataError: with every violation.
    """
    names = {quad.graph_name for quad in (*difference.removed, *difference.added)}
    graphs = {each.value for each in names if isinstance(each, NamedNode)}
    studies = {each.study for each in (parse_iri(base, graph) for graph in graphs) if each is not None}
    mistakes: list[str] = []
    for study in sorted(studies):
        report = Validator().validate(_triples(_to_come(store, difference, StudyIris(base, study))))
        mistakes += sorted(f"{each.focus}: {each.message}" for each in report.violations)
    if mistakes:
        raise DataError(mistakes)


def _to_come(store: GraphStore, difference: Difference, iris: StudyIris) -> set[Quad]:
    names = (
        iris.graph(),
        iris.derived_graph(),
        iris.editorial_graph(),
        iris.suggested_graph(),
        iris.restricted_graph(),
    )
    graphs = {NamedNode(name) for name in names}
    held = {quad for graph in graphs for quad in store.quads(graph)}
    coming = {quad for quad in difference.added if quad.graph_name in graphs}
    return {*((held - difference.removed) | coming), *parse(code_lists_turtle(), RdfFormat.TURTLE)}


def _triples(quads: Iterable[Quad]) -> str:
    return "".join(f"{quad.triple} .\n" for quad in quads)
