"""SPARQL 1.1 Graph Store HTTP Protocol, point by point."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"
VOCABULARY = "https://w3id.org/hypothread/ns"
TURTLE = {"Content-Type": "text/turtle"}
WITH_BLANK_NODES = "<http://x/a> <http://x/b> [ <http://x/c> 1 ; <http://x/d> [ <http://x/e> 'f' ] ] ."


@pytest.fixture
def graph(analyst: httpx.Client) -> Iterator[str]:
    """The name of a graph that nobody else uses; deleted afterwards."""
    name = f"http://example.org/{uuid4().hex}"
    yield name
    analyst.delete("/data", params={"graph": name})


def kind(response: httpx.Response) -> tuple[int, str]:
    """The status and the kind of problem."""
    return response.status_code, str(response.json()["type"]).rpartition("/")[2]


def held(client: httpx.Client, address: str, **params: str) -> Graph:
    """What a graph holds."""
    response = client.get(address, params=params or None, headers={"Accept": "text/turtle"})
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.text, format="turtle")


def turtle(text: str) -> Graph:
    """Turtle as a graph."""
    return Graph().parse(data=text, format="turtle")


def test_put_creates_with_201_and_replaces_with_204(analyst: httpx.Client, graph: str) -> None:
    """5.3: the graph holds just what was sent."""
    first = analyst.put("/data", params={"graph": graph}, content="<http://x/a> <http://x/b> 1 .", headers=TURTLE)
    second = analyst.put("/data", params={"graph": graph}, content="<http://x/a> <http://x/b> 2 .", headers=TURTLE)
    assert (first.status_code, second.status_code) == (201, 204)
    assert isomorphic(held(analyst, "/data", graph=graph), turtle("<http://x/a> <http://x/b> 2 ."))


def test_put_of_blank_nodes_replaces_them(analyst: httpx.Client, graph: str) -> None:
    """5.3: twice the same with blank nodes is the same graph, not two of it."""
    for _ in range(2):
        analyst.put("/data", params={"graph": graph}, content=WITH_BLANK_NODES, headers=TURTLE).raise_for_status()
        assert isomorphic(held(analyst, "/data", graph=graph), turtle(WITH_BLANK_NODES))


def test_post_merges_and_keeps_blank_nodes_apart(analyst: httpx.Client, graph: str) -> None:
    """5.5 and RDF 1.1 Semantics, 4.1: an RDF merge; equal labels of two payloads are two nodes."""
    for number, status in ((1, 201), (2, 204)):
        data = f"<http://x/a> <http://x/b> _:same . _:same <http://x/c> {number} ."
        response = analyst.post("/data", params={"graph": graph}, content=data, headers=TURTLE)
        assert response.status_code == status
    found = held(analyst, "/data", graph=graph)
    assert len(found) == 4
    assert len(set(found.objects())) == 4


def test_post_to_the_service_creates_a_graph(analyst: httpx.Client) -> None:
    """5.5: without a graph a new one is made, and Location names it (4.1: it can be asked for directly)."""
    response = analyst.post("/data", content="<> <http://x/b> 1 .", headers=TURTLE)
    assert response.status_code == 201
    location = response.headers["location"]
    assert location.startswith(f"{analyst.base_url}/data/")
    assert isomorphic(held(analyst, location), turtle(f"<{location}> <http://x/b> 1 ."))
    assert isomorphic(held(analyst, "/data", graph=location), held(analyst, location))
    assert analyst.delete(location).status_code == 204
    assert analyst.get(location).status_code == 404


def test_direct_and_indirect_name_the_same_graph(analyst: httpx.Client) -> None:
    """4.1 and 4.2: a graph's own address, and the parameter graph."""
    name = f"{analyst.base_url}/data/{uuid4().hex}"
    assert analyst.put(name, content="<x> <http://x/b> 1 .", headers=TURTLE).status_code == 201
    expected = turtle(f"<{analyst.base_url}/data/x> <http://x/b> 1 .")
    assert isomorphic(held(analyst, "/data", graph=name), expected)
    assert analyst.head(name).status_code == 200
    assert analyst.delete("/data", params={"graph": name}).status_code == 204


def test_delete_and_missing_graphs(analyst: httpx.Client, graph: str) -> None:
    """5.2, 5.4 and 5.6: GET, HEAD and DELETE of a graph that there is not are 404."""
    assert kind(analyst.get("/data", params={"graph": graph})) == (404, "not-found")
    assert analyst.head("/data", params={"graph": graph}).status_code == 404
    assert kind(analyst.delete("/data", params={"graph": graph})) == (404, "not-found")
    analyst.put("/data", params={"graph": graph}, content=WITH_BLANK_NODES, headers=TURTLE).raise_for_status()
    assert analyst.delete("/data", params={"graph": graph}).status_code == 204
    assert analyst.get("/data", params={"graph": graph}).status_code == 404


