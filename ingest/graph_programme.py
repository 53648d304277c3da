"""Sources, events, organisations: the programme around the hypotheses, as triples."""

from __future__ import annotations

from collections import defaultdict

from ingest.graph_builder import GraphBuilder
from ingest.study import StudyRecords
from ontology.records import Event
from ontology.terms import DCTERMS, HT, ORG, PROV, SCHEMA, SKOS, role

_CLASSES = {
    "event": (HT.Event, PROV.Activity, SCHEMA.Event),
    "planned-event": (HT.PlannedEvent, PROV.Plan, SCHEMA.Event),
    "analysis": (HT.Analysis, PROV.Activity),
    "workstream": (HT.Workstream, PROV.Activity),
}


def add(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds what the study says about its programme."""
    kinds = {event.key: event.kind for event in records.events}
    _sources(builder, records)
    _events(builder, records, kinds)
    _organisation_types(builder, records)
    _organisations(builder, records, kinds)


def _sources(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted = builder.asserted
    for index, source in enumerate(records.sources):
        iri = builder.iris.source(source.key)
        builder.item(asserted, iri, source, index, HT.Source, PROV.Entity)
        asserted.text(iri, DCTERMS.identifier, source.key)
        asserted.text(iri, DCTERMS.title, source.title)
        asserted.instant(iri, DCTERMS.issued, source.issued)
        asserted.text(iri, DCTERMS.publisher, source.publisher)
        asserted.text(iri, HT.sha256, source.sha256)


def _events(builder: GraphBuilder, records: StudyRecords, kinds: dict[str, str]) -> None:
    asserted, iris = builder.asserted, builder.iris
    areas: dict[str, list[str]] = defaultdict(list)
    for area in records.blueprint:
        if area.generated_by is not None:
            areas[area.generated_by].append(area.key)
    for index, event in enumerate(records.events):
        iri = iris.event(event.kind, event.key)
        builder.item(asserted, iri, event, index, *_CLASSES[event.kind])
        asserted.text(iri, DCTERMS.identifier, event.key)
        asserted.text(iri, SKOS.prefLabel, event.label)
        asserted.whole(iri, HT.ordinal, event.ordinal)
        _times(builder, iri, event)
        if event.part_of is not None:
            asserted.link(iri, DCTERMS.isPartOf, iris.event(kinds[event.part_of], event.part_of))
        for iteration in event.used:
            asserted.link(iri, PROV.used, iris.iteration(iteration))
        for organisation in event.associated:
            asserted.link(iri, PROV.wasAssociatedWith, iris.organisation(organisation))
        for area_key in areas[event.key]:
            asserted.link(iri, PROV.generated, iris.blueprint(area_key))


def _times(builder: GraphBuilder, iri: str, event: Event) -> None:
    # A plan is no activity: PROV's times belong to what has happened.
    planned = event.kind == "planned-event"
    builder.asserted.instant(iri, SCHEMA.startDate if planned else PROV.startedAtTime, event.started)
    builder.asserted.instant(iri, SCHEMA.endDate if planned else PROV.endedAtTime, event.ended)


def _organisation_types(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    scheme = iris.organisation_types()
    for index, kind in enumerate(records.organisation_types):
        iri = iris.organisation_type(kind.key)
        asserted.types(scheme, SKOS.ConceptScheme)
        builder.item(asserted, iri, kind, index, HT.OrganisationType, SKOS.Concept)
        asserted.text(iri, SKOS.notation, kind.key)
        asserted.link(iri, SKOS.inScheme, scheme)
        asserted.text(iri, SKOS.prefLabel, kind.label)
        asserted.text(iri, SKOS.definition, kind.definition)
        if kind.broader is not None:
            asserted.link(iri, SKOS.broader, iris.organisation_type(kind.broader))


def _organisations(builder: GraphBuilder, records: StudyRecords, kinds: dict[str, str]) -> None:
    asserted, iris = builder.asserted, builder.iris
    for index, organisation in enumerate(records.organisations):
        iri = iris.organisation(organisation.key)
        builder.item(asserted, iri, organisation, index, HT.Organisation, ORG.Organization, PROV.Agent)
        asserted.text(iri, DCTERMS.identifier, organisation.key)
        asserted.text(iri, SKOS.prefLabel, organisation.label)
        if organisation.type is not None:
            asserted.link(iri, HT.organisationType, iris.organisation_type(organisation.type))
        if organisation.part_of is not None:
            asserted.link(iri, ORG.subOrganizationOf, iris.organisation(organisation.part_of))
        for part in organisation.roles:
            word, _, event = part.partition("@")
            participation = iris.participation(organisation.key, event, word)
            builder.item(asserted, participation, organisation, index, HT.Participation)
            asserted.link(participation, HT.organisation, iri)
            asserted.link(participation, HT.event, iris.event(kinds[event], event))
            asserted.link(participation, HT.role, role(word))
