"""The account a study gives of itself: sources, method, findings, themes, and what is our reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, cast

from graphstore import GraphStore
from lineage.asking import Row, ask
from lineage.records import (
    Codebook,
    Event,
    FindingRecord,
    Link,
    Named,
    OrganisationRole,
    OrganisationTypeCount,
    Source,
    ThemeRecord,
)
from lineage.reviewed import reading_reviews


def sources(store: GraphStore, study: Named) -> tuple[Source, ...]:
    """The documents the study's data were taken from."""
    return tuple(
        Source(
            iri=row.text("source"),
            key=row.text("source_key"),
            title=row.text("source_title"),
            issued=row.maybe("issued"),
            publisher=row.maybe("publisher"),
            sha256=row.maybe("sha256"),
        )
        for row in ask(store, "study/overview", study=study.iri)
        if row.maybe("source") is not None
    )


def events(store: GraphStore, study: Named) -> tuple[Event, ...]:
    """Events, planned ones, stages of analysis and workstreams."""
    return tuple(
        Event(
            iri=row.text("item"),
            key=row.text("key"),
            kind=cast("Literal['event', 'planned-event', 'analysis', 'workstream']", row.text("kind")),
            label=row.text("label"),
            ordinal=None if row.maybe("ordinal") is None else row.whole("ordinal"),
            started=row.maybe("started"),
            ended=row.maybe("ended"),
            part_of=row.maybe_named("part_of", "part_of_label"),
            locators=(),
        )
        for row in ask(store, "study/events", study=study.iri)
    )


def organisations(store: GraphStore, study: Named) -> tuple[tuple[Named, Named | None], ...]:
    """Every organisation with its kind, in the order of the keys."""
    return tuple(
        (row.named("organisation", "key", "label"), row.maybe_named("type", "type_label"))
        for row in ask(store, "organisations/list", study=study.iri)
    )


def organisation_roles(store: GraphStore, study: Named) -> tuple[OrganisationRole, ...]:
    """Who took which part in what."""
    types = {organisation.iri: kind for organisation, kind in organisations(store, study)}
    return tuple(
        OrganisationRole(
            organisation=row.named("organisation", "key", "label"),
            organisation_type=types.get(row.text("organisation")),
            role=row.text("role_key"),
            event=row.named("event", "event_key", "event_label"),
        )
        for row in ask(store, "organisations/by-role", study=study.iri)
    )


def codebooks(store: GraphStore, study: Named) -> tuple[Codebook, ...]:
    """Every codebook with its themes, and how many quotes each gathers on whose word."""
    quotes: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in ask(store, "themes/of-quotes", study=study.iri):
        quotes[row.text("theme")].add((row.text("status"), row.text("quote")))
    themes: dict[Named, list[ThemeRecord]] = defaultdict(list)
    for row in ask(store, "themes/tree", study=study.iri):
        codebook = row.maybe_named("codebook", "codebook_label")
        if codebook is not None:
            counted = Counter(status for status, _ in quotes[row.text("theme")])
            themes[codebook].append(_theme(row, counted))
    return tuple(Codebook(codebook, None, tuple(found)) for codebook, found in themes.items())


def _theme(row: Row, counted: Counter[str]) -> ThemeRecord:
    return ThemeRecord(
        theme=row.named("theme", "key", "label"),
        definition=row.maybe("definition"),
        broader=row.maybe_named("broader", "broader_key"),
        asserted_quotes=counted["asserted"],
        editorial_quotes=counted["editorial"],
    )


def theme_definitions(books: Iterable[Codebook]) -> Mapping[str, str]:
    """The definitions of the themes of codebooks, by IRI; themes without one left out."""
    themes = (each for book in books for each in book.themes)
    return {each.theme.iri: each.definition for each in themes if each.definition}


def definitions_in_codebooks(store: GraphStore, study: Named) -> Mapping[str, str]:
    """The same for all codebooks of a study, without counting what the themes gather."""
    rows = ask(store, "themes/tree", study=study.iri)
    return {
        row.text("theme"): definition
        for row in rows
        if row.maybe("codebook") is not None and (definition := row.maybe("definition"))
    }


def findings(store: GraphStore, study: Named) -> tuple[FindingRecord, ...]:
    """What the source concludes, and what the editors conclude about it."""
    found: dict[str, FindingRecord] = {}
    reads_as: dict[str, list[Link]] = defaultdict(list)
    for row in ask(store, "findings/list", study=study.iri):
        iri = row.text("finding")
        if row.maybe("reading") is not None:
            version = Named(row.text("reading"), row.text("reading_key"), row.maybe("reading_label") or "unclear")
            reads_as[iri].append(Link(version, "editorial", row.text("reason"), row.text("agent_label")))
        found[iri] = FindingRecord(
            iri=iri,
            key=row.text("key"),
            kind=cast("Literal['source', 'editorial']", row.text("kind")),
            text=row.text("text"),
            cites_number=row.maybe("cites_number"),
            locators=row.places(),
            reads_as=tuple(reads_as[iri]),
        )
    reviewed = reading_reviews(store, study.iri)
    return tuple(map(reviewed.of_finding, found.values()))


def organisation_type_counts(store: GraphStore, study: Named) -> tuple[OrganisationTypeCount, ...]:
    """How many quotes each kind of organisation has."""
    return tuple(
        OrganisationTypeCount(row.named("organisation_type", "key", "label"), row.whole("quotes"))
        for row in ask(store, "quotes/by-organisation-type", study=study.iri)
    )
