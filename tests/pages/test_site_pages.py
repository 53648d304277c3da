"""Every page is sound HTML, its links lead somewhere, and it shows what the study says."""

from __future__ import annotations

import posixpath
from html import unescape
from html.parser import HTMLParser

import html5rdf  # type: ignore[import-untyped] # has no types
import pytest

from ontology.prefixes import PREFIXES
from pages.addresses import VOCABULARY
from pages.build import SitePages, site_pages
from pages.errors import UnknownPageError
from pages.vocabulary_files import vocabulary_files
from tests.pages.repair_accounts import StillStudy

# Only the page of the vocabulary leads elsewhere: to the terms that ours stand beside, and to the licence.
OTHER_VOCABULARIES = (*PREFIXES.values(), "https://opensource.org/licenses/")


class Elements(HTMLParser):
    """Collects what the rules below are about."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.classes: list[str] = []
        self.headings: list[int] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids, links, what the browser loads, and headings."""
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in {"link", "script", "img", "iframe", "source", "use"}:
            self.loaded += [found[name] for name in ("href", "src", "srcset") if name in found]
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        self.classes += found.get("class", "").split()

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text.append(data)


def elements(html: str) -> Elements:
    """What is in the page."""
    reader = Elements()
    reader.feed(html)
    return reader


def check_site(pages: SitePages) -> None:
    """The rules every site keeps, whatever the study."""
    html = {path: pages.render(path) for path in pages.paths()}
    found = {path: elements(each) for path, each in html.items()}
    files = {*pages.tables, *vocabulary_files(), *pages.data_files()}
    for path, each in found.items():
        html5rdf.HTMLParser(strict=True).parse(html[path])
        assert len(each.ids) == len(set(each.ids)), f"{path}: an id stands twice"
        assert each.headings[0] == 1, path
        assert each.headings.count(1) == 1, path
        assert all(later - earlier <= 1 for earlier, later in zip(each.headings, each.headings[1:], strict=False)), path
        assert not [address for address in each.loaded if "//" in address or address.startswith(("/", "data:"))], path
        for link in each.links:
            if path == VOCABULARY and link.startswith(OTHER_VOCABULARIES):
                continue
            assert "://" not in link, f"{path}: {link}"
            assert not link.startswith("/"), f"{path}: {link}"
            target, _, fragment = link.partition("#")
            leads_to = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert leads_to in found or leads_to in files, f"{path}: {link} leads nowhere"
            if fragment:
                assert fragment in found[leads_to].ids, f"{path}: nothing on {leads_to} is called {fragment}"


def words(html: str) -> str:
    """The text of a page in one line."""
    return " ".join("".join(elements(html).text).split())


def test_pages_of_a_full_study_are_sound(repair_pages: SitePages) -> None:
    """Strict HTML, ids once, headings without gaps, no dead link, nothing loaded from elsewhere."""
    check_site(repair_pages)


def test_pages_of_a_bare_study_are_sound(bare_pages: SitePages) -> None:
    """The same rules hold where there is hardly anything to show."""
    check_site(bare_pages)


def test_pages_of_merged_hypotheses_are_sound(merged_pages: SitePages) -> None:
    """The same rules hold where hypotheses merge and end."""
    of_another_study = {"about-the-data.html", "do-the-numbers-add-up.html", "whose-voice-counts.html"}
    paths = [path for path in merged_pages.paths() if path not in of_another_study]
    for path in paths:
        html5rdf.HTMLParser(strict=True).parse(merged_pages.render(path))


def test_a_merge_is_told_on_every_page_it_touches(merged_pages: SitePages) -> None:
    """Those that merged say what they became, the new one what it grew from, each with a link and the reason."""
    sentence = "Hypothesis 4 of round 1 and hypothesis 5 of round 1 became hypothesis 4 of round 2 (Table)"
    for key in ("tea", "cake", "table"):
        text = words(merged_pages.render(f"hypotheses/{key}.html"))
        assert sentence in text, key
        assert "The reason given: Both are about food." in text
    assert 'href="table.html#iteration-2"' in merged_pages.render("hypotheses/tea.html")
    assert 'href="tea.html#iteration-1"' in merged_pages.render("hypotheses/table.html")
    assert "Grew from" in words(merged_pages.render("hypotheses/table.html"))
    assert "Grew into" in words(merged_pages.render("hypotheses/cake.html"))
    changes = merged_pages.render("how-they-changed.html")
    assert changes.count("4 Tea, 5 Cake") == 1
    assert 'data-from="tea" data-to="table"' in changes


def test_a_withdrawal_is_told(merged_pages: SitePages) -> None:
    """A hypothesis that ended says so on its page and in the table of changes."""
    assert "Hypothesis 6 of round 1 was withdrawn" in words(merged_pages.render("hypotheses/noise.html"))
    assert "From 6 Noise To withdrawn" in words(merged_pages.render("how-they-changed.html"))


