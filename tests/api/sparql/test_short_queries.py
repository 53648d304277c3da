"""Short queries, which the server asks and answers without a task of their own: nobody outside sees a difference."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest

ORGANISATIONS = "SELECT ?o { ?o a <https://w3id.org/hypothread/ns#Organisation> } ORDER BY ?o LIMIT 5"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
OF_EACH_ANSWER = {"x-request-id", "date"}


def both_ways(client: httpx.Client, text: str, headers: dict[str, str]) -> tuple[httpx.Response, httpx.Response]:
    """The answer to a query that comes with nothing else, and to the same one with a parameter more."""
    alone = client.get("/sparql", params={"query": text}, headers=headers)
    # The blank makes it another query, so that none is answered from what was kept for the other.
    beside = client.get("/sparql", params={"query": f"{text} ", "timeout": "20"}, headers=headers)
    return alone, beside


def fields(response: httpx.Response) -> list[tuple[str, str]]:
    """The header fields in order, but for those that differ from answer to answer."""
    return [each for each in response.headers.items() if each[0] not in OF_EACH_ANSWER]


@pytest.mark.parametrize(
    "text",
    [
        ORGANISATIONS,
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3",
        "DESCRIBE <https://w3id.org/hypothread/id/innovation-ecosystem>",
        "SELECT ?p { <relative> ?p ?o }",
        "SELECT * { broken }",
        "SELECT * { ?s undeclared:p ?o }",
        "SELECT * { ?s ?p ?o } LIMIT 9000",
    ],
)
@pytest.mark.parametrize(
    "accept", [None, "*/*", "application/sparql-results+json", "text/csv", "text/turtle", "application/n-triples"]
)
def test_a_query_alone_is_answered_as_one_with_parameters(anybody: httpx.Client, text: str, accept: str | None) -> None:
    """The same status, header fields in the same order, and bytes; problem documents too (SPARQL Protocol, 2.1)."""
    headers = {"Accept": accept} if accept else {}
    alone, beside = both_ways(anybody, text, headers)
    assert alone.status_code == beside.status_code
    if alone.status_code == 200:
        assert fields(alone) == fields(beside)
    else:
        assert alone.headers["content-type"] == beside.headers["content-type"] == "application/problem+json"
    assert alone.content == beside.content


def test_a_query_alone_is_counted_on_its_route(anybody: httpx.Client) -> None:
    """One request of `/sparql` more; as many are in hand afterwards as before."""

    def counted() -> dict[str, float]:
        lines = anybody.get("/metrics").text.splitlines()
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if line[0] != "#"}

    of_sparql = 'hypothread_request_seconds_count{method="GET",route="/sparql",status="200"}'
    before = counted()
    name = "one-of-mine"
    answer = anybody.get("/sparql", params={"query": f"{ORGANISATIONS} # counted"}, headers={"X-Request-ID": name})
    after = counted()
    assert answer.headers["x-request-id"] == name
    assert after[of_sparql] == before.get(of_sparql, 0) + 1
    assert after["hypothread_requests_in_hand"] == before["hypothread_requests_in_hand"]


def test_a_query_alone_sees_every_commit(strict_server: Any) -> None:
    """The same text before and after a write: what was kept before is not given after it."""
    text = "SELECT ?o { <http://example.org/fresh> ?p ?o } ORDER BY ?o"
    with strict_server.client(strict_server.analyst) as analyst, strict_server.client() as anybody:
        for number in range(3):
            data = {"update": f"INSERT DATA {{ <http://example.org/fresh> <http://example.org/p> '{number}' }}"}
            analyst.post("/sparql", data=data).raise_for_status()
            for _ in range(3):
                answer = anybody.get("/sparql", params={"query": text}, headers={"Accept": "text/csv"})
                assert answer.text.split() == ["o", *map(str, range(number + 1))]


def test_what_may_differ_is_never_kept(anybody: httpx.Client) -> None:
    """Random numbers are drawn anew each time, however the function stands in the text."""
    for text in ("SELECT (RAND() AS ?n) {}", "SELECT (rand # drawn\n () AS ?n) {}", "SELECT ?n { BIND(UUID() AS ?n) }"):
        found = {anybody.get("/sparql", params={"query": text}).text for _ in range(4)}
        assert len(found) == 4


def test_a_client_that_hangs_up_frees_the_reader(strict_server: Any) -> None:
    """Its query is cancelled, and short ones are answered at once; a slow one ends at its deadline."""
    with strict_server.client() as client:

        def cancelled() -> float:
            lines = client.get("/metrics").text.splitlines()
            return float(next(each for each in lines if 'end="cancelled"' in each).rpartition(" ")[2])

        product = "SELECT (COUNT(*) AS ?n) { " + " ".join(
            f"VALUES ?v{each} {{ {' '.join(map(str, range(60)))} }}" for each in range(6)
        )
        before = cancelled()
        for _ in range(2):
            with pytest.raises(httpx.ReadTimeout):
                client.get("/sparql", params={"query": f"{product} }}"}, timeout=0.4)
        end = time.monotonic() + 5
        while cancelled() < before + 2 and time.monotonic() < end:
            time.sleep(0.05)
        assert cancelled() == before + 2
        late = client.get("/sparql", params={"query": f"{product} }} # waited for"})
        assert (late.status_code, late.json()["type"].rpartition("/")[2]) == (504, "timed-out")
        assert client.get("/sparql", params={"query": "ASK {} # after"}).json()["boolean"] is True
