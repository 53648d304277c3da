"""Where a hypothesis comes from: rows counted by hand in the invented study, in both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

BASE = "https://w3id.org/hypothread/id/allotments/"
Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def columns(ask_allotments: Ask) -> Callable[..., list[tuple[Any, ...]]]:
    """Asks and keeps some columns, IRIs of the study shortened to their path."""

    def put(name: str, wanted: str, **values: str) -> list[tuple[Any, ...]]:
        rows = ask_allotments(name, **values)
        return [tuple(_short(row[column]) for column in wanted.split()) for row in rows]

    return put


def _short(value: Any) -> Any:
    return value.replace(BASE, "") if isinstance(value, str) else value


def test_versions_tell_where_they_stand(columns: Callable[..., list[tuple[Any, ...]]]) -> None:
    """A version bears its number, title, event, what it revises, and all its places in one row."""
    wanted = "key number title alt_label issued used_at_label used_at_start revises derived_from source_title locator"
    assert columns("lineage/versions", wanted, hypothesis="hypothesis/rain") == [
        ("rain/1", 1, None, None, None, "Open day", "2021-03-01", None, None, "Report", "p. 2 | p. 9"),
        ("rain/2", 2, "Rain", "the water one", "2021-04-02", None, None, "hypothesis/rain/1", None, None, None),
    ]
    assert columns("lineage/versions", "key derived_from", hypothesis="hypothesis/sharing") == [
        ("sharing/3", "hypothesis/rain/2 hypothesis/spades/2")
    ]


def test_readings_have_a_row_for_each_place(columns: Callable[..., list[tuple[Any, ...]]]) -> None:
    """A wording that stands in two places has two rows."""
    assert columns("lineage/readings", "version key statement locator", hypothesis="hypothesis/rain") == [
        ("hypothesis/rain/1", "rain-poster", "Rain is enough.", "p. 3"),
        ("hypothesis/rain/1", "rain-poster", "Rain is enough.", "p. 5"),
    ]
    assert columns("lineage/several-readings", "key ordinal readings wordings", study="") == [("rain", 1, 1, 2)]


def test_changes_show_both_ends(columns: Callable[..., list[tuple[Any, ...]]]) -> None:
    """A merge has a row for each version it started from; types and places are joined."""
    wanted = "key from to types rationale decided_by decided_by_label locator"
    club = ("organisation/seed-club", "Seed club")
    rain = ("rain-2", "hypothesis/rain/1", "hypothesis/rain/2", "renumbered reworded", "It dries out.", *club, "p. 7")
    merged = [
        ("merge", f"hypothesis/{each}/2", "hypothesis/sharing/3", "merged", None, None, None, None)
        for each in ("spades", "rain")
    ]
    assert columns("lineage/changes", wanted, hypothesis="hypothesis/rain") == [rain, *merged]
    assert columns("lineage/all-changes", wanted, study="") == [rain, *merged]
    assert columns("lineage/changes", wanted, hypothesis="hypothesis/sharing") == merged
    assert columns("lineage/motives", "change_key kind motive_key motive_label", hypothesis="hypothesis/rain") == [
        ("rain-2", "quote", "q1", "In June the butts were dry."),
        ("rain-2", "theme", "water", "Water"),
    ]


def test_ancestors_follow_revisions_and_merges(columns: Callable[..., list[tuple[Any, ...]]]) -> None:
    """From a merged version the trace goes back over both hypotheses, one row a step."""
    steps = [
        ("rain/1", "revision", "rain/2"),
        ("spades/1", "revision", "spades/2"),
        ("spades/2", "derivation", "sharing/3"),
        ("rain/2", "derivation", "sharing/3"),
    ]
    wanted = "earlier_key relation later_key"
    assert columns("lineage/ancestors", wanted, version="hypothesis/sharing/3") == steps
    assert columns("lineage/ancestors", wanted, version="hypothesis/rain/1") == []
    assert columns("lineage/descendants", wanted, version="hypothesis/rain/1") == [steps[0], steps[3]]


def test_area_rests_on_what_is_stated_and_what_is_read(columns: Callable[..., list[tuple[Any, ...]]]) -> None:
    """Stated evidence and the editors' readings are told apart by status."""
    wanted = "status kind key reason agent_label"
    assert columns("lineage/area-evidence", wanted, area="blueprint/water") == [
        ("asserted", "analysis", "sorting", None, None),
        ("asserted", "organisation-type", "club", None, None),
        ("asserted", "quote", "q1", None, None),
        ("asserted", "quote", "q2", None, None),
    ]
    assert columns("lineage/area-evidence", wanted, area="blueprint/tools") == [
        ("asserted", "analysis", "sorting", None, None),
        ("editorial", "hypothesis", "spades", "Spades are tools.", "Editors"),
        ("editorial", "quote", "q4", "Names the price.", "Editors"),
    ]


