"""One study of one store, ready to be asked for what pages and routes show."""

from __future__ import annotations

from dataclasses import dataclass

from graphstore import GraphStore
from graphstore.history import HistoryReader
from lineage.account import codebooks, theme_definitions
from lineage.account_records import StudyAccount
from lineage.answered import study_answers
from lineage.history.opened import OpenHistory
from lineage.overview import study_overview
from lineage.reconciliation import Reconciliation, reconciliation
from lineage.records import HypothesisLineage, Named, StudyOverview
from lineage.review_records import ReviewLink
from lineage.reviewing import review_links
from lineage.studies import find_study
from lineage.study_account import study_account
from lineage.tracing import hypothesis_lineage
from lineage.voices import VoiceLinks, voice_links
from ontology.iris import DEFAULT_BASE


@dataclass(frozen=True, slots=True)
class StoredStudy:
    """A study by its key, read from the store anew each time it is asked.

    `journal` tells what was changed when; without it the study has no history to show.
    """

    store: GraphStore
    study: str
    base: str = DEFAULT_BASE
    journal: HistoryReader | None = None

    def named(self) -> Named:
        """The study itself, its label being the title.

        Raises:
            NotInStore: when there is no such study.
        """
        return find_study(self.store, self.study, base=self.base)

    def overview(self) -> StudyOverview:
        """What the home page and "How they changed" show."""
        return study_overview(self.store, self.study, base=self.base)

    def account(self) -> StudyAccount:
        """What the study tells of itself: where its data come from and how they were made."""
        return study_account(self.store, self.study, base=self.base)

    def reconciliation(self) -> Reconciliation:
        """What its sources print, held against each other."""
        return reconciliation(self.store, self.named())

    def voices(self) -> VoiceLinks:
        """Whose words lead where."""
        return voice_links(self.store, self.named())

    def links(self) -> tuple[ReviewLink, ...]:
        """Every link that no source states, with what reviewers decided of it."""
        overview = self.overview()
        answers = study_answers(overview, theme_definitions(codebooks(self.store, overview.study)))
        return review_links(overview, answers)

    def lineage(self, hypothesis: str) -> HypothesisLineage:
        """The lineage of one hypothesis."""
        return hypothesis_lineage(self.store, self.study, hypothesis, base=self.base)

    def history(self) -> OpenHistory:
        """What was changed in its data, as far as it is for everybody."""
        return OpenHistory(self.store, self.journal, self.named().iri, self.base)
