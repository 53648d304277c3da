"""The lineages of all hypotheses of a study at once: as many questions for five hundred as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graphstore import GraphStore
from lineage.all_changes import changes_by_hypothesis
from lineage.all_versions import StudyVersions, study_versions
from lineage.asking import Row, ask
from lineage.quotes import area_link, area_links
from lineage.records import HypothesisLineage, Iteration, Link, Named, QuoteRecord, Version

Steps = Mapping[str, Sequence[str]]


def lineages(
    store: GraphStore,
    study: Named,
    iterations: Iterable[Iteration],
    quotes: Iterable[QuoteRecord],
    motives: Mapping[str, Sequence[Named]],
) -> tuple[HypothesisLineage, ...]:
    """The lineage of every hypothesis of a study that has a version, in the order of first appearance and number.

    The records are those that `lineage.tracing.lineage_of` reads of each hypothesis alone.

    Args:
        store: the store, or a snapshot of it.
        study: the study.
        iterations: its iterations.
        quotes: its quotes in the order of their keys, with their themes.
        motives: the quotes and themes that a source names as what moved a change, by the change's IRI.
    """
    hypotheses = [row.named("hypothesis", "key", "label") for row in ask(store, "hypotheses/in-order", study=study.iri)]
    reached: defaultdict[str, list[Row]] = defaultdict(list)
    for row in (
        ask(store, "blueprint/of-hypothesis", hypothesis=[each.iri for each in hypotheses]) if hypotheses else ()
    ):
        reached[row.text("hypothesis")].append(row)
    areas = {quote: links for rows in reached.values() for quote, links in area_links(rows).items()}
    read = study_versions(store, study, iterations, [_reaching(each, areas.get(each.iri, ())) for each in quotes])
    versions = read.by_hypothesis
    changes = changes_by_hypothesis(store, study, versions, motives)
    earlier = _steps(read)
    later = _turned(earlier)
    found = [
        HypothesisLineage(
            study=study,
            hypothesis=each,
            versions=tuple(versions[each.iri].values()),
            changes=changes.get(each.iri, ()),
            ancestors=_others(versions[each.iri], earlier),
            descendants=_others(versions[each.iri], later),
            areas=tuple(area_link(row) for row in reached.get(each.iri, ()) if row.text("through") != "quote"),
        )
        for each in hypotheses
        if each.iri in versions
    ]
    return tuple(sorted(found, key=lambda each: [(version.iteration, version.number) for version in each.versions[:1]]))


def _reaching(quote: QuoteRecord, areas: tuple[Link, ...]) -> QuoteRecord:
    return quote if quote.areas == areas else replace(quote, areas=areas)


def _steps(read: StudyVersions) -> Steps:
    """From each version to those that it revises or was derived from, by keys."""
    return {
        version.key: (*((read.revised[version.key],) if version.key in read.revised else ()), *version.derived_from)
        for versions in read.by_hypothesis.values()
        for version in versions.values()
    }


def _turned(steps: Steps) -> Steps:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for start, ends in steps.items():
        for end in ends:
            found[end].append(start)
    return found


def _others(versions: Mapping[str, Version], steps: Steps) -> tuple[str, ...]:
    """The versions of other hypotheses that the steps lead to."""
    own = {each.key for each in versions.values()}
    reached, ahead = set(own), list(own)
    while ahead:
        for key in steps.get(ahead.pop(), ()):
            if key not in reached:
                reached.add(key)
                ahead.append(key)
    return tuple(sorted(reached - own))
