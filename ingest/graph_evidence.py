"""What people said and what was made of it, as triples: themes, quotes, codings, numbers, findings, areas."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from ingest.graph_builder import GraphBuilder
from ingest.study import StudyRecords
from ontology.iris import resonance_dataset
from ontology.terms import DCTERMS, HT, OA, PROV, QB, SKOS, exclusion_reason, resonance_value

_EDITORS: Final = "Editors"


def add(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds the study's evidence."""
    _themes(builder, records)
    _quotes(builder, records)
    _responses(builder, records)
    _codings(builder, records)
    add_numbers(builder, records)
    _findings(builder, records)
    _blueprint(builder, records)


def add_numbers(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds what can be counted: resonance and published figures."""
    _resonance(builder, records)
    _figures(builder, records)


def _themes(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    for index, theme in enumerate(records.themes):
        if theme.kind == "codebook":
            iri = iris.codebook(theme.key)
            builder.item(asserted, iri, theme, index, HT.Codebook, SKOS.ConceptScheme)
        else:
            iri = iris.theme(theme.key)
            builder.item(asserted, iri, theme, index, HT.Theme, SKOS.Concept)
            if theme.codebook is not None:
                asserted.link(iri, SKOS.inScheme, iris.codebook(theme.codebook))
            if theme.broader is not None:
                asserted.link(iri, SKOS.broader, iris.theme(theme.broader))
        asserted.text(iri, SKOS.notation, theme.key)
        asserted.text(iri, SKOS.prefLabel, theme.label)
        asserted.text(iri, SKOS.definition, theme.definition)


def _quotes(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    for index, quote in enumerate(records.quotes):
        iri = iris.quote(quote.key)
        builder.item(asserted, iri, quote, index, HT.Quote, OA.Annotation)
        asserted.text(iri, DCTERMS.identifier, quote.key)
        asserted.text(iri, HT.text, quote.text)
        for predicate, iri_of, key in (
            (HT.organisationType, iris.organisation_type, quote.organisation_type),
            (HT.about, iris.version, quote.about),
            (HT.illustrates, iris.blueprint, quote.illustrates),
            (HT.printedUnder, iris.reading, quote.printed_under),
            (HT.sameWordsAs, iris.quote, quote.same_words_as),
            (HT.withinQuote, iris.quote, quote.within_quote),
            (HT.fromResponse, iris.response, quote.from_response),
        ):
            if key is not None:
                asserted.link(iri, predicate, iri_of(key))
        for theme in quote.themes:
            asserted.link(iri, HT.theme, iris.theme(theme))
        for emphasis in quote.emphasis:
            asserted.text(iri, HT.emphasis, emphasis)
        if quote.source is not None:
            target, selector = iris.quote_target(quote.key), iris.quote_selector(quote.key)
            asserted.link(iri, OA.hasTarget, target)
            asserted.types(target, OA.SpecificResource)
            asserted.link(target, OA.hasSource, iris.source(quote.source))
            asserted.link(target, OA.hasSelector, selector)
            asserted.types(selector, OA.TextQuoteSelector)
            asserted.text(selector, OA.exact, quote.text)


def _responses(builder: GraphBuilder, records: StudyRecords) -> None:
    restricted, iris = builder.restricted, builder.iris
    kinds = {event.key: event.kind for event in records.events}
    for index, response in enumerate(records.responses):
        iri = iris.response(response.key)
        builder.item(restricted, iri, response, index, HT.Response, PROV.Entity)
        restricted.text(iri, DCTERMS.identifier, response.key)
        restricted.text(iri, HT.text, response.text)
        restricted.text(iri, HT.participant, response.participant)
        if response.about is not None:
            restricted.link(iri, HT.about, iris.version(response.about))
        if response.organisation_type is not None:
            restricted.link(iri, HT.organisationType, iris.organisation_type(response.organisation_type))
        if response.event is not None:
            restricted.link(iri, HT.event, iris.event(kinds[response.event], response.event))
    for index, exclusion in enumerate(records.exclusions):
        iri = iris.exclusion(exclusion.response)
        builder.item(restricted, iri, exclusion, index, HT.Exclusion, PROV.Activity)
        restricted.link(iri, HT.excludes, iris.response(exclusion.response))
        restricted.link(iri, HT.exclusionReason, exclusion_reason(exclusion.reason))


def _codings(builder: GraphBuilder, records: StudyRecords) -> None:
    restricted = builder.restricted
    for index, coding in enumerate(records.codings):
        iri = builder.iris.coding(coding.key)
        builder.item(restricted, iri, coding, index, HT.Coding, OA.Annotation)
        restricted.text(iri, DCTERMS.identifier, coding.key)
        restricted.link(iri, OA.hasTarget, builder.reference(coding.target))
        restricted.link(iri, OA.hasBody, builder.reference(coding.body))
        restricted.whole(iri, HT.round, coding.round)
        restricted.text(iri, HT.rationale, coding.rationale)
        builder.attribution(restricted, iri, coding.attributed_to)


def _resonance(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    for index, observation in enumerate(records.resonance):
        own_type = observation.organisation_type
        iri = iris.resonance(observation.version, observation.resonance, own_type)
        dataset = iris.dataset(resonance_dataset(own_type))
        asserted.types(dataset, QB.DataSet)
        builder.item(asserted, iri, observation, index, HT.ResonanceObservation, QB.Observation)
        asserted.link(iri, QB.dataSet, dataset)
        asserted.link(iri, HT.version, iris.version(observation.version))
        asserted.link(iri, HT.resonance, resonance_value(observation.resonance))
        asserted.whole(iri, HT.count, observation.count)
        asserted.whole(iri, HT.denominator, observation.denominator)
        asserted.text(iri, HT.publishedPercentage, observation.published_percentage)
        if own_type is not None:
            asserted.link(iri, HT.organisationType, iris.organisation_type(own_type))
        if observation.printed_under is not None:
            asserted.link(iri, HT.printedUnder, iris.reading(observation.printed_under))


def _figures(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    for index, figure in enumerate(records.figures):
        iri = iris.figure(figure.key)
        builder.item(asserted, iri, figure, index, HT.Figure, PROV.Entity)
        asserted.text(iri, DCTERMS.identifier, figure.key)
        asserted.text(iri, SKOS.prefLabel, figure.label)
        asserted.text(iri, HT.publishedValue, figure.value)
        for part in figure.parts:
            asserted.link(iri, HT.sumOf, iris.figure(part))
        if figure.subtracted_from is not None:
            asserted.link(iri, HT.subtractedFrom, iris.figure(figure.subtracted_from))
        if figure.recomputed_from is not None:
            asserted.link(iri, HT.recomputedFrom, iris.dataset(resonance_dataset()))
        asserted.text(iri, HT.obstacle, figure.obstacle)


def _findings(builder: GraphBuilder, records: StudyRecords) -> None:
    for index, finding in enumerate(records.findings):
        editorial = finding.kind == "editorial"
        graph = builder.editorial if editorial else builder.asserted
        iri = builder.iris.finding(finding.key)
        builder.item(graph, iri, finding, index, HT.Finding, PROV.Entity)
        graph.text(iri, DCTERMS.identifier, finding.key)
        graph.text(iri, HT.text, finding.text)
        graph.text(iri, HT.citesNumber, finding.cites_number)
        if editorial:
            builder.attribution(graph, iri, _EDITORS)


def _blueprint(builder: GraphBuilder, records: StudyRecords) -> None:
    asserted, iris = builder.asserted, builder.iris
    quotes: dict[str, list[str]] = defaultdict(list)
    for quote in records.quotes:
        if quote.illustrates is not None:
            quotes[quote.illustrates].append(quote.key)
    kinds = {event.key: event.kind for event in records.events}
    for index, area in enumerate(records.blueprint):
        iri = iris.blueprint(area.key)
        builder.item(asserted, iri, area, index, HT.BlueprintArea, PROV.Entity)
        asserted.text(iri, DCTERMS.identifier, area.key)
        asserted.whole(iri, HT.ordinal, area.ordinal)
        asserted.text(iri, SKOS.prefLabel, area.label)
        if area.generated_by is not None:
            asserted.link(iri, PROV.wasGeneratedBy, iris.event(kinds[area.generated_by], area.generated_by))
        for key in quotes[area.key]:
            asserted.link(iri, PROV.wasDerivedFrom, iris.quote(key))
