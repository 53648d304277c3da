"""Who confirmed a reading is told with it by every look-up that tells of it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.api.rest.conftest import Api

READ_TOO = {"include": "asserted,editorial"}
CONFIRMED = {"decision": "accepted", "by": "Reviewer B", "at": "2024-10-01T09:00:00Z"}


def reviewed(links: list[dict[str, Any]]) -> dict[str, Any]:
    """What was decided of links, by key."""
    return {each["key"]: each["reviewed"] for each in links}


def test_a_quote_tells_it_of_its_links(rooms: Api) -> None:
    """Alone, in the list and in a lineage; a theme that the source states was reviewed by nobody."""
    for quote in (
        rooms.get("/quotes/q1", params=READ_TOO),
        next(each for each in rooms.walk("/quotes", **READ_TOO) if each["key"] == "q1"),
        next(
            each
            for version in rooms.get("/hypotheses/hours/lineage", params=READ_TOO)["versions"]
            for each in version["quotes"]
            if each["key"] == "q1"
        ),
    ):
        assert reviewed(quote["areas"]) == {"rooms": CONFIRMED}
        assert reviewed(quote["themes"]) == {"doors": None, "warmth": None}


def test_a_trace_tells_it(rooms: Api) -> None:
    """Of the quote and of the statement; the hypothesis that nobody reviewed has none."""
    found = rooms.get("/blueprint/rooms/trace", params=READ_TOO)
    assert {each["key"]: each["reviewed"] for each in found["quotes"]}["q1"] == CONFIRMED
    (hours,) = (each for each in found["hypotheses"] if each["key"] == "hours")
    assert reviewed(hours["links"]) == {"hours": None}
    assert {each["coding"]: each["reviewed"] for each in found["edges"] if each["reviewed"]} == {
        f"{rooms.iri}/link/l1": CONFIRMED
    }


@pytest.mark.parametrize("path", ["/hypotheses/hours/lineage.csv", "/blueprint/rooms/trace.csv"])
def test_the_rows_of_statements_tell_it(rooms: Api, path: str) -> None:
    """In the columns that the list of reviews has for it."""
    reply = rooms.client.get(f"/api/v1/studies/{rooms.study}{path}", params=READ_TOO)
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    found = {row["coding"]: (row["decision"], row["reviewer"], row["decided_at"]) for row in rows if row["decision"]}
    assert found == {f"{rooms.iri}/link/l1": ("accepted", "Reviewer B", "2024-10-01T09:00:00Z")}
