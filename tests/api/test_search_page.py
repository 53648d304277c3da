"""``/search``: what the look-up finds, as a page, with the places where it is told of."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference, open_store
from ingest.importing import import_study
from ontology.terms import HT
from tests.api.rest.conftest import Api, serving_api

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
BASE = "https://w3id.org/hypothread/id"


def imported(folder: Path, *sheets: Path) -> Path:
    """The folder of a store that holds some studies."""
    with open_store(str(folder)) as store:
        for each in sheets:
            import_study(each, store)
    return folder


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory, bundled_folder: Path) -> Iterator[Api]:
    """The bundled study; nobody writes to it."""
    folder = imported(tmp_path_factory.mktemp("searched") / "store", bundled_folder)
    with serving_api(folder, "innovation-ecosystem", bundled_folder) as api:
        yield api


@pytest.fixture(params=["reading-rooms", None], ids=["one is shown", "none is shown"])
def two_studies(
    request: pytest.FixtureRequest, tmp_path: Path, bundled_folder: Path, reading_rooms_folder: Path
) -> Iterator[tuple[Api, str | None]]:
    """Two studies in one store, of which one or none is shown."""
    folder = imported(tmp_path / "store", bundled_folder, reading_rooms_folder)
    with serving_api(folder, "reading-rooms", reading_rooms_folder, request.param) as api:
        yield api, request.param


@pytest.fixture
def own(tmp_path: Path, reading_rooms_folder: Path) -> Iterator[Api]:
    """The invented study, to be written to."""
    folder = imported(tmp_path / "store", reading_rooms_folder)
    with serving_api(folder, "reading-rooms", reading_rooms_folder) as api:
        yield api


def page(api: Api, address: str, status: int = 200) -> str:
    """The HTML at an address, which must have this status."""
    answer = api.client.get(address, headers=BROWSER)
    assert answer.status_code == status, (address, answer.text[:300])
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def names(text: str) -> list[str]:
    """The names of the results on a page, without marks."""
    found = re.findall(r'<h2 class="result__name"[^>]*>(.*?)</h2>', text, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in found]


def links(text: str) -> list[str]:
    """Where the results on a page lead."""
    return [html.unescape(each) for each in re.findall(r'<h2 class="result__name"[^>]*><a href="([^"]+)"', text)]


def marked(text: str) -> list[list[str]]:
    """The words that are marked, result by result."""
    results = re.findall(r'<li class="result">(.*?)</li>', text, re.DOTALL)
    return [[html.unescape(found) for found in re.findall("<mark>(.*?)</mark>", each)] for each in results]


def choices(text: str) -> dict[str, tuple[str, str]]:
    """The number of each value of the filters that can be chosen, and its address."""
    found = re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <span class="choices__number">([\d,]+)</span></li>', text)
    return {html.unescape(name): (number, html.unescape(href)) for href, name, number in found}


def result_count(text: str) -> int:
    """How many results the page says there are."""
    found = re.search(r'id="summary"[^>]*>([\d,]+) results? for', text)
    return int(found[1].replace(",", "")) if found else 0


@pytest.mark.parametrize(
    "asked", ["q=patient", "q=innovation", "q=the", "q=innovation&kind=quote", "q=%22complex+systems%22+OR+lead*"]
)
def test_the_page_finds_what_the_look_up_finds(bundled: Api, asked: str) -> None:
    """As many, in the same order, with the same words marked, over all pages."""
    document = bundled.client.get(f"/api/v1/search?{asked}&limit=500").json()
    words: list[list[str]] = []
    numbers = -(-document["total"] // 20)
    for number in range(1, numbers + 1):
        text = page(bundled, f"/search?{asked}&page={number}")
        assert result_count(text) == document["total"]
        words += marked(text)
    told = []
    for item in document["items"]:
        is_named = item["part"] in ("label", "title") and item["text"] == item["name"]
        shown = item if is_named else item["snippet"]
        told.append([shown["text"][each["start"] : each["end"]] for each in shown["ranges"]])
    assert words == told
    assert len(told) == document["total"] > 1


def test_every_result_leads_to_its_place(bundled: Api) -> None:
    """Each has a link; the page is there, and has an element of that name; it is where the IRI leads."""
    pages: dict[str, str] = {}
    document = bundled.client.get("/api/v1/search?q=innovation+OR+system&limit=500").json()
    targets = []
    for number in range(1, -(-document["total"] // 20) + 1):
        targets += links(page(bundled, f"/search?q=innovation+OR+system&page={number}"))
    assert len(targets) == document["total"]
    for item, target in zip(document["items"], targets, strict=True):
        path, _, fragment = target.partition("#")
        text = pages.setdefault(path, "") or pages.update({path: page(bundled, f"/{path}")}) or pages[path]
        assert not fragment or f'id="{fragment}"' in text, target
        led = bundled.client.get(item["iri"].replace(BASE, "/id"), headers=BROWSER).headers["Location"]
        assert led == f"/{target}"


def test_what_is_told_of_a_result(bundled: Api) -> None:
    """What it is, from which kind of organisation, of which hypothesis and iteration, under which area."""
    text = page(bundled, "/search?q=patient")
    assert "Quote about Pathway" in names(text)
    assert "Quote · Innovator · iteration 1" in text
    assert "Statement · iteration 2" in text
    under = page(bundled, "/search?q=innovation&kind=quote")
    assert re.search(r"Quote · Locality · under “[^”]+”", under)


def test_counts_say_what_choosing_gives(bundled: Api) -> None:
    """Each value's address answers with as many results as its number says, and can be taken away again."""
    whole = page(bundled, "/search?q=innovation")
    offered = choices(whole)
    assert {"Quotes", "Statements", "Health innovation network", "Utility"} <= {*offered}
    for number, href in offered.values():
        narrowed = page(bundled, f"/{href}")
        assert result_count(narrowed) == int(number)
        assert "Remove all filters" in narrowed
        chosen = re.search(
            r'<strong>[^<]+</strong> <span class="choices__number">\d+</span> <a href="([^"]+)"', narrowed
        )
        assert chosen is not None
        assert result_count(page(bundled, f"/{html.unescape(chosen[1])}")) == result_count(whole)


