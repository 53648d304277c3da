"""The pages in a real browser, opened from a folder: accessible, still, complete without a script."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.generated import Size, write_generated
from graphstore import open_store
from hatch_build import build_assets
from ingest.importing import import_study
from lineage.stored import StoredStudy
from pages.build import SitePages
from pages.parts import StudyParts
from pages.site import write_site
from tests.accessibility import violations
from tests.pages.changed_study import changed_study

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
STUDY = "innovation-ecosystem"
KINDS = (
    "bundled/index.html",
    "bundled/how-they-changed.html",
    "bundled/about-the-data.html",
    "bundled/do-the-numbers-add-up.html",
    "bundled/whose-voice-counts.html",
    "bundled/you-said-we-did.html",
    "bundled/hypotheses/incentives.html",
    "bundled/hypotheses/using-data.html",
    "bundled/blueprint/system-level-approach.html",
    "repair/hypotheses/rooms.html",
    "repair/hypotheses/skills.html",
    "repair/hypotheses/mending.html",
    "repair/blueprint/skills.html",
    "repair/do-the-numbers-add-up.html",
    "repair/whose-voice-counts.html",
    "repair/you-said-we-did.html",
    "night/how-they-changed.html",
    "night/hypotheses/company.html",
    "changed/what-changed-when.html",
    "changed/what-changed-when/1.html",
)


def written(pages: SitePages, out: Path) -> None:
    """Write all pages to `out`."""
    write_site(((path, pages.render(path)) for path in pages.paths()), out)


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, repair_pages: SitePages) -> Path:
    """A folder with the site of the bundled study and that of the invented one."""
    build_assets(ROOT)
    folder = tmp_path_factory.mktemp("sites")
    store = open_store("memory:")
    with as_file(files("studies") / STUDY) as sheets:
        import_study(sheets, store)
    written(SitePages(StudyParts.of(StoredStudy(store, STUDY))), folder / "bundled")
    written(repair_pages, folder / "repair")
    with open_store("memory:") as night:
        import_study(ROOT / "tests" / "studies" / "night-library", night)
        written(SitePages(StudyParts.of(StoredStudy(night, "night-library"))), folder / "night")
    rows = tmp_path_factory.mktemp("rows") / "study"
    write_generated(rows, Size(hypotheses=3, iterations=9, quotes=20, themes=5, areas=2, links=10))
    with open_store("memory:") as generated:
        import_study(rows, generated)
        long = SitePages(StudyParts.of(StoredStudy(generated, "generated")))
        shown = ("how-they-changed.html", "hypotheses/h2.html", "you-said-we-did.html")
        write_site(((path, long.render(path)) for path in shown), folder / "long")
    with changed_study(tmp_path_factory.mktemp("changed") / "store") as study:
        written(SitePages.of(study), folder / "changed")
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    yield opened
    context.close()


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_accessible_and_still(page: Page, sites: Path, axe: Path, kind: str, width: int) -> None:
    """No violation of WCAG 2.0 to 2.2 A and AA, no word on the console, no request elsewhere, no sideways scroll."""
    check_page(page, sites / kind, axe, width)


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_a_telephone(page: Page, sites: Path, kind: str) -> None:
    """With all that is folded opened, nothing moves sideways at 390 pixels."""
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto((sites / kind).as_uri())
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.long
def test_every_page_of_a_study_that_merges_and_splits_is_accessible(page: Page, sites: Path, axe: Path) -> None:
    """The same of all pages of three iterations with a merge, a split, a withdrawal; and of a long chain."""
    for folder, width in (("night", 390), ("long", 1280)):
        for path in sorted((sites / folder).rglob("*.html")):
            check_page(page, path, axe, width)


def unfold(page: Page) -> None:
    """Opens all that is folded."""
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")


def check_page(page: Page, path: Path, axe: Path, width: int) -> None:
    """Opens a page, with all that is folded, and asserts that nothing is wrong with it."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path.as_uri())
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, axe) == []
    assert said == []
    assert [address for address in asked if not address.startswith("file:")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_without_a_script(browser: Browser, sites: Path, kind: str) -> None:
    """The page reads the same with and without JavaScript."""
    told = []
    for allowed in (True, False):
        context = browser.new_context(java_script_enabled=allowed)
        opened = context.new_page()
        opened.goto((sites / kind).as_uri())
        told.append(opened.inner_text("body"))
        context.close()
    assert told[0] == told[1]
    assert len(told[0]) > 500


def visible(page: Page, selector: str) -> int:
    """How many elements of `selector` can be seen (or would be, were their details open)."""
    script = "all => all.filter(each => getComputedStyle(each).display !== 'none').length"
    count: int = page.eval_on_selector_all(selector, script)
    return count


def test_the_switch_hides_every_reading(page: Page, sites: Path) -> None:
    """Unticked, no dashed line, chip or reason is left; what the source states stays; ticked, all is back."""
    page.goto((sites / "repair/hypotheses/rooms.html").as_uri())
    quotes = visible(page, "article.quote")
    shown = visible(page, ".editorial")
    assert shown > 5
    assert visible(page, ".stated-only") == 0
    page.locator("#readings").uncheck()
    assert visible(page, ".editorial") == 0
    assert visible(page, ".stated-only") > 0
    assert visible(page, "article.quote") == quotes
    assert visible(page, "path.drawing__line") > 0
    assert visible(page, ".chip:not(.chip--reading)") > 0
    page.locator("#readings").check()
    assert visible(page, ".editorial") == shown


def test_the_switch_works_by_keyboard(page: Page, sites: Path) -> None:
    """Space on the switch does what a click does, and its name and what it does are told."""
    page.goto((sites / "bundled/how-they-changed.html").as_uri())
    switch = page.get_by_role("checkbox", name="Show our reading")
    switch.focus()
    page.keyboard.press("Space")
    assert visible(page, ".editorial") == 0
    hint = page.locator(f"#{switch.get_attribute('aria-describedby')}").inner_text()
    assert "Untick to see only what the report states" in hint


def test_boxes_lead_to_their_details(page: Page, sites: Path) -> None:
    """A box of the drawing can be reached by keyboard, and Enter goes to the quote it stands for."""
    page.goto((sites / "bundled/hypotheses/incentives.html").as_uri())
    box = page.locator("a[data-box='quote-q06']")
    box.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#quote-q06")
    assert page.locator("#quote-q06:target").count() == 1


def test_paper_shows_all_and_no_addresses(page: Page, sites: Path) -> None:
    """Printed, what is folded away is open and links are not followed by their addresses."""
    page.goto((sites / "bundled/hypotheses/incentives.html").as_uri())
    page.emulate_media(media="print")
    after = "all => all.map(each => getComputedStyle(each, '::after').content).filter(text => text.includes('Link'))"
    assert page.eval_on_selector_all("a", after) == []
    closed = "all => all.filter(each => each.getBoundingClientRect().height === 0).length"
    assert page.locator("details").count() > 0
    assert page.eval_on_selector_all("details > div", closed) == 0
