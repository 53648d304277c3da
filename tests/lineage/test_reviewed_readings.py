"""A reading that a reviewer confirmed or reworded says so wherever it is told of."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graphstore import GraphStore
from ingest.importing import import_study
from lineage.asking import ask
from lineage.graph_records import Include
from lineage.hypothesis_graph import hypothesis_graph
from lineage.records import Link, Named, Reviewed
from lineage.reviewed import reading_reviews
from lineage.stored import StoredStudy
from lineage.trace import area_trace
from pages.addresses import area_path, hypothesis_path
from pages.build import SitePages

STUDY = "https://w3id.org/hypothread/id/reading-rooms"
CONFIRMED = Reviewed("accepted", "Reviewer B", "2024-10-01T09:00:00Z")
REWORDED = Reviewed("reworded", "Reviewer C", "2024-10-03")
READ_TOO: Include = frozenset({"asserted", "editorial"})


@pytest.fixture
def reviewed_store(small_study: Path, empty_store: GraphStore) -> GraphStore:
    """The invented study, whose reading l1 was confirmed; l2 has since been reworded."""
    sheet = small_study / "reviews.csv"
    with sheet.open(encoding="utf-8", newline="") as lines:
        names = csv.DictReader(lines).fieldnames or ()
    row = {
        "key": "link-l2", "kind": "reading", "decision": "reworded", "target": "hypotheses:hours",
        "body": "blueprint:rooms", "rationale": "Hours are when rooms are open.",
        "reviewed_rationale": "Doors are part of a room.", "attributed_to": "Reviewer C", "decided_at": "2024-10-03",
    }  # fmt: skip
    with sheet.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, names).writerow(row)
    import_study(small_study, empty_store)
    return empty_store


def reviews(links: tuple[Link, ...]) -> dict[str, Reviewed | None]:
    """What was decided of links, by what they lead to."""
    return {link.to.key: link.reviewed for link in links}


def test_the_question_has_a_row_for_each_reading_that_stands(reviewed_store: GraphStore) -> None:
    """The reason is the one it bears now; a rejected one is none."""
    rows = [
        tuple(row.text(name) for name in ("link", "target", "body", "reason", "decision", "agent_label", "decided_at"))
        for row in ask(reviewed_store, "reviews/readings", study=STUDY)
    ]
    area = f"{STUDY}/blueprint/rooms"
    assert rows == [
        (
            f"{STUDY}/link/l1", f"{STUDY}/quote/q1", area, "Asks for doors that open.", "accepted", "Reviewer B",
            "2024-10-01T09:00:00Z",
        ),
        (
            f"{STUDY}/link/l2", f"{STUDY}/hypothesis/hours", area, "Hours are when rooms are open.", "reworded",
            "Reviewer C", "2024-10-03",
        ),
    ]  # fmt: skip


def test_the_links_of_a_lineage_bear_the_decision(reviewed_store: GraphStore) -> None:
    """Those of quotes and of the hypothesis itself; a reading that nobody reviewed, and what is stated, bear none."""
    study = StoredStudy(reviewed_store, "reading-rooms")
    hours = study.lineage("hours")
    assert reviews(hours.areas) == {"rooms": REWORDED}
    quotes = {quote.key: quote for quote in hours.quotes}
    assert reviews(quotes["q1"].areas) == {"rooms": CONFIRMED}
    assert set(reviews(quotes["q1"].themes).values()) == {None}
    (area,) = (each for each in study.overview().areas if each.area.key == "rooms")
    assert [link.reviewed for _, link in area.read_quotes] == [CONFIRMED]
    assert [link.reviewed for link in area.hypotheses] == [REWORDED]


def test_the_statements_of_a_lineage_and_of_a_trace_bear_it(reviewed_store: GraphStore) -> None:
    """By the reading's IRI, in the graph of a hypothesis and in that of an area."""
    root = Named(f"{STUDY}/hypothesis/hours", "hours", "Hours")
    graph = hypothesis_graph(reviewed_store, root, include=READ_TOO)
    trace = area_trace(reviewed_store, "reading-rooms", "rooms", include=READ_TOO)
    for edges in (graph.edges, trace.graph.edges):
        found = {each.coding: each.reviewed for each in edges if each.reviewed is not None}
        assert found == {f"{STUDY}/link/l1": CONFIRMED, f"{STUDY}/link/l2": REWORDED}


def test_a_decision_holds_for_what_was_reviewed_only(reviewed_store: GraphStore) -> None:
    """Not for other ends, and not for another reason."""
    found = reading_reviews(reviewed_store, STUDY)
    quote, area = f"{STUDY}/quote/q1", f"{STUDY}/blueprint/rooms"
    assert found.of(quote, area, "Asks for doors that open.") == CONFIRMED
    assert found.of(quote, area, "Asks for something else.") is None
    assert found.of(area, quote, "Asks for doors that open.") is None
    assert found.of_coding(quote, f"{STUDY}/blueprint/other", f"{STUDY}/link/l1") is None


def test_pages_name_the_reviewer_where_they_give_the_reason(reviewed_store: GraphStore) -> None:
    """On the page of the hypothesis and on that of the area, beside whose reading it is."""
    pages = SitePages.of(StoredStudy(reviewed_store, "reading-rooms"))
    for path in (hypothesis_path("hours"), area_path("rooms")):
        page = pages.render(path)
        assert "The editors; confirmed by Reviewer B, 1 October 2024" in page, path
        assert "The editors; reworded by Reviewer C, 3 October 2024" in page, path
