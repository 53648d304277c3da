"""The documentation of the API, from a running server and in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

from hatch_build import build_assets
from tests.accessibility import violations

ROOT = Path(__file__).parents[3]
PAGES = (
    "/", "/hypotheses/utility.html", "/how-they-changed.html", "/about-the-data.html", "/workbench.html", "/sparql",
    "/blueprint/system-level-approach.html", "/docs", "/docs/try",
)  # fmt: skip
LIST = "#operations-Quotes-list_quotes"
QUERY = "#operations-SPARQL-query"


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory,
    _bundled_once: Path,
    hypothread_script: Path,
    plain_environment: dict[str, str],
) -> Iterator[str]:
    """Where a server with the bundled study answers."""
    build_assets(ROOT)
    folder = Path(shutil.copytree(_bundled_once, tmp_path_factory.mktemp("documented") / "store"))
    command = (hypothread_script, "serve", "--store", folder, "--port", "0")
    with subprocess.Popen(command, env=plain_environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[3]
        server.terminate()


@dataclass
class Opened:
    """A page, what it said on the console, and every address it asked."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Loads the page."""
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address, wait_until="networkidle")

    def violations(self, axe: Path) -> list[Any]:
        """What the accessibility checker finds (WCAG 2.0 to 2.2, A and AA)."""
        return violations(self.page, axe)


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """A fresh page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield Opened(context.new_page())
    context.close()


def test_the_document_can_be_read_elsewhere(address: str) -> None:
    """It is OpenAPI 3.1, names itself among no routes, and pages of other origins may read it."""
    answer = httpx.get(f"{address}/api/v1/openapi.json", timeout=60, trust_env=False)
    assert answer.json()["openapi"].startswith("3.1")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"/sparql", "/data", "/healthz", "/readyz", "/metrics"} <= {*answer.json()["paths"]}


def test_the_reference_has_every_method_of_every_address(address: str) -> None:
    """What the document describes stands on the page, and every link on it leads to something on it."""
    document = httpx.get(f"{address}/api/v1/openapi.json", timeout=60, trust_env=False).json()
    text = httpx.get(f"{address}/docs", timeout=60, trust_env=False).text
    described = [(method.upper(), path) for path, item in document["paths"].items() for method in item]
    assert len(described) > 20
    shown = re.findall(
        r'<p class="reference__address"><span class="reference__method">([A-Z]+)</span> <code>(.*?)</code>', text
    )
    assert sorted(shown) == sorted(described)
    identities = re.findall(r' id="([^"]+)"', text)
    assert len(identities) == len({*identities})
    assert {*re.findall(r'href="#([^"]+)"', text)} <= {*identities}
    assert all(f'id="model-{name}"' in text for name in document["components"]["schemas"])
    assert "Innovation Ecosystem Programme" in text


def test_head_is_answered(address: str) -> None:
    """HEAD tells that the pages are there."""
    for path in ("/docs", "/docs/try", "/api/v1/openapi.json"):
        answer = httpx.head(f"{address}{path}", timeout=60, trust_env=False)
        assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_no_page_does_what_its_policy_forbids(opened: Opened, address: str, path: str) -> None:
    """A browser says nothing on the console, which it would of every violation, and asks no other host."""
    opened.go(f"{address}{path}")
    assert opened.said == []
    assert [each for each in opened.asked if not each.startswith(address)] == []


@pytest.mark.browser
def test_the_policy_is_enforced(opened: Opened, address: str) -> None:
    """An inline script that got into a page would not run, and the browser would say so."""
    opened.go(f"{address}/")
    opened.page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = 'window.ran = true';"
        " document.body.append(script) }"
    )
    assert opened.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in each for each in opened.said)


@pytest.mark.browser
@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 390])
@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.long), 12])
def test_the_reference_is_accessible(opened: Opened, address: str, axe: Path, width: int, every: int) -> None:
    """No violation of WCAG 2.0 to 2.2 A and AA with examples open (each, or every twelfth), and no sideways scroll."""
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.go(f"{address}/docs")
    opened.page.eval_on_selector_all(
        "details", "(all, every) => all.forEach((each, at) => { each.open = at % every === 0 })", every
    )
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.violations(axe) == []


@pytest.mark.browser
def test_the_reference_needs_no_script(browser: Browser, address: str) -> None:
    """It reads the same with and without JavaScript."""
    told = []
    for allowed in (True, False):
        context = browser.new_context(java_script_enabled=allowed)
        page = context.new_page()
        page.goto(f"{address}/docs")
        told.append(page.inner_text("body"))
        context.close()
    assert told[0] == told[1]
    assert len(told[0]) > 5000


@pytest.mark.browser
def test_a_request_can_be_tried_out(opened: Opened, address: str, axe: Path) -> None:
    """Swagger UI, under its policy and offline, sends a query to this server and shows its answer.

    Every field that is opened has a name, and nothing is too pale: Swagger UI alone falls short there.
    """
    opened.go(f"{address}/docs/try")
    page = opened.page
    page.set_default_timeout(60_000)
    page.locator(f"{QUERY} .opblock-summary-control").click()
    page.locator(f"{QUERY} .try-out__btn").click()
    page.locator(f"{QUERY} input[placeholder^=query]").first.fill("ASK {}")
    page.locator(f"{QUERY} .execute").click()
    status = page.locator(f"{QUERY} .live-responses-table tbody .response-col_status").first
    assert status.inner_text().strip() == "200"
    assert '"boolean": true' in page.locator(f"{QUERY} .live-responses-table pre").first.inner_text()
    assert [each for each in opened.asked if not each.startswith((address, "data:"))] == []
    assert not any("Content Security Policy" in each for each in opened.said)
    page.locator(f"{LIST} .opblock-summary-control").click()
    page.locator(f"{LIST} .try-out__btn").click()
    page.get_by_role("combobox", name="Value of sort").wait_for()
    assert opened.violations(axe) == []
