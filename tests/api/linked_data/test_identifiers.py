"""``/id/…``: every IRI leads, by 303, to a page or to data that there is."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import httpx
import pytest
from pyoxigraph import NamedNode
from rdflib import URIRef

from tests.api.linked_data.conftest import ANOTHER_BASE
from tests.api.reading_rdf import read_graph
from tests.api.rest.conftest import Api

ID = "/id/innovation-ecosystem"
REST = "/api/v1/studies/innovation-ecosystem"
DATA_TYPES = {"json": "application/json", "jsonld": "application/ld+json", "ttl": "text/turtle"}


def led(api: Api, path: str, accept: str | None = None) -> httpx.Response:
    """The answer to a request for an IRI, which must lead on."""
    response = api.client.get(path, headers={} if accept is None else {"Accept": accept})
    assert response.status_code == 303, response.text
    return response


def links(response: httpx.Response) -> dict[tuple[str, str | None], str]:
    """The links of an answer: by relation and media type, where each leads."""
    found = {}
    for target, kinds, media_type in re.findall(
        r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', response.headers["Link"]
    ):
        for kind in kinds.split():
            found[kind, media_type or None] = target
    return found


def subjects(api: Api, graph: str) -> list[str]:
    """Every subject of a graph of a study that has an IRI."""
    found = {quad.subject for quad in api.store.quads(NamedNode(f"{api.iri}{graph}"))}
    return sorted(each.value for each in found if isinstance(each, NamedNode))


def must_lead_somewhere(api: Api, base: str, graph: str) -> None:
    """Each IRI leads a browser to the element of a page that is named once in it, a program to its statements."""
    pages: dict[str, list[str]] = {}
    for iri in subjects(api, graph):
        path = f"/id/{iri.removeprefix(base)}"
        location = led(api, path, "text/html").headers["Location"]
        page = urlsplit(location)
        if page.path not in pages:
            answer = api.client.get(page.path)
            assert answer.headers["Content-Type"].startswith("text/html"), iri
            pages[page.path] = re.findall(r' id="([^"]*)"', answer.text)
        assert not page.fragment or pages[page.path].count(page.fragment) == 1, f"{iri} → {location}"
        data = api.client.get(led(api, path, "text/turtle").headers["Location"])
        assert data.status_code == 200, iri
        helper = re.fullmatch(r"(.*/quote/[^/]+)/(?:target|selector)", iri)
        graph_of_it = read_graph(data.text, "turtle")
        assert any(True for _ in graph_of_it.triples((URIRef(iri), None, None))), iri
        assert helper is None or (URIRef(helper[1]), None, None) in graph_of_it
    assert pages


@pytest.mark.parametrize("graph", ["/graph", "/graph/derived", "/graph/editorial"])
def test_every_iri_of_the_study_leads_somewhere(bundled: Api, graph: str) -> None:
    """For a browser to a page, and to the very place in it; for a program to its statements."""
    must_lead_somewhere(bundled, "https://w3id.org/hypothread/id/", graph)


@pytest.mark.parametrize("graph", ["/graph", "/graph/derived", "/graph/editorial"])
def test_every_iri_of_a_study_with_merges_leads_somewhere(rooms: Api, graph: str) -> None:
    """Also where hypotheses merge, split and end, where themes are nested and an organisation took no part."""
    must_lead_somewhere(rooms, "https://w3id.org/hypothread/id/", graph)


@pytest.mark.parametrize(
    ("path", "page", "data"),
    [
        ("", "/index.html", ""),
        ("/iteration/1", "/how-they-changed.html", "/iterations/1"),
        ("/hypothesis/utility", "/hypotheses/utility.html#iteration-2", "/versions/utility/2"),
        ("/hypothesis/utility/1", "/hypotheses/utility.html#iteration-1", "/versions/utility/1"),
        (
            "/reading/utility-1-table-2",
            "/hypotheses/utility.html#reading-utility-1-table-2",
            "/items/reading/utility-1-table-2",
        ),
        ("/change/utility-1-to-2", "/hypotheses/utility.html#change-utility-1-to-2", "/changes/utility-1-to-2"),
        ("/quote/q19", "/hypotheses/utility.html#quote-q19", "/quotes/q19"),
        ("/quote/q19/target", "/hypotheses/utility.html#quote-q19", "/quotes/q19"),
        ("/quote/q43", "/blueprint/patient-voice.html#quote-q43", "/quotes/q43"),
        ("/theme/culture", "/about-the-data.html#theme-culture", "/themes/culture"),
        ("/blueprint/patient-voice", "/blueprint/patient-voice.html", "/blueprint/patient-voice"),
        ("/organisation/irlss", "/about-the-data.html#organisation-irlss", "/organisations/irlss"),
        (
            "/organisation-type/locality",
            "/about-the-data.html#organisation-type-locality",
            "/organisation-types/locality",
        ),
        ("/event/kick-off", "/about-the-data.html#event-kick-off", "/items/event/kick-off"),
        ("/analysis/assimilation", "/about-the-data.html#event-assimilation", "/items/analysis/assimilation"),
        ("/figure/attendees", "/do-the-numbers-add-up.html#figure-attendees", "/figures/attendees"),
        ("/finding/value-awareness", "/about-the-data.html#finding-value-awareness", "/items/finding/value-awareness"),
        (
            "/source/rapid-insight-report",
            "/about-the-data.html#source-rapid-insight-report",
            "/items/source/rapid-insight-report",
        ),
        (
            "/link/q01-theme-population-terms",
            "/our-readings.html#link-q01-theme-population-terms",
            "/items/link/q01-theme-population-terms",
        ),
    ],
)
def test_where_each_kind_leads(bundled: Api, path: str, page: str, data: str) -> None:
    """A browser to the page, a program to the look-up in its format; each by Accept and by the address' ending."""
    assert led(bundled, f"{ID}{path}", "text/html,application/xhtml+xml,*/*;q=0.8").headers["Location"] == page
    assert led(bundled, f"{ID}{path}").headers["Location"] == page
    assert led(bundled, f"{ID}{path}.html").headers["Location"] == page
    for suffix, media_type in DATA_TYPES.items():
        address = f"{REST}{data}.{suffix}"
        for response in (led(bundled, f"{ID}{path}", media_type), led(bundled, f"{ID}{path}.{suffix}", "text/html")):
            assert response.headers["Location"] == address
        assert bundled.client.get(address).headers["Content-Type"].startswith(media_type)


