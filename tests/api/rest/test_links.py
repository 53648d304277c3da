"""The `Link` field of look-ups: versions around a version, the data about a resource, the next page of a list."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import pytest
from rdflib import URIRef

from api.endpoint import EXPOSED
from tests.api.linked_data.test_identifiers import links
from tests.api.reading_rdf import read_graph
from tests.api.rest.conftest import Api

REST = "/api/v1/studies/innovation-ecosystem"


def linked(api: Api, path: str) -> dict[tuple[str, str | None], str]:
    """The links of a look-up."""
    response = api.client.get(path)
    assert response.status_code == 200, response.text
    return links(response)


@pytest.mark.parametrize("suffix", ["", ".json", ".jsonld", ".ttl"])
def test_a_version_leads_to_those_around_it(bundled: Api, suffix: str) -> None:
    """RFC 5829, in every format: the first has a successor, the newest a predecessor; each address is a look-up."""
    first = linked(bundled, f"{REST}/versions/utility/1{suffix}")
    second = linked(bundled, f"{REST}/versions/utility/2{suffix}")
    assert first["successor-version", None] == first["latest-version", None] == f"{REST}/versions/utility/2"
    assert second["predecessor-version", None] == second["previous-version", None] == f"{REST}/versions/utility/1"
    assert ("previous-version", None) not in first
    assert ("successor-version", None) not in second
    assert bundled.client.get(second["previous-version", None]).json()["iteration"] == 1


def test_a_hypothesis_leads_to_the_versions_around_the_one_it_shows(bundled: Api) -> None:
    """Without a time its newest version; in iteration 1 the first, which says that there is a newer one."""
    now = linked(bundled, f"{REST}/hypotheses/utility")
    then = linked(bundled, f"{REST}/hypotheses/utility?iteration=1")
    assert now["latest-version", None] == then["latest-version", None] == f"{REST}/versions/utility/2"
    assert now["previous-version", None] == f"{REST}/versions/utility/1"
    assert then["successor-version", None] == f"{REST}/versions/utility/2"
    assert ("previous-version", None) not in then


def test_a_lineage_as_it_was_knows_what_came_later(bundled: Api) -> None:
    """The newest version is the newest there is, not the newest of the time asked for; PROV describes it."""
    then = linked(bundled, f"{REST}/hypotheses/utility/lineage?iteration=1")
    assert then["latest-version", None] == then["successor-version", None] == f"{REST}/versions/utility/2"
    assert then["describedby", "text/turtle"] == f"{REST}/hypotheses/utility/lineage.ttl"


def test_a_merge_has_several_predecessors(rooms: Api) -> None:
    """All that a version grew from, and all that it became."""
    response = rooms.client.get("/api/v1/studies/reading-rooms/versions/comfort/2")
    below = "/api/v1/studies/reading-rooms/versions/"
    told = {
        (part.partition(">")[0].removeprefix(f"<{below}"), kind)
        for part in response.headers["Link"].split(", ")
        for kind in ("predecessor-version", "successor-version")
        if kind in part
    }
    assert told == {
        ("quiet/1", "predecessor-version"), ("light/1", "predecessor-version"), ("heating/3", "successor-version"),
        ("seating/3", "successor-version"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["versions/utility/1", "hypotheses/utility", "quotes/q19", "blueprint/patient-voice", "items/event/kick-off"],
)
def test_what_describes_a_resource_is_turtle_about_its_iri(bundled: Api, path: str) -> None:
    """What it is `describedby` has its canonical IRI, the `iri` of the JSON, as a subject."""
    found = linked(bundled, f"{REST}/{path}")
    iri = found["canonical", None]
    assert bundled.get(f"/{path}")["iri"] == iri
    graph = read_graph(bundled.client.get(found["describedby", "text/turtle"]).text, "turtle")
    assert (URIRef(iri), None, None) in graph


@pytest.mark.parametrize("suffix", ["json", "csv", "jsonld", "ttl"])
def test_pages_follow_each_other_in_every_format(bundled: Api, suffix: str) -> None:
    """rel="next" leads on in the same format until nothing is left, and then there is no link."""
    address: str | None = f"{REST}/quotes.{suffix}?limit=20"
    sizes = []
    while address:
        response = bundled.client.get(address)
        assert response.status_code == 200
        assert urlsplit(address).path.endswith(f".{suffix}")
        sizes.append(len(response.content))
        address = links(response).get(("next", None)) if "Link" in response.headers else None
    pages = -(-bundled.get("/quotes?limit=1")["total"] // 20)
    assert len(sizes) == pages > 1


def test_the_link_is_the_address_that_the_document_tells(bundled: Api) -> None:
    """In JSON `next` and the header say the same, in a search too."""
    for path in (f"{REST}/quotes?limit=5&sort=-key", "/api/v1/search?q=patient&limit=2"):
        response: httpx.Response = bundled.client.get(path)
        assert httpx.URL(links(response)["next", None]) == httpx.URL(response.json()["next"])


def test_pages_elsewhere_may_read_the_links(bundled: Api) -> None:
    """Fetch standard: a header field that is not exposed does not exist for them; kept answers say the same."""
    for _ in range(2):
        told = bundled.client.get(f"{REST}/versions/utility/1").headers["Access-Control-Expose-Headers"]
        assert told == EXPOSED
        assert {"Link", "ETag", "Memento-Datetime", "X-Request-ID"} <= set(told.split(", "))
