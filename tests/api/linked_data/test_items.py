"""``…/items/…``: all that is said of any item, also of those kinds that have no look-up of their own."""

from __future__ import annotations

import pytest
from rdflib.compare import isomorphic

from tests.api.reading_rdf import read_graph
from tests.api.rest.conftest import Api


def test_an_item_is_told_as_its_sheet_tells_it(bundled: Api) -> None:
    """A finding has the words of its row, and names its source."""
    row = next(each for each in bundled.rows("findings") if each["key"] == "value-awareness")
    found = bundled.get("/items/finding/value-awareness")
    stated = {each["property"]: each for each in found["statements"]}
    assert (found["kind"], found["key"]) == ("finding", "value-awareness")
    assert found["types"] == ["ht:Finding", "prov:Entity"]
    assert stated["ht:text"]["text"] == row["text"]
    assert stated["ht:citesNumber"]["text"] == row["cites_number"]
    assert stated["dcterms:source"]["iri"] == f"{bundled.iri}/source/{row['source']}"
    title = next(each for each in bundled.rows("sources") if each["key"] == row["source"])["title"]
    assert stated["dcterms:source"]["label"] == title


def test_readings_of_it_are_named_only_where_they_are_asked_for(bundled: Api) -> None:
    """By their IRIs and status; an editorial item is told by its own IRI."""
    assert bundled.get("/items/finding/value-awareness")["readings"] == []
    (reading,) = bundled.get("/items/finding/value-awareness", params={"include": "editorial"})["readings"]
    assert reading["status"] == "editorial"
    path = reading["iri"].removeprefix(bundled.iri)
    told = {each["property"]: each for each in bundled.get(f"/items{path}")["statements"]}
    assert told["oa:hasTarget"]["iri"] == f"{bundled.iri}/finding/value-awareness"
    assert told["prov:wasAttributedTo"]["label"] == "Hypothread editors"


@pytest.mark.parametrize("path", ["source/rapid-insight-report", "event/kick-off", "dataset/published-overall"])
def test_rdf_says_the_same_twice(bundled: Api, path: str) -> None:
    """Turtle and JSON-LD hold the same triples."""
    address = f"/api/v1/studies/{bundled.study}/items/{path}"
    one = read_graph(bundled.client.get(f"{address}.ttl").text, "turtle")
    other = read_graph(bundled.client.get(f"{address}.jsonld").text, "json-ld")
    assert isomorphic(one, other)
    assert len(one) > 0


def test_a_version_names_those_around_it(bundled: Api) -> None:
    """Link leads to the look-ups of the versions before, after and newest."""
    response = bundled.client.get(f"/api/v1/studies/{bundled.study}/items/hypothesis/utility/1")
    for kind in ("latest-version", "successor-version"):
        assert f'</api/v1/studies/innovation-ecosystem/versions/utility/2>; rel="{kind}"' in response.headers["Link"]


@pytest.mark.parametrize(
    ("path", "params", "status", "words"),
    [
        ("finding/none", {}, 404, "There is no item"),
        ("finding", {}, 404, "There is no item"),
        ("response/r1", {}, 404, "There is no item"),
        ("graph/restricted", {}, 404, "There is no item"),
        ("change/utility-1-to-2", {"iteration": "1"}, 404, "belongs to iteration 2"),
        ("finding/value-awareness", {"on": "2001-01-01"}, 404, "held nothing yet"),
        ("finding/value-awareness", {"include": "x"}, 422, "include cannot be"),
        ("finding/value-awareness", {"q": "x"}, 422, "no parameter “q”"),
        ("%00/%22", {}, 404, "There is no item"),
    ],
)
def test_what_there_is_not_is_refused(bundled: Api, path: str, params: dict[str, str], status: int, words: str) -> None:
    """With a problem document that says why."""
    found, problem = bundled.status(f"/items/{path}", params=params)
    assert found == status
    assert words in problem["detail"]
