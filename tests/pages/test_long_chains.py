"""Very many iterations and hypotheses: pages stay short enough to read, and say what they leave out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.generated import Size, write_generated
from graphstore import GraphStore, open_store
from ingest.importing import import_study
from lineage.stored import StoredStudy
from pages.build import SitePages
from pages.contexts.many import MOST_HYPOTHESES, MOST_ITERATIONS, MOST_VERSIONS, first_and_last
from pages.site import write_site
from tests.pages.test_site_pages import check_site, words

LONGEST_PAGE = 500_000


@pytest.fixture(scope="module")
def long_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Five hypotheses over 50 iterations, in memory."""
    folder = tmp_path_factory.mktemp("long") / "study"
    write_generated(folder, Size(hypotheses=5, iterations=50, quotes=60, themes=10, areas=3, links=20))
    with open_store("memory:") as store:
        import_study(folder, store)
        yield store


@pytest.fixture(scope="module")
def long_pages(long_store: GraphStore) -> SitePages:
    """Their pages."""
    return SitePages.of(StoredStudy(long_store, "generated"))


def drawn(html: str, what: str) -> int:
    """How many boxes the drawing with this id prefix has."""
    found = re.search(rf'<svg[^>]*aria-labelledby="{what}[^"]*-title".*?</svg>', html, re.DOTALL)
    assert found is not None
    return found[0].count("data-box=")


def test_no_page_of_a_long_study_grows_beyond_reading(long_pages: SitePages) -> None:
    """The rules of every site hold, and no page but the reference of the vocabulary is longer than half a megabyte."""
    check_site(long_pages)
    for path in long_pages.paths():
        if path.startswith(("hypotheses/", "index", "how-", "you-said")):
            assert len(long_pages.render(path)) < LONGEST_PAGE, path


def test_drawings_show_the_first_and_the_last(long_pages: SitePages) -> None:
    """Of 50 iterations five are drawn and the page says so; of 50 versions four, with what was said of them."""
    changes = long_pages.render("how-they-changed.html")
    assert drawn(changes, "renumbering") <= MOST_ITERATIONS * 5 + 3
    assert "show the first iteration and the newest ones; 45 more lie between" in words(changes)
    page = long_pages.render("hypotheses/h3.html")
    assert page.count('data-box="version-') == MOST_VERSIONS
    assert 'data-box="version-1"' in page
    assert 'data-box="version-50"' in page
    assert "46 more iterations are in this table and below" in words(page)


def test_every_wording_is_on_the_page_of_its_hypothesis(long_pages: SitePages) -> None:
    """Nothing is lost: each of 50 versions has its section, and the table at the top leads to each that differs."""
    page = long_pages.render("hypotheses/h3.html")
    assert all(f'id="iteration-{number}"' in page for number in range(1, 51))
    assert "Hypothesis 5 in iteration 1, 4 in iteration 50, and in 48 iterations between" in words(page)


def test_the_newest_wording_comes_first_and_older_steps_are_folded(long_pages: SitePages) -> None:
    """The last two steps are seen at once; each older one has a line that says what it changed, the newest first."""
    page = long_pages.render("hypotheses/h3.html")
    places = [page.index(f'id="iteration-{number}"') for number in range(50, 0, -1)]
    assert places == sorted(places)
    folded = page.index('<details class="nhsuk-details step">')
    assert places[1] < folded < places[2]
    assert page.count('<details class="nhsuk-details step">') == 48
    assert re.search(r"Iteration 48: hypothesis \d+, (one word replaced|unchanged)", words(page))


def test_what_changed_nothing_is_folded_together(tmp_path: Path) -> None:
    """Versions with the same words under the same number take one line, which names the first and the last."""
    folder = tmp_path / "still"
    write_generated(folder, Size(hypotheses=1, iterations=9, quotes=0, themes=2, areas=1, links=0))
    with (folder / "versions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[3:7]:
        row["statement"], row["title"] = rows[2]["statement"], rows[2]["title"]
    for n, row in enumerate(rows):
        row["number"] = "1"
        row["statement"] += " in the end" if n > 6 else ""
    with (folder / "versions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with open_store("memory:") as store:
        import_study(folder, store)
        page = SitePages.of(StoredStudy(store, "generated")).render("hypotheses/h1.html")
    assert "Iteration 4 to Iteration 7: the same words under the same number" in words(page)
    assert page.index('id="iteration-7"') < page.index('id="iteration-4"') < page.index('id="iteration-3"')


def test_many_hypotheses_are_capped_in_the_drawing_and_all_in_the_table(tmp_path: Path) -> None:
    """Of 90 hypotheses the drawing shows the first 40 of the newest iteration; the table has them all."""
    write_generated(tmp_path / "wide", Size(hypotheses=90, iterations=2, quotes=0, themes=5, areas=2, links=0))
    with open_store("memory:") as store:
        import_study(tmp_path / "wide", store)
        pages = SitePages.of(StoredStudy(store, "generated"))
        page = pages.render("how-they-changed.html")
    assert drawn(page, "renumbering") <= MOST_HYPOTHESES * 2 + 2
    assert "The drawing shows 40 hypotheses and 50 more are in the table below it." in words(page)
    assert all(f"hypotheses/h{number}.html" in page for number in range(1, 91))


def test_the_first_and_the_last() -> None:
    """Few are given as they are; of many the first and the last."""
    assert first_and_last("abc", 5) == ("a", "b", "c")
    assert first_and_last(range(50), 4) == (0, 47, 48, 49)


@pytest.mark.browser
def test_a_long_page_fits_a_narrow_screen(long_pages: SitePages, tmp_path: Path, browser: Browser) -> None:
    """At 390 pixels nothing but the drawings' own regions moves sideways."""
    paths = ("how-they-changed.html", "hypotheses/h3.html", "you-said-we-did.html", "whose-voice-counts.html")
    write_site(((path, long_pages.render(path)) for path in paths), tmp_path / "site")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    for path in paths:
        page.goto((tmp_path / "site" / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


@pytest.mark.browser
def test_an_address_opens_what_is_folded_around_it(long_pages: SitePages, tmp_path: Path, browser: Browser) -> None:
    """The place that an IRI leads to is seen although it is folded, without any script; the page is not endless."""
    write_site([("h3.html", long_pages.render("hypotheses/h3.html"))], tmp_path / "site")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto((tmp_path / "site" / "h3.html").as_uri())
    assert not page.locator("#iteration-7").is_visible()
    assert page.locator("body").bounding_box()["height"] < 9000  # type: ignore[index] # a body has a box
    page.goto((tmp_path / "site" / "h3.html").as_uri() + "#iteration-7")
    page.locator("#iteration-7").wait_for(state="visible", timeout=10_000)
    context.close()


@pytest.mark.long
def test_five_hundred_hypotheses_over_fifty_iterations(tmp_path: Path) -> None:
    """All of it comes in, and every page of the menu and a hypothesis' page stay bounded."""
    write_generated(tmp_path / "huge", Size(hypotheses=500, iterations=50, quotes=2000, themes=40, areas=10, links=600))
    with open_store(str(tmp_path / "store")) as store:
        import_study(tmp_path / "huge", store)
        pages = SitePages.of(StoredStudy(store, "generated"))
        for path in (*(path for path in pages.paths() if "/" not in path), "hypotheses/h250.html"):
            assert len(pages.render(path)) < 2 * LONGEST_PAGE, path
