"""Whatever stands in an address comes to a right answer or a problem document, never to harm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference
from ontology.terms import HT
from tests.api.rest.conftest import Api
from tests.api.rest.test_every_route import allowed_to, filled, look_ups

HOSTILE = (
    "'", '"', "“”‘’", "\\", "\\u0041", "\0", "a\0b", "\n\r\t", "😀👩\u200d👩\u200d👧", "שלום", "\u202eabc\u202c",
    "e\u0301", "\ufeff", "\ufffe", "' OR 1=1 --", '" ; DROP ALL ; "', "} DROP ALL #", '"@en . ?s ?p ?o } #',
    "<script>alert(1)</script>", "=1+1", "../../../etc/passwd", "%00", "%", "a,b", "{{7*7}}", "${7*7}", "x" * 1999,
    "ß" * 900, "*", "?", "#", "&", "+", "", " ", ".", "..", "NaN", "1e9", "-1", "null", "true", "٣", "0x10",
    "utility\n", "utility/", "Utility",
)  # fmt: skip


def answered(api: Api, address: str, operation: Mapping[str, Any] | None = None) -> Any:
    """The answer, which is no failure of the server's, to somebody who may ask."""
    answer = api.client.get(address, headers=allowed_to(api, operation or {}))
    assert answer.status_code < 500, (address[:200], answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json", address[:200]
        assert len(answer.content) < 20_000
    return answer


def asked_in_turn(api: Api) -> dict[tuple[str, str], list[tuple[str, Any]]]:
    """The look-ups that have a parameter or a place of each name, so that each text need meet each name only once."""
    found: dict[tuple[str, str], list[tuple[str, Any]]] = {}
    for path, operation in look_ups(api.application.openapi()):
        for parameter in operation["parameters"]:
            found.setdefault((parameter["in"], parameter["name"]), []).append((path, operation))
    return found


@pytest.mark.parametrize("turn", range(len(HOSTILE)), ids=[ascii(each)[:40] for each in HOSTILE])
def test_hostile_values_in_every_parameter(bundled: Api, turn: int) -> None:
    """In a parameter and in a place of each name: an answer or a problem document."""
    text = HOSTILE[turn]
    encoded = quote(text, safe="")
    for number, ((where, name), having) in enumerate(asked_in_turn(bundled).items()):
        path, operation = having[(turn + number) % len(having)]
        address = filled(path, operation).partition("?")[0]
        if where == "query":
            answer = answered(bundled, f"{address}?{name}={encoded}", operation)
            if name not in ("q", "cursor", "fields", "include", "parameters", "item", "who"):
                assert text == "true" or answer.status_code in (400, 422), (address, name, text)
        elif text not in ("", ".", ".."):  # a client resolves these before it asks
            other = [
                each if each["name"] != name else each | {"examples": {"x": {"value": encoded}}}
                for each in operation["parameters"]
            ]
            place = filled(path, {"parameters": other})
            assert answered(bundled, place, operation).status_code in (400, 404, 422), (path, text)
        assert answered(bundled, f"{address}?{encoded}=1", operation).status_code in (200, 400, 422)


@given(st.text(max_size=30), st.sampled_from(["q", "theme", "sort", "on", "iteration", "limit", "cursor", "fields"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_in_a_parameter(bundled: Api, text: str, name: str) -> None:
    """No text makes the server fail, and words are found just where they stand."""
    encoded = quote(text.encode("utf-8", "replace"), safe="")
    answer = answered(bundled, f"/api/v1/studies/innovation-ecosystem/quotes?{name}={encoded}&limit=500")
    if name == "q" and answer.status_code == 200:
        assert all(item["key"] for item in answer.json()["items"])


def test_too_long_and_too_many(bundled: Api) -> None:
    """A megabyte in a parameter, a thousand parameters, a value repeated: refused in short words."""
    base, megabyte = "/api/v1/studies/innovation-ecosystem/quotes", "x" * 1_000_000
    for path, query, status in (
        (base, f"q={megabyte}", 422),
        (base, f"{megabyte}=1", 422),
        (base, f"cursor={megabyte}", 422),
        (base, "&".join(f"q=x{n}" for n in range(101)), 422),
        (base, "&".join("q=x" for _ in range(2000)), 400),
        (base, "limit=1&limit=2", 422),
        (base, "q=%ff", 400),
        (f"{base}/{megabyte}", "", 404),
    ):
        found, body = bundled.client.bare(path, query)
        assert found == status, (path[:80], query[:80])
        assert len(body) < 2_000_000 if path != base else len(body) < 20_000
        assert b'"allowed"' in body or b'"detail"' in body


def test_an_empty_value_is_no_filter_that_fits_everything(bundled: Api) -> None:
    """Naming a key without giving one is refused; empty words stand in every text."""
    for name in ("theme", "hypothesis", "organisation_type", "blueprint", "iteration", "limit", "sort", "on"):
        assert bundled.status(f"/quotes?{name}=")[0] == 422, name
    assert bundled.get("/quotes?q=")["total"] == 52


def test_words_come_through_unharmed(writable: Api) -> None:
    """Words that were stored are found by themselves and given to the letter."""
    graph, item = NamedNode(f"{writable.iri}/graph"), NamedNode(f"{writable.iri}/quote/q1")
    for text in (each for each in HOSTILE if each.strip() and each != "\ufffe"):
        words = f"zzz {text} zzz"
        old = {each for each in writable.store.quads(graph, subject=item) if each.predicate.value == HT.text}
        new = {Quad(item, NamedNode(HT.text), Literal(words), graph)}
        writable.store.apply(Difference(removed=frozenset(old), added=frozenset(new)))
        assert writable.get("/quotes/q1")["text"] == words
        found = writable.get("/quotes", params={"q": words.replace("zzz", "ZZZ")[:1500]})
        assert [each["key"] for each in found["items"]] == ["q1"], ascii(text)


def test_the_restricted_graph_stays_closed(rooms: Api) -> None:
    """What participants wrote one by one is in no look-up, whatever is asked."""
    said = [row["text"] for row in rooms.rows("responses")]
    assert said
    for path, operation in look_ups(rooms.application.openapi()):
        address = path.replace("{study}", "reading-rooms").replace("innovation-ecosystem", "reading-rooms")
        if "{" in address:
            continue
        names = {each["name"] for each in operation["parameters"]}
        asked = (
            {"q": said[0].split()[0]} if address.endswith("/search") else {"limit": "200"} if "limit" in names else {}
        )
        answer = rooms.client.get(address, params=asked or None)
        assert answer.status_code == (401 if "security" in operation else 200), (address, answer.text)
        assert not any(words in answer.text for words in said), address
    for name in ("responses/all", "codings/all"):
        answer = rooms.client.get(f"/api/v1/queries/{name}/results", params={"study": rooms.iri})
        assert answer.json()["results"]["bindings"] == []
