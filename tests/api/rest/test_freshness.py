"""Repeated look-ups: answered from what is kept, and never out of date."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from api.rest.facts import Committed, Facts
from api.rest.paging import Ordered
from api.rest.programme import studies_of
from api.rest.router import RestApi
from graphstore import Difference
from graphstore.embedded import EmbeddedStore
from graphstore.errors import StoreUnavailable
from ontology.terms import HT
from tests.api.rest.conftest import Api

LIST = "/api/v1/studies/generated/quotes?limit=3"


def reworded(api: Api, key: str, words: str) -> None:
    """Commits other words for a quote."""
    graph, quote = NamedNode(f"{api.iri}/graph"), NamedNode(f"{api.iri}/quote/{key}")
    (old,) = (each for each in api.store.quads(graph, subject=quote) if each.predicate.value == HT.text)
    new = Quad(quote, NamedNode(HT.text), Literal(words), graph)
    api.store.apply(Difference(removed=frozenset({old}), added=frozenset({new})))


@contextmanager
def store_out_of_reach(api: Api) -> Iterator[None]:
    """While it lasts, whoever opens or asks the store gets an error."""
    snapshots = [each.store for each in gc.get_objects() if isinstance(each, Committed)]
    stores = [each for each in (api.store, *snapshots) if isinstance(each, EmbeddedStore)]
    engines = [each._engine for each in stores]
    for each in stores:
        each._engine = None
    try:
        yield
    finally:
        for each, engine in zip(stores, engines, strict=True):
            each._engine = engine


def test_a_repeated_look_up_does_not_touch_the_store(writable: Api) -> None:
    """The same bytes come again with the store out of reach, by the same address or one that means the same."""
    first = writable.client.get(LIST)
    slim = writable.client.get(f"{LIST}&fields=key,text")
    with store_out_of_reach(writable):
        assert writable.client.get(f"{LIST.replace('?', '?fields=key,text&')}").content == slim.content
        assert writable.client.get("/api/v1/studies/generated/quotes/q7").status_code == 503
        again = writable.client.get(LIST)
        assert (again.content, dict(again.headers)["etag"]) == (first.content, first.headers["etag"])
        assert again.headers["access-control-allow-origin"] == "*"
        assert writable.client.get(LIST, headers={"Accept": "application/json"}).content == first.content
        condition = {"If-None-Match": first.headers["etag"]}
        assert writable.client.get(LIST, headers=condition).status_code == 304


def test_a_commit_is_seen_at_once(writable: Api) -> None:
    """After a commit list, item and filters give the new words, with another tag; what did not change keeps its tag."""
    address = "/api/v1/studies/generated/quotes/q1"
    before, other = writable.client.get(address), writable.client.get("/api/v1/studies/generated/themes")
    for turn in range(4):
        words = f"Said anew, {turn} — “zygote”"
        reworded(writable, "q1", words)
        after = writable.client.get(address)
        assert after.json()["text"] == words
        assert after.headers["etag"] != before.headers["etag"]
        assert [item["text"] for item in writable.walk("/quotes", q=f"{turn} — “ZYGOTE”")] == [words]
        condition = {"If-None-Match": before.headers["etag"]}
        assert writable.client.get(address, headers=condition).status_code == 200
        assert writable.client.get(address, headers={"If-None-Match": after.headers["etag"]}).status_code == 304
    assert writable.client.get("/api/v1/studies/generated/themes").headers["etag"] == other.headers["etag"]


def test_formats_and_parameters_have_tags_of_their_own(writable: Api) -> None:
    """A strong tag is of these bytes: another format or another page has another."""
    addresses = ("quotes", "quotes.csv", "quotes?limit=1", "quotes?fields=key", "quotes?sort=-key")
    tags = {writable.client.get(f"/api/v1/studies/generated/{each}").headers["etag"] for each in addresses}
    assert len(tags) == len(addresses)
    assert not any(tag.startswith("W/") for tag in tags)


def test_a_304_has_what_the_answer_would_have_had(writable: Api) -> None:
    """RFC 9110, section 15.4.5: ETag, Vary, Cache-Control, and no body."""
    whole = writable.client.get(LIST)
    held = writable.client.get(LIST, headers={"If-None-Match": f'"x", {whole.headers["etag"]}'})
    assert (held.status_code, held.content) == (304, b"")
    for name in ("etag", "vary", "cache-control"):
        assert held.headers[name] == whole.headers[name]
    assert whole.headers["cache-control"] == "no-cache"


def test_errors_are_not_kept(writable: Api) -> None:
    """What was not there yesterday may be there today."""
    address = "/api/v1/studies/generated/quotes/q-new"
    assert writable.client.get(address).status_code == 404
    graph, quote = NamedNode(f"{writable.iri}/graph"), NamedNode(f"{writable.iri}/quote/q-new")
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    identifier = NamedNode("http://purl.org/dc/terms/identifier")
    added = frozenset(
        Quad(quote, name, value, graph)
        for name, value in (
            (kind, NamedNode(HT.Quote)), (identifier, Literal("q-new")), (NamedNode(HT.text), Literal("Now.")),
            (NamedNode(HT.inStudy), NamedNode(writable.iri)),
        )
    )  # fmt: skip
    writable.store.apply(Difference(added=added))
    assert writable.client.get(address).json()["text"] == "Now."


def test_no_answer_mixes_two_commits(writable: Api) -> None:
    """While every quote's words change together, each list shows the words of one commit."""
    graph = NamedNode(f"{writable.iri}/graph")
    stop = False

    def write() -> None:
        turn = 0
        while not stop:
            turn += 1
            old = [each for each in writable.store.quads(graph) if each.predicate.value == HT.text]
            new = [Quad(each.subject, each.predicate, Literal(f"turn {turn}"), graph) for each in old]
            writable.store.apply(Difference(removed=frozenset(old), added=frozenset(new)))

    writer = Thread(target=write)
    writer.start()
    try:
        seen: set[str] = set()
        asked, begun = 0, time.monotonic()
        # A busy machine may commit seldom: then more is asked, until there was something to mix.
        while asked < 25 or (len(seen) <= 3 and time.monotonic() - begun < 60):
            asked += 1
            texts = {item["text"] for item in writable.get("/quotes?limit=500")["items"]}
            assert len(texts) == 1 or not any(text.startswith("turn ") for text in texts), texts
            seen |= texts
        assert len(seen) > 3
    finally:
        stop = True
        writer.join()


