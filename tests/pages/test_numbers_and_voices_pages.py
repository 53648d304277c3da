"""The pages of numbers and of voices show what the study says, and their tables say the same."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference, GraphStore, open_store
from ingest.importing import import_study
from lineage.reconciliation import Reconciliation
from lineage.stored import StoredStudy
from ontology.terms import HT
from pages.build import SitePages
from pages.contexts.ways import shortened
from pages.tables import csv_text
from tests.pages.repair_accounts import StillStudy

STUDY = "innovation-ecosystem"
BASE = f"https://w3id.org/hypothread/id/{STUDY}"
NUMBERS, VOICES = "do-the-numbers-add-up", "whose-voice-counts"


def visible(html: str) -> str:
    """The text of a page without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html.replace("</td>", " </td>"))).split())


def table(pages: SitePages, name: str) -> list[dict[str, str]]:
    """The rows of a page's table."""
    return list(csv.DictReader(io.StringIO(pages.tables[f"{name}.csv"](), newline="")))


@pytest.fixture(scope="module")
def bundled_store() -> GraphStore:
    """A store in memory that holds the bundled study."""
    store = open_store("memory:")
    with as_file(files("studies") / STUDY) as folder:
        import_study(folder, store)
    return store


@pytest.fixture(scope="module")
def bundled_pages(bundled_store: GraphStore) -> SitePages:
    """The pages of the bundled study."""
    return SitePages.of(StoredStudy(bundled_store, STUDY))


def test_known_contradictions_are_told_with_both_places(bundled_pages: SitePages) -> None:
    """34 and not 32, 69.70 and not 69.9, 320 and neither 356 nor 339, each with where it stands."""
    text = visible(bundled_pages.render(f"{NUMBERS}.html"))
    assert "4 agree 4 are cut off, not rounded 3 differ 15 cannot be recomputed" in text
    assert "32 printed, 34 recomputed 12 + 22 = 34, not 32. The printed number is 2 lower." in text
    assert "69.9% printed, 69.70% recomputed" in text
    assert "The printed number is 0.20 percentage points higher." in text
    assert "The denominators add up to 320, which is not 356 or 339 (356 less 17 left out)." in text
    assert "Printed: Executive summary, paragraph 5 Held against: Stage 1, panel 2; Executive summary" in text
    assert text.count("First place:") == text.count("Second place:") == 9
    assert "First place: Appendix A, no. 6 Second place: Stage 3, Hypothesis 6, iteration 2 post event" in text
    assert "By our reading 4 of them cite the old number." in text
    assert text.count("the old number. ") == 5


def test_numbers_lead_to_the_query_that_recomputes_them(bundled_pages: SitePages) -> None:
    """Each of the eleven that can be recomputed names its query, which the workbench shows."""
    page, workbench = bundled_pages.render(f"{NUMBERS}.html"), bundled_pages.render("workbench.html")
    named = re.findall(r'href="workbench\.html#(question-figures-[a-z]+)"', page)
    assert sorted(named) == sorted(
        ["question-figures-percentages"] * 9 + ["question-figures-totals", "question-figures-responses"]
    )
    for each in named:
        assert f'id="{each}"' in workbench


def test_each_figure_has_a_place_that_can_be_linked(bundled_pages: SitePages, bundled_folder: Path) -> None:
    """Every figure of the sheet has just one row with its id, however often it is held against something."""
    with (bundled_folder / "figures.csv").open(encoding="utf-8", newline="") as sheet:
        keys = [row["key"] for row in csv.DictReader(sheet)]
    found = re.findall(
        r'<tr role="row" class="nhsuk-table__row" id="figure-([^"]*)"', bundled_pages.render(f"{NUMBERS}.html")
    )
    assert sorted(found) == sorted(keys)


def test_home_and_data_pages_say_it_in_one_line_and_lead_there(bundled_pages: SitePages) -> None:
    """The same sentence on both, and the figures themselves on neither."""
    told = (
        "Of 26 numbers that the report prints 4 agree, 4 are cut off, not rounded, 3 differ and 15 cannot be "
        "recomputed. In 15 places it says two different things."
    )
    for path in ("index.html", "about-the-data.html"):
        page = bundled_pages.render(path)
        assert told in visible(page)
        assert f'href="{NUMBERS}.html">Do the numbers add up?</a>' in page
        assert "Published" not in page
        assert "12 + 22" not in page


