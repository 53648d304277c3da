"""SPARQL 1.1 Protocol, section 2.2: the update operation; who may write what, and what the shapes refuse."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"
VOCABULARY = "https://w3id.org/hypothread/ns"
UPDATE = "application/sparql-update"


@pytest.fixture
def graph(analyst: httpx.Client) -> Iterator[str]:
    """The name of a graph that nobody else uses; emptied afterwards."""
    name = f"http://example.org/{uuid4().hex}"
    yield name
    analyst.post("/sparql", data={"update": f"CLEAR SILENT GRAPH <{name}>"}).raise_for_status()


def ask(client: httpx.Client, text: str, **parameters: str) -> bool:
    """Yes or no."""
    response = client.get("/sparql", params={"query": text, **parameters})
    assert response.status_code == 200, response.text
    return bool(response.json()["boolean"])


def count(client: httpx.Client, graph: str) -> int:
    """How many statements stand in a graph."""
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    found = client.get("/sparql", params={"query": text, "default-graph-uri": graph}).json()
    return int(found["results"]["bindings"][0]["n"]["value"])


def kind(response: httpx.Response) -> tuple[int, str]:
    """The status and the kind of problem."""
    return response.status_code, str(response.json()["type"]).rpartition("/")[2]


def test_update_by_post_form_and_post_direct(analyst: httpx.Client, graph: str) -> None:
    """2.2.1 and 2.2.2: two ways to send an update; both answer 204."""
    first = analyst.post("/sparql", data={"update": f"INSERT DATA {{ GRAPH <{graph}> {{ <a:1> <a:b> 1 }} }}"})
    text = f"INSERT DATA {{ GRAPH <{graph}> {{ <a:2> <a:b> 2 }} }}"
    second = analyst.post("/sparql", content=text, headers={"Content-Type": UPDATE})
    assert (first.status_code, second.status_code) == (204, 204)
    assert count(analyst, graph) == 2


def test_a_query_sees_every_commit_made_before_it(analyst: httpx.Client, graph: str) -> None:
    """Design, section 3: no reader is behind."""
    for number in range(10):
        text = f"INSERT DATA {{ GRAPH <{graph}> {{ <a:{number}> <a:b> {number} }} }}"
        analyst.post("/sparql", data={"update": text}).raise_for_status()
        assert count(analyst, graph) == number + 1


def test_using_parameters_name_the_dataset_of_where(analyst: httpx.Client, graph: str) -> None:
    """2.2.3: using-graph-uri and using-named-graph-uri."""
    other = f"{graph}/other"
    data = f"INSERT DATA {{ GRAPH <{graph}> {{ <a:1> <a:b> 1 }} GRAPH <{other}> {{ <a:2> <a:b> 2 }} }}"
    analyst.post("/sparql", data={"update": data}).raise_for_status()
    copy = f"INSERT {{ GRAPH <{graph}> {{ ?s <a:copied> true }} }} WHERE {{ ?s <a:b> ?o }}"
    analyst.post("/sparql", data={"update": copy, "using-graph-uri": other}).raise_for_status()
    assert ask(analyst, "ASK { <a:2> <a:copied> true }", **{"default-graph-uri": graph})
    assert not ask(analyst, "ASK { <a:1> <a:copied> true }", **{"default-graph-uri": graph})
    inside = f"INSERT {{ GRAPH <{graph}> {{ ?s <a:named> true }} }} WHERE {{ GRAPH ?g {{ ?s <a:b> ?o }} }}"
    analyst.post(
        "/sparql", params={"using-named-graph-uri": graph}, content=inside, headers={"Content-Type": UPDATE}
    ).raise_for_status()
    assert ask(analyst, "ASK { <a:1> <a:named> true }", **{"default-graph-uri": graph})
    assert not ask(analyst, "ASK { <a:2> <a:named> true }", **{"default-graph-uri": graph})
    analyst.post("/sparql", data={"update": f"DROP GRAPH <{other}>"}).raise_for_status()


@pytest.mark.parametrize("clause", ["USING <http://x/g>", "USING NAMED <http://x/g>"])
def test_dataset_in_text_and_in_request_is_refused(analyst: httpx.Client, clause: str) -> None:
    """2.2.3: USING, USING NAMED or WITH beside using-graph-uri is an error."""
    text = f"INSERT {{ <a:b> <a:b> 1 }} {clause} WHERE {{}}"
    refused = analyst.post("/sparql", data={"update": text, "using-graph-uri": "http://x/g"})
    assert kind(refused) == (400, "malformed-request")
    text = "WITH <http://x/g> INSERT { <a:b> <a:b> 1 } WHERE {}"
    refused = analyst.post("/sparql", data={"update": text, "using-named-graph-uri": "http://x/g"})
    assert kind(refused) == (400, "malformed-request")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"update": ["CLEAR DEFAULT", "CLEAR DEFAULT"]}, (400, "malformed-request")),
        ({"update": "nonsense"}, (400, "query-syntax")),
        ({"update": "CLEAR DEFAULT", "default-graph-uri": "http://x/g"}, (400, "malformed-request")),
        ({"update": "CLEAR DEFAULT", "using-graph-uri": "relative"}, (400, "malformed-request")),
        ({"update": "LOAD <http://127.0.0.1/data>"}, (403, "contact-refused")),
        ({"update": "CLEAR DEFAULT;LOAD SILENT<http://127.0.0.1/d> INTO GRAPH <http://x/g>"}, (403, "contact-refused")),
        ({"update": "INSERT { <a:b> <a:b> 1 } WHERE { SERVICE <http://127.0.0.1/s> {} }"}, (403, "contact-refused")),
    ],
)
def test_wrong_updates_are_refused(
    analyst: httpx.Client, form: dict[str, str | list[str]], expected: tuple[int, str]
) -> None:
    """2.2.4, and what the design refuses: one update, in SPARQL, contacting nobody."""
    assert kind(analyst.post("/sparql", data=form)) == expected


def test_writing_takes_a_token(anybody: httpx.Client, reader: httpx.Client) -> None:
    """Without one 401 with WWW-Authenticate; with one of too low a role 403; nothing is said about the data."""
    for update in ("CLEAR ALL", "nonsense", "LOAD <http://127.0.0.1/>"):
        refused = anybody.post("/sparql", data={"update": update})
        assert kind(refused) == (401, "token-required")
        assert refused.headers["www-authenticate"].startswith("Bearer")
        direct = anybody.post("/sparql", content=update, headers={"Content-Type": UPDATE})
        assert direct.json()["detail"] == refused.json()["detail"]
        assert kind(reader.post("/sparql", data={"update": update})) == (403, "role-too-low")


@pytest.mark.parametrize("value", ["Bearer wrong", "Bearer 12345678.abc", "Basic dXNlcjpwYXNz", "Bearer", "Bearer ü"])
def test_a_token_that_does_not_count_is_never_taken_for_none(anybody: httpx.Client, value: str) -> None:
    """RFC 6750, 3.1: even what anybody may read is 401 with a wrong token."""
    headers = {"Authorization": value.encode("utf-8")}
    assert kind(anybody.get("/sparql", params={"query": "ASK {}"}, headers=headers)) == (401, "token-required")  # type: ignore[arg-type] # mypy loses the types


@pytest.mark.parametrize(
    "update",
    [
        f"INSERT DATA {{ GRAPH <{VOCABULARY}> {{ <a:b> <a:b> 1 }} }}",
        f"PREFIX g: <{STUDY}/graph/> INSERT DATA {{ GRAPH g:history {{ <a:b> <a:b> 1 }} }}",
        f"DROP GRAPH <{VOCABULARY}>",
        f"CLEAR SILENT GRAPH <{STUDY}/graph/history>",
        f"WITH <{VOCABULARY}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"COPY DEFAULT TO <{VOCABULARY}>",
        f"MOVE <{VOCABULARY}> TO <http://x/g>",
        f"DELETE WHERE {{ GRAPH <{VOCABULARY}> {{ ?s ?p ?o }} }}",
    ],
)
def test_naming_a_protected_graph_as_a_target_is_403(analyst: httpx.Client, update: str) -> None:
    """Design, section 3: the vocabulary and histories are read-only from outside."""
    assert kind(analyst.post("/sparql", data={"update": update})) == (403, "graph-read-only")


def test_a_protected_graph_reached_by_a_variable_is_left_as_it_is(analyst: httpx.Client) -> None:
    """What the words do not show is spared when the update is carried out."""
    before = count(analyst, VOCABULARY)
    text = f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{VOCABULARY}>) }}"
    assert analyst.post("/sparql", data={"update": text}).status_code == 204
    assert count(analyst, VOCABULARY) == before > 0


def test_reading_the_vocabulary_in_an_update_is_allowed(analyst: httpx.Client, graph: str) -> None:
    """Only targets are protected."""
    text = f"INSERT {{ GRAPH <{graph}> {{ ?s a ?o }} }} WHERE {{ GRAPH <{VOCABULARY}> {{ ?s a ?o }} }}"
    assert analyst.post("/sparql", data={"update": text}).status_code == 204
    assert count(analyst, graph) > 0


def test_the_shapes_stop_a_write_and_the_report_says_why(analyst: httpx.Client) -> None:
    """422 with the SHACL report in the body; nothing is written."""
    before = count(analyst, f"{STUDY}/graph")
    statement = f"<{STUDY}/hypothesis/utility> <http://purl.org/dc/terms/identifier> ?x"
    text = f"DELETE WHERE {{ GRAPH <{STUDY}/graph> {{ {statement} }} }}"
    refused = analyst.post("/sparql", data={"update": text})
    assert kind(refused) == (422, "shapes-violated")
    report = refused.json()["report"]
    assert report["conforms"] is False
    assert f"{STUDY}/hypothesis/utility" in {each["focus"] for each in report["results"]}
    assert {"path", "message", "shape", "severity"} <= set(report["results"][0])
    assert count(analyst, f"{STUDY}/graph") == before


def test_a_valid_change_of_a_study_is_written(analyst: httpx.Client) -> None:
    """What conforms goes through, and can be taken back."""
    place = f"GRAPH <{STUDY}/graph> {{ <{STUDY}/hypothesis/utility> <http://www.w3.org/2004/02/skos/core#note> 'x' }}"
    before = count(analyst, f"{STUDY}/graph")
    assert analyst.post("/sparql", data={"update": f"INSERT DATA {{ {place} }}"}).status_code == 204
    assert count(analyst, f"{STUDY}/graph") == before + 1
    assert analyst.post("/sparql", data={"update": f"DELETE DATA {{ {place} }}"}).status_code == 204
    assert count(analyst, f"{STUDY}/graph") == before


def test_several_operations_are_all_or_nothing(analyst: httpx.Client, graph: str) -> None:
    """SPARQL 1.1 Update, section 3: one request is one step."""
    text = f"INSERT DATA {{ GRAPH <{graph}> {{ <a:b> <a:b> 1 }} }}; COPY <http://x/missing> TO <{graph}>"
    assert analyst.post("/sparql", data={"update": text}).status_code == 400
    assert count(analyst, graph) == 0


def test_concurrent_updates_lose_nothing(analyst: httpx.Client, graph: str) -> None:
    """Updates that read and write at once each take effect, or are told that they did not."""
    analyst.post("/sparql", data={"update": f"INSERT DATA {{ GRAPH <{graph}> {{ <a:n> <a:n> 0 }} }}"})
    operation = "DELETE { <a:n> <a:n> ?n } INSERT { <a:n> <a:n> ?m } WHERE { <a:n> <a:n> ?n BIND(?n + 1 AS ?m) }"
    text = f"WITH <{graph}> {operation}"
    with ThreadPoolExecutor(4) as together:
        statuses = list(together.map(lambda _: analyst.post("/sparql", data={"update": text}).status_code, range(12)))
    assert set(statuses) <= {204, 409}
    assert statuses.count(204) > 0
    assert ask(analyst, f"ASK {{ <a:n> <a:n> {statuses.count(204)} }}", **{"default-graph-uri": graph})


def test_blank_nodes_can_be_deleted_by_pattern(analyst: httpx.Client, graph: str) -> None:
    """SPARQL 1.1 Update, 3.1.3: a template filled with a blank node removes that very node."""
    data = f"INSERT DATA {{ GRAPH <{graph}> {{ <a:1> <a:b> [ <a:c> 1 ; <a:c> 2 ] }} }}"
    analyst.post("/sparql", data={"update": data}).raise_for_status()
    text = f"WITH <{graph}> DELETE {{ ?node <a:c> 1 }} INSERT {{ ?node <a:c> 3 }} WHERE {{ ?node <a:c> 1 }}"
    assert analyst.post("/sparql", data={"update": text}).status_code == 204
    one_node = "ASK { <a:1> <a:b> ?node . ?node <a:c> 2, 3 FILTER NOT EXISTS { ?node <a:c> 1 } }"
    assert ask(analyst, one_node, **{"default-graph-uri": graph})
