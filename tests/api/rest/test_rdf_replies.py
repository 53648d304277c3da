"""Every look-up of the graph's items comes as Turtle and as JSON-LD, which say the same and are read offline."""

from __future__ import annotations

import json
import re
from time import process_time
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from api.rest.operations import Operation
from api.rest.routes import ROUTES
from lineage.statements import described
from ontology.json_ld import document, published_context
from ontology.prefixes import expand
from tests.api.reading_rdf import read_graph
from tests.api.rest.conftest import Api

GRAPH_LOOK_UPS = [each for each in ROUTES if {"ttl", "jsonld"} <= {kind.suffix for kind in each.formats}]


def both(api: Api, address: str, **params: str) -> tuple[Graph, Graph, Any]:
    """What Turtle and JSON-LD give at an address, and the JSON-LD document."""
    path, _, query = address.partition("?")
    asked = dict(each.split("=") for each in query.split("&") if each) | params
    turtle, json_ld = (api.client.get(f"/api/v1{path}.{suffix}", params=asked) for suffix in ("ttl", "jsonld"))
    assert (turtle.status_code, json_ld.status_code) == (200, 200), turtle.text
    assert set(parse(turtle.content, RdfFormat.TURTLE)) == set(parse(json_ld.content, RdfFormat.JSON_LD))
    one, other = read_graph(turtle.text, "turtle"), read_graph(json_ld.text, "json-ld")
    return one, other, json_ld.json()


@pytest.mark.parametrize("operation", GRAPH_LOOK_UPS, ids=lambda each: each.name)
@pytest.mark.parametrize("include", ["asserted", "asserted,editorial"])
def test_turtle_and_json_ld_say_the_same(bundled: Api, operation: Operation, include: str) -> None:
    """Both hold the same triples in two libraries, and say something of each resource that JSON gives."""
    asked = {"include": include} if any(each.name == "include" for each in operation.parameters) else {}
    one, other, _ = both(bundled, operation.example, **asked)
    assert isomorphic(one, other)
    path, _, query = operation.example.partition("?")
    plain = bundled.client.get(f"/api/v1{path}?{query}").json()
    for each in plain["items"] if operation.is_list else [plain]:
        assert (URIRef(each["iri"]), None, None) in one


def test_there_are_look_ups_of_the_graph() -> None:
    """The list above is not empty by mistake."""
    assert {"get_quote", "list_quotes", "get_version", "list_themes"} <= {each.name for each in GRAPH_LOOK_UPS}


def test_a_resource_is_one_tree(bundled: Api) -> None:
    """Its own terms stand in it, numbers are numbers, what it points at is nested with its name; all by the context."""
    _, _, found = both(bundled, "/studies/innovation-ecosystem/versions/utility/2")
    assert found["id"] == f"{bundled.iri}/hypothesis/utility/2"
    assert set(found["type"]) == {"HypothesisVersion", "Entity"}
    assert (found["number"], found["title"]) == (2, "Utility")
    assert found["ofHypothesis"] == {"id": f"{bundled.iri}/hypothesis/utility", "prefLabel": "Utility"}
    published = published_context()
    assert all(published[name] == value for name, value in found["@context"].items())


def test_a_list_keeps_its_order(bundled: Api) -> None:
    """The resources stand in ``@graph`` as JSON lists them, also where there is just one."""
    path = f"/api/v1/studies/{bundled.study}/quotes"
    for params in ({"sort": "-key", "limit": "7"}, {"limit": "1"}):
        items = bundled.client.get(path, params=params).json()["items"]
        graph = bundled.client.get(f"{path}.jsonld", params=params).json()["@graph"]
        assert [each["id"] for each in graph] == [each["iri"] for each in items]


def test_an_empty_list_is_an_empty_graph(bundled: Api) -> None:
    """Nothing found is nothing said, not an error."""
    params = {"q": "no such words anywhere"}
    one, other, _ = both(bundled, "/studies/innovation-ecosystem/quotes", **params)
    assert (len(one), len(other)) == (0, 0)


def test_readings_come_only_where_they_are_asked_for(bundled: Api) -> None:
    """A quote's codings are there with include, and only then."""
    address = "/studies/innovation-ecosystem/quotes/q19"
    coding = URIRef(expand("ht:Coding"))
    plain, read = (
        both(bundled, address, include=include)[0] for include in ("asserted", "asserted,editorial")
    )  # fmt: skip
    assert (None, None, coding) not in plain
    stated = {
        row["key"] for row in bundled.rows("links") if row["target"] == "quotes:q19"
    }  # fmt: skip
    assert {str(each).rpartition("/")[2] for each in read.subjects(None, coding)} == stated


def test_the_document_is_what_the_library_expands(bundled: Api) -> None:
    """Expanded by a JSON-LD processor that may fetch nothing, the document gives the graph again."""

    def refuse(address: str, options: object) -> None:
        raise AssertionError(f"{address} was asked for with {options}")

    found = bundled.client.get(f"/api/v1/studies/{bundled.study}/quotes.jsonld?limit=20")
    quads = jsonld.to_rdf(found.json(), {"format": "application/n-quads", "documentLoader": refuse})
    turtle = bundled.client.get(f"/api/v1/studies/{bundled.study}/quotes.ttl?limit=20").text
    assert isomorphic(read_graph(quads, "nt"), read_graph(turtle, "turtle"))


def test_fifty_quotes_take_less_than_a_tenth_of_a_second(bundled: Api) -> None:
    """Making the JSON-LD of a page of 50 quotes keeps a processor busy for under 100 ms."""
    iris = [f"{bundled.iri}/quote/{row['key']}" for row in bundled.rows("quotes")][:50]
    description = described(bundled.store, iris)
    took = []
    for _ in range(5):
        began = process_time()
        made = document(description.triples, description.items, as_list=True)
        took.append(process_time() - began)
    assert len(made["@graph"]) == 50
    assert json.dumps(made)
    assert min(took) < 0.1


def test_fields_are_not_for_rdf(bundled: Api) -> None:
    """A parameter that means nothing in a format is refused, not passed over."""
    status, problem = bundled.status("/quotes.ttl", params={"fields": "iri"})
    assert status == 422
    assert "fields is for JSON and CSV" in problem["detail"]


def test_turtle_begins_with_what_was_asked_for(bundled: Api) -> None:
    """The resources in the order of the list, each with its kind first; then what they point at."""
    text = bundled.client.get(f"/api/v1/studies/{bundled.study}/quotes.ttl?limit=3&sort=-key").text
    subjects = re.findall(r"^<([^>]*)> a ", text, re.MULTILINE)
    keys = [each["iri"] for each in bundled.get("/quotes?limit=3&sort=-key")["items"]]
    assert subjects[:3] == keys
