"""A page waits for what it shows, and for nothing that only other pages show."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from lineage.account_records import StudyAccount
from lineage.reconciliation import Reconciliation
from lineage.records import Named, StudyOverview
from lineage.voices import VoiceLinks
from pages.build import SitePages
from pages.errors import UnknownPageError
from tests.pages.repair_accounts import StillStudy

STUDY = "study"
OVERVIEW = "overview"


@dataclass
class Watched:
    """A study that notes what it is asked for."""

    study: StillStudy
    asked: list[str] = field(default_factory=list)

    def named(self) -> Named:
        """The study."""
        self.asked.append(STUDY)
        return self.study.named()

    def overview(self) -> StudyOverview:
        """The overview."""
        self.asked.append(OVERVIEW)
        return self.study.overview()

    def account(self) -> StudyAccount:
        """The account."""
        self.asked.append("account")
        return self.study.account()

    def reconciliation(self) -> Reconciliation:
        """What does not add up."""
        self.asked.append("reconciliation")
        return self.study.reconciliation()

    def voices(self) -> VoiceLinks:
        """Whose words lead where."""
        self.asked.append("voices")
        return self.study.voices()


@pytest.fixture
def watched(repair_study: StillStudy) -> Watched:
    """The invented study, not asked for anything yet."""
    return Watched(repair_study)


@pytest.mark.parametrize(
    ("path", "needed"),
    [
        ("index.html", {OVERVIEW, "reconciliation"}),
        ("how-they-changed.html", {OVERVIEW}),
        ("hypotheses/rooms.html", {OVERVIEW, "account"}),  # the account has the definitions of themes
        ("blueprint/rooms.html", {OVERVIEW}),
        ("whose-voice-counts.html", {STUDY, OVERVIEW, "voices"}),
        ("do-the-numbers-add-up.html", {STUDY, OVERVIEW, "reconciliation"}),
        ("what-changed-when.html", {STUDY}),
        ("vocabulary.html", {STUDY}),
    ],
)
def test_a_page_asks_for_what_it_shows(watched: Watched, path: str, needed: set[str]) -> None:
    """Opened first after a commit, it asks for each of these once."""
    SitePages.of(watched).render(path)
    assert sorted(watched.asked) == sorted(needed)


def test_all_pages_together_ask_once(watched: Watched) -> None:
    """However many pages are read, each part is asked for once."""
    pages = SitePages.of(watched)
    for path in pages.paths():
        pages.render(path)
    for table in pages.tables.values():
        table()
    assert sorted(watched.asked) == ["account", OVERVIEW, "reconciliation", STUDY, "voices"]


def test_what_is_no_page_costs_nothing(watched: Watched) -> None:
    """An address that no page can have is refused without asking for anything."""
    with pytest.raises(UnknownPageError):
        SitePages.of(watched).render("favicon.ico")
    assert watched.asked == []
