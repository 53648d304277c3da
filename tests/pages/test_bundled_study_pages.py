"""The pages of the bundled study show all that its sheets hold."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from importlib.resources import as_file, files

import pytest

from graphstore import open_store
from ingest.importing import import_study
from lineage.stored import StoredStudy
from pages.build import SitePages
from pages.parts import StudyParts

STUDY = "innovation-ecosystem"


class Text(HTMLParser):
    """The text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.found.append(data)


def words(html: str) -> str:
    """The text of a page in one line."""
    reader = Text()
    reader.feed(html)
    return " ".join("".join(reader.found).split())


def sheet(name: str) -> list[dict[str, str]]:
    """The rows of one of the study's sheets, read without any of our own code."""
    text = (files("studies") / STUDY / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def bundled_pages() -> SitePages:
    """The bundled study, imported into a store in memory and read back."""
    with as_file(files("studies") / STUDY) as folder:
        store = open_store("memory:")
        import_study(folder, store)
    return SitePages(StudyParts.of(StoredStudy(store, STUDY)))


@pytest.fixture(scope="module")
def texts(bundled_pages: SitePages) -> dict[str, str]:
    """The text of every page by path."""
    return {path: words(bundled_pages.render(path)) for path in bundled_pages.paths()}


def test_every_hypothesis_and_area_has_its_page(texts: dict[str, str]) -> None:
    """One page a row of the sheets of hypotheses and areas, eight of the study, the readings and the vocabulary."""
    expected = {f"hypotheses/{row['key']}.html" for row in sheet("hypotheses")}
    expected |= {f"blueprint/{row['key']}.html" for row in sheet("blueprint")}
    assert set(texts) == expected | {
        "index.html",
        "how-they-changed.html",
        "whose-voice-counts.html",
        "you-said-we-did.html",
        "do-the-numbers-add-up.html",
        "our-readings.html",
        "workbench.html",
        "about-the-data.html",
        "vocabulary.html",
        "what-changed-when.html",
    }


def test_every_wording_stands_on_its_page(texts: dict[str, str]) -> None:
    """Each canonical statement is on the page of its hypothesis, to the letter."""
    for row in sheet("versions"):
        assert row["statement"] in texts[f"hypotheses/{row['hypothesis']}.html"], row


def test_every_quote_stands_on_its_page(texts: dict[str, str]) -> None:
    """Each quote is on the page of the hypothesis it answers or of the area it is printed under, to the letter."""
    for row in sheet("quotes"):
        key = row["about"].partition("/")[0]
        path = f"hypotheses/{key}.html" if key else f"blueprint/{row['illustrates']}.html"
        assert f"“{' '.join(row['text'].split())}”" in texts[path], row["key"]


def test_every_resonance_is_shown_as_printed(texts: dict[str, str]) -> None:
    """The printed percentage and the counts stand on the hypothesis' page and on the home page."""
    for row in sheet("resonance"):
        shown = f"{row['published_percentage']} ({row['count']} of {row['denominator']})"
        assert shown in texts[f"hypotheses/{row['version'].partition('/')[0]}.html"]
        assert shown in texts["index.html"]


def test_every_number_of_the_home_page_leads_to_what_it_counts(bundled_pages: SitePages) -> None:
    """A number of quotes to the section in which as many stand, a share to where it is told, a tile to its page."""
    home = bundled_pages.render("index.html")
    table = home.partition("<table")[2].partition("</table>")[0]
    rows = table.split("<tr")[2:]
    assert len(rows) == len(sheet("hypotheses"))
    for row in rows:
        _, resonance, quotes = re.findall(r'<a href="([^"#]+)(?:#([^"]+))?">([^<]+)', row)
        page = bundled_pages.render(quotes[0])
        section = page.partition(f'id="{quotes[1]}"')[2].partition("</section>")[0]
        assert section.count('<article class="quote') == int(quotes[2])
        told = page.partition(f'id="{resonance[1]}"')[2].partition("</p>")[0]
        assert resonance[2].partition(" ")[0] in told
        assert re.findall(r"\d+ of \d+", resonance[2])[0] in told
    tiles = re.findall(r'<li class="tile"><a href="([^"]+)"><span class="tile__number">(\d+)', home)
    assert len(tiles) == 4
    for href, _ in tiles:
        place, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in home if anchor else place in bundled_pages.paths()


def test_every_reading_is_given_with_its_reason(texts: dict[str, str]) -> None:
    """Each editorial link's reason stands on some page, and nothing is claimed without one."""
    everything = " ".join(texts.values())
    for row in sheet("links"):
        assert row["rationale"] in everything, row["key"]


def test_figures_and_findings_are_told(texts: dict[str, str]) -> None:
    """Each finding and each source stands on the page about the data, each figure as printed on that of the numbers."""
    about, numbers = texts["about-the-data.html"], texts["do-the-numbers-add-up.html"]
    for row in sheet("figures"):
        assert f" Printed {row['value']} Recomputed" in numbers.partition(f"Number {row['label']}")[2], row["key"]
    for row in sheet("findings"):
        assert row["text"] in about, row["key"]
    for row in sheet("sources"):
        assert row["title"] in about


def test_a_change_depends_on_the_reading(texts: dict[str, str]) -> None:
    """Change Makers is word for word Table 1's, and one word away from Table 2's: the page says both."""
    page = texts["hypotheses/change-makers.html"]
    assert "Unchanged from Table 1 to Appendix A" in page
    assert "One word replaced from Table 2 to Appendix A" in page


def test_who_is_who_is_no_logo(bundled_pages: SitePages) -> None:
    """The header bears the study's title, and no page bears a logo."""
    for path in bundled_pages.paths():
        header = bundled_pages.render(path).partition("<header")[2].partition("</header>")[0]
        assert ">Innovation Ecosystem Programme</a>" in header
        assert "<svg" not in header
        assert "<img" not in header
