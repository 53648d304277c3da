"""Which version may carry on which where a study does not state it: `analysis.alignment` over its iterations."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from analysis.alignment import Alignment, VersionWords, align_versions
from lineage.decided import Decided
from lineage.records import HypothesisLineage, StudyOverview, Version


def inferred_revisions(overview: StudyOverview) -> tuple[Alignment, ...]:
    """Versions of one iteration joined with those of the next, as a proposal.

    Left out is every version whose past or future the study states: one whose hypothesis stands in the other iteration,
    that is derived from another one or another from it, or that a change introduced or withdrew. So is a pair that a
    reviewer rejected.
    """
    decided = Decided.of(overview.reviews)
    held: defaultdict[int, list[tuple[HypothesisLineage, Version]]] = defaultdict(list)
    for lineage in overview.lineages:
        for version in lineage.versions:
            held[version.iteration].append((lineage, version))
    found: list[Alignment] = []
    for earlier, later in pairwise(sorted(each.ordinal for each in overview.iterations)):
        ended = [_words(version) for lineage, version in held[earlier] if not _goes_on(lineage, version)]
        begun = [_words(version) for lineage, version in held[later] if not _came_from(lineage, version)]
        found += [each for each in align_versions(ended, begun) if decided.leaves(each)]
    return tuple(found)


def _goes_on(lineage: HypothesisLineage, version: Version) -> bool:
    return (
        version is not lineage.latest
        or bool(lineage.descendants)
        or any("withdrawn" in change.types and version.key in change.before for change in lineage.changes)
    )


def _came_from(lineage: HypothesisLineage, version: Version) -> bool:
    return (
        version is not lineage.first
        or bool(lineage.ancestors)
        or any("introduced" in change.types and version.key in change.after for change in lineage.changes)
    )


def _words(version: Version) -> VersionWords:
    return VersionWords(version.key, version.statement, version.title or version.alt_label)
