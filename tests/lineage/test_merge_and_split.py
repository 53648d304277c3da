"""A lineage follows merges and splits both ways, over three iterations, in the invented study."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphstore import GraphStore
from ingest.importing import import_study
from lineage.errors import NotInStore
from lineage.stored import StoredStudy
from pages.build import SitePages

# The way of the invented study: quiet/1 + light/1 → comfort/2 → heating/3 + seating/3; hours/1 → hours/2 → hours/3.
LINES = {
    "quiet": ((), ("comfort/2", "heating/3", "seating/3")),
    "light": ((), ("comfort/2", "heating/3", "seating/3")),
    "comfort": (("light/1", "quiet/1"), ("heating/3", "seating/3")),
    "heating": (("comfort/2", "light/1", "quiet/1"), ()),
    "seating": (("comfort/2", "light/1", "quiet/1"), ()),
    "hours": ((), ()),
}


@pytest.fixture
def rooms(reading_rooms_store: GraphStore) -> StoredStudy:
    """The invented study in its store."""
    return StoredStudy(reading_rooms_store, "reading-rooms")


@pytest.mark.parametrize("key", LINES)
def test_both_ways(rooms: StoredStudy, key: str) -> None:
    """Ancestors and descendants are all versions of other hypotheses in the line, however far."""
    found = rooms.lineage(key)
    assert (found.ancestors, found.descendants) == LINES[key]


def test_three_versions_in_order(rooms: StoredStudy) -> None:
    """Revisions run through the iterations."""
    hours = rooms.lineage("hours")
    assert [version.key for version in hours.versions] == ["hours/1", "hours/2", "hours/3"]
    assert [version.issued for version in hours.versions] == ["2024-01", "2024-06-03", "2024-09-30T18:30:00+02:00"]
    assert [version.name for version in hours.versions] == ["Opening hours", "Opening hours", "Hours"]
    assert [len(version.quotes) for version in hours.versions] == [2, 1, 0]


def test_each_change_has_its_own_ends_and_reasons(rooms: StoredStudy) -> None:
    """An introduction starts from nothing; a rationale and motives are told where the source states them."""
    introduced, second, third = sorted(rooms.lineage("hours").changes, key=lambda change: change.after)
    assert (introduced.before, introduced.after, introduced.types) == ((), ("hours/1",), ("introduced",))
    assert introduced.comparisons == ()
    assert (second.types, second.derived_types) == (("renumbered", "unchanged"),) * 2
    assert third.types == third.derived_types == ("renumbered", "reworded", "titled")
    assert [motive.key for motive in third.motivated_by] == ["q2"]


def test_a_split_is_one_change_of_all_who_take_part(rooms: StoredStudy) -> None:
    """It stands in the lineage of the hypothesis that ended and of both that began."""
    for key in ("comfort", "heating", "seating"):
        (split,) = (change for change in rooms.lineage(key).changes if change.types == ("split",))
        assert (split.before, split.after) == (("comfort/2",), ("heating/3", "seating/3"))
        assert split.rationale == "Chairs and heat cost differently."
        assert {each.key for each in split.motivated_by} == {"q1", "draughts"}
        assert {each.key for each in split.decided_by} == {"council", "town-library"}
        assert split.types_agree


def test_whose_word_a_theme_is(rooms: StoredStudy) -> None:
    """Themes the source gives are asserted, those the editors read are editorial; the areas likewise."""
    hours = rooms.lineage("hours")
    assert {(link.to.key, link.status) for link in hours.quotes[0].themes} == {
        ("doors", "asserted"),
        ("warmth", "asserted"),
    }
    assert {(link.to.key, link.status) for link in hours.quotes[0].areas} == {("rooms", "editorial")}
    assert {(link.to.key, link.status) for link in hours.areas} == {("rooms", "editorial")}
    (area,) = rooms.overview().areas
    assert [quote.key for quote in area.quotes] == ["q4"]
    assert {(link.to.key, link.status) for link in area.quotes[0].themes} == {("warmth", "editorial")}


def test_restricted_words_stay_out(rooms: StoredStudy) -> None:
    """What participants and analysts wrote one by one shows in no page, overview or account."""
    told = f"{rooms.overview()}{rooms.account()}{rooms.reconciliation()}{rooms.voices()}"
    pages = SitePages.of(rooms)
    told += "".join(pages.render(path) for path in pages.paths())
    for secret in ("Thanks for the tea", "Analyst A", "P 01", "Says doors"):
        assert secret not in told


def test_every_page_of_the_invented_study_renders(rooms: StoredStudy) -> None:
    """Merge, split, three iterations and everything optional left out somewhere: each hypothesis has its page."""
    pages = SitePages.of(rooms)
    assert {f"hypotheses/{key}.html" for key in LINES} < set(pages.paths())
    assert all("<h1" in pages.render(path) for path in pages.paths())


def test_a_hypothesis_without_a_version_stops_nothing(small_study: Path, empty_store: GraphStore) -> None:
    """An idea that has no wording yet is told so by name, and all others are shown as ever."""
    with (small_study / "hypotheses.csv").open("a") as file:
        file.write("later,Later,,\n")
    assert import_study(small_study, empty_store).warnings
    study = StoredStudy(empty_store, "reading-rooms")
    assert {found.hypothesis.key for found in study.overview().lineages} == set(LINES)
    assert SitePages.of(study).paths()
    with pytest.raises(NotInStore, match="“later” has no version in reading-rooms yet"):
        study.lineage("later")