def test_a_change_in_the_store_shows(study_store: GraphStore) -> None:
    """With the total put right, the page tells of one number less that differs."""
    item, graph = NamedNode(f"{BASE}/figure/organisations"), NamedNode(f"{BASE}/graph")
    (old,) = (each for each in study_store.quads(graph, subject=item) if each.predicate.value == HT.publishedValue)
    new = Quad(item, old.predicate, Literal("34"), graph)
    study_store.apply(Difference(removed={old}, added={new}))
    text = visible(SitePages.of(StoredStudy(study_store, STUDY)).render(f"{NUMBERS}.html"))
    assert "5 agree 4 are cut off, not rounded 2 differ" in text
    assert "32 printed" not in text


def test_the_table_of_numbers_holds_everything(bundled_pages: SitePages) -> None:
    """26 numbers, 9 wordings, and two versions for each of six numbers cited."""
    rows = table(bundled_pages, NUMBERS)
    kinds = [row["kind"] for row in rows]
    assert (kinds.count("wording"), kinds.count("citation"), len(kinds)) == (9, 12, 47)
    (total,) = (row for row in rows if row["kind"] == "total")
    assert (total["published"], total["recomputed"], total["difference"]) == ("32", "34", "-2")
    assert total["other_places"] == "Stage 1, panel 2 | Executive summary, paragraph 5"
    assert {row["our_reading"] for row in rows if row["published"] == "Hypothesis 7"} == {"evidence/1"}


def ways_behind(html: str, anchor: str) -> int:
    """How many ways the list under a heading has."""
    _, heading, rest = html.partition(f'<h4 id="{anchor}">')
    assert heading, f"nothing is called {anchor}"
    return rest.partition("</ol>")[0].count("<li>")


@pytest.mark.parametrize("which", ["bundled_pages", "repair_pages"])
def test_every_number_leads_to_as_many_ways(request: pytest.FixtureRequest, which: str) -> None:
    """What a cell of a heat table counts is what the list it leads to holds."""
    html = request.getfixturevalue(which).render(f"{VOICES}.html")
    cells = re.findall(r'<td class="heat__cell heat__cell--[1-4]"><a href="#([^"]+)">(\d+)<', html)
    assert cells
    for anchor, number in cells:
        assert ways_behind(html, anchor) == int(number), anchor
    assert len({anchor for anchor, _ in cells}) == len(cells) == html.count('<ol class="ways">')


def test_whose_voice_counts_in_the_bundled_study(bundled_pages: SitePages) -> None:
    """Three areas on a quote, four on a kind of organisation, 42 quotes that lead nowhere; readings told apart."""
    html = bundled_pages.render(f"{VOICES}.html")
    stated, _, read = html.partition('<h2 id="read">')
    text = visible(stated)
    assert "Of 5 areas three rest on a single quote, and four rest on a single kind of organisation." in text
    assert "42 of 52 quotes lead to no area." in text
    assert "No quote comes from a national body or a provider trust." in text
    assert "Innovator 2 0 0%" in text
    assert "The report gives no theme to any quote that leads to an area." in text
    assert "Of 5 areas none rests on a single quote, and none rests on a single kind" in visible(read)
    assert "Every one of 52 quotes leads to an area." in visible(read)
    assert "our reading" not in visible(stated.partition('<h2 id="stated">')[2])


def test_the_second_figure_can_be_switched_off(bundled_pages: SitePages) -> None:
    """Everything that rests on a reading stands in a part that the switch hides."""
    html = bundled_pages.render(f"{VOICES}.html")
    parts = re.split(r'<section class="editorial".*?</section>', html, flags=re.DOTALL)
    assert len(parts) == 3
    assert not [part for part in parts if "ways__reading" in part or "-read-" in part]


