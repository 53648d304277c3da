"""A study's records as a graph: which triples each row becomes (``docs/reference/graph.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ingest import graph_evidence, graph_programme, graph_versions
from ingest.amend import add_amendments
from ingest.closure import broader_closure
from ingest.derive import add_verdicts
from ingest.graph_builder import GraphBuilder
from ingest.motives import add_motives
from ingest.reviews import add_readings, add_reviews
from ingest.study import StudyRecords
from ontology.iris import DEFAULT_BASE, StudyIris
from ontology.terms import DCAT, DCTERMS, HT, PROV, SKOS


@dataclass(frozen=True, slots=True)
class StudyGraph:
    """A study's graphs, and for each item the row it was made from.

    `triples` gives the N-Triples of each graph; `rows` gives ``(sheet, index of the record)`` by IRI.
    """

    iris: StudyIris
    triples: Mapping[NamedNode, str]
    rows: Mapping[str, tuple[str, int]]

    @property
    def n_quads(self) -> str:
        """All graphs as N-Quads, one statement a line."""
        return "".join(text.replace(" .\n", f" {name} .\n") for name, text in self.triples.items())


def build_graph(records: StudyRecords, *, base: str = DEFAULT_BASE) -> StudyGraph:
    """Makes the graph of a study.

    Args:
        records: sound records (as `ingest.folder.read_study` gives them).
        base: the instance base, ending in a slash.

    Returns:
        The graph; the same records always give the same graph.
    """
    builder = GraphBuilder(StudyIris(base, records.study.key))
    _add_stated(builder, records)
    add_derived(builder, records)
    return StudyGraph(builder.iris, builder.triples(), builder.rows)


def build_stated(records: StudyRecords, *, base: str = DEFAULT_BASE) -> StudyGraph:
    """Makes the graph of a study as `build_graph` does, without what follows by computation."""
    builder = GraphBuilder(StudyIris(base, records.study.key))
    _add_stated(builder, records)
    return StudyGraph(builder.iris, builder.triples(), builder.rows)


def _add_stated(builder: GraphBuilder, records: StudyRecords) -> None:
    _study(builder, records)
    graph_programme.add(builder, records)
    graph_versions.add(builder, records)
    graph_evidence.add(builder, records)
    add_readings(builder, records)
    add_motives(builder, records)
    add_reviews(builder, records)


def add_derived(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds what follows from a study by computation: wider concepts, types of change, verdicts, amendments."""
    _closures(builder, records)
    graph_versions.add_shown_types(builder, records)
    if records.figures or records.resonance:
        add_verdicts(builder, records)
    add_amendments(builder, records)


def _study(builder: GraphBuilder, records: StudyRecords) -> None:
    study, iris, asserted = records.study, builder.iris, builder.asserted
    builder.rows[iris.study] = ("study", 0)
    asserted.types(iris.study, HT.Study, PROV.Entity, DCAT.Dataset)
    asserted.text(iris.study, DCTERMS.identifier, study.key)
    asserted.text(iris.study, DCTERMS.title, study.title)
    asserted.text(iris.study, DCTERMS.description, study.description)
    asserted.link(iris.study, HT.derivedGraph, iris.derived_graph())
    asserted.link(iris.study, HT.editorialGraph, iris.editorial_graph())
    asserted.link(iris.study, HT.suggestedGraph, iris.suggested_graph())
    asserted.link(iris.study, HT.restrictedGraph, iris.restricted_graph())
    asserted.link(iris.study, HT.historyGraph, iris.history_graph())
    builder.provenance(asserted, iris.study, study)


def _closures(builder: GraphBuilder, records: StudyRecords) -> None:
    iris = builder.iris
    for broader, iri_of in (
        ({each.key: each.broader for each in records.themes}, iris.theme),
        ({each.key: each.broader for each in records.organisation_types}, iris.organisation_type),
    ):
        for narrow, wide in broader_closure(broader):
            builder.derived.link(iri_of(narrow), SKOS.broaderTransitive, iri_of(wide))
