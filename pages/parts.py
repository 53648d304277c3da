"""What the pages of a study are made from, each part worked out when a page first needs it and kept for the others.

A page waits for what it shows and for nothing else: the home page does not wait for "Whose voice counts".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from lineage.account import theme_definitions
from lineage.account_records import StudyAccount
from lineage.answer_records import StudyAnswers
from lineage.answered import answers_within
from lineage.answering import Answering
from lineage.history.opened import OpenHistory
from lineage.once import Once
from lineage.reconciliation import Reconciliation
from lineage.records import AreaEvidence, HypothesisLineage, Named, StudyOverview
from lineage.review_records import ReviewLink
from lineage.reviewing import review_links
from lineage.stored import StoredStudy
from lineage.voices import VoiceLinks
from pages.addresses import area_path, hypothesis_path
from pages.contexts.quotes import QuoteNames
from pages.contexts.slope import in_newest_order
from pages.contexts.versions import Versions, all_versions


class LineageSource(Protocol):
    """Where pages get their facts: whatever answers these questions about one study."""

    def named(self) -> Named:
        """The study itself."""

    def overview(self) -> StudyOverview:
        """Every hypothesis' lineage, every area, the editors' readings, and the totals."""

    def account(self) -> StudyAccount:
        """Where the data come from and how they were made."""

    def reconciliation(self) -> Reconciliation:
        """What its sources print, held against each other."""

    def voices(self) -> VoiceLinks:
        """Whose words lead where."""


@dataclass(frozen=True)
class StudyParts:
    """The parts of one study at one commit. Each is asked for by calling it, by any thread.

    `lineages` and `areas` are in the order of the pages, `versions` all versions by key, `names` what the quotes are
    called; `answering` looks into single amendments, `answers` tells of all of them; `links` are what no source states.
    `history` gives None where there is no store.
    """

    study: Once[Named]
    overview: Once[StudyOverview]
    account: Once[StudyAccount]
    reconciliation: Once[Reconciliation]
    voices: Once[VoiceLinks]
    lineages: Once[tuple[HypothesisLineage, ...]]
    by_key: Once[Mapping[str, HypothesisLineage]]
    areas: Once[tuple[AreaEvidence, ...]]
    versions: Once[Versions]
    names: Once[QuoteNames]
    answering: Once[Answering]
    answers: Once[StudyAnswers]
    links: Once[tuple[ReviewLink, ...]]
    history: Once[OpenHistory | None]

    @classmethod
    def of(cls, source: LineageSource) -> StudyParts:
        """The parts of what `source` tells; nothing is asked of it yet."""
        overview, account = Once(source.overview), Once(source.account)
        lineages = Once(lambda: in_newest_order(overview().lineages))
        areas = Once(lambda: tuple(sorted(overview().areas, key=lambda each: each.ordinal)))
        answering = Once(lambda: Answering(overview(), theme_definitions(account().codebooks)))
        answers = Once(lambda: answers_within(answering()))
        return cls(
            study=Once(source.named),
            overview=overview,
            account=account,
            reconciliation=Once(source.reconciliation),
            voices=Once(source.voices),
            lineages=lineages,
            by_key=Once(lambda: MappingProxyType({each.hypothesis.key: each for each in lineages()})),
            areas=areas,
            versions=Once(lambda: all_versions(lineages())),
            names=Once(lambda: _names(lineages(), areas())),
            answering=answering,
            answers=answers,
            links=Once(lambda: review_links(overview(), answers())),
            history=Once(lambda: source.history() if isinstance(source, StoredStudy) else None),
        )


def _names(lineages: tuple[HypothesisLineage, ...], areas: tuple[AreaEvidence, ...]) -> QuoteNames:
    return QuoteNames.of(
        [
            *((hypothesis_path(each.hypothesis.key), each.quotes) for each in lineages),
            *((area_path(each.area.key), each.quotes) for each in areas),
        ]
    )
