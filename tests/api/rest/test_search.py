"""Search over HTTP: what it answers, how it is filtered and paged, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pyoxigraph import Literal, NamedNode, Quad

from api.access.tokens import TokenStore
from api.problems import PROBLEM_ERRORS, problem_response
from api.rest.router import RestApi
from api.rest.search import SEARCH
from api.serving import Serving
from graphstore import Difference, GraphStore
from graphstore.disk import DiskStore
from graphstore.readers.records import ReaderLimits
from tests.api.rest.conftest import Api
from tests.api.rest.in_process import InProcess
from tests.api.rest.renew_examples import bundled_store, example_answer

EXAMPLE = Path(__file__).parents[3] / "api" / "rest" / "examples" / "search.json"


@contextmanager
def searching(store: GraphStore, folder: Path) -> Iterator[InProcess]:
    """A client of an application that has the search alone."""
    assert isinstance(store, DiskStore)
    api = RestApi(Serving(store, TokenStore(folder), reader_limits=ReaderLimits(workers=1, extra=1)))
    api.add(SEARCH)
    application = FastAPI()
    for error in PROBLEM_ERRORS:
        application.add_exception_handler(error, lambda request, error: problem_response(error, request.url.path))
    application.include_router(api.router)
    with InProcess(application) as client:
        yield client


@pytest.fixture
def client(study_store: GraphStore, tmp_path: Path) -> Iterator[InProcess]:
    """A client of the search over the bundled study; the test's own copy."""
    with searching(study_store, tmp_path) as made:
        yield made


def found(client: InProcess, **asked: Any) -> Any:
    """What the search answers; it must be 200."""
    response = client.get("/api/v1/search", params=asked)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_hit_is_a_resource_with_its_ranges(client: InProcess) -> None:
    """An item has its IRI, key, kind and words; ranges are start and end; nothing is marked up."""
    answer = found(client, q='"perception of utility will"')
    (hit,) = answer["items"]
    assert (answer["total"], answer["next"], answer["ignored"]) == (1, None, [])
    assert hit["iri"] == "https://w3id.org/hypothread/id/innovation-ecosystem/quote/q16"
    assert (hit["kind"], hit["key"], hit["study"]) == ("quote", "q16", "innovation-ecosystem")
    assert (hit["hypotheses"], hit["iteration"]) == (["utility"], 1)
    (marked,) = hit["ranges"]
    assert hit["text"][marked["start"] : marked["end"]] == "perception of utility will"
    (marked,) = hit["snippet"]["ranges"]
    assert hit["snippet"]["text"][marked["start"] : marked["end"]] == "perception of utility will"
    assert [each["count"] for each in answer["facets"]["kinds"]] == [1]


def test_pages_follow_the_address_in_next(client: InProcess) -> None:
    """Following next to the end gives every hit once, filters kept."""
    whole = found(client, q="innovation OR patient", kind=["quote", "version"], limit=500)
    items, page = [], found(client, q="innovation OR patient", kind=["quote", "version"], limit=7)
    for _ in range(whole["total"]):
        items += page["items"]
        assert page["total"] == whole["total"]
        assert page["facets"] == whole["facets"]
        if page["next"] is None:
            break
        page = client.get(page["next"]).json()
    assert items == whole["items"]
    assert {item["kind"] for item in items} == {"quote", "version"}
    assert len({item["iri"] for item in items}) == whole["total"] > 20