def test_a_snapshot_that_goes_while_it_is_read_is_replaced(writable: Api) -> None:
    """Work that fails because commits came meanwhile is begun again, three times at most; else the error stands."""
    facts = Facts(writable.store)
    tried: list[int] = []

    def work(committed: Committed) -> int:
        tried.append(committed.number)
        if len(tried) < 3:
            reworded(writable, "q1", f"Said {len(tried)}")
            raise StoreUnavailable("the snapshot went")
        return committed.number

    assert facts.reading(work) == tried[-1] == tried[0] + 2

    def always(committed: Committed) -> Any:
        tried.append(committed.number)
        raise StoreUnavailable("the store is broken")

    tried.clear()
    with pytest.raises(StoreUnavailable):
        facts.reading(always)
    assert len(tried) == 1


def test_remembered_answers_are_bounded(writable: Api) -> None:
    """However much is asked, what is remembered of one commit stays under its bound."""
    committed = Facts(writable.store).newest()
    for number in range(50):
        committed.remember(("large", number), lambda: tuple(range(100_000)))
    assert committed._remembered.currsize <= committed._remembered.maxsize
    assert committed.remember(("large", 49), lambda: ()) == tuple(range(100_000))


def test_what_two_ask_for_at_once_is_made_once(writable: Api) -> None:
    """Whoever asks while something is being made waits for it; where making it failed, the next one makes it."""
    committed = Facts(writable.store).newest()
    begun, go_on = Event(), Event()
    made: list[str] = []

    def make() -> str:
        made.append("once")
        begun.set()
        assert go_on.wait(10)
        return "made"

    def fail() -> str:
        begun.set()
        assert go_on.wait(10)
        raise StoreUnavailable("the disk was away")

    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(committed.remember, "one", make)
        assert begun.wait(10)
        others = [threads.submit(committed.remember, "one", make) for _ in range(3)]
        go_on.set()
        assert [each.result() for each in (first, *others)] == ["made"] * 4
        assert made == ["once"]
        begun.clear()
        go_on.clear()
        failing = threads.submit(committed.remember, "other", fail)
        assert begun.wait(10)
        waiting = threads.submit(committed.remember, "other", lambda: "made all the same")
        go_on.set()
        assert waiting.result() == "made all the same"
        with pytest.raises(StoreUnavailable):
            failing.result()


def test_the_orders_of_long_lists_are_made_ready(writable: Api) -> None:
    """Before anybody asks for quotes or versions, they are put in order; after a commit, anew."""
    (rest,) = (each for each in gc.get_objects() if isinstance(each, RestApi) and each.facts._store is writable.store)
    for commit in range(2):
        rest.make_ready()
        committed = rest.facts.newest()
        (study,) = studies_of(committed)
        for name, sort in (("quotes", "key"), ("versions", "iteration")):
            found: Ordered = committed.remember(("ordered", (name, study.iri, None), sort), _nothing_ready)
            assert len(found) > 1
        reworded(writable, "q1", f"Said in commit {commit}")


def _nothing_ready() -> Ordered:
    raise AssertionError("the order should have been ready")
