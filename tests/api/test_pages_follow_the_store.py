"""The pages over HTTP are those of the last commit, and what is not there is told with its remedy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from pyoxigraph import Literal, NamedNode, Quad
from starlette.responses import Response

from api.front import FrontedApplication
from api.missing import MissingPages
from api.pages import PageRoutes
from api.problems import PROBLEM_ERRORS, problem_response
from graphstore import Difference, GraphStore
from ingest.importing import import_study
from ontology.iris import DEFAULT_BASE
from ontology.terms import HT

BASE = f"{DEFAULT_BASE}reading-rooms"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
Client = Callable[..., "PageClient"]


class PageClient:
    """Asks an application in this process, with the event loop that a request needs."""

    def __init__(self, application: FastAPI) -> None:
        self._transport = httpx.ASGITransport(application)

    def get(self, path: str, accept: str = "*/*") -> httpx.Response:
        """The answer to a GET."""

        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://localhost") as client:
                return await client.get(path, headers={"Accept": accept})

        return asyncio.run(ask())


async def problem(request: Request, error: Exception) -> Response:
    """A problem document, as the application answers with one."""
    return problem_response(error, request.url.path)


@pytest.fixture
def client_of() -> Client:
    """A client of the page routes of a store."""

    def make(store: GraphStore, study: str | None = None) -> PageClient:
        application = FrontedApplication()
        for error in PROBLEM_ERRORS:
            application.add_exception_handler(error, problem)
        pages = PageRoutes(store, study, DEFAULT_BASE)
        application.ahead = lambda inner: MissingPages(inner, pages.missing)
        application.include_router(pages.router)
        application.middleware_stack = application.build_middleware_stack()
        return PageClient(application)

    return make


def test_a_commit_changes_the_next_answer(reading_rooms_store: GraphStore, client_of: Client) -> None:
    """The page before and after a difference, from one server."""
    client = client_of(reading_rooms_store)
    item, graph = NamedNode(f"{BASE}/hypothesis/heating/3"), NamedNode(f"{BASE}/graph")
    (old,) = (each for each in reading_rooms_store.quads(graph, subject=item) if each.predicate.value == HT.statement)
    assert "Readers stay where it is warm." in client.get("/hypotheses/heating.html").text
    new = Quad(item, NamedNode(HT.statement), Literal("Warm readers stay."), graph)
    reading_rooms_store.apply(Difference(removed={old}, added={new}))
    page = client.get("/hypotheses/heating.html").text
    assert "Warm readers stay." in page
    assert "Readers stay where it is warm." not in page


def test_a_study_that_comes_is_shown(empty_store: GraphStore, client_of: Client, small_study: Path) -> None:
    """An empty store answers 404 with what to do; after the import the same server shows the study."""
    client = client_of(empty_store)
    answer = client.get("/")
    assert answer.status_code == 404
    assert "hypothread import PATH" in answer.text
    import_study(small_study, empty_store)
    assert "Reading rooms" in client.get("/").text


def test_two_studies_need_a_name(study_store: GraphStore, client_of: Client, small_study: Path) -> None:
    """The remedy names both; a named study is shown, an unknown one is told."""
    import_study(small_study, study_store)
    told = client_of(study_store).get("/")
    assert told.status_code == 404
    assert "Say which study is meant: --study KEY. It holds: innovation-ecosystem, reading-rooms." in told.text
    assert "Reading rooms" in client_of(study_store, "reading-rooms").get("/").text
    assert client_of(study_store, "nowhere").get("/").status_code == 404


def test_an_unknown_page_is_told(reading_rooms_store: GraphStore, client_of: Client) -> None:
    """404, whatever the path."""
    client = client_of(reading_rooms_store)
    for path in ("/nowhere", "/hypotheses/nowhere.html", "/static/" + "a" * 5000, "/static/%00"):
        assert client.get(path).status_code == 404
    told = client.get("/nowhere/%7Bx%7D%00%1B")
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["detail"].startswith("There is no page /nowhere/{x}��. The pages of the study begin at /;")


def test_a_browser_gets_a_page_with_ways_on(reading_rooms_store: GraphStore, client_of: Client) -> None:
    """404 all the same; in the site's look, with pages at like addresses, and ways home and to a search."""
    client = client_of(reading_rooms_store)
    answer = client.get("/hypotheses/hour.html", BROWSER)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Reading rooms" in answer.text
    assert '<a href="../hypotheses/hours.html">Hours</a>' in answer.text
    assert 'href="../index.html"' in answer.text
    assert 'action="../search"' in answer.text
    for path in ("/-//%3Cscript%3Ex", "/%2e%2e/%2e%2e/etc/passwd", "/a/b/c/"):
        odd = client.get(path, BROWSER)
        assert odd.status_code == 404
        assert "<script>x" not in odd.text
        # As many steps up as the path is deep, so that every way stays within the site.
        assert f'href="{"../" * (path.count("/") - 1)}index.html"' in odd.text
    assert client.get("/elsewhere", "application/json").headers["content-type"] == "application/problem+json"


def test_a_browser_is_told_where_there_is_no_study(empty_store: GraphStore, client_of: Client) -> None:
    """The page says what to do, and leads to nothing that is not there."""
    answer = client_of(empty_store).get("/", BROWSER)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "hypothread import PATH" in answer.text
    assert "how-they-changed.html" not in answer.text


def test_tables_beside_pages_are_csv_of_the_last_commit(reading_rooms_store: GraphStore, client_of: Client) -> None:
    """A page's table comes as text/csv, and changes with the store."""
    client = client_of(reading_rooms_store)
    before = client.get("/do-the-numbers-add-up.csv")
    assert before.status_code == 200
    assert before.headers["content-type"] == "text/csv; charset=utf-8"
    assert before.text.startswith("kind,iri,label,published,recomputed,difference,verdict,query")
    item, graph = NamedNode(f"{BASE}/hypothesis/hours/1"), NamedNode(f"{BASE}/graph")
    (old,) = (each for each in reading_rooms_store.quads(graph, subject=item) if each.predicate.value == HT.statement)
    new = Quad(item, NamedNode(HT.statement), Literal("Open at eight."), graph)
    reading_rooms_store.apply(Difference(removed={old}, added={new}))
    assert "Open at eight." not in before.text
    assert "Open at eight." in client.get("/do-the-numbers-add-up.csv").text
    assert client.get("/whose-voice-counts.csv").text.startswith("basis,kind,voice,")
    assert client.get("/elsewhere.csv").status_code == 404
