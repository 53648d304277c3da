"""Pages of a study whose third iteration merges, splits, withdraws, introduces and reorders."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from graphstore import GraphStore
from lineage.stored import StoredStudy
from pages.addresses import CHANGES, Address
from pages.build import SitePages
from pages.contexts.slope import slope_drawing
from pages.drawings.slope import draw_slope
from tests.pages.test_site_pages import check_site, words

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def night_pages(night_library_store: GraphStore) -> SitePages:
    """The pages of the made-up study of three iterations."""
    return SitePages.of(StoredStudy(night_library_store, "night-library"))


def test_the_site_is_sound(night_pages: SitePages) -> None:
    """Strict HTML, ids once, no dead link: on every page."""
    check_site(night_pages)


def test_lines_of_the_slope_run_from_version_to_version(night_pages: SitePages) -> None:
    """A merge is drawn as lines that join, a split as lines that part, each between its own two iterations only."""
    drawn = ElementTree.fromstring(draw_slope(slope_drawing(night_pages.parts.overview(), Address(CHANGES))))  # noqa: S314
    lines = [
        (each.get("data-from"), each.get("data-to"))
        for each in drawn.iter(f"{SVG}path")
        if each.get("data-from") and "editorial" not in (each.get("class") or "")
    ]
    kept = [("lamps", "lamps"), ("maps", "maps")] * 2
    kept += [(key, key) for key in ("tea", "silence", "cats", "ladders")]
    grown = [("tea", "company"), ("silence", "company"), ("maps", "lamps")]
    grown += [("ladders", "high-shelves"), ("ladders", "low-shelves")]
    assert sorted(lines) == sorted(kept + grown)
    notes = {each.get("data-note"): "".join(each.itertext()).strip() for each in drawn.iter() if each.get("data-note")}
    assert notes == {"cats": "withdrawn", "owls": "new"}


def test_home_tells_where_each_stands_now(night_pages: SitePages) -> None:
    """Under the newest iteration stands only who is in it; of the others, what became of them."""
    told = words(night_pages.render("index.html"))
    for row in (
        "6 Ladders Resonance 50% (9 of 18, summer list) Autumn list became 4 High shelves and 6 Low shelves",
        "2 Hot drinks Resonance 83.33% (15 of 18, summer list) Autumn list became 2 Company",
        "3 Cats Resonance not stated Autumn list withdrawn",
        "1 Owls since autumn list Resonance not stated Autumn list 1 Owls",
        "1 Light Resonance 90% (18 of 20) Autumn list 3 Lamps",
    ):
        assert row in told
    assert "Both carried on bear another number in autumn list." in told


def test_a_merged_hypothesis_leads_to_both_parents(night_pages: SitePages) -> None:
    """In its summary, in its drawing and in the change, with their words beside its own; they lead to it."""
    page = night_pages.render("hypotheses/company.html")
    for parent in ("tea", "silence"):
        assert page.count(f'href="{parent}.html#iteration-2"') >= 3
        assert 'href="company.html#iteration-3"' in night_pages.render(f"hypotheses/{parent}.html")
    told = words(page)
    assert "Free tea and bread after midnight keeps readers awake and makes them talk to each other." in told
    assert "Decided by Friends of the night library and The night shift." in told
    assert "The reason given: Talk and silence were wanted by the same people, at different hours." in told
    assert "“I want silence until one and company after that.”" in told
    assert "The two versions themselves show" not in told


def test_a_part_that_moved_is_told_on_both_pages(night_pages: SitePages) -> None:
    """Each page holds its own words against its own, and shows those of the other."""
    lamps = words(night_pages.render("hypotheses/lamps.html"))
    assert "Grew from" in lamps
    assert "hypothesis 6 of summer list (Maps); hypothesis 4 of winter list (Maps)" in lamps
    assert "[added: ; a map at the door says which are free]" in lamps
    assert "[removed: and the lamps]" in words(night_pages.render("hypotheses/maps.html"))
    assert 'href="lamps.html#iteration-3"' in night_pages.render("hypotheses/maps.html")


def test_changes_are_told_once(night_pages: SitePages) -> None:
    """A split stands in one row; of a change whose words are counted twice, each row says for whom."""
    told = words(night_pages.render("how-they-changed.html"))
    assert told.count("From 5 Ladders To 4 High shelves, 6 Low shelves") == 1
    assert "Words counted for Lamps" in told
    assert "Words counted for Maps" in told


def test_what_was_done_is_more_than_words(night_pages: SitePages) -> None:
    """Whoever spoke of a hypothesis that was withdrawn, merged or split reads just that under “We did”."""
    told = words(night_pages.render("you-said-we-did.html"))
    assert "Hypothesis 4 of summer list (Cats) was withdrawn (withdrawn) The reason given: The cat moved out." in told
    assert "(Silence) became hypothesis 2 of autumn list (Company) (merged and reworded)" in told
    assert "Hypothesis 1 of autumn list (Owls) was introduced (introduced)" in told


def test_bold_words_are_explained_where_there_are_any(
    reading_rooms_store: GraphStore, night_library_store: GraphStore
) -> None:
    """A page whose quotes have no emphasis says nothing of it."""
    told = "Bold words are emphasised in the report."
    rooms = SitePages.of(StoredStudy(reading_rooms_store, "reading-rooms"))
    night = SitePages.of(StoredStudy(night_library_store, "night-library"))
    assert told in rooms.render("hypotheses/hours.html")
    assert "What participants said" in night.render("hypotheses/tea.html")
    assert told not in night.render("hypotheses/tea.html")
