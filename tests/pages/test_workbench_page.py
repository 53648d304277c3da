"""The workbench as a page, and the open data beside it."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html import unescape
from pathlib import Path

import html5rdf  # type: ignore[import-untyped] # has no types
import pytest
from playwright.sync_api import Browser
from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, RdfFormat, parse

from graphstore import GraphStore, open_store
from hatch_build import build_assets
from ingest.importing import import_study
from lineage.stored import StoredStudy
from ontology.iris import DEFAULT_BASE, VOCABULARY_GRAPH, StudyIris
from pages.build import SitePages, site_pages
from pages.open_data import QUADS, SCRIPT, open_data
from pages.site import static_files, write_site
from queries.library import QUERIES

ROOMS = "reading-rooms"
ROOT = Path(__file__).parents[2]
BASE = f"{DEFAULT_BASE}{ROOMS}"


@pytest.fixture
def rooms_pages(reading_rooms_store: GraphStore) -> SitePages:
    """The pages of the invented study, from its store."""
    return SitePages.of(StoredStudy(reading_rooms_store, ROOMS))


def test_every_question_stands_on_the_page_about_this_study(rooms_pages: SitePages) -> None:
    """All of the library is there, in order, and asks about the study shown, not the one in the files."""
    page = rooms_pages.render("workbench.html")
    html5rdf.HTMLParser(strict=True).parse(page)
    assert re.findall(r'data-question="([^"]+)"', page) == list(QUERIES)
    texts = [unescape(each) for each in re.findall(r"<pre[^>]*><code>(.*?)</code>", page, re.DOTALL)]
    study = StudyIris("https://w3id.org/hypothread/id/", ROOMS).study
    for query, text in zip(QUERIES.values(), texts, strict=True):
        assert (f"<{study}>" in text) == ("study" in query.header.parameters), query.name


def test_questions_about_the_study_find_something(rooms_pages: SitePages, reading_rooms_store: GraphStore) -> None:
    """The text shown runs as it stands, and those asked of a whole study give rows for this one."""
    page = rooms_pages.render("workbench.html")
    texts = [unescape(each) for each in re.findall(r"<pre[^>]*><code>(.*?)</code>", page, re.DOTALL)]
    found = {}
    for name, text in zip(QUERIES, texts, strict=True):
        answer = reading_rooms_store.query(text)
        found[name] = len(list(answer)) if isinstance(answer, QuerySolutions) else -1
    assert found["hypotheses/list"] > 0
    assert found["quotes/all"] > 0


def test_links_from_iris_lead_to_pages(rooms_pages: SitePages) -> None:
    """Every page named for an IRI exists, and so does the element in it."""
    page = rooms_pages.render("workbench.html")
    raw = re.search(r'id="workbench-pages">(.*?)</script>', page, re.DOTALL)
    assert raw
    pairs = json.loads(raw[1])
    assert len(dict(pairs)) == len(pairs) > 10
    for iri, href in pairs:
        path, _, fragment = href.partition("#")
        assert not fragment or f'id="{fragment}"' in rooms_pages.render(path), iri
        assert path in rooms_pages.paths()


@pytest.mark.browser
def test_a_version_leads_to_its_section(rooms_pages: SitePages, browser: Browser) -> None:
    """Its page is that of its hypothesis, which is named; what is no version of one leads nowhere."""
    raw = re.search(r'id="workbench-pages">(.*?)</script>', rooms_pages.render("workbench.html"), re.DOTALL)
    assert raw
    source = (ROOT / "frontend" / "workbench" / "names.js").read_text("utf-8")
    page = browser.new_page()
    iris = [f"{BASE}/{each}" for each in ("hypothesis/heating/3", "hypothesis/heating", "x/heating/3")]
    found = page.evaluate(
        """async ([source, pages, iris]) => {
            const names = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(source));
            return iris.map((iri) => names.pageOf(iri, Object.fromEntries(pages)) ?? "");
        }""",
        [source, json.loads(raw[1]), iris],
    )
    assert found == ["hypotheses/heating.html#iteration-3", "hypotheses/heating.html", ""]
    assert 'id="iteration-3"' in rooms_pages.render("hypotheses/heating.html")
    page.close()


def test_the_open_data_are_the_open_graphs(reading_rooms_store: GraphStore) -> None:
    """Stated, derived, editorial and vocabulary, each quad of the store's, and nothing of the restricted graph."""
    iris = StudyIris("https://w3id.org/hypothread/id/", ROOMS)
    names = (iris.graph(), iris.derived_graph(), iris.editorial_graph(), VOCABULARY_GRAPH)
    expected = {quad for name in names for quad in reading_rooms_store.quads(NamedNode(name))}
    given = set(parse(open_data(reading_rooms_store, ROOMS).quads, RdfFormat.N_QUADS))
    assert given == expected
    assert {quad.graph_name for quad in given} == {NamedNode(name) for name in names}
    secret = list(reading_rooms_store.quads(NamedNode(iris.restricted_graph())))
    assert secret
    texts = {f"{quad.subject}" for quad in secret}
    assert not any(text in {f"{quad.subject}" for quad in given} for text in texts)
    assert DefaultGraph() not in {quad.graph_name for quad in given}