def test_the_idea_leads_to_its_newest_version_and_says_so(bundled: Api) -> None:
    """latest-version, what came before it, and that the idea's own IRI is canonical."""
    found = links(led(bundled, f"{ID}/hypothesis/utility", "text/turtle"))
    assert found["latest-version", None] == f"{ID}/hypothesis/utility/2"
    assert found["predecessor-version", None] == found["previous-version", None] == f"{ID}/hypothesis/utility/1"
    assert ("successor-version", None) not in found
    assert found["canonical", None] == f"{bundled.iri}/hypothesis/utility"
    assert found["describedby", "text/turtle"] == f"{REST}/versions/utility/2.ttl"


def test_a_version_names_those_around_it(bundled: Api) -> None:
    """The first version has a successor, the second a predecessor; each leads to where it says."""
    first = links(led(bundled, f"{ID}/hypothesis/utility/1"))
    second = links(led(bundled, f"{ID}/hypothesis/utility/2"))
    assert first["successor-version", None] == second["latest-version", None] == f"{ID}/hypothesis/utility/2"
    assert second["predecessor-version", None] == f"{ID}/hypothesis/utility/1"
    assert ("predecessor-version", None) not in first
    assert led(bundled, first["successor-version", None]).headers["Location"].endswith("utility.html#iteration-2")


