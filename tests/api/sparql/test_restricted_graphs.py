"""What stays closed without a token, in every way it can be asked for."""

from __future__ import annotations

import httpx
import pytest

STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"
RESTRICTED = f"{STUDY}/graph/restricted"
CONFIDENTIAL = "http://example.org/said-in-confidence"


def kind(response: httpx.Response) -> tuple[int, str]:
    """The status and the kind of problem."""
    return response.status_code, str(response.json()["type"]).rpartition("/")[2]


@pytest.mark.parametrize("name", [RESTRICTED, f"{STUDY}/graph/history", f"{STUDY}-not-there/graph/restricted"])
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <CLOSED> { ?s ?p ?o }",
        "SELECT * FROM NAMED <CLOSED> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <CLOSED> { ?s ?p ?o } }",
        "PREFIX n: <CLOSED> SELECT * { GRAPH n: { ?s ?p ?o } }",
        "BASE <CLOSED> SELECT * { GRAPH <> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { graph<CLOSED>{ ?s ?p ?o } } }",
    ],
)
def test_naming_a_closed_graph_is_401_whether_it_exists_or_not(anybody: httpx.Client, text: str, name: str) -> None:
    """Named in the text; nothing tells whether there is such a graph."""
    refused = anybody.get("/sparql", params={"query": text.replace("CLOSED", name)})
    assert kind(refused) == (401, "token-required")
    assert name not in refused.text


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_asking_for_a_closed_graph_by_parameter_is_401(anybody: httpx.Client, parameter: str) -> None:
    """Named in the request."""
    refused = anybody.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", parameter: RESTRICTED})
    assert kind(refused) == (401, "token-required")


def test_reading_a_closed_graph_whole_is_401(anybody: httpx.Client, reader: httpx.Client) -> None:
    """Through the graph store protocol."""
    assert kind(anybody.get("/data", params={"graph": RESTRICTED})) == (401, "token-required")
    assert anybody.head("/data", params={"graph": RESTRICTED}).status_code == 401
    assert CONFIDENTIAL in reader.get("/data", params={"graph": RESTRICTED}).text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?s { ?s ?p ?o }",
        f"SELECT ?s {{ VALUES ?g {{ <{RESTRICTED}> }} GRAPH ?g {{ ?s ?p ?o }} }}",
        f"DESCRIBE <{CONFIDENTIAL}>",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_a_closed_graph_is_not_seen_by_the_way(anybody: httpx.Client, text: str) -> None:
    """A variable graph, a pattern, a description: without a token it is as if the graph were not there."""
    response = anybody.get("/sparql", params={"query": text})
    assert response.status_code == 200
    assert CONFIDENTIAL not in response.text


def test_a_reader_sees_it(reader: httpx.Client, analyst: httpx.Client) -> None:
    """With a token of any role, by name and by variable."""
    for client in (reader, analyst):
        for graph in (f"<{RESTRICTED}>", "?g"):
            text = f"SELECT ?s {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
            assert CONFIDENTIAL in client.get("/sparql", params={"query": text}).text
        assert CONFIDENTIAL not in client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"}).text


def test_the_service_description_names_only_what_is_seen(anybody: httpx.Client, reader: httpx.Client) -> None:
    """Service Description: named graphs by what the caller may read."""
    assert RESTRICTED not in anybody.get("/sparql").text
    assert RESTRICTED in reader.get("/sparql").text