def test_quote_leads_to_versions_areas_and_themes(columns: Callable[..., list[tuple[Any, ...]]]) -> None:
    """A quote's trace holds what it answers, what came later, its area, themes and change, and what is read into it."""
    wanted = "status relation key reason"
    assert columns("lineage/quote-led-to", wanted, quote="quote/q1") == [
        ("asserted", "blueprint area", "water", None),
        ("asserted", "change", "rain-2", None),
        ("asserted", "later version", "rain/2", None),
        ("asserted", "later version", "sharing/3", None),
        ("asserted", "theme", "cost", None),
        ("asserted", "theme", "drought", None),
        ("asserted", "version asked about", "rain/1", None),
        ("editorial", "theme", "water", "Dry butts too."),
    ]
    assert columns("lineage/quote-led-to", wanted, quote="quote/q4")[-2:] == [
        ("editorial", "blueprint area", "tools", "Names the price."),
        ("editorial", "judgement", "unclear", "Whose spades?"),
    ]


def test_numbers_and_titles_that_changed(columns: Callable[..., list[tuple[Any, ...]]]) -> None:
    """A first title is not a retitling, and a merged hypothesis is no renumbering."""
    wanted = "key from_number to_number renumbered titled retitled"
    assert columns("lineage/renumbered-or-retitled", wanted, study="") == [
        ("rain", 1, 2, True, True, False),
        ("spades", 2, 1, True, False, True),
    ]


def test_lineage_graph_holds_one_hypothesis_only(ask_allotments: Ask) -> None:
    """The graph of a hypothesis describes nothing of another one, and nothing that is only read into it."""
    subjects = {row["s"].replace(BASE, "") for row in ask_allotments("lineage/graph", hypothesis="hypothesis/spades")}
    assert subjects >= {"hypothesis/spades", "hypothesis/spades/1", "hypothesis/spades/2", "quote/q4", "change/merge"}
    assert not any("rain" in subject or "theme" in subject or "link" in subject for subject in subjects)


def test_hypotheses_by_iteration_and_number(columns: Callable[..., list[tuple[Any, ...]]]) -> None:
    """The list has a row a version, and another study's hypotheses stay out of it."""
    assert columns("hypotheses/list", "ordinal number key title alt_label", study="") == [
        (1, 1, "rain", None, None),
        (1, 2, "spades", "Tools", None),
        (2, 1, "spades", "Spades", None),
        (2, 2, "rain", "Rain", "the water one"),
        (3, 1, "sharing", "Sharing", None),
    ]
    assert columns("hypotheses/by-number", "number ordinal key", study="") == [
        (1, 1, "rain"), (1, 2, "spades"), (1, 3, "sharing"), (2, 1, "spades"), (2, 2, "rain"),
    ]  # fmt: skip
    assert columns("hypotheses/one", "key label study_title versions", hypothesis="hypothesis/rain") == [
        ("rain", "Rain", "Shared allotments", 2)
    ]
