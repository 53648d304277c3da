"""Using the workbench: by keyboard, with a small screen, again later, and with nothing leaving the machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

HT = "PREFIX ht: <https://w3id.org/hypothread/ns#>\n"
QUOTES = HT + "SELECT ?kind (COUNT(?quote) AS ?quotes) WHERE { ?quote ht:organisationType ?kind } GROUP BY ?kind"


@pytest.mark.parametrize("workbench", [pytest.param("folder", marks=pytest.mark.long), "application"], indirect=True)
@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 390])
def test_the_page_is_accessible_in_every_state(workbench: Any, check_accessibility: Any, width: int) -> None:
    """No violation of WCAG 2.0 to 2.2 A and AA in any state; the page never moves sideways."""
    page = workbench.page
    page.set_viewport_size({"width": width, "height": 900})
    assert check_accessibility(page) == []
    for text in (
        QUOTES,
        "ASK { }",
        "CONSTRUCT WHERE { ?s a ?class }",
        "SELECT * WHERE { ?s ?p",
        HT + "SELECT ?q { ?q a ht:Quote }",
    ):
        workbench.run(text)
        assert check_accessibility(page) == [], text
        assert page.evaluate("document.documentElement.scrollWidth") <= width, text
    page.locator("#workbench-history summary").click()
    for details in page.locator("[data-question]").all()[:3]:
        details.locator("summary").click()
    assert check_accessibility(page) == []


def test_nothing_leaves_the_machine(workbench: Any) -> None:
    """Loading, completing, running and naming ask no other host, and nothing is complained about on the console."""
    home = workbench.address.rpartition("/")[0]
    workbench.write(HT + "SELECT ?quote WHERE { ?quote a ht:Qu")
    workbench.page.keyboard.press("Control+Space")
    workbench.page.locator("#workbench-editor .cm-tooltip-autocomplete").wait_for()
    workbench.run(QUOTES)
    workbench.page.get_by_role("cell", name="Locality").wait_for()
    assert workbench.asked
    assert [each for each in workbench.asked if not each.startswith((home, "blob:", "data:"))] == []
    # A plain server has no endpoint, and the browser says that it was not found.
    assert [each for each in workbench.said if "404" not in each] == []
    where = "endpoint" if workbench.address.endswith("/sparql") else "in your browser"
    assert where in workbench.page.locator("#workbench-engine").inner_text()


def test_names_are_completed_with_their_prefix(workbench: Any) -> None:
    """What the data hold is offered, most used first, and the PREFIX line comes with it."""
    page = workbench.page
    workbench.write("SELECT * WHERE { ?quote a  }")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(1500)
    page.keyboard.type("ht:Quo")
    choice = page.locator("#workbench-editor .cm-tooltip-autocomplete li", has_text="ht:Quote").first
    choice.wait_for()
    assert "52×" in choice.inner_text()
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    assert workbench.text() == f"{HT}SELECT * WHERE {{ ?quote a ht:Quote }}"
    assert workbench.run().startswith("52 rows")


def test_everything_can_be_done_by_keyboard(offline: Any) -> None:
    """Choose, edit, run, sort and save without a pointer; Tab leaves the editor."""
    page = offline.page
    page.locator("#workbench-example").focus()
    page.keyboard.press("ArrowDown")
    assert "#+ summary" in offline.text()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(QUOTES)
    page.keyboard.press("Control+Enter")
    page.locator("#workbench-results").wait_for()
    offline.settle()
    assert "5 rows" in page.locator("#workbench-status").inner_text()
    focused = "document.activeElement.id"
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(f"{focused} || document.activeElement.textContent"))
    assert reached[:4] == ["workbench-run", "workbench-share", "workbench-csv", "workbench-json"]
    assert "kind" in reached
    page.get_by_role("button", name="kind").focus()
    page.keyboard.press("Enter")
    assert page.locator("#workbench-status").inner_text() == "Sorted by kind, ascending."
    assert [row[0] for row in offline.rows()] == sorted(row[0] for row in offline.rows())


def test_an_address_brings_the_query_back(workbench: Any) -> None:
    """The address with the query in it opens the page with that query, and gives the same rows."""
    text = QUOTES + " # “quotes” & 100% + <more> ?"
    workbench.run(text)
    rows = workbench.rows()
    workbench.page.locator("#workbench-share").click()
    expect(workbench.page).to_have_url(re.compile("#query="))
    address = workbench.page.evaluate("location.href")
    again = type(workbench)(workbench.page.context.new_page(), address).open()
    assert again.text() == text
    again.run()
    assert [row[1] for row in again.rows()] == [row[1] for row in rows]
    workbench.write("# " + "x" * 9000)
    workbench.page.locator("#workbench-share").click()
    assert "too long" in workbench.page.locator("#workbench-status").inner_text()


def test_earlier_queries_are_kept_and_forgotten(workbench: Any) -> None:
    """The last fifty come back after loading the page again, each once, the newest first; clearing forgets them."""
    page = workbench.page
    for number in (1, 2, 1):
        workbench.run(f"ASK {{ }} # {number}")
    stale = "[...Array(60).keys()].map(n => ({text: `ASK {} # old ${n}`, when: n}))"
    assert page.locator("#workbench-history [data-count]").inner_text() == "2"
    page.reload()
    page.locator("#workbench-history summary").click()
    items = page.locator("#workbench-history li button")
    assert items.all_inner_texts() == ["ASK { } # 1", "ASK { } # 2"]
    items.nth(1).click()
    assert workbench.text() == "ASK { } # 2"
    page.evaluate(f"localStorage.setItem('hypothread-workbench-history', JSON.stringify({stale}))")
    workbench.run("ASK { } # newest")
    assert page.locator("#workbench-history [data-count]").inner_text() == "50"
    page.get_by_role("button", name="Clear the history").click()
    assert items.count() == 0
    page.reload()
    assert page.locator("#workbench-history [data-count]").inner_text() == "0"


def test_without_a_script_the_questions_can_be_read(browser: Browser, site_folder: Path) -> None:
    """Without JavaScript the page says what SPARQL is, that running needs a script, and shows every question's text."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site_folder / "workbench.html").as_uri())
    assert page.locator("#workbench-without-script").is_visible()
    assert not page.locator("#workbench").is_visible()
    assert page.get_by_role("heading", name="What SPARQL is").is_visible()
    first = page.locator("[data-question]").first
    first.locator("summary").click()
    assert "SELECT" in first.locator("pre").inner_text()
    assert page.locator("[data-question]").count() > 50
    context.close()


def test_a_site_with_missing_data_says_so(browser: Browser, site_folder: Path, tmp_path: Path) -> None:
    """Where the data file was left behind, running tells which file is missing and what to do."""
    for name in ("workbench.html", "static"):
        (tmp_path / name).symlink_to(site_folder / name)
    page = browser.new_page()
    page.goto((tmp_path / "workbench.html").as_uri())
    page.locator("#workbench-run").click()
    page.locator("#workbench-problem").wait_for()
    assert (
        page.locator("#workbench-problem").inner_text().startswith("data/study.js could not be loaded. Keep the files")
    )
    page.close()
