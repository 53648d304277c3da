"""The amendments of the derived graph are those that pages work out, and what SPARQL finds in them."""

from __future__ import annotations

from pyoxigraph import NamedNode, QuerySolutions

from graphstore import GraphStore
from lineage.answered import study_answers
from lineage.overview import study_overview
from queries.library import QUERIES

STUDY = "innovation-ecosystem"
BASE = "https://w3id.org/hypothread/id/"


def rows(store: GraphStore, question: str, study: str = STUDY, name: str = "study") -> list[dict[str, str]]:
    """The answer to a question about a study, or one of its items, cell by cell."""
    found = store.query(QUERIES[question].bind({name: NamedNode(f"{BASE}{study}")}))
    assert isinstance(found, QuerySolutions)
    names = [each.value for each in found.variables]
    return [{name: term.value for name in names if (term := row[name]) is not None} for row in found]


def test_amendments_are_the_same_in_the_graph_and_on_pages(study_store: GraphStore) -> None:
    """IRI, kind, words and positions: what import derived is what is worked out from the wordings now."""
    stored = {
        (
            row["amendment"], row["kind"], row.get("removed", ""), row.get("added", ""), row["earlier_position"],
            row["later_position"], row["label"], row["hypothesis_key"],
        )
        for row in rows(study_store, "amendments/list")
    }  # fmt: skip
    live = {
        (
            each.iri, each.amendment.kind, each.amendment.removed_words, each.amendment.added_words,
            str(each.amendment.before), str(each.amendment.after), each.label, each.hypothesis.key,
        )
        for each in study_answers(study_overview(study_store, STUDY)).amendments
    }  # fmt: skip
    assert stored == live
    assert len(stored) == 14


def test_known_amendments_of_the_report(study_store: GraphStore) -> None:
    """Utility had one phrase replaced and one added; leadership one added; nothing in the four that were unchanged."""
    told = {(row["hypothesis_key"], row["label"]) for row in rows(study_store, "amendments/list")}
    assert ("utility", "“relative advantage” replaced by “patient benefit”") in told
    assert ("utility", "“local needs and” added") in told
    assert ("incentives", "“and funding mechanisms” added") in told
    assert ("complexity", "“multiple partners” replaced by “strong partner coalitions”") in told
    assert {key for key, _ in told} == {"utility", "incentives", "leadership", "making-the-case", "complexity"}


def test_no_amendment_of_the_report_is_explained(study_store: GraphStore) -> None:
    """The report states no motive and no reason for a single change: all are listed, and no motive is."""
    assert len(rows(study_store, "amendments/unexplained")) == 14
    assert len(rows(study_store, "answered/unexplained-changes")) == 5
    assert len(rows(study_store, "answered/unanswered")) == 42
    assert rows(study_store, "motives/stated") == []


def test_stated_motives_are_found(reading_rooms_store: GraphStore) -> None:
    """In the invented study a quote moved a rewording, a quote and a theme a split; analysts say why of two of them."""
    found = {
        (
            row["change_key"], row.get("amendment_label"), row["kind"], row["motive_key"], row.get("statement_key"),
            row.get("agent_label"), row.get("reason"),
        )
        for row in rows(reading_rooms_store, "motives/stated", "reading-rooms")
    }  # fmt: skip
    reason = "Whoever works by day reads in the evening."
    assert found == {
        ("hours-2-to-3", None, "quote", "q2", None, None, None),
        ("hours-2-to-3", "“and close late” added", "quote", "q2", "late-hours", "Reviewer A", reason),
        ("split-comfort", None, "quote", "q1", "split-chairs", "Reviewer B", None),
        ("split-comfort", None, "theme", "draughts", None, None, None),
    }
    assert rows(reading_rooms_store, "amendments/unexplained", "reading-rooms") == []


def test_a_quote_led_to_the_very_words(reading_rooms_store: GraphStore) -> None:
    """What a quote led to names the amendment that it moved, beside the change."""
    found = {
        (row["status"], row["relation"], row["key"], row.get("label"))
        for row in rows(reading_rooms_store, "lineage/quote-led-to", "reading-rooms/quote/q2", "quote")
        if row["relation"] in {"change", "amendment"}
    }
    assert found == {
        ("asserted", "change", "hours-2-to-3", None),
        ("asserted", "amendment", "hours-2-to-3/1", "“and close late” added"),
    }
