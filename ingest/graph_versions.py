"""Iterations, hypotheses, their versions, readings and changes, as triples."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.changes import VersionFacts, change_types_between
from ingest.graph_builder import GraphBuilder
from ingest.study import StudyRecords
from ontology.records import Change, HypothesisVersion
from ontology.terms import DCTERMS, HT, PROV, SKOS, change_type


def add(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds what the study says about its hypotheses and how they changed."""
    _iterations(builder, records)
    _hypotheses(builder, records)
    _versions(builder, records)
    _readings(builder, records)
    _changes(builder, records)


def _iterations(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    kinds = {event.key: event.kind for event in records.events}
    for index, iteration in enumerate(records.iterations):
        iri = iris.iteration(iteration.ordinal)
        builder.item(asserted, iri, iteration, index, HT.Iteration, PROV.Collection)
        asserted.whole(iri, HT.ordinal, iteration.ordinal)
        asserted.text(iri, SKOS.prefLabel, iteration.label)
        asserted.instant(iri, DCTERMS.issued, iteration.issued)
        if iteration.used_at is not None:
            asserted.link(iri, HT.usedAt, iris.event(kinds[iteration.used_at], iteration.used_at))


def _hypotheses(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted = builder.asserted
    for index, hypothesis in enumerate(records.hypotheses):
        iri = builder.iris.hypothesis(hypothesis.key)
        builder.item(asserted, iri, hypothesis, index, HT.Hypothesis, PROV.Entity)
        asserted.text(iri, DCTERMS.identifier, hypothesis.key)
        asserted.text(iri, SKOS.prefLabel, hypothesis.label)


def _versions(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    iterations = {each: iris.iteration(each) for each in {version.iteration for version in records.versions}}
    hypotheses = {each: iris.hypothesis(each) for each in {version.hypothesis for version in records.versions}}
    for index, version in enumerate(records.versions):
        iri = iris.version(version.key)
        builder.item(asserted, iri, version, index, HT.HypothesisVersion, PROV.Entity)
        asserted.link(iri, HT.ofHypothesis, hypotheses[version.hypothesis])
        asserted.link(iri, HT.inIteration, iterations[version.iteration])
        asserted.link(iterations[version.iteration], PROV.hadMember, iri)
        asserted.whole(iri, HT.number, version.number)
        asserted.text(iri, HT.title, version.title)
        asserted.text(iri, SKOS.altLabel, version.alt_label)
        asserted.text(iri, HT.statement, version.statement)
        if version.revises is not None:
            asserted.link(iri, PROV.wasRevisionOf, iris.version(version.revises))
        for other in version.derived_from:
            asserted.link(iri, PROV.wasDerivedFrom, iris.version(other))


def _readings(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    for index, reading in enumerate(records.readings):
        iri = iris.reading(reading.key)
        builder.item(asserted, iri, reading, index, HT.Reading, PROV.Entity)
        asserted.text(iri, DCTERMS.identifier, reading.key)
        asserted.link(iri, HT.readingOf, iris.version(reading.version))
        asserted.text(iri, HT.statement, reading.statement)


def _changes(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    for index, change in enumerate(records.changes):
        iri = iris.change(change.key)
        builder.item(asserted, iri, change, index, HT.Change, PROV.Activity)
        asserted.text(iri, DCTERMS.identifier, change.key)
        for version in change.before:
            asserted.link(iri, HT.from_, iris.version(version))
        for version in change.after:
            asserted.link(iri, HT.to, iris.version(version))
        for word in change.types:
            asserted.link(iri, HT.changeType, change_type(word))
        asserted.text(iri, HT.rationale, change.rationale)
        for motive in change.motivated_by:
            asserted.link(iri, HT.motivatedBy, builder.reference(motive))
        for organisation in change.decided_by:
            asserted.link(iri, PROV.wasAssociatedWith, iris.organisation(organisation))


def add_shown_types(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds the types of changes that state none, as the two versions of one hypothesis show them."""
    versions = {version.key: version for version in records.versions}
    for change in records.changes:
        if not change.types:
            for word in _shown_types(versions, change):
                builder.derived.link(builder.iris.change(change.key), HT.changeType, change_type(word))


def _shown_types(versions: Mapping[str, HypothesisVersion], change: Change) -> tuple[str, ...]:
    if len(change.before) != 1 or len(change.after) != 1:
        return ()
    earlier, later = versions[change.before[0]], versions[change.after[0]]
    if earlier.hypothesis != later.hypothesis:
        return ()
    return change_types_between(
        VersionFacts(earlier.number, earlier.title, earlier.statement),
        VersionFacts(later.number, later.title, later.statement),
    )
