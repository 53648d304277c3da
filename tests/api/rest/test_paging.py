"""Pages: every item once, in order, whatever is written meanwhile."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from api.errors import UnusableValue
from api.rest.paging import Ordered, cut
from graphstore import Difference
from ontology.terms import HT
from tests.api.rest.conftest import Api

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
IDENTIFIER = NamedNode("http://purl.org/dc/terms/identifier")
VALUES = st.tuples(st.one_of(st.none(), st.integers(-3, 3)), st.one_of(st.none(), st.sampled_from("abc")))
ENTRIES = st.dictionaries(st.text("xyz", min_size=1, max_size=4), VALUES, max_size=25)


def walked(ordered: Ordered, wanted: frozenset[str] | None, limit: int, *, descending: bool) -> list[str]:
    """The IRIs of every page."""
    found: list[str] = []
    cursor = None
    while True:
        page = cut(ordered, wanted, limit=limit, cursor=cursor, descending=descending)
        found += page.iris
        if page.next is None:
            assert len(found) == page.total
            return found
        cursor = page.next


@given(ENTRIES, st.frozensets(st.text("xyz", min_size=1, max_size=4)) | st.none(), st.integers(1, 6), st.booleans())
def test_pages_together_are_the_list(
    entries: dict[str, Any], wanted: frozenset[str] | None, limit: int, descending: bool
) -> None:
    """Whatever the size of a page, all pages give what is wanted once, sorted; turned round, they give the reverse."""
    ordered = Ordered.of("key", list(entries.items()))
    expected = [iri for iri in ordered.iris if wanted is None or iri in wanted]
    found = walked(ordered, wanted, limit, descending=descending)
    assert found == (expected[::-1] if descending else expected)
    # Missing values come last, and equal ones go by the IRI.
    numbers = [entries[iri][0] for iri in ordered.iris]
    assert numbers == sorted(number for number in numbers if number is not None) + [None] * numbers.count(None)
    for one, other in pairwise(ordered.iris):
        assert entries[one] != entries[other] or one < other


@given(ENTRIES, ENTRIES, st.integers(1, 4), st.booleans())
def test_what_was_there_throughout_is_neither_skipped_nor_repeated(
    before: dict[str, Any], after: dict[str, Any], limit: int, descending: bool
) -> None:
    """Items come and go between two pages; those that stay and keep their place are given once."""
    kept = {iri: values for iri, values in before.items() if after.get(iri) == values}
    first = cut(Ordered.of("key", list(before.items())), None, limit=limit, cursor=None, descending=descending)
    rest: list[str] = []
    cursor = first.next
    while cursor is not None:
        page = cut(Ordered.of("key", list(after.items())), None, limit=limit, cursor=cursor, descending=descending)
        rest += page.iris
        cursor = page.next
    found = [*first.iris, *rest]
    if first.next is not None:
        assert all(found.count(iri) == 1 for iri in kept)


@given(st.text(max_size=200) | st.binary(max_size=120).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_cursor_does_harm(cursor: str) -> None:
    """A cursor that is none is refused in our own words, never otherwise."""
    ordered = Ordered.of("key", [("x", (1, "a")), ("y", (2, None))])
    with pytest.raises(UnusableValue):
        cut(ordered, None, limit=1, cursor=cursor, descending=False)


SHAPES = st.recursive(
    st.none() | st.integers() | st.floats() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3)
)


@given(SHAPES)
def test_a_cursor_of_another_shape_is_refused_or_answered(place: Any) -> None:
    """JSON of any shape in a cursor gives a page or our own error."""
    ordered = Ordered.of("key", [("x", (1, "a")), ("y", (2, None))])
    cursor = base64.urlsafe_b64encode(json.dumps(["key", place]).encode()).decode().rstrip("=")
    with suppress(UnusableValue):
        assert len(cut(ordered, None, limit=1, cursor=cursor, descending=False).iris) <= 1


def test_a_cursor_of_another_order_is_refused(bundled: Api) -> None:
    """The cursor of one order means nothing in another."""
    cursor = bundled.get("/quotes?limit=1")["next"].partition("cursor=")[2].partition("&")[0]
    assert bundled.status(f"/quotes?limit=1&cursor={cursor}&sort=number")[0] == 422
    assert bundled.status(f"/quotes?limit=1&cursor={cursor}&sort=-key")[0] == 422


@pytest.mark.parametrize("limit", ["0", "-1", "501", "x", "1.5", "", "١", "9" * 400])
def test_limits_that_are_none(bundled: Api, limit: str) -> None:
    """A page has from 1 to 500 items."""
    status, problem = bundled.status("/quotes", params={"limit": limit})
    assert status == 422
    assert "500" in problem["detail"]


def test_quotes_come_and_go_while_pages_are_turned(writable: Api) -> None:
    """Over HTTP, with commits between the pages: what was there throughout is given once."""
    graph = NamedNode(f"{writable.iri}/graph")
    before = {item["iri"] for item in writable.walk("/quotes")}
    page = writable.get("/quotes?limit=7")
    found = [item["iri"] for item in page["items"]]
    gone: set[str] = set()
    turns = 0
    while page["next"] is not None:
        turns += 1
        leaving = NamedNode(sorted(before - gone)[turns * 3])
        gone.add(leaving.value)
        coming = NamedNode(f"{writable.iri}/quote/q0-{turns}")
        added = {
            Quad(coming, RDF_TYPE, NamedNode(HT.Quote), graph),
            Quad(coming, NamedNode(HT.inStudy), NamedNode(writable.iri), graph),
            Quad(coming, IDENTIFIER, Literal(f"q0-{turns}"), graph),
            Quad(coming, NamedNode(HT.text), Literal("Newly said."), graph),
        }
        removed = set(writable.store.quads(graph, subject=leaving))
        assert removed
        writable.store.apply(Difference(removed=frozenset(removed), added=frozenset(added)))
        page = writable.client.get(page["next"]).json()
        found += [item["iri"] for item in page["items"]]
    assert turns >= 4
    assert all(found.count(iri) == 1 for iri in before - gone)
    assert len(found) == len(set(found))