def test_pages_lead_to_each_other(bundled: Api) -> None:
    """From the first to the last and back; what lies beyond the last says so."""
    address, visited = "/search?q=the", []
    while address:
        text = page(bundled, address)
        visited.append(address)
        following = re.search(r'<a class="nhsuk-pagination__link nhsuk-pagination__link--next" href="([^"]+)"', text)
        address = urljoin(address, html.unescape(following[1])) if following else ""
    assert len(visited) == -(-result_count(text) // 20) > 3
    back = re.search(r'<a class="nhsuk-pagination__link nhsuk-pagination__link--prev" href="([^"]+)"', text)
    assert back is not None
    assert urljoin(visited[-1], html.unescape(back[1])) == visited[-2]
    assert f"The last is {len(visited)}." in page(bundled, "/search?q=the&page=99", 404)


def test_nothing_asked_and_nothing_found(bundled: Api) -> None:
    """An empty field waits; where nothing is found, the page offers searches that find more."""
    for address in ("/search", "/search?q=", "/search?q=+%09"):
        text = page(bundled, address)
        assert not names(text)
        assert 'name="q"' in text
        assert "Nothing was found" not in text
    text = page(bundled, "/search?q=innovation+zebra&kind=quote")
    assert "Nothing was found for “innovation zebra”." in text
    ways = [html.unescape(each) for each in re.findall(r'<li><a href="(search[^"]+)">', text)]
    assert "search?q=innovation%20zebra" in ways
    assert any(names(page(bundled, f"/{each}")) for each in ways)


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("q=---", 422, "The search text holds no word."),
        ("q=-patient", 422, "only says what must not occur"),
        ("q=" + "a" * 1001, 422, "1,000 is the most"),
        ("q=" + "a" * 1_000_000, 422, "1,000 is the most"),
        ("q=a&kind=poem", 422, "There is no kind “poem” to search in."),
        ("q=a&hypothesis=utilty", 422, "Did you mean utility?"),
        ("q=a&hypothesis=" + "x" * 1_000_000, 422, "more than 2,000 characters"),
        ("q=a&page=0", 422, "It is a whole number from 1."),
        ("q=a&page=1e3", 422, "It is a whole number from 1."),
        ("q=a&page=" + "9" * 5000, 422, "It is a whole number from 1."),
        ("q=%FF", 400, "is not UTF-8"),
        ("q=%ED%A0%80", 400, "is not UTF-8"),
        ("q=%", 400, "two hexadecimal digits"),
        ("q=a&q=b", 422, "Give it once."),
    ],
    ids=lambda each: str(each)[:30],
)
def test_what_cannot_be_searched_for_is_told_on_the_page(bundled: Api, asked: str, status: int, said: str) -> None:
    """The status of the look-up, and a page with the field and the remedy."""
    got, body = bundled.client.bare("/search", asked)
    text = html.unescape(body.decode())
    assert got == status == bundled.client.bare("/api/v1/search", asked.replace("&page", "&limit"))[0]
    assert said in text
    assert 'name="q"' in text
    assert len(body) < 20_000


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' OR 1=1 --", '" ; DROP ALL ; "', "{{7*7}}",
    "a\0b", "\x1b[31mred", "a\ufffe", "\u202eabc", "שלום עולם", "x" * 900, "NEAR(a b)", "a*b:c^d", "é" * 64,
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=[ascii(each)[:30] for each in HOSTILE])
def test_hostile_words_are_shown_and_never_followed(bundled: Api, words: str) -> None:
    """They stand in the field as text; no element comes of them, no character that HTML cannot hold."""
    status, body = bundled.client.bare("/search", f"q={quote(words, safe='')}")
    text = body.decode()
    assert status == 200
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "49" not in re.findall(r'value="([^"]*)"', text)
    assert not re.search("[\0-\x08\x0b-\x1f]", text)


