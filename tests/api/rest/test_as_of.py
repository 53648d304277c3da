"""``as_of``: what the graph said then, on every way of reading (RFC 7089 for the header)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from api.access.roles import Role
from api.access.tokens import TokenStore
from graphstore import Difference
from graphstore.history import History
from ontology.terms import HT
from tests.api.rest.conftest import Api

AFTER = "Somebody said it otherwise."
SECRET = "Said in confidence."  # noqa: S105  (words, no password)
STATES = "SELECT ?text { ?quote <https://w3id.org/hypothread/ns#text> ?text }"


def quad(api: Api, item: str, words: str, graph: str = "/graph") -> Quad:
    """A statement that an item of the study bears a text."""
    return Quad(NamedNode(f"{api.iri}/{item}"), NamedNode(HT.text), Literal(words), NamedNode(f"{api.iri}{graph}"))


def text_of(api: Api, key: str) -> str:
    """What a quote says now."""
    return str(api.get(f"/quotes/{key}")["text"])


@pytest.fixture
def reworded(writable: Api) -> Api:
    """A study whose quote q1 was reworded by changeset 2, and into whose restricted graph changeset 3 wrote."""
    before = text_of(writable, "q1")
    writable.store.apply(
        Difference(removed={quad(writable, "quote/q1", before)}, added={quad(writable, "quote/q1", AFTER)})
    )
    writable.store.apply(Difference(added={quad(writable, "response/r1", SECRET, "/graph/restricted")}))
    return writable


@pytest.fixture
def reader(reworded: Api) -> dict[str, str]:
    """The header of somebody who may read closed graphs."""
    token = TokenStore(reworded.store.folder).create(Role.reader)
    return {"Authorization": f"Bearer {token}"}


def ask(api: Api, query: str, **asked: Any) -> tuple[int, Any]:
    """What the SPARQL endpoint answers."""
    params = {"query": query, **asked.pop("params", {})}
    response = api.client.get("/sparql", params=params, **asked)
    return response.status_code, response


def texts(response: Any) -> set[str]:
    """The texts that a SPARQL answer holds."""
    return {row["text"]["value"] for row in response.json()["results"]["bindings"]}


def test_a_look_up_answers_what_the_graph_said_then(reworded: Api) -> None:
    """One item, a list and a search: the old wording as of the first changeset, the new one since."""
    before = reworded.get("/quotes/q1", params={"as_of": "1"})["text"]
    assert before != AFTER
    assert text_of(reworded, "q1") == AFTER
    assert reworded.get("/quotes/q1?as_of=2")["text"] == reworded.get("/quotes/q1?as_of=3")["text"] == AFTER
    listed = {each["key"]: each["text"] for each in reworded.walk("/quotes", as_of="1", limit=7)}
    assert listed["q1"] == before
    assert len(listed) == 40
    found = reworded.client.get("/api/v1/search", params={"q": "otherwise", "as_of": "1"}).json()
    assert found["total"] == 0
    assert reworded.client.get("/api/v1/search", params={"q": "otherwise"}).json()["total"] == 1


def test_it_goes_with_iteration(reworded: Api) -> None:
    """The two times narrow independently: an iteration's quotes as the graph had them then."""
    keys = {each["iri"] for each in reworded.walk("/quotes", iteration=1)}
    assert {each["iri"] for each in reworded.walk("/quotes", iteration=1, as_of="1")} == keys


def test_sparql_and_graphs_and_questions_too(reworded: Api) -> None:
    """The endpoint, a graph as a whole, and a question of the library say the same of the past."""
    before = reworded.get("/quotes/q1?as_of=1")["text"]
    _, now = ask(reworded, STATES)
    _, then = ask(reworded, STATES, params={"as_of": "1"})
    assert texts(now) - texts(then) == {AFTER}
    assert texts(then) - texts(now) == {before}
    whole = reworded.client.get("/data", params={"graph": f"{reworded.iri}/graph", "as_of": "1"})
    assert before in whole.text
    assert AFTER not in whole.text
    posted = reworded.client.request("POST", "/sparql", data={"query": STATES, "as_of": "1"})
    assert texts(posted) == texts(then)
    address = "/api/v1/queries/quotes/in-order/results"
    answered = reworded.client.get(address, params={"study": reworded.iri, "as_of": "1"})
    assert answered.status_code == 200, answered.text


