"""The account that a study gives of itself, as one record."""

from __future__ import annotations

from dataclasses import dataclass

from lineage.records import (
    Codebook,
    Event,
    FindingRecord,
    Named,
    OrganisationRole,
    OrganisationTypeCount,
    QuoteCounts,
    Source,
)


@dataclass(frozen=True, slots=True)
class StudyAccount:
    """What the study tells of itself: where its data come from, how they were made, what is concluded."""

    study: Named
    description: str | None
    sources: tuple[Source, ...]
    events: tuple[Event, ...]
    roles: tuple[OrganisationRole, ...]
    codebooks: tuple[Codebook, ...]
    findings: tuple[FindingRecord, ...]
    organisation_types: tuple[OrganisationTypeCount, ...]
    quote_counts: QuoteCounts
    organisations: tuple[tuple[Named, Named | None], ...] = ()
