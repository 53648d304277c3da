"""A change as one record: what is stated of it, and what the versions on its two sides show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analysis.changes import VersionFacts
from lineage.records import Change, Comparison, Named, Version


def change_between(
    change: Named,
    *,
    before: tuple[str, ...],
    after: tuple[str, ...],
    own: Mapping[str, Version],
    types: Iterable[str],
    rationale: str | None,
    decided_by: tuple[Named, ...],
    motives: Sequence[Named],
) -> Change:
    """The change, with every wording before it held against every wording after it.

    Args:
        change: its IRI and key.
        before: the keys of the versions it started from.
        after: those of the versions it led to.
        own: the versions of the hypothesis that it is told of, by key; only those are compared.
        types: the kinds of change that are stated.
        rationale: the reason that is stated.
        decided_by: the organisations that decided it.
        motives: the quotes and themes that a source names as what moved them.
    """
    earlier = [own[key] for key in before if key in own]
    later = [own[key] for key in after if key in own]
    pairs = [(one, other) for one in earlier for other in later]
    return Change(
        iri=change.iri,
        key=change.key,
        before=before,
        after=after,
        types=tuple(sorted(types)),
        pairs=tuple((_facts(one), _facts(other)) for one, other in pairs),
        rationale=rationale,
        decided_by=decided_by,
        comparisons=tuple(each for one, other in pairs for each in _comparisons(one, other)),
        motivated_by=tuple(motives),
    )


def _facts(version: Version) -> VersionFacts:
    return VersionFacts(version.number, version.title, version.statement)


def _comparisons(before: Version, after: Version) -> tuple[Comparison, ...]:
    """Every earlier wording held against every later one, the two canonical ones first."""
    return tuple(Comparison(earlier, later) for later in after.wordings for earlier in before.wordings)
