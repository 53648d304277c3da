"""Queries and updates that would bring a server down: this one answers throughout and is itself again afterwards."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx
import pytest

from benchmarks.bad_queries import DEEP, HEAVY
from tests.safety.watching import DEADLINE, Attacked, watched

FORESEEN = {200, 400, 413, 504, 507}
"""Answered after all, too complex or wrong, too large, too long, too much memory."""


QUICK = ("groups", "expressions", "paths", "collections", "blank-node lists")


def ask(server: Attacked, text: str) -> None:
    """Sends a query; it is over in time with an answer, a broken-off one, or a problem document of a foreseen kind."""
    begun = time.monotonic()
    answer = None
    with server.client() as client, suppress(httpx.RemoteProtocolError):
        answer = client.post("/sparql", content=text, headers={"Content-Type": "application/sparql-query"})
    assert time.monotonic() - begun < DEADLINE + 5, "no worker outlives its deadline by 5 seconds"
    if answer is not None:
        must_be_foreseen(answer)


def must_be_foreseen(answer: httpx.Response) -> None:
    """An answer, or a problem document that says what was wrong."""
    assert answer.status_code in FORESEEN, answer.text[:300]
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]


@pytest.mark.parametrize(
    "kind", [each if each in QUICK else pytest.param(each, marks=pytest.mark.long) for each in DEEP]
)
def test_a_query_nested_five_thousand_deep(attacked: Attacked, kind: str) -> None:
    """However deep a text is nested, its sender gets an answer or a reason, and nobody else notices."""
    with watched(attacked):
        ask(attacked, DEEP[kind](5_000))


@pytest.mark.long
@pytest.mark.parametrize("kind", DEEP)
def test_a_query_nested_twenty_thousand_deep(attacked: Attacked, kind: str) -> None:
    """The same, four times as deep."""
    with watched(attacked):
        ask(attacked, DEEP[kind](20_000))


@pytest.mark.long
@pytest.mark.parametrize("kind", HEAVY)
def test_a_query_without_end(attacked: Attacked, kind: str) -> None:
    """Cross products, sorting them, bombs of regular expressions: stopped at the deadline or the memory limit."""
    with watched(attacked):
        ask(attacked, HEAVY[kind])


def test_clients_that_give_up_leave_no_worker_behind(attacked: Attacked) -> None:
    """Endless queries whose clients hang up one after the other leave no worker behind, and nobody else notices."""
    with watched(attacked) as watch, httpx.Client(base_url=attacked.address, timeout=1, trust_env=False) as client:
        for number in range(5):
            with pytest.raises(httpx.ReadTimeout):
                client.get("/sparql", params={"query": f"{HEAVY['cross product']} # {number}"})
    assert len(watch.waits) > 20
    end = time.monotonic() + DEADLINE + 5
    while len(attacked.workers()) > 2 and time.monotonic() < end:
        time.sleep(0.1)
    assert len(attacked.workers()) == 2, "as many as are kept warm"


def test_a_gigantic_answer_is_broken_off(attacked: Attacked) -> None:
    """A client that hangs up in the middle of a gigantic answer ends the work; memory does not grow with it."""
    with watched(attacked), attacked.client() as client:
        text = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
        with client.stream("GET", "/sparql", params={"query": text}) as answer:
            assert answer.status_code == 200
            taken = 0
            for chunk in answer.iter_raw():
                taken += len(chunk)
                if taken > 8 << 20:
                    break


@pytest.mark.long
@pytest.mark.parametrize("kind", HEAVY)
def test_a_query_without_end_sixteen_times_at_once(attacked: Attacked, kind: str) -> None:
    """More endless queries than there may be workers: some are stopped, some are told to come again (503)."""
    with watched(attacked), ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda number: _anything(attacked, f"{HEAVY[kind]} # {number}"), range(16)))


def _anything(server: Attacked, text: str) -> None:
    with server.client() as client, suppress(httpx.RemoteProtocolError):
        answer = client.get("/sparql", params={"query": text})
        assert answer.status_code in FORESEEN | {503}, answer.text[:300]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?a ?b ?c } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "INSERT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }",
        "DELETE WHERE { " + "?a ?b ?c . " * 3_000 + "}",
        "INSERT DATA { <http://x/a> <http://x/b> " + "(" * 5_000 + "1" + ")" * 5_000 + " }",
        "INSERT { ?a ?b ?c } WHERE " + "{" * 5_000 + "?a ?b ?c" + "}" * 5_000,
    ],
    ids=["endless", "too many statements", "long pattern", "deep collection", "deep groups"],
)
def test_an_update_that_would_do_the_same(attacked: Attacked, text: str) -> None:
    """An update is tried where it can be killed: it is refused or carried out, and nothing is half written."""
    count = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
    with watched(attacked), attacked.client() as client:
        before = client.get("/sparql", params=count).text
        answer = client.post("/sparql", content=text, headers={"Content-Type": "application/sparql-update"})
        assert answer.status_code in FORESEEN | {204, 409, 422}, answer.text[:300]
        if answer.status_code != 204:
            assert client.get("/sparql", params=count).text == before