def test_a_merge_has_several_predecessors(two_studies: Api) -> None:
    """Comfort grew from two versions; both are named, and the two it became."""
    response = led(two_studies, "/id/reading-rooms/hypothesis/comfort/2")
    told = re.findall(r'iri=([^>]*)>; rel="(predecessor|successor)-version', response.headers["Link"])
    names = {(iri.rpartition("hypothesis%2F")[2], kind) for iri, kind in told}
    assert names == {
        ("quiet%2F1", "predecessor"), ("light%2F1", "predecessor"), ("heating%2F3", "successor"),
        ("seating%2F3", "successor"),
    }  # fmt: skip


def test_every_format_is_an_address_of_its_own(bundled: Api) -> None:
    """The alternates are the page and three formats, and each answers in its own."""
    told = links(led(bundled, f"{ID}/quote/q19"))
    found = {media_type: target for (kind, media_type), target in told.items() if kind == "alternate"}
    assert set(found) == {"text/html", *DATA_TYPES.values()}
    for media_type, target in found.items():
        assert bundled.client.get(target).headers["Content-Type"].startswith(str(media_type))


def test_iris_of_another_base_resolve(two_studies: Api) -> None:
    """By the study's key, and whole; a study whose pages are not shown leads to its data."""
    iri = f"{ANOTHER_BASE}reading-rooms/quote/q1"
    for path in ("/id/reading-rooms/quote/q1", f"/id?iri={quote(iri, safe='')}"):
        response = led(two_studies, path, "text/html")
        assert response.headers["Location"] == "/api/v1/studies/reading-rooms/quotes/q1.json"
        assert links(response)["canonical", None] == iri
        assert ("alternate", "text/html") not in links(response)
    assert two_studies.client.get("/api/v1/studies/reading-rooms/quotes/q1.json").json()["iri"] == iri


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (f"{ID}/quote/q99", 404, "There is no item"),
        (f"{ID}/nothing/here", 404, "Its studies are: innovation-ecosystem"),
        ("/id/elsewhere/quote/q01", 404, "There is no item"),
        (f"{ID}/response/r1", 404, "There is no item"),
        ("/id/", 400, "Say which IRI is meant"),
        ("/id", 400, "Say which IRI is meant"),
        ("/id?iri=quote", 400, "no absolute IRI"),
        ("/id?iri=https%3A%2F%2Fexample.org%2Fx", 404, "There is no item"),
        ("/id?page=1", 422, "no parameter “page”"),
        (f"{ID}/quote/q19?include=editorial", 422, "no parameter “include”"),
        ("/id/%00%F0%9F%8C%B3/%22%3E%3Cscript%3E", 404, "There is no item"),
        ("/id/" + "x/" * 2000, 404, "There is no item"),
    ],
)
def test_what_names_nothing_is_a_problem(bundled: Api, path: str, status: int, words: str) -> None:
    """A problem document with the remedy, never a page and never an error of the server."""
    response = bundled.client.get(path)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert words in response.json()["detail"]


def test_no_other_format_is_made_up(bundled: Api) -> None:
    """406 names those there are, and a method there is not is refused."""
    response = bundled.client.get(f"{ID}/quote/q19", headers={"Accept": "image/png"})
    assert (response.status_code, response.json()["allowed"]) == (406, ["text/html", *DATA_TYPES.values()])
    assert bundled.client.request("DELETE", f"{ID}/quote/q19").status_code == 405
    assert bundled.client.request("HEAD", f"{ID}/quote/q19").status_code == 303
    headers = led(bundled, f"{ID}/quote/q19").headers
    assert (headers["Vary"], headers["Cache-Control"]) == ("Accept", "no-cache")


def test_an_empty_store_says_how_a_study_comes_in(nothing_stored: Api) -> None:
    """There is nothing to lead to, and the remedy is told."""
    response = nothing_stored.client.get(f"{ID}/quote/q19")
    assert response.status_code == 404
    assert "hypothread import PATH" in response.json()["detail"]