def test_the_header_says_when_and_where(reworded: Api) -> None:
    """`Memento-Datetime` is when that state came to be; the links lead to it and to the present one."""
    address = f"/api/v1/studies/{reworded.study}/quotes/q1"
    written = History(reworded.store).changeset(1).when.replace(microsecond=0)
    response = reworded.client.get(address, params={"as_of": "1"})
    assert parsedate_to_datetime(response.headers["memento-datetime"]) == written
    assert response.headers["content-location"] == f"{address}?as_of=1"
    assert f'<{address}>; rel="original timegate"' in response.headers["link"]
    assert f'<{address}?as_of=1>; rel="memento"; datetime="' in response.headers["link"]
    assert "Accept-Datetime" in response.headers["vary"]
    assert "memento-datetime" not in reworded.client.get(address).headers
    again = reworded.client.get(address, params={"as_of": "1"}, headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304
    _, sparql = ask(reworded, STATES, params={"as_of": "1"})
    assert sparql.headers["memento-datetime"] == response.headers["memento-datetime"]


def test_a_query_and_a_graph_lead_to_the_present_too(reworded: Api) -> None:
    """Their answers about the past have the links of a look-up's, a kept answer too; so long a query has none."""
    graph = f"{reworded.iri}/graph"
    for path, asked in (("/sparql", {"query": "ASK { ?s ?p ?o }"}), ("/data", {"graph": graph})):
        for _ in range(2):
            response = reworded.client.get(path, params={**asked, "as_of": "1"})
            original, memento = response.headers["link"].split(", <")
            present = original.removeprefix("<").partition(">")[0]
            assert original == f'<{present}>; rel="original timegate"'
            assert reworded.client.get(present).status_code == 200
            assert "memento-datetime" not in reworded.client.get(present).headers
            assert memento.startswith(f'{response.headers["content-location"]}>; rel="memento"; datetime="')
            again = reworded.client.get(response.headers["content-location"])
            assert again.headers["memento-datetime"] == response.headers["memento-datetime"]
            assert again.content == response.content
    long = f"ASK {{ ?s ?p ?o }} # {'long ' * 500}"
    response = reworded.client.get("/sparql", params={"query": long, "as_of": "1"})
    assert "memento-datetime" in response.headers
    assert "link" not in response.headers


def test_accept_datetime_asks_for_the_past(reworded: Api) -> None:
    """Whatever happened within the second has happened; before the first state, the first is the answer."""
    address = f"/api/v1/studies/{reworded.study}/quotes/q1"
    history = History(reworded.store)
    for asked, number in ((history.changeset(1).when - timedelta(days=9), 1), (datetime.now(UTC), 3)):
        field = format_datetime(asked.replace(microsecond=0), usegmt=True)
        response = reworded.client.get(address, headers={"Accept-Datetime": field})
        assert response.headers["content-location"] == f"{address}?as_of={number}"
    own = reworded.client.get(address, params={"as_of": "3"}).headers["memento-datetime"]
    assert reworded.client.get(address, headers={"Accept-Datetime": own}).json()["text"] == AFTER
    assert reworded.client.get(address, headers={"Accept-Datetime": "yesterday"}).status_code == 400


def test_what_is_no_state_is_refused_with_the_range_there_is(reworded: Api) -> None:
    """422 for what names no moment, 404 for a moment before the first or a changeset that is not there."""
    for wrong, status in (("soon", 422), ("", 422), ("4", 404), ("0", 404), ("2001-01-01", 404), ("9" * 9, 404)):
        for path in (f"/api/v1/studies/{reworded.study}/quotes", f"/data?graph={reworded.iri}/graph"):
            response = reworded.client.get(path, params={"as_of": wrong, **_given(path)})
            assert response.status_code == status, (wrong, response.text)
            if status == 404:
                assert "changeset 1 (" in response.json()["detail"]
                assert "changeset 3 (" in response.json()["detail"]
    assert reworded.client.get("/sparql", params={"query": STATES, "as_of": "4"}).status_code == 404
    address = f"/api/v1/studies/{reworded.study}/quotes"
    assert reworded.client.get(f"{address}?as_of=1&as_of=2").status_code == 422


def _given(path: str) -> dict[str, str]:
    return dict(each.split("=", 1) for each in path.partition("?")[2].split("&") if each)


def test_the_past_cannot_be_written(reworded: Api) -> None:
    """An update with ``as_of`` is refused, whatever the token."""
    token = TokenStore(reworded.store.folder).create(Role.analyst)
    headers = {"Authorization": f"Bearer {token}"}
    form = {"update": "INSERT DATA { <urn:x> <urn:x> <urn:x> }", "as_of": "1"}
    assert reworded.client.request("POST", "/sparql", data=form, headers=headers).status_code == 400


def test_what_is_closed_stays_closed(reworded: Api, reader: dict[str, str]) -> None:
    """A restricted graph of the past takes a token as that of today does."""
    reworded.store.apply(Difference(added={quad(reworded, "quote/q1", "Later still.")}))
    query = "SELECT ?text { GRAPH ?g { ?quote <https://w3id.org/hypothread/ns#text> ?text } }"
    for given, seen in (({}, False), (reader, True)):
        _, answer = ask(reworded, query, params={"as_of": "3"}, headers=given)
        assert (SECRET in texts(answer)) == seen
    graph = {"graph": f"{reworded.iri}/graph/restricted", "as_of": "3"}
    assert reworded.client.get("/data", params=graph).status_code == 401
    assert SECRET in reworded.client.get("/data", params=graph, headers=reader).text


def test_what_was_open_and_is_closed_today_stays_closed(reworded: Api, reader: dict[str, str]) -> None:
    """Words that stand in the restricted graph now are not to be had from a time when they stood in the open."""
    reworded.store.apply(
        Difference(
            removed={quad(reworded, "quote/q1", AFTER)},
            added={quad(reworded, "response/r2", AFTER, "/graph/restricted")},
        )
    )
    assert AFTER not in reworded.client.get(f"/api/v1/studies/{reworded.study}/quotes?as_of=2&limit=500").text
    for given, seen in (({}, False), (reader, True), ({}, False)):
        _, answer = ask(reworded, STATES, params={"as_of": "2"}, headers=given)
        assert (AFTER in texts(answer)) == seen
    reworded.store.apply(Difference(removed={quad(reworded, "response/r2", AFTER, "/graph/restricted")}))
    _, answer = ask(reworded, STATES, params={"as_of": "2"})
    assert AFTER in texts(answer)


def test_redacted_words_come_back_by_no_way(reworded: Api, reader: dict[str, str]) -> None:
    """States that were open before a redaction are made anew after it."""
    before = reworded.get("/quotes/q1?as_of=1")["text"]
    assert before in texts(ask(reworded, STATES, params={"as_of": "1"}, headers=reader)[1])
    assert AFTER in texts(ask(reworded, STATES, params={"as_of": "2"})[1])
    History(reworded.store).redact(f"{reworded.iri}/quote/q1", "They asked for it")
    for as_of in ("1", "2", "3", "4"):
        assert "words removed" in reworded.get(f"/quotes/q1?as_of={as_of}")["text"]
        for given in ({}, reader):
            found = texts(ask(reworded, STATES, params={"as_of": as_of}, headers=given)[1])
            assert not found & {before, AFTER}


def test_a_changeset_written_later_does_not_change_an_answer(reworded: Api) -> None:
    """The same bytes and the same tag, however much is written since."""
    address = f"/api/v1/studies/{reworded.study}/quotes?as_of=1"
    first = reworded.client.get(address)
    reworded.store.apply(Difference(added={quad(reworded, "quote/q2", "More.")}))
    second = reworded.client.get(address)
    assert (first.content, first.headers["etag"]) == (second.content, second.headers["etag"])


def test_a_study_that_was_not_there_then_is_not_found(reworded: Api) -> None:
    """As of a time before a study came, there is no such study."""
    other = "https://w3id.org/hypothread/id/other"
    _add_study(reworded, other)
    assert reworded.client.get("/api/v1/studies/other/quotes").status_code == 200
    assert reworded.client.get("/api/v1/studies/other/quotes?as_of=1").status_code == 404


def _add_study(api: Api, iri: str) -> None:
    graph = NamedNode(f"{iri}/graph")

    def about(predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(NamedNode(iri), NamedNode(predicate), value, graph)

    def quads() -> Iterator[Quad]:
        yield about("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", NamedNode(HT.Study))
        yield about("http://purl.org/dc/terms/identifier", Literal("other"))
        yield about("http://purl.org/dc/terms/title", Literal("Another study"))

    api.store.apply(Difference(added=set(quads())))