def test_words_of_the_invented_study_are_never_markup(repair_pages: SitePages) -> None:
    """Angle brackets in findings, quotes and reasons stand as text, on both pages."""
    numbers, voices = (repair_pages.render(f"{name}.html") for name in (NUMBERS, VOICES))
    assert "Teach <all>." in visible(numbers)
    assert "<all>" not in numbers
    assert "<never>" not in voices
    assert "<so>" not in voices
    assert "(Why &lt;so&gt;.)" in voices


def test_the_same_words_twice_are_one_way(repair_pages: SitePages) -> None:
    """Three quotes of the council, one in other words only, go one way over the hypothesis that is read so."""
    rows = {(row["basis"], row["voice"], row["area"]): row for row in table(repair_pages, VOICES)}
    assert set(rows) == {
        ("asserted", "cafe", "rooms"), ("asserted and editorial", "cafe", "rooms"),
        ("asserted and editorial", "council", "rooms"), ("asserted and editorial", "space", "rooms"),
    }  # fmt: skip
    assert rows["asserted", "cafe", "rooms"]["independent_ways"] == "1"
    both = rows["asserted and editorial", "cafe", "rooms"]
    assert (both["quotes"], both["independent_ways"]) == ("2", "2")
    council = rows["asserted and editorial", "council", "rooms"]
    assert (council["quotes"], council["independent_ways"]) == ("1", "1")


def test_a_bare_study_says_what_there_is_not(bare_pages: SitePages) -> None:
    """No number, no area, no quote: the pages say so, and their tables have a head alone."""
    numbers, voices = (visible(bare_pages.render(f"{name}.html")) for name in (NUMBERS, VOICES))
    assert "No number that can be recomputed differs." in numbers
    assert "No hypothesis is worded in two ways within one iteration." in numbers
    assert "The study names no area of the blueprint." in voices
    assert "The study has no quotes." in voices
    assert table(bare_pages, NUMBERS) == table(bare_pages, VOICES) == []
    assert "Do the numbers add up?" not in visible(
        bare_pages.render("index.html").partition("<main")[2].split("<footer")[0]
    )


def test_nothing_found_is_no_sentence(repair_study: StillStudy) -> None:
    """One of a kind is told in the singular."""
    found = repair_study.reconciles
    alone = replace(found, numbers=found.numbers[:1], wordings=(), cited_numbers=())
    text = visible(SitePages.of(replace(repair_study, reconciles=alone)).render("index.html"))
    assert "Of 1 number that the report prints 1 differs. Do the numbers add up?" in text
    nothing = replace(repair_study, reconciles=Reconciliation((), (), ()))
    assert "the report prints" not in SitePages.of(nothing).render("index.html")


@pytest.mark.parametrize("words", ["", "One word", "a" * 200, "word " * 60, "  several\n lines  "])
def test_shortened_words_are_the_beginning(words: str) -> None:
    """What is shown is where the words begin, cut between two of them where it can be, never longer than a line."""
    plain = " ".join(words.split())
    shown = shortened(words)
    assert plain.startswith(shown.removesuffix(" …"))
    assert len(shown) <= 92
    assert (shown == plain) == (len(plain) <= 90)


def test_a_table_reads_back_as_it_was_written() -> None:
    """Commas, quotation marks, line breaks and words of any language come back to the letter (RFC 4180)."""
    rows = [["a,b", 'say "no"', "two\nlines", "Zoë — ‘x’", ""]]
    text = csv_text(["1", "2", "3", "4", "5"], rows)
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == rows
    assert text.startswith("1,2,3,4,5\r\n")


def test_no_text_passes_for_a_formula() -> None:
    """What a spreadsheet would compute begins with an apostrophe; a number, negative or not, stays one (OWASP)."""
    cells = ["=1+1", "@SUM(A1)", "-2", "+0.5", "- no", "-2+3", "2", ""]
    text = csv_text(["a"] * len(cells), [cells])
    assert next(csv.reader(text.splitlines()[1:])) == ["'=1+1", "'@SUM(A1)", "-2", "+0.5", "'- no", "'-2+3", "2", ""]