def test_there_is_a_page_for_everything(repair_pages: SitePages) -> None:
    """The study's own pages, and one a hypothesis and an area; each can be rendered alone."""
    assert repair_pages.paths() == (
        "index.html",
        "how-they-changed.html",
        "you-said-we-did.html",
        "whose-voice-counts.html",
        "do-the-numbers-add-up.html",
        "our-readings.html",
        "workbench.html",
        "about-the-data.html",
        "vocabulary.html",
        "what-changed-when.html",
        "hypotheses/skills.html",
        "hypotheses/rooms.html",
        "hypotheses/mending.html",
        "blueprint/rooms.html",
        "blueprint/skills.html",
    )


def test_an_unknown_page_is_refused(repair_pages: SitePages) -> None:
    """A path that is none says so."""
    with pytest.raises(UnknownPageError, match=r"there is no page 'hypotheses/none\.html'"):
        repair_pages.render("hypotheses/none.html")


def test_rendering_twice_gives_the_same(repair_pages: SitePages, repair_study: StillStudy) -> None:
    """A page is a pure function of what it shows."""
    again = SitePages.of(repair_study)
    assert all(repair_pages.render(path) == again.render(path) for path in again.paths())


def test_what_people_wrote_is_never_markup(repair_pages: SitePages) -> None:
    """Angle brackets and ampersands in titles, types and quotes stand as text."""
    page = repair_pages.render("hypotheses/rooms.html")
    assert "We <never> know, “from week to week”" in words(page)
    assert "<never>" not in page
    assert "<borough>" not in page
    assert "Council <borough>" in words(page)


def test_what_is_no_statement_of_the_source_can_be_hidden(repair_pages: SitePages) -> None:
    """A reading's chip is dashed and of the class that the switch hides; a stated one is not."""
    page = repair_pages.render("hypotheses/rooms.html")
    assert 'class="chip chip--reading editorial" href="../about-the-data.html#theme-space"' in page
    assert 'class="chip" href="../about-the-data.html#theme-tools"' in page
    assert 'id="readings"' in page
    assert 'id="readings"' not in repair_pages.render("hypotheses/skills.html")


def test_the_change_is_judged_by_every_reading(repair_pages: SitePages) -> None:
    """Each wording of the one iteration is held against each of the other, and the page says which is which."""
    text = words(repair_pages.render("hypotheses/rooms.html"))
    assert "6 words removed and 3 words added from Leaflet to Poster" in text
    assert "from Tally to Poster" in text
    assert "[removed: " in text
    assert "[added: " in text


def test_little_kept_leads_with_both_wordings(repair_pages: SitePages) -> None:
    """Where hardly a word stayed, the two wordings stand side by side before any word-by-word difference."""
    page = repair_pages.render("hypotheses/skills.html")
    assert "Little was kept" in page
    assert page.index('class="side-by-side"') < page.index("Show the difference word by word")


def test_many_quotes_are_drawn_in_groups(repair_pages: SitePages) -> None:
    """Fourteen quotes are drawn by kind of organisation, and all still stand below."""
    page = repair_pages.render("hypotheses/mending.html")
    assert page.count('data-box="group-') == 2
    assert page.count('<article class="quote"') == 14


def test_what_the_source_does_not_say_is_said(repair_pages: SitePages) -> None:
    """Where nothing links a hypothesis to the blueprint, and no reason is given, the page says so."""
    text = words(repair_pages.render("hypotheses/skills.html"))
    assert "The report does not say which areas of the blueprint this hypothesis feeds." in text
    assert "No reason in words is given for this single change." in text


def test_a_figure_that_is_cut_off_is_remarked(repair_pages: SitePages) -> None:
    """A printed percentage that was cut off stands as printed, with what the counts give."""
    text = words(repair_pages.render("hypotheses/rooms.html"))
    assert "77.77%" in text
    assert "7 of 9 is 77.78%; the printed figure is cut off, not rounded." in text


def test_pages_come_one_by_one(repair_pages: SitePages, repair_study: StillStudy) -> None:
    """`site_pages` gives every path with the same HTML as `render`."""
    pairs = list(site_pages(repair_study))
    assert [path for path, _ in pairs] == [*repair_pages.paths(), *repair_pages.tables, *vocabulary_files()]
    pages = pairs[: len(repair_pages.paths())]
    assert all(unescape(html) == unescape(repair_pages.render(path)) for path, html in pages)
    files = {path: table() for path, table in repair_pages.tables.items()} | {**vocabulary_files()}
    assert dict(pairs[len(pages) :]) == files
