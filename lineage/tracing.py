"""The lineage of one hypothesis, both ways, from the library's questions alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graphstore import GraphStore
from lineage.asking import Row, ask, ask_in_any_order, version_key
from lineage.changing import change_between, distinct_keys
from lineage.errors import NotInStore
from lineage.quotes import area_link, quotes_about
from lineage.records import (
    Change,
    HypothesisLineage,
    Named,
    QuoteRecord,
    Resonance,
    Version,
    Wording,
)
from lineage.resonating import resonance_of
from lineage.reviewed import reading_reviews
from lineage.studies import find_study
from ontology.iris import DEFAULT_BASE


def hypothesis_lineage(store: GraphStore, study: str, key: str, *, base: str = DEFAULT_BASE) -> HypothesisLineage:
    """Traces one hypothesis.

    Args:
        store: the store, or a snapshot of it.
        study: the study's key.
        key: the hypothesis's key.
        base: the instance base.

    Raises:
        NotInStore: when there is no such study or hypothesis (the message names those there are), or no version of it.
    """
    found = find_study(store, study, base=base)
    hypotheses = {row.text("key"): row for row in ask(store, "hypotheses/in-order", study=found.iri)}
    if key not in hypotheses:
        raise NotInStore(f"There is no hypothesis “{key}” in {study}. Known are: {', '.join(hypotheses)}.")
    traced = lineage_of(store, found, hypotheses[key].named("hypothesis", "key", "label"))
    if not traced.versions:
        raise NotInStore(f"The hypothesis “{key}” has no version in {study} yet. Add one to the sheet “versions”.")
    return traced


def lineage_of(store: GraphStore, study: Named, hypothesis: Named, *, with_links: bool = True) -> HypothesisLineage:
    """Traces a hypothesis that is known to be in the store; one without a version has an empty lineage.

    Args:
        store: the store, or a snapshot of it.
        study: its study.
        hypothesis: the hypothesis.
        with_links: whether it and its quotes have their themes and areas; without, there are none of either.
    """
    rows = list(ask(store, "lineage/versions", hypothesis=hypothesis.iri))
    reached = tuple(ask(store, "blueprint/of-hypothesis", hypothesis=hypothesis.iri)) if with_links else None
    versions = _versions(store, hypothesis.iri, rows, reached)
    revised = {row.text("version"): row.maybe("revises") for row in rows}
    # Revisions stay within a hypothesis: only a merge or split leads to others.
    merged = any(row.maybe("derived_from") for row in rows)
    parted = next(ask(store, "lineage/offshoots", hypothesis=hypothesis.iri), None) is not None
    found = HypothesisLineage(
        study=study,
        hypothesis=hypothesis,
        versions=versions,
        changes=_changes(store, study, hypothesis.iri, versions),
        ancestors=(
            _others(store, "lineage/ancestors", "earlier", versions, set(revised) - set(revised.values()))
            if merged
            else ()
        ),
        descendants=(
            _others(
                store, "lineage/descendants", "later", versions, {one for one, old in revised.items() if old is None}
            )
            if parted
            else ()
        ),
        areas=tuple(area_link(row) for row in reached or () if row.text("through") != "quote"),
    )
    return reading_reviews(store, study.iri).of_lineage(found) if with_links else found


def plain_versions(store: GraphStore, hypotheses: Sequence[str]) -> tuple[Version, ...]:
    """The versions of hypotheses (IRIs) with their canonical wordings only: what nobody said, counted or read anew."""
    rows = ask(store, "lineage/versions", hypothesis=hypotheses) if hypotheses else ()
    return tuple(_version(row, {}, {}, {}) for row in rows)


def _versions(
    store: GraphStore, hypothesis: str, rows: list[Row], reached: Sequence[Row] | None
) -> tuple[Version, ...]:
    readings = _reading_rows(store, hypothesis)
    resonance: dict[str, list[Resonance]] = defaultdict(list)
    for row in ask(store, "resonance/of-hypothesis", hypothesis=hypothesis):
        resonance[row.text("version")].append(resonance_of(row, row.places()))
    quotes: dict[str | None, list[QuoteRecord]] = defaultdict(list)
    for quote in quotes_about(store, hypothesis, reached):
        quotes[quote.version].append(quote)
    return tuple(_version(row, readings, resonance, quotes) for row in rows)


def _reading_rows(store: GraphStore, hypothesis: str) -> Mapping[str, tuple[Wording, ...]]:
    statements: dict[str, str] = {}
    places: dict[str, list[str]] = defaultdict(list)
    of_version: dict[str, dict[str, None]] = defaultdict(dict)
    for row in ask(store, "lineage/readings", hypothesis=hypothesis):
        reading = row.text("reading")
        statements[reading] = row.text("statement")
        of_version[row.text("version")][reading] = None
        places[reading].extend(row.places())
    return {
        version: tuple(Wording(each, statements[each], False, tuple(places[each])) for each in found)
        for version, found in of_version.items()
    }


def _version(
    row: Row,
    readings: Mapping[str, tuple[Wording, ...]],
    resonance: Mapping[str, list[Resonance]],
    quotes: Mapping[str | None, list[QuoteRecord]],
) -> Version:
    iri, key, ordinal = row.text("version"), row.text("key"), row.whole("ordinal")
    return Version(
        iri=iri,
        key=key,
        iteration=ordinal,
        iteration_label=row.maybe("iteration_label") or f"Iteration {ordinal}",
        number=row.whole("number"),
        title=row.maybe("title"),
        alt_label=row.maybe("alt_label"),
        issued=row.maybe("issued"),
        used_at=row.maybe_named("used_at", "used_at_label"),
        wordings=(Wording(iri, row.text("statement"), True, row.places()), *readings.get(iri, ())),
        resonance=tuple(resonance.get(iri, ())),
        quotes=tuple(quotes.get(key, ())),
        derived_from=tuple(map(version_key, row.words("derived_from"))),
    )


def _changes(store: GraphStore, study: Named, hypothesis: str, versions: tuple[Version, ...]) -> tuple[Change, ...]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in ask(store, "lineage/changes", hypothesis=hypothesis):
        rows[row.text("change")].append(row)
    if not rows:
        return ()
    names = {
        row.text("organisation"): row.named("organisation", "key", "label")
        for row in ask(store, "organisations/list", study=study.iri)
    }
    own = {version.key: version for version in versions}
    motives: dict[str, list[Named]] = defaultdict(list)
    for row in ask(store, "lineage/motives", hypothesis=hypothesis):
        motives[row.text("change")].append(row.named("motive", "motive_key", "motive_label"))
    return tuple(_change(found, own, names, motives[change]) for change, found in rows.items())


def _change(rows: list[Row], own: Mapping[str, Version], names: Mapping[str, Named], motives: list[Named]) -> Change:
    first = rows[0]
    return change_between(
        first.named("change", "key", "key"),
        before=distinct_keys(row.maybe("from") for row in rows),
        after=distinct_keys(row.maybe("to") for row in rows),
        own=own,
        types=first.words("types"),
        rationale=first.maybe("rationale"),
        decided_by=tuple(names[iri] for iri in first.words("decided_by") if iri in names),
        motives=motives,
    )


def _others(
    store: GraphStore, question: str, side: str, versions: tuple[Version, ...], ends: set[str]
) -> tuple[str, ...]:
    # The chain of revisions leads from its ends to all the others, so only the ends need be asked about.
    if not ends:
        return ()
    rows = ask_in_any_order(store, question, version=sorted(ends))
    return tuple(sorted({version_key(row.text(side)) for row in rows} - {version.key for version in versions}))
