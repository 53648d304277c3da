"""``/ns``: the vocabulary for people and for programs."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from ontology.resources import code_lists_turtle, context_json, vocabulary_turtle
from tests.api.reading_rdf import read_graph
from tests.api.rest.conftest import Api


@pytest.fixture
def written() -> Graph:
    """The vocabulary and code lists as the package has them."""
    graph = read_graph(vocabulary_turtle().decode(), "turtle")
    return graph + read_graph(code_lists_turtle().decode(), "turtle")


@pytest.mark.parametrize(
    ("path", "accept", "rdf_format"),
    [
        ("/ns", "text/turtle", "turtle"),
        ("/ns.ttl", "*/*", "turtle"),
        ("/ns", "application/ld+json", "json-ld"),
        ("/ns.jsonld", "text/html", "json-ld"),
    ],
)
def test_programs_get_all_of_it(bundled: Api, written: Graph, path: str, accept: str, rdf_format: str) -> None:
    """Every triple, blank nodes and lists included, as Turtle and as JSON-LD that needs nothing from elsewhere."""
    response = bundled.client.get(path, headers={"Accept": accept})
    assert isomorphic(read_graph(response.text, rdf_format), written)
    if rdf_format == "json-ld":
        assert len(list(parse(response.content, RdfFormat.JSON_LD))) == len(written)


def test_people_get_a_page(bundled: Api) -> None:
    """A browser, and whoever takes anything, gets the page, within the pages of the study."""
    for accept in ("text/html,*/*;q=0.8", "*/*"):
        response = bundled.client.get("/ns", headers={"Accept": accept})
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "<title>Vocabulary – Innovation Ecosystem Programme</title>" in response.text


def test_the_context_is_the_published_one(bundled: Api) -> None:
    """At its own address, byte for byte, and named by the others."""
    assert bundled.client.get("/ns/context.jsonld").content == context_json()
    assert 'rel="http://www.w3.org/ns/json-ld#context"' in bundled.client.get("/ns.ttl").headers["Link"]
    assert json.loads(context_json())["@context"]["ht"] == "https://w3id.org/hypothread/ns#"


def test_it_is_there_without_a_study(nothing_stored: Api) -> None:
    """The vocabulary needs no data."""
    response = nothing_stored.client.get("/ns", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "<title>Vocabulary – Hypothread</title>" in response.text


def test_what_a_client_holds_is_not_sent_again(bundled: Api) -> None:
    """A strong tag for each format, and 304 for who holds it."""
    tags = {
        bundled.client.get("/ns", headers={"Accept": each}).headers["ETag"]
        for each in ("text/html", "text/turtle", "application/ld+json")
    }
    assert len(tags) == 3
    for tag in tags:
        held = bundled.client.get("/ns.ttl", headers={"If-None-Match": tag}).status_code
        assert held == (304 if tag == bundled.client.get("/ns.ttl").headers["ETag"] else 200)


@pytest.mark.parametrize(
    ("path", "accept", "status"), [("/ns", "image/png", 406), ("/ns?format=ttl", "*/*", 422), ("/ns.xml", "*/*", 404)]
)
def test_nothing_else_is_made_up(bundled: Api, path: str, accept: str, status: int) -> None:
    """Other formats and parameters are refused."""
    assert bundled.client.get(path, headers={"Accept": accept}).status_code == status


def test_the_description_of_the_api_has_these_addresses(bundled: Api) -> None:
    """OpenAPI names each, with what it does."""
    paths = bundled.application.openapi()["paths"]
    for path in ("/id", "/id/{path}", "/ns", "/ns.ttl", "/ns.jsonld", "/ns/context.jsonld"):
        operation = paths[path]["get"]
        assert operation["summary"]
        assert operation["description"]
        assert operation["operationId"]
