"""The library of questions over HTTP: each is described, and answers as the SPARQL endpoint does."""

from __future__ import annotations

import pytest

from queries.library import QUERIES, example_values
from tests.api.rest.conftest import Api

RESULTS = "application/sparql-results+json"


def test_every_question_is_listed_and_described(bundled: Api) -> None:
    """Each with its header, its text, and the address of its results."""
    names: list[str] = []
    address = "/api/v1/queries?limit=20"
    while address:
        page = bundled.client.get(address).json()
        names += [item["name"] for item in page["items"]]
        address = page["next"]
    assert names == sorted(QUERIES)
    for name, query in QUERIES.items():
        item = bundled.client.get(f"/api/v1/queries/{name}").json()
        assert item["text"] == query.text
        assert item["summary"] == query.header.summary
        assert [each["name"] for each in item["parameters"]] == list(query.header.parameters)
        assert item["results"] == f"http://localhost/api/v1/queries/{name}/results"


def test_every_question_answers_as_the_endpoint_does(bundled: Api) -> None:
    """With its examples, each question answers the same by name as by its text at ``/sparql``."""
    for name, query in QUERIES.items():
        params = [(each, term.value) for each, terms in example_values(query).items() for term in terms]
        headers = {"Accept": f"{RESULTS}, application/n-triples"}
        named = bundled.client.get(f"/api/v1/queries/{name}/results", params=params, headers=headers)
        assert named.status_code == 200, (name, named.text)
        direct = bundled.client.get("/sparql", params={"query": query.text}, headers=headers)
        assert sorted(named.text.splitlines()) == sorted(direct.text.splitlines()), name


def test_short_keys_and_several_values(bundled: Api) -> None:
    """A short key stands for the IRI; a parameter repeated means each."""
    address = "/api/v1/queries/lineage/versions/results"
    one = bundled.client.get(f"{address}?hypothesis=utility").json()
    assert [row["key"]["value"] for row in one["results"]["bindings"]] == ["utility/1", "utility/2"]
    two = bundled.client.get(f"{address}?hypothesis=utility&hypothesis=pathway").json()
    assert len(two["results"]["bindings"]) == 4


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("themes/tree/results", 422),
        ("themes/tree/results?study=a%20b", 422),
        ("themes/tree/results?study=innovation-ecosystem&theme=x", 422),
        ("themes/tree/results?study=innovation-ecosystem&format=png", 400),
        ("themes/tree/results?study=innovation-ecosystem&format=turtle", 406),
        ("themes/none/results", 404),
        ("none/none", 404),
        ("..%2Fthemes/tree", 404),
    ],
)
def test_what_cannot_be_answered(bundled: Api, address: str, status: int) -> None:
    """A parameter missing, unknown or unreadable, a format that does not fit, a question there is not."""
    answer = bundled.client.get(f"/api/v1/queries/{address}")
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]


def test_results_are_kept_until_the_next_commit(bundled: Api) -> None:
    """The tag is strong, and holding the answer already is 304."""
    address = "/api/v1/queries/themes/tree/results?study=innovation-ecosystem"
    first = bundled.client.get(address)
    held = bundled.client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert held.status_code == 304
    assert bundled.client.get(address).content == first.content
