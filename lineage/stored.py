"""One study of one store, ready to be asked for what pages and routes show."""

from __future__ import annotations

from dataclasses import dataclass

from graphstore import GraphStore
from graphstore.history import HistoryReader
from lineage.account import codebooks
from lineage.answered import study_answers
from lineage.history.opened import OpenHistory
from lineage.overview import study_overview
from lineage.records import HypothesisLineage, StudyAccount, StudyOverview
from lineage.review_records import ReviewLink
from lineage.reviewing import review_links
from lineage.reviews import editorial_readings
from lineage.studies import find_study
from lineage.study_account import study_account
from lineage.tracing import hypothesis_lineage
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

    def overview(self) -> StudyOverview:
        """What the home page and "How they changed" show."""
        return study_overview(self.store, self.study, base=self.base)

    def account(self) -> StudyAccount:
        """What the study tells of itself: its data, what does not add up, whose words lead where."""
        return study_account(self.store, self.study, base=self.base)

    def links(self) -> tuple[ReviewLink, ...]:
        """Every link that no source states, with what reviewers decided of it."""
        found = find_study(self.store, self.study, base=self.base)
        themes = (each for codebook in codebooks(self.store, found) for each in codebook.themes)
        overview = self.overview()
        answers = study_answers(overview, {each.theme.iri: each.definition for each in themes if each.definition})
        return review_links(overview, editorial_readings(self.store, found), answers)

    def lineage(self, hypothesis: str) -> HypothesisLineage:
        """The lineage of one hypothesis."""
        return hypothesis_lineage(self.store, self.study, hypothesis, base=self.base)

    def history(self) -> OpenHistory:
        """What was changed in its data, as far as it is for everybody."""
        return OpenHistory(self.store, self.journal, find_study(self.store, self.study, base=self.base).iri, self.base)