def test_the_script_holds_the_same_data(reading_rooms_store: GraphStore) -> None:
    """The script sets one text, which unpacks to the N-Quads; making both twice gives the same bytes."""
    data = open_data(reading_rooms_store, ROOMS)
    found = re.fullmatch(r'globalThis\.hypothreadStudyData="([A-Za-z0-9+/=]+)";\n', data.script)
    assert found
    assert gzip.decompress(base64.b64decode(found[1])).decode() == data.quads
    assert open_data(reading_rooms_store, ROOMS).script == data.script


def test_a_written_site_holds_its_data(tmp_path: Path, reading_rooms_store: GraphStore) -> None:
    """The files stand where the pages look for them, are no pages in the count, and are offered for download."""
    build_assets(ROOT)
    study = StoredStudy(reading_rooms_store, ROOMS)
    pages = SitePages.of(study)
    assert write_site(site_pages(study), tmp_path / "site") == len(pages.paths())
    data = open_data(reading_rooms_store, ROOMS)
    assert (tmp_path / "site" / QUADS).read_text(encoding="utf-8") == data.quads
    assert (tmp_path / "site" / SCRIPT).read_text(encoding="utf-8") == data.script
    assert f'href="{QUADS}" download' in pages.render("about-the-data.html")


def test_without_a_store_no_data_are_promised(repair_pages: SitePages) -> None:
    """Pages made from records alone link to no file that is not there."""
    assert repair_pages.data_files() == {}
    assert "data/study.nq" not in repair_pages.render("about-the-data.html")


def test_only_the_workbench_loads_its_script(rooms_pages: SitePages) -> None:
    """No other page loads the editor, and no page at all loads the engine before it is asked for."""
    for path in rooms_pages.paths():
        page = rooms_pages.render(path)
        assert ("workbench.js" in page) == (path == "workbench.html"), path
        assert '<script src="static/workbench-engine.js' not in page


def test_two_studies_in_one_store_are_kept_apart(bundled_folder: Path, reading_rooms_folder: Path) -> None:
    """A study's file holds nothing of the other study."""
    with open_store("memory:") as store:
        import_study(bundled_folder, store)
        import_study(reading_rooms_folder, store)
        assert "innovation-ecosystem" not in open_data(store, ROOMS).quads


def test_bundled_licences_are_told() -> None:
    """What goes into the scripts is named with its licence."""
    build_assets(ROOT)
    text = (static_files() / "licences.txt").read_text(encoding="utf-8")
    for name in ("@codemirror/view", "codemirror-lang-sparql", "oxigraph", "nhsuk-frontend"):
        assert re.search(rf"^{re.escape(name)} \d", text, re.MULTILINE), name
