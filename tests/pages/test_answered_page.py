"""You said, we did: what stands on the page, on the hypotheses' pages and in the files, and what is kept apart."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest

from graphstore import GraphStore
from lineage.stored import StoredStudy
from pages.build import SitePages

PAGE = "you-said-we-did.html"


def words(page: str) -> str:
    """The text of a page in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def stated(page: str) -> str:
    """The text that is left when our reading and all suggestions are switched off."""
    hidden = re.compile(r'<(ul|p|section|span|li|td|th|div|dd)\b[^>]*class="[^"]*\beditorial\b[^"]*"[^>]*>')
    while found := hidden.search(page):
        tag, depth, end = found[1], 0, len(page)
        for each in re.finditer(rf"<(/?){tag}\b[^>]*>", page[found.start() :]):
            depth += -1 if each[1] else 1
            if depth == 0:
                end = found.start() + each.end()
                break
        page = page[: found.start()] + page[end:]
    return words(page)


@pytest.fixture
def bundled(study_store: GraphStore) -> SitePages:
    """The pages of the bundled study."""
    return SitePages.of(StoredStudy(study_store, "innovation-ecosystem"))


@pytest.fixture
def rooms(reading_rooms_store: GraphStore) -> SitePages:
    """The pages of the invented study, which states motives."""
    return SitePages.of(StoredStudy(reading_rooms_store, "reading-rooms"))


def test_the_page_says_plainly_that_nothing_is_stated(bundled: SitePages) -> None:
    """No motive is stated for any change: said at the top, and of each amendment and quote."""
    page = bundled.render(PAGE)
    text = words(page)
    assert "42 quotes about the hypotheses, and 14 amendments of their wording." in text
    assert "The report states no motive for any change." in text
    assert "0 of 42 quotes about a hypothesis have a recorded answer" in text
    assert "0 of 5 changes of substance have a recorded reason" in text
    assert text.count("No motive recorded.") == 14
    assert text.count("Nothing recorded.") == 42


def test_suggestions_look_different_and_can_be_switched_off(bundled: SitePages) -> None:
    """Each is labelled, has its reason and score, and goes with our reading; then none is left in the text."""
    for path in (PAGE, "hypotheses/utility.html"):
        page = bundled.render(path)
        assert 'class="suggestion"' in page
        assert "Says “benefit” and “patient”, which came in." in words(page)
        assert "Score 1.00 of 1." in words(page)
        assert "Suggested" not in stated(page), path
        assert "Score" not in stated(page), path
    assert "No motive recorded." in stated(bundled.render(PAGE))
    assert "The report states no motive for these amendments." in stated(bundled.render("hypotheses/utility.html"))


def test_unchanged_hypotheses_have_no_amendments(bundled: SitePages) -> None:
    """Where only punctuation or nothing changed there is nothing to rest on anything."""
    for key in ("pathway", "using-data", "evidence", "change-makers"):
        assert "What each amendment rests on" not in bundled.render(f"hypotheses/{key}.html")


def test_stated_motives_are_told(rooms: SitePages) -> None:
    """The quote that the source names stands under its amendment, and the amendment's change under the quote."""
    text = words(rooms.render(PAGE))
    assert "The report names Quote" in text
    assert "It moved the change as a whole" in text
    assert "A reason is recorded for three of four changes." in text
    assert "The report names Quote" in words(rooms.render("hypotheses/hours.html"))


def test_the_files_hold_the_same_rows(bundled: SitePages) -> None:
    """One row a quote and one an amendment; what is suggested has columns of its own."""
    said = list(csv.DictReader(io.StringIO(bundled.tables["you-said.csv"](), newline="")))
    did = list(csv.DictReader(io.StringIO(bundled.tables["we-did.csv"](), newline="")))
    assert (len(said), len(did)) == (42, 14)
    assert {row["answered"] for row in said} == {row["explained"] for row in did} == {"no"}
    (missed,) = (row for row in said if row["quote"] == "q19")
    assert (missed["moved"], missed["suggested_amendments"], missed["suggested_scores"]) == (
        "",
        "utility-1-to-2/1",
        "1.00",
    )
    assert missed["words"].startswith("Partially resonates. This focuses on benefit")
    (benefit,) = (row for row in did if row["added"] == "patient benefit")
    assert (benefit["removed"], benefit["stated_motives"]) == ("relative advantage", "")
    assert benefit["suggested_motives"] == "q19 | q20 | patient-voice"


def test_links_lead_to_amendments(bundled: SitePages) -> None:
    """Every amendment linked on the page has its place on the page of its hypothesis."""
    page = bundled.render(PAGE)
    linked = set(re.findall(r'href="(hypotheses/[^"#]+)#(amendment-[^"]+)"', page))
    assert len(linked) == 14
    for path, anchor in linked:
        assert f'id="{anchor}"' in bundled.render(path)