def test_the_default_graph_is_always_there(analyst: httpx.Client) -> None:
    """4.2: ?default is the unnamed graph; empty, it is still found."""
    assert analyst.get("/data?default").status_code == 200
    data = "<http://x/unnamed> <http://x/b> 1 ."
    assert analyst.put("/data?default", content=data, headers=TURTLE).status_code == 204
    assert isomorphic(held(analyst, "/data?default"), turtle(data))
    seen = analyst.get("/sparql", params={"query": "ASK { <http://x/unnamed> ?p ?o }"})
    assert seen.json()["boolean"] is True
    assert analyst.delete("/data?default").status_code == 204
    assert len(held(analyst, "/data?default")) == 0


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml;q=0.5, application/n-triples;q=0.6", "application/n-triples"),
    ],
)
def test_a_graph_comes_in_the_format_asked_for(anybody: httpx.Client, accept: str, content_type: str) -> None:
    """5.2: content negotiation; HEAD says the same (5.6)."""
    for method in ("GET", "HEAD"):
        response = anybody.request(method, "/data", params={"graph": VOCABULARY}, headers={"Accept": accept})
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == content_type
        assert bool(response.content) is (method == "GET")


def test_nothing_acceptable_is_406(anybody: httpx.Client) -> None:
    """5.2: the formats that there are, are named."""
    response = anybody.get("/data", params={"graph": VOCABULARY}, headers={"Accept": "text/csv"})
    assert kind(response) == (406, "not-acceptable")


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("text/turtle", "<http://x/a> <http://x/b> 'c' ."),
        ("text/turtle; charset=utf-8", "<http://x/a> <http://x/b> 'c' ."),
        ("application/n-triples", '<http://x/a> <http://x/b> "c" .'),
        ("application/ld+json", '{"@id": "http://x/a", "http://x/b": "c"}'),
        ("application/trig", "{ <http://x/a> <http://x/b> 'c' }"),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
            '<rdf:Description rdf:about="http://x/a"><x:b>c</x:b></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_a_graph_may_be_sent_in_every_rdf_format(analyst: httpx.Client, graph: str, media_type: str, data: str) -> None:
    """5.3: the payload's format is what Content-Type says."""
    headers = {"Content-Type": media_type}
    assert analyst.put("/data", params={"graph": graph}, content=data, headers=headers).status_code == 201
    assert isomorphic(held(analyst, "/data", graph=graph), turtle("<http://x/a> <http://x/b> 'c' ."))


@pytest.mark.parametrize(
    ("headers", "data", "expected"),
    [
        (TURTLE, "<http://x/a> nonsense", (400, "data-syntax")),
        (TURTLE, b"<http://x/a> <http://x/b> '\xff' .", (400, "data-syntax")),
        ({"Content-Type": "text/html"}, "<p>", (415, "unsupported-media-type")),
        ({}, "<http://x/a> <http://x/b> 1 .", (415, "unsupported-media-type")),
        ({"Content-Type": "text/turtle; charset=utf-16"}, "", (415, "unsupported-media-type")),
        ({**TURTLE, "Content-Encoding": "gzip"}, "", (415, "unsupported-media-type")),
        ({"Content-Type": "application/n-quads"}, "<a:a> <a:b> <a:c> <a:g> .", (400, "malformed-request")),
        ({"Content-Type": "application/ld+json"}, '{"@context": "http://127.0.0.1/c", "x": 1}', (400, "data-syntax")),
        ({"Content-Type": "application/rdf+xml"}, '<!DOCTYPE x [<!ENTITY a "b">]><x/>', (400, "data-syntax")),
    ],
)
def test_a_failed_put_leaves_the_graph_as_it_was(
    analyst: httpx.Client, graph: str, headers: dict[str, str], data: str | bytes, expected: tuple[int, str]
) -> None:
    """5.1 and 5.3: 400 for what cannot be read, 415 for what is in no known format; nothing is changed."""
    analyst.put("/data", params={"graph": graph}, content=WITH_BLANK_NODES, headers=TURTLE).raise_for_status()
    for method in ("PUT", "POST"):
        refused = analyst.request(method, "/data", params={"graph": graph}, content=data, headers=headers)
        assert kind(refused) == expected
    assert isomorphic(held(analyst, "/data", graph=graph), turtle(WITH_BLANK_NODES))


