"""What XML cannot tell is refused by every write over HTTP, so that answers in XML tell all there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from api.access.roles import Role
from api.access.tokens import TokenStore
from graphstore import open_store
from ingest.importing import import_study
from tests.api.rest.conftest import Api, serving_api

GRAPH = "http://example.org/notes"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
UPDATES = {
    "escaped": f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <x:a> <{LABEL}> "a\\u0001b" }} }}',
    "as it is": f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <x:a> <{LABEL}> "a\x01b" }} }}',
    "computed": f'INSERT {{ GRAPH <{GRAPH}> {{ <x:a> <{LABEL}> ?x }} }} WHERE {{ BIND(CONCAT("a\\u0001","b") AS ?x) }}',
    "in a language": f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <x:a> <{LABEL}> "a\\u0001b"@en }} }}',
    "beside others": f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <x:a> <x:p> "fine" . <x:a> <{LABEL}> "a\\u0001b" }} }}',
}
GRAPHS = {
    "Turtle": ("text/turtle", f'<x:a> <{LABEL}> "a\\u0001b" .'),
    "Turtle as it is": ("text/turtle", f'<x:a> <{LABEL}> "a\x01b" .'),
    "N-Triples": ("application/n-triples", f'<x:a> <{LABEL}> "a\\u0001b" .'),
    "JSON-LD": ("application/ld+json", json.dumps({"@id": "x:a", LABEL: "a\x01b"})),
}


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory, reading_rooms_folder: Path) -> Iterator[Api]:
    """The invented study; what is refused leaves it as it is."""
    folder = tmp_path_factory.mktemp("untellable") / "store"
    with open_store(str(folder)) as store:
        import_study(reading_rooms_folder, store)
    with serving_api(folder, "reading-rooms", reading_rooms_folder) as api:
        yield api


@pytest.fixture(scope="module")
def headers(rooms: Api) -> dict[str, str]:
    """Those of somebody who may write."""
    return {"Authorization": f"Bearer {TokenStore(rooms.store.folder).create(Role.analyst, 'An analyst')}"}


def assert_refused(api: Api, method: str, address: str, before: int, **asked: Any) -> None:
    """The problem document names the statement, the character and the place, and nothing was written."""
    answer = api.client.request(method, address, **asked)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "https://w3id.org/hypothread/problem/untellable-character"
    assert f'<x:a> <{LABEL}> "a\\u0001b"' in problem["detail"]
    assert "U+0001, as its character 2," in problem["detail"]
    assert api.store.commit_number == before


@pytest.mark.parametrize("way", UPDATES)
def test_an_update_is_refused(rooms: Api, headers: dict[str, str], way: str) -> None:
    """However the text comes about."""
    kind = {"Content-Type": "application/sparql-update"}
    assert_refused(
        rooms, "POST", "/sparql", rooms.store.commit_number, content=UPDATES[way].encode(), headers=headers | kind
    )


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("way", GRAPHS)
def test_a_graph_is_refused(rooms: Api, headers: dict[str, str], way: str, method: str) -> None:
    """In every format that can write such a text, for one graph and for the unnamed one."""
    media_type, text = GRAPHS[way]
    for address in (f"/data?graph={GRAPH}", "/data?default"):
        assert_refused(
            rooms, method, address, rooms.store.commit_number, content=text.encode(),
            headers=headers | {"Content-Type": media_type},
        )  # fmt: skip


def test_a_patch_is_refused(rooms: Api, headers: dict[str, str]) -> None:
    """Like an update."""
    text = f'INSERT DATA {{ <x:a> <{LABEL}> "a\\u0001b" }}'
    kind = {"Content-Type": "application/sparql-update"}
    assert_refused(
        rooms, "PATCH", f"/data?graph={GRAPH}", rooms.store.commit_number, content=text.encode(), headers=headers | kind
    )


@pytest.mark.parametrize("name", ["x:a\\u0001", "x:\\uFFFE", "x:\\uFFFF"])
def test_no_name_holds_such_a_character(rooms: Api, headers: dict[str, str], name: str) -> None:
    """The parsers refuse it in an IRI, with its place."""
    for method, address, kind, text in (
        ("POST", "/sparql", "application/sparql-update", f"INSERT DATA {{ <{name}> <x:p> 1 }}"),
        ("PUT", f"/data?graph={GRAPH}", "text/turtle", f"<{name}> <x:p> 1 ."),
    ):
        answer = rooms.client.request(method, address, content=text, headers=headers | {"Content-Type": kind})
        assert answer.status_code == 400
        assert answer.json()["line"] == 1


def test_what_xml_can_tell_is_written_and_told(tmp_path: Path, reading_rooms_folder: Path) -> None:
    """Tabs, line feeds, carriage returns and everything from U+0020 come back to the letter in XML."""
    words = "a\t\n\r\x7f\x85\u2028\ufffd\U0001f600<&>"
    with serving_api(tmp_path / "own", "reading-rooms", reading_rooms_folder) as api:
        token = TokenStore(api.store.folder).create(Role.analyst, "An analyst")
        written = api.client.request(
            "PUT", f"/data?graph={GRAPH}", content=json.dumps({"@id": "x:a", LABEL: words}),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/ld+json"},
        )  # fmt: skip
        assert written.status_code == 201, written.text
        asked = {"query": f"SELECT ?x {{ GRAPH <{GRAPH}> {{ ?s ?p ?x }} }}"}
        told = api.client.get("/sparql", params=asked, headers={"Accept": "application/sparql-results+xml"})
        read = ElementTree.fromstring(told.content)  # noqa: S314  (our own server's)
        assert [each.text for each in read.iter() if each.tag.endswith("literal")] == [words]
