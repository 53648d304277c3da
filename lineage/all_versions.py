"""Every version of a study, read by a few questions about the whole study."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graphstore import GraphStore
from lineage.asking import Row, ask, ask_in_any_order, version_key
from lineage.errors import UnexpectedAnswer
from lineage.records import Iteration, Named, QuoteRecord, Resonance, Version, Wording
from lineage.resonating import resonance_of


@dataclass(frozen=True, slots=True)
class StudyVersions:
    """The versions of a study.

    `by_hypothesis` holds those of each hypothesis (by its IRI), by their IRIs, in order; `revised` the version that a
    version revises, both by key.
    """

    by_hypothesis: Mapping[str, Mapping[str, Version]]
    revised: Mapping[str, str]


def study_versions(
    store: GraphStore, study: Named, iterations: Iterable[Iteration], quotes: Iterable[QuoteRecord]
) -> StudyVersions:
    """Reads every version of a study.

    Args:
        store: the store, or a snapshot of it.
        study: the study.
        iterations: those of the study.
        quotes: those of the study, with their links.
    """
    by_iri = {each.iri: each for each in iterations}
    places = _by_first(row.cells() for row in ask_in_any_order(store, "lineage/version-places", study=study.iri))
    derived = _by_first(row.cells()[::-1] for row in ask_in_any_order(store, "lineage/derivations", study=study.iri))
    readings, resonance = _readings(store, study), _resonance(store, study)
    said: defaultdict[str | None, list[QuoteRecord]] = defaultdict(list)
    for quote in quotes:
        said[quote.version].append(quote)
    found: defaultdict[str, list[Version]] = defaultdict(list)
    revised: dict[str, str] = {}
    for row in ask_in_any_order(store, "lineage/all-versions", study=study.iri):
        iri, hypothesis, ordinal, number, title, alt_label, statement, former = _filled(row.maybe_cells())
        key, iteration = version_key(iri), by_iri[ordinal]
        if former is not None:
            revised[key] = version_key(former)
        canonical = Wording(iri, statement, True, tuple(sorted(places.get(iri, ()))))
        found[hypothesis].append(
            Version(
                iri=iri,
                key=key,
                iteration=iteration.ordinal,
                iteration_label=iteration.label,
                number=int(number),
                title=title,
                alt_label=alt_label,
                issued=iteration.issued,
                used_at=iteration.used_at,
                wordings=(canonical, *readings.get(iri, ())),
                resonance=tuple(resonance.get(iri, ())),
                quotes=tuple(said.get(key, ())),
                derived_from=tuple(map(version_key, sorted(derived.get(iri, ())))),
            )
        )
    in_order = {
        hypothesis: {
            each.iri: each for each in sorted(versions, key=lambda each: (each.iteration, each.number, each.iri))
        }
        for hypothesis, versions in found.items()
    }
    return StudyVersions(in_order, revised)


def _filled(
    cells: tuple[str | None, ...],
) -> tuple[str, str, str, str, str | None, str | None, str, str | None]:
    """The cells of a version, in the order of the query's header.

    Raises:
        UnexpectedAnswer: when one is empty that the query always fills.
    """
    iri, hypothesis, iteration, number, title, alt_label, statement, revises = cells
    if iri is None or hypothesis is None or iteration is None or number is None or statement is None:
        raise UnexpectedAnswer("A version has no hypothesis, iteration, number or statement.")
    return iri, hypothesis, iteration, number, title, alt_label, statement, revises


def _by_first(pairs: Iterable[Sequence[str]]) -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found


def _readings(store: GraphStore, study: Named) -> Mapping[str, Sequence[Wording]]:
    rows: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ask(store, "lineage/all-readings", study=study.iri):
        rows[row.text("version"), row.text("reading")].append(row)
    found: defaultdict[str, list[Wording]] = defaultdict(list)
    for (version, reading), told in rows.items():
        places = tuple(place for row in told for place in row.places())
        found[version].append(Wording(reading, told[-1].text("statement"), False, places))
    return found


def _resonance(store: GraphStore, study: Named) -> Mapping[str, Sequence[Resonance]]:
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in ask(store, "resonance/of-study", study=study.iri):
        rows[row.text("observation")].append(row)
    found: defaultdict[str, list[Resonance]] = defaultdict(list)
    for told in rows.values():
        places = tuple(place for row in told if (place := row.maybe("locator")) is not None)
        found[told[0].text("version")].append(resonance_of(told[0], places))
    return found