def test_patch_updates_just_the_graph_it_is_sent_to(analyst: httpx.Client, graph: str) -> None:
    """5.7: SPARQL Update, which reads and writes this graph only."""
    headers = {"Content-Type": "application/sparql-update"}
    steps = (
        ("INSERT DATA { <http://x/a> <http://x/b> 1 }", 201),
        (
            "INSERT { ?s <http://x/c> ?o } WHERE { ?s <http://x/b> ?o } ; DELETE DATA { <http://x/a> <http://x/b> 1 }",
            204,
        ),
        ("PREFIX x: <http://x/> DELETE { ?s x:c ?o } INSERT { ?s x:d 2 } WHERE { ?s x:c ?o }", 204),
    )
    for text, status in steps:
        assert analyst.patch("/data", params={"graph": graph}, content=text, headers=headers).status_code == status
    assert isomorphic(held(analyst, "/data", graph=graph), turtle("<http://x/a> <http://x/d> 2 ."))
    text = "DELETE WHERE { ?s ?p ?o }"
    assert analyst.patch("/data", params={"graph": graph}, content=text, headers=headers).status_code == 204
    assert analyst.get("/data", params={"graph": graph}).status_code == 404


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH <http://x/other> { <a:b> <a:b> 1 } }",
        "WITH <http://x/other> INSERT { <a:b> <a:b> 1 } WHERE {}",
        "DROP ALL",
        "INSERT { <a:b> <a:b> 1 } USING <http://x/other> WHERE {}",
    ],
)
def test_patch_of_another_graph_is_refused(analyst: httpx.Client, graph: str, text: str) -> None:
    """5.7: an update that names a graph has no place in a PATCH; what it names is left alone."""
    headers = {"Content-Type": "application/sparql-update"}
    refused = analyst.patch("/data", params={"graph": graph}, content=text, headers=headers)
    assert kind(refused) == (400, "malformed-request")
    assert analyst.get("/data", params={"graph": "http://x/other"}).status_code == 404


def test_patch_takes_updates_only(analyst: httpx.Client, graph: str) -> None:
    """5.7: another content type is 415."""
    refused = analyst.patch("/data", params={"graph": graph}, content="<a:b> <a:b> 1 .", headers=TURTLE)
    assert kind(refused) == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    "address",
    [
        "/data",
        "/data?graph=http%3A%2F%2Fx%2Fg&default",
        "/data?graph=http%3A%2F%2Fx%2Fg&graph=http%3A%2F%2Fx%2Fh",
        "/data?graph=relative",
        "/data?graph=",
        "/data?default=yes",
        "/data?graph=%FF",
        "/data/direct?default",
    ],
)
def test_a_graph_must_be_meant_clearly(anybody: httpx.Client, address: str) -> None:
    """4.2: exactly one graph, by an absolute IRI."""
    assert kind(anybody.get(address)) == (400, "malformed-request")


def test_options_and_other_methods(anybody: httpx.Client) -> None:
    """RFC 9110, 9.3.7 and 15.5.6."""
    assert anybody.options("/data").headers["allow"] == "GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS"
    assert kind(anybody.request("COPY", "/data?default")) == (405, "method-not-allowed")


def test_writing_takes_the_right_token(anybody: httpx.Client, reader: httpx.Client, graph: str) -> None:
    """Without a token 401, as a reader 403; for every method that writes."""
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert kind(anybody.request(method, "/data", params={"graph": graph})) == (401, "token-required")
        assert kind(reader.request(method, "/data", params={"graph": graph})) == (403, "role-too-low")


@pytest.mark.parametrize("name", [VOCABULARY, f"{STUDY}/graph/history"])
def test_protected_graphs_are_read_only(analyst: httpx.Client, name: str) -> None:
    """Design, section 3: naming the vocabulary or a history in a write is 403."""
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        refused = analyst.request(method, "/data", params={"graph": name}, content="", headers=TURTLE)
        assert kind(refused) == (403, "graph-read-only")


def test_the_shapes_stop_a_put(analyst: httpx.Client) -> None:
    """422 with the report; the study stays as it was."""
    name = f"{STUDY}/graph"
    before = held(analyst, "/data", graph=name)
    data = f"<{STUDY}/hypothesis/utility> a <{VOCABULARY}#Hypothesis> ."
    refused = analyst.put("/data", params={"graph": name}, content=data, headers=TURTLE)
    assert kind(refused) == (422, "shapes-violated")
    assert refused.json()["report"]["results"]
    assert len(held(analyst, "/data", graph=name)) == len(before)