def test_filters_are_told_apart(client: InProcess) -> None:
    """Each parameter filters by what it names."""
    for name, field, value in [
        ("kind", "kind", "version"), ("organisation_type", "organisation_type", "locality"),
        ("hypothesis", "hypotheses", "utility"), ("iteration", "iteration", 2),
        ("study", "study", "innovation-ecosystem"),
    ]:  # fmt: skip
        items = found(client, q="innovation OR patient OR utility", limit=500, **{name: value})["items"]
        assert items
        assert all(item[field] in (value, [value]) for item in items), name
    assert {item["kind"] for item in found(client, q="language", theme="plain-language")["items"]} == {"theme"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("", "such as q=patient"),
        ("q=%F0%9F%98%80", "at least one letter or digit"),
        ("q=-patient", "Add a word that must"),
        ("q=patient&kind=quotes", "There is no kind “quotes”"),
        ("q=patient&theme=xyz", "There is no theme “xyz”"),
        ("q=patient&iteration=two", "iteration cannot be “two”"),
        ("q=patient&limit=0", "A page has 1 to 500 hits"),
        ("q=patient&limit=501", "A page has 1 to 500 hits"),
        ("q=patient&cursor=x", "The cursor is none"),
        (f"q={'a+' * 65}", "64 is the most"),
        (f"q={'a' * 1001}", "1,000 is the most"),
        (f"q={'a' * 60_000}", "is the most"),
        ("q=patient&page=2", "There is no parameter “page” here"),
    ],
)
def test_what_cannot_be_searched_for_is_a_problem_that_says_why(client: InProcess, asked: str, words: str) -> None:
    """A bad request is 422 with a problem document that names the mistake."""
    response = client.get(f"/api/v1/search?{asked}")
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]


@pytest.mark.parametrize(
    "typed", ['"', "name:patient", "NEAR(a b", "a*b*", "(", "م", "\0patient", "' OR 1=1 --", "a\\"]
)
def test_hostile_texts_are_answered_or_refused(client: InProcess, typed: str) -> None:
    """No text is the server's mistake."""
    assert client.get("/api/v1/search", params={"q": typed}).status_code in {200, 422}


def test_a_commit_is_seen_by_the_next_search(client: InProcess, study_store: GraphStore) -> None:
    """The same address answers otherwise after a commit, with another tag."""
    graph = NamedNode("https://w3id.org/hypothread/id/innovation-ecosystem/graph")
    quote = NamedNode("https://w3id.org/hypothread/id/innovation-ecosystem/quote/q16")
    text = NamedNode("https://w3id.org/hypothread/ns#text")
    (old,) = (each for each in study_store.quads(graph, subject=quote) if each.predicate == text)
    before = client.get("/api/v1/search?q=zyzzyva")
    assert before.json()["total"] == 0
    study_store.apply(Difference({old}, {Quad(quote, text, Literal("A zyzzyva is a weevil."), graph)}))
    after = client.get("/api/v1/search?q=zyzzyva", headers={"If-None-Match": before.headers["etag"]})
    assert [item["key"] for item in after.json()["items"]] == ["q16"]
    assert client.get("/api/v1/search?q=zyzzyva", headers={"If-None-Match": after.headers["etag"]}).status_code == 304


def test_the_example_is_what_is_answered() -> None:
    """The answer in the documentation is that of the bundled study."""
    with bundled_store() as store:
        assert example_answer(store, SEARCH) == json.loads(EXAMPLE.read_text("utf-8"))


def test_a_day_stands_for_the_iteration_held_then(bundled: Api) -> None:
    """On the day of the kick-off the first iteration; before it nothing; both at once are refused."""
    on, iteration = (
        bundled.client.get("/api/v1/search", params={"q": "patient", **each}).json()
        for each in ({"on": "2023-12-11"}, {"iteration": "1"})
    )
    assert (on["total"], on["items"], on["facets"]) == (iteration["total"], iteration["items"], iteration["facets"])
    assert on["total"] > 0
    before = bundled.client.get("/api/v1/search?q=patient&on=2001-01-01")
    assert (before.status_code, before.json()["total"], before.json()["items"]) == (200, 0, [])
    assert bundled.client.get("/api/v1/search?q=patient&on=2023-12-11&iteration=1").status_code == 422
    assert bundled.client.get("/api/v1/search?q=patient&on=yesterday").status_code == 422


def test_fields_slim_every_hit(bundled: Api) -> None:
    """Just the fields named, and all that is told of the whole."""
    whole = bundled.client.get("/api/v1/search?q=patient&limit=3").json()
    slim = bundled.client.get("/api/v1/search?q=patient&limit=3&fields=key,snippet").json()
    assert slim["items"] == [{"key": each["key"], "snippet": each["snippet"]} for each in whole["items"]]
    assert (slim["total"], slim["facets"]) == (whole["total"], whole["facets"])
