"""The page of a search in a real browser, on the server that the workbench is tried on: only a server has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

STATES = {
    "results": "/search?q=innovation",
    "narrowed": "/search?q=innovation&kind=quote&hypothesis=utility",
    "refused": "/search?q=---",
    "long words": f"/search?q={'a' * 900}",
    "nothing found, right to left": "/search?q=%D7%A9%D7%9C%D7%95%D7%9D",
    "the field on another page": "/how-they-changed.html",
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_accessible_and_still(
    served: str, browser: Browser, check_accessibility: Callable[[Page], list[Any]], state: str
) -> None:
    """No violation of WCAG 2.0 to 2.2 A and AA, no sideways scroll, no word on the console, no request elsewhere."""
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served + STATES[state])
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert check_accessibility(page) == []
    assert said == []
    assert all(each.startswith(served) for each in asked)
    context.close()


def test_a_person_finds_the_place_without_a_script(served: str, browser: Browser) -> None:
    """From the field on the home page over a filter to a quote on the page of its hypothesis."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    page.get_by_role("searchbox").fill("clinicians")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_title("“clinicians” – Search – Innovation Ecosystem Programme")
    page.get_by_role("link", name="Quotes", exact=True).click()
    expect(page.get_by_role("link", name="Remove all filters")).to_be_visible()
    words = page.locator(".result__words mark").first.inner_text()
    page.locator(".result__name a").first.click()
    assert "/hypotheses/" in page.url
    place = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(place).to_be_in_viewport()
    assert words in place.inner_text()
    context.close()


def test_the_policy_lets_the_page_do_all_it_does(served: str, context: BrowserContext) -> None:
    """Under its own strict policy nothing is refused, so nothing is said on the console."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{served}/search?q=innovation")
    page.get_by_role("searchbox").fill("patient")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#summary")).to_contain_text("“patient”")
    assert said == []
