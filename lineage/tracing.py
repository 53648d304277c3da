"""The lineage of one hypothesis, both ways, from the library's questions alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from graphstore import GraphStore
from lineage.asking import Row, Statements, ask, ask_in_any_order, statements_about, version_key
from lineage.changes import changes_of
from lineage.errors import NotInStore
from lineage.naming import ItemNames
from lineage.quotes import area_link, quotes_about
from lineage.records import (
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

_NEEDED: Final = frozenset({"inIteration", "number", "statement"})


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


def lineage_of(
    store: GraphStore, study: Named, hypothesis: Named, *, with_links: bool = True, names: ItemNames | None = None
) -> HypothesisLineage:
    """Traces a hypothesis that is known to be in the store; one without a version has an empty lineage.

    Args:
        store: the store, or a snapshot of it.
        study: its study.
        hypothesis: the hypothesis.
        with_links: whether it and its quotes have their themes and areas; without, there are none of either.
        names: what items of this store are called, as far as it is known already.
    """
    told = statements_about(store, "lineage/version-particulars", hypothesis.iri)
    reached = tuple(ask(store, "blueprint/of-hypothesis", hypothesis=hypothesis.iri)) if with_links else None
    versions = _versions(store, hypothesis.iri, told, reached, names or ItemNames(store))
    revised = {iri: next(iter(about.get("wasRevisionOf", ())), None) for iri, about in told.items()}
    # Revisions stay within a hypothesis: only a merge or split leads to others.
    merged = any("wasDerivedFrom" in about for about in told.values())
    parted = next(ask(store, "lineage/offshoots", hypothesis=hypothesis.iri), None) is not None
    found = HypothesisLineage(
        study=study,
        hypothesis=hypothesis,
        versions=versions,
        changes=changes_of(store, study, hypothesis.iri, versions),
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
    told = statements_about(store, "lineage/version-particulars", hypotheses) if hypotheses else {}
    return _in_order(told, _iterations(store, hypotheses), {}, {}, {}) if told else ()


def _versions(
    store: GraphStore, hypothesis: str, told: Mapping[str, Statements], reached: Sequence[Row] | None, names: ItemNames
) -> tuple[Version, ...]:
    if not told:
        return ()
    readings = _reading_rows(store, hypothesis)
    resonance: dict[str, list[Resonance]] = defaultdict(list)
    for row in ask(store, "resonance/of-hypothesis", hypothesis=hypothesis):
        resonance[row.text("version")].append(resonance_of(row, row.places()))
    quotes: dict[str | None, list[QuoteRecord]] = defaultdict(list)
    for quote in quotes_about(store, hypothesis, told.keys(), reached, names):
        quotes[quote.version].append(quote)
    return _in_order(told, _iterations(store, hypothesis), readings, resonance, quotes)


def _iterations(store: GraphStore, hypotheses: str | Sequence[str]) -> Mapping[str, Row]:
    return {row.text("iteration"): row for row in ask(store, "lineage/iterations", hypothesis=hypotheses)}


def _in_order(
    told: Mapping[str, Statements],
    iterations: Mapping[str, Row],
    readings: Mapping[str, tuple[Wording, ...]],
    resonance: Mapping[str, list[Resonance]],
    quotes: Mapping[str | None, list[QuoteRecord]],
) -> tuple[Version, ...]:
    found = (
        _version(iri, about, iterations[about["inIteration"][0]], readings, resonance, quotes)
        for iri, about in told.items()
        if about.keys() >= _NEEDED and about["inIteration"][0] in iterations
    )
    return tuple(sorted(found, key=lambda each: (each.iteration, each.number, each.iri)))


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
    iri: str,
    about: Statements,
    iteration: Row,
    readings: Mapping[str, tuple[Wording, ...]],
    resonance: Mapping[str, list[Resonance]],
    quotes: Mapping[str | None, list[QuoteRecord]],
) -> Version:
    key, ordinal = version_key(iri), iteration.whole("ordinal")
    canonical = Wording(iri, about["statement"][0], True, tuple(about.get("locator", ())))
    return Version(
        iri=iri,
        key=key,
        iteration=ordinal,
        iteration_label=iteration.maybe("label") or f"Iteration {ordinal}",
        number=int(about["number"][0]),
        title=next(iter(about.get("title", ())), None),
        alt_label=next(iter(about.get("altLabel", ())), None),
        issued=iteration.maybe("issued"),
        used_at=iteration.maybe_named("used_at", "used_at_label"),
        wordings=(canonical, *readings.get(iri, ())),
        resonance=tuple(resonance.get(iri, ())),
        quotes=tuple(quotes.get(key, ())),
        derived_from=tuple(map(version_key, about.get("wasDerivedFrom", ()))),
    )


def _others(
    store: GraphStore, question: str, side: str, versions: tuple[Version, ...], ends: set[str]
) -> tuple[str, ...]:
    # The chain of revisions leads from its ends to all the others, so only the ends need be asked about.
    if not ends:
        return ()
    rows = ask_in_any_order(store, question, version=sorted(ends))
    return tuple(sorted({version_key(row.text(side)) for row in rows} - {version.key for version in versions}))