@given(st.text(max_size=60))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_words_are_answered(bundled: Api, words: str) -> None:
    """With a page that says what was found or what would do; never with a failure."""
    encoded = quote(words.encode("utf-8", "replace"), safe="")
    status, body = bundled.client.bare("/search", f"q={encoded}")
    assert status in (200, 422)
    assert b'name="q"' in body


def test_words_of_the_data_are_text(own: Api) -> None:
    """Markup, right-to-left and very long words of a source are shown as they are."""
    item, graph = NamedNode(f"{BASE}/reading-rooms/hypothesis/heating/3"), NamedNode(f"{BASE}/reading-rooms/graph")
    (old,) = (each for each in own.store.quads(graph, subject=item) if each.predicate.value == HT.statement)
    words = f"Wärme <b>& {'long' * 20}</b> זה חם באולם zebra"
    own.store.apply(Difference(removed={old}, added={Quad(item, NamedNode(HT.statement), Literal(words), graph)}))
    text = page(own, "/search?q=zebra+%D7%97%D7%9D")
    assert "&lt;b&gt;&amp; longlong" in text
    assert '<p class="result__words" dir="auto">' in text
    assert marked(text) == [["חם", "zebra"]]


def test_what_a_client_holds_is_not_sent_again(own: Api) -> None:
    """A tag that stands until a commit changes the answer; HEAD says the same without the page."""
    first = own.client.get("/search?q=warm")
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    held = own.client.get("/search?q=warm", headers={"If-None-Match": tag})
    assert (held.status_code, held.content) == (304, b"")
    head = own.client.request("HEAD", "/search?q=warm")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", tag)
    assert int(head.headers["Content-Length"]) == len(first.content)
    item, graph = NamedNode(f"{BASE}/reading-rooms/hypothesis/heating/3"), NamedNode(f"{BASE}/reading-rooms/graph")
    (old,) = (each for each in own.store.quads(graph, subject=item) if each.predicate.value == HT.statement)
    new = Quad(item, NamedNode(HT.statement), Literal("Warm readers stay longer."), graph)
    own.store.apply(Difference(removed={old}, added={new}))
    again = own.client.get("/search?q=warm", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["ETag"] != tag
    assert "readers stay longer." in again.text


def test_only_the_study_that_is_shown_is_searched(two_studies: tuple[Api, str | None]) -> None:
    """Of several studies, the pages' own alone, and nothing of the others; without one, what to do."""
    api, shown = two_studies
    if shown is None:
        assert "Say which study is meant: --study KEY." in html.unescape(page(api, "/search?q=the", 404))
        assert api.client.get("/search?q=the").status_code == 404
        return
    text = page(api, "/search?q=the+OR+innovation")
    ours = api.client.get("/api/v1/search?q=the+OR+innovation&study=reading-rooms").json()
    every = api.client.get("/api/v1/search?q=the+OR+innovation").json()
    assert result_count(text) == ours["total"] < every["total"]
    assert set(choices(text)) & {"Utility", "Innovator"} == set()


def test_the_page_obeys_the_rules_of_all_pages(bundled: Api) -> None:
    """The strictest policy, no script of its own, no other methods, nothing that other origins may read."""
    answer = bundled.client.get("/search?q=patient", headers={"Origin": "https://example.org"})
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert not re.search(r"<script(?! src=\"static/site\.js\")", answer.text)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', answer.text)
    refused = bundled.client.request("POST", "/search", content=b"q=patient")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_served_pages_have_a_field_that_leads_here(bundled: Api) -> None:
    """On pages of every depth, on the vocabulary and the reference; not twice on the page of a search."""
    for path in ("/", "/hypotheses/utility.html", "/our-readings.html", "/ns", "/docs", "/docs/try", "/sparql"):
        text = page(bundled, path)
        (action,) = re.findall(r'action="([^"]*search)"', text)
        assert urljoin(f"http://localhost{path}", action) == "http://localhost/search", path
    for path in ("/search", "/nowhere"):
        assert page(bundled, path, 404 if path == "/nowhere" else 200).count('name="q"') == 1
