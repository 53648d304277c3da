"""The pages over HTTP are those of the last commit, and what is not there is told with its remedy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pyoxigraph import Literal, NamedNode, Quad

from api.pages import PageRoutes
from graphstore import Difference, GraphStore
from ingest.importing import import_study
from ontology.iris import DEFAULT_BASE
from ontology.terms import HT

BASE = f"{DEFAULT_BASE}reading-rooms"
Client = Callable[..., "PageClient"]


class PageClient:
    """Asks an application in this process, with the event loop that a request needs."""

    def __init__(self, application: FastAPI) -> None:
        self._transport = httpx.ASGITransport(application)

    def get(self, path: str) -> httpx.Response:
        """The answer to a GET."""

        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://localhost") as client:
                return await client.get(path)

        return asyncio.run(ask())


@pytest.fixture
def client_of() -> Client:
    """A client of the page routes of a store."""

    def make(store: GraphStore, study: str | None = None) -> PageClient:
        application = FastAPI()
        application.include_router(PageRoutes(store, study, DEFAULT_BASE).router)
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
    told = client.get("/nowhere/%7Bx%7D%00%1B").text
    assert told.startswith("There is no page /nowhere/{x}��\n")
    assert "begin at /\n" in told
    assert "/docs" in told


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
