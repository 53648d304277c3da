"""The workbench in a real browser, in each place where it must work: a folder, a plain web server, the application."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from graphstore import GraphStore, open_store
from hatch_build import build_assets
from ingest.importing import import_study
from lineage.stored import StoredStudy
from pages.build import site_pages
from pages.contexts.workbench import CONTENT_SECURITY_POLICY
from pages.site import write_site
from tests.accessibility import violations

ROOT = Path(__file__).parents[3]
STUDY = "innovation-ecosystem"
PATIENCE = 20_000
PASTE = """(place, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  place.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""


@dataclass
class Workbench:
    """The page, handled as a person would; collects what it says on the console and every address it asks."""

    page: Page
    address: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, fragment: str = "") -> Workbench:
        """Load the page and wait until the editor is there."""
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(f"{self.address}{fragment}")
        self.page.locator("#workbench-editor .cm-content").wait_for()
        return self

    def write(self, text: str) -> None:
        """Paste `text` into the editor in place of what is there."""
        content = self.page.locator("#workbench-editor .cm-content")
        content.focus()
        self.page.keyboard.press("Control+a")
        content.evaluate(PASTE, text)

    def text(self) -> str:
        """What stands in the editor."""
        lines = self.page.locator("#workbench-editor .cm-line")
        return "\n".join(each.replace("\n", "") for each in lines.all_inner_texts())

    def settle(self) -> None:
        """Wait until nothing runs any more."""
        expect(self.page.locator("#workbench-run")).to_have_attribute("aria-disabled", "false", timeout=PATIENCE)

    def run(self, text: str | None = None) -> str:
        """Run `text`, or what is in the editor, with the button; returns what is told about it."""
        if text is not None:
            self.write(text)
        self.page.locator("#workbench-run").click()
        self.settle()
        return self.page.locator("#workbench-status").inner_text()

    def rows(self) -> list[list[str]]:
        """The words in each cell of the table."""
        script = "all => all.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
        rows: list[list[str]] = self.page.eval_on_selector_all("#workbench-answer tbody tr", script)
        return rows

    def problem(self) -> str:
        """What is told to be wrong, "" where nothing is."""
        place = self.page.locator("#workbench-problem")
        return place.inner_text() if place.is_visible() else ""

    def downloaded(self, button: str) -> bytes:
        """The file that a button gives."""
        with self.page.expect_download() as waiting:
            self.page.locator(f"#workbench-{button}").click()
        content = waiting.value.path().read_bytes()
        self.settle()
        return content


@pytest.fixture(scope="session")
def study_in_memory() -> Iterator[GraphStore]:
    """The bundled study in a store of its own: what the browser's answers are held against."""
    with open_store("memory:") as store:
        import_study(ROOT / "studies" / STUDY, store)
        yield store


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory, study_in_memory: GraphStore) -> Path:
    """The written site of the bundled study."""
    build_assets(ROOT)
    folder = tmp_path_factory.mktemp("workbench") / "site"
    write_site(site_pages(StoredStudy(study_in_memory, STUDY)), folder)
    return folder


@pytest.fixture(scope="session")
def plain_server(site_folder: Path) -> Iterator[str]:
    """A web server that has the site's files and no endpoint, under the strictest policy."""
    script = Path(__file__).with_name("strict_server.py")
    command: Sequence[str | Path] = (sys.executable, script, site_folder, CONTENT_SECURITY_POLICY)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        server.terminate()


@pytest.fixture(scope="session")
def served(
    tmp_path_factory: pytest.TempPathFactory, hypothread_script: Path, plain_environment: dict[str, str]
) -> Iterator[str]:
    """The address of the application, serving a store that holds the bundled study."""
    build_assets(ROOT)
    folder = tmp_path_factory.mktemp("served") / "store"
    with open_store(str(folder)) as store:
        import_study(ROOT / "studies" / STUDY, store)
    command: Sequence[str | Path] = (hypothread_script, "serve", "--store", folder, "--port", "0")
    with subprocess.Popen(command, env=plain_environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert "answers at http" in line, line
        yield line.split("answers at ")[1].split()[0]
        server.terminate()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that remembers nothing yet."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def offline(context: BrowserContext, site_folder: Path) -> Workbench:
    """The workbench, opened from a folder."""
    return Workbench(context.new_page(), (site_folder / "workbench.html").as_uri()).open()


@pytest.fixture(params=["folder", pytest.param("plain server", marks=pytest.mark.long), "application"])
def workbench(request: pytest.FixtureRequest, context: BrowserContext) -> Workbench:
    """The workbench, opened from each place where it must work."""
    match request.param:
        case "folder":
            address = (request.getfixturevalue("site_folder") / "workbench.html").as_uri()
        case "plain server":
            address = f"{request.getfixturevalue('plain_server')}/workbench.html"
        case _:
            address = f"{request.getfixturevalue('served')}/sparql"
    return Workbench(context.new_page(), address).open()


@pytest.fixture
def check_accessibility(axe: Path) -> Any:
    """A function that gives what the accessibility checker finds on a page."""
    return partial(violations, axe=axe)
