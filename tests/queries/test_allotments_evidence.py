"""What people said and how it was counted: rows counted by hand in the invented study, in both engines."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

BASE = "https://w3id.org/hypothread/id/allotments/"
YES = "https://w3id.org/hypothread/ns#resonance-yes"
Columns = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def columns(ask_allotments: Callable[..., list[dict[str, Any]]]) -> Columns:
    """Asks and keeps some columns, IRIs of the study shortened to their path."""

    def put(name: str, wanted: str, **values: str) -> list[tuple[Any, ...]]:
        rows = ask_allotments(name, **values)
        return [tuple(_short(row[column]) for column in wanted.split()) for row in rows]

    return put


def _short(value: Any) -> Any:
    return value.replace(BASE, "") if isinstance(value, str) else value


def test_a_quote_has_one_row(columns: Columns) -> None:
    """Several emphases and places do not multiply a quote; emphases come in the order of the words."""
    wanted = "key organisation_type_label number hypothesis_key reading area emphasis same_words_as within locator"
    q1 = ("q1", "Club", 1, "rain", "reading/rain-poster", "blueprint/water", "3-7 10-14", None, None, "p. 4")
    q2 = ("q2", "Club", None, None, None, "blueprint/water", None, "quote/q1", None, "p. 10 | p. 8")
    q3 = ("q3", "Council", 2, "rain", None, None, None, None, "quote/q1", None)
    q4 = ("q4", None, 2, "spades", None, None, None, None, None, None)
    assert columns("quotes/all", wanted, study="") == [q1, q2, q3, q4]
    assert columns("quotes/one", wanted, quote="quote/q2") == [q2]
    assert columns("quotes/about-hypothesis", wanted, hypothesis="hypothesis/rain") == [q1, q3]
    assert columns("quotes/about-version", wanted, version="hypothesis/rain/2") == [q3]
    assert columns("quotes/of-organisation-type", wanted, organisation_type="organisation-type/club") == [q1, q2]
    assert columns("quotes/under-area", wanted, area="blueprint/water") == [q1, q2]


def test_quotes_are_counted_once(columns: Columns) -> None:
    """Repeated and contained words are counted apart, and another study's quotes not at all."""
    assert columns("quotes/counts", "quotes distinct_quotes distinct_whole_quotes", study="") == [(4, 3, 2)]
    assert columns("quotes/by-organisation-type", "key quotes distinct_quotes", study="") == [
        ("club", 2, 1), ("council", 1, 1), ("school", 0, 0),
    ]  # fmt: skip
    assert columns("quotes/repeated", "key relation other_key", study="") == [
        ("q2", "same-words-as", "q1"), ("q3", "within-quote", "q1"),
    ]  # fmt: skip


def test_themes_are_stated_or_read(columns: Columns) -> None:
    """A wider theme gathers what stands under a narrower one; readings bear their reason."""
    assert [row for row in columns("quotes/under-theme", "key coded_label status reason", theme="theme/water")
            if row[0] != "h1"] == [
        ("q1", "Drought", "asserted", None),
        ("q1", "Water", "editorial", "Dry butts too."),
        ("q3", "Water", "editorial", "Dry butts."),
    ]  # fmt: skip
    assert columns("quotes/under-theme", "key status", theme="theme/drought") == [("q1", "asserted")]
    assert columns("themes/of-quotes", "quote_key theme_key status agent_label", study="") == [
        ("q1", "cost", "asserted", None),
        ("q1", "drought", "asserted", None),
        ("q1", "water", "editorial", "Editors"),
        ("q3", "water", "editorial", "Editors"),
        ("q4", "cost", "asserted", None),
    ]
    assert columns("themes/tree", "key broader_key codebook_label definition", study="") == [
        ("cost", None, "Garden", None), ("water", None, "Garden", "Anything wet."),
        ("drought", "water", "Garden", None),
    ]  # fmt: skip


def test_readings_stay_out_of_what_is_counted_as_stated(columns: Columns) -> None:
    """Counts of what the source states and counts with the editors' readings stand in columns of their own."""
    assert columns("themes/co-occurrence", "key other_key asserted_quotes quotes", study="") == [
        ("cost", "drought", 1, 1), ("cost", "water", 0, 1), ("drought", "water", 0, 1),
    ]  # fmt: skip
    wanted = "key hypothesis_key asserted_quotes editorial_quotes quotes"
    assert columns("themes/by-hypothesis", wanted, study="") == [
        ("cost", "rain", 1, 0, 1), ("cost", "spades", 1, 0, 1), ("drought", "rain", 1, 0, 1),
        ("water", "rain", 0, 2, 2),
    ]  # fmt: skip


def test_blueprint_areas(columns: Columns) -> None:
    """An area's evidence is counted; an area without quotes has noughts."""
    wanted = "key ordinal analysis_label quotes distinct_quotes organisation_types locator"
    water, tools = ("water", 1, "Sorting", 2, 1, 1, "p. 8"), ("tools", 2, "Sorting", 0, 0, 0, None)
    assert columns("blueprint/areas", wanted, study="") == [water, tools]
    assert columns("blueprint/area", wanted, area="blueprint/tools") == [tools]
    assert columns("blueprint/feeding", "kind key reason", area="blueprint/tools") == [
        ("hypothesis", "spades", "Spades are tools."), ("quote", "q4", "Names the price."),
    ]  # fmt: skip
    wanted = "area_key status through item"
    assert columns("blueprint/of-hypothesis", wanted, hypothesis="hypothesis/rain") == [
        ("water", "asserted", "quote", "quote/q1")
    ]
    assert columns("blueprint/of-hypothesis", wanted, hypothesis="hypothesis/spades") == [
        ("tools", "editorial", "hypothesis", "hypothesis/spades"), ("tools", "editorial", "quote", "quote/q4"),
    ]  # fmt: skip


def test_resonance(columns: Columns) -> None:
    """Shares are rounded half up, sums take the published overall data set only, and the lowest comes first."""
    wanted = "resonance_key organisation_type_label count denominator percentage published_percentage"
    assert columns("resonance/of-hypothesis", wanted, hypothesis="hypothesis/rain") == [
        ("yes", "Club", 2, 2, 100, None),
        ("no", None, 1, 3, Decimal("33.33"), "33%"),
        ("yes", None, 2, 3, Decimal("66.67"), "66.6%"),
    ]
    assert columns("resonance/overall", "resonance_key versions count denominator percentage", study="") == [
        ("no", 1, 1, 3, Decimal("33.33")), ("yes", 3, 4, 19, Decimal("21.05")),
    ]  # fmt: skip
    assert columns("resonance/lowest-first", "key count denominator percentage", study="", resonance=YES) == [
        ("sharing", 1, 8, Decimal("12.5")), ("spades", 1, 8, Decimal("12.5")), ("rain", 2, 3, Decimal("66.67")),
    ]  # fmt: skip
    assert len(columns("resonance/all", "observation", study="")) == 5


def test_figures(columns: Columns) -> None:
    """A percentage is judged at the places printed, a half rounded up; sums and denominators are compared."""
    wanted = "hypothesis_key printed exact verdict difference"
    assert columns("figures/percentages", wanted, study="") == [
        ("rain", "33%", Decimal("33.33"), "agrees", Decimal("-0.33")),
        ("rain", "66.6%", Decimal("66.67"), "truncated", Decimal("-0.07")),
        ("sharing", "13", Decimal("12.5"), "agrees", Decimal("0.5")),
        ("spades", "12.6 %", Decimal("12.5"), "differs", Decimal("0.1")),
    ]
    assert columns("figures/totals", "key printed parts sum difference verdict", study="") == [
        ("plots", "7", "3 + 5", 8, -1, "differs")
    ]
    wanted = "key printed excluded printed_less_excluded denominators verdict"
    assert columns("figures/responses", wanted, study="") == [("answers", "20", 1, 19, 19, "agrees")]
    assert columns("figures/not-recomputable", "key printed obstacle", study="") == [
        ("left-out", "1", "Nobody kept them."), ("plots-large", "3", None), ("plots-small", "5", None),
    ]  # fmt: skip
    both = "The denominators add up to 19, which agrees with 20 or 19 (20 less 1 left out)."
    assert columns("figures/published-against-recomputed", "kind published verdict explanation", study="") == [
        ("figure", "1", "not-recomputable", "Nobody kept them."),
        ("figure", "3", "not-recomputable", "The source gives nothing that it could be recomputed from."),
        ("figure", "5", "not-recomputable", "The source gives nothing that it could be recomputed from."),
        ("percentage", "33%", "agrees", "1 of 3 is 33.33%, as printed."),
        ("percentage", "66.6%", "truncated", "2 of 3 is 66.67%; the source cuts the places off and does not round."),
        ("percentage", "13", "agrees", "1 of 8 is 12.50%, as printed."),
        ("percentage", "12.6 %", "differs", "1 of 8 is 12.50%, not 12.6 %."),
        (
            "responses",
            "20",
            "agrees",
            both,
        ),
        ("total", "7", "differs", "3 + 5 = 8, not 7."),
    ]


def test_findings_and_links(columns: Columns) -> None:
    """The source's findings come before the editors', each with the version it is read as meaning."""
    wanted = "kind key cites_number reading_key reason locator"
    assert columns("findings/list", wanted, study="") == [
        ("source", "dry", "Hypothesis 1", "rain/1", "Number 1 then.", "p. 11"),
        ("editorial", "numbers", None, None, None, "p. 11"),
    ]
    assert columns("links/all", "key target_kind target_key body_kind body_key agent_label", study="") == [
        ("l5", "finding", "dry", "version", "rain/1", "Editors"),
        ("l3", "hypothesis", "spades", "blueprint area", "tools", "Editors"),
        ("l2", "quote", "q1", "theme", "water", "Editors"),
        ("l1", "quote", "q3", "theme", "water", "Editors"),
        ("l4", "quote", "q4", "blueprint area", "tools", "Editors"),
        ("l6", "quote", "q4", "judgement", "unclear", "Editors"),
    ]


def test_restricted_answers(columns: Columns) -> None:
    """A response that was set aside stays, with the reason; one that states little has one row all the same."""
    wanted = "key participant organisation_type_label hypothesis_key event_label exclusion_reason"
    assert columns("responses/all", wanted, study="") == [
        ("r1", "P 1", "Club", "rain", "Open day", None), ("r2", None, None, None, None, "illegible"),
    ]  # fmt: skip
    assert columns("codings/all", "key target_key body_key agent_label round rationale", study="") == [
        ("c1", "r1", "water", "Analyst A", 1, "Butts hold water.")
    ]


def test_the_study_itself(columns: Columns) -> None:
    """Events of all kinds, iterations, analyses, organisations and their parts are listed, in order."""
    assert columns(
        "study/studies",
        "key",
    ) == [("allotments",), ("hedges",)]
    assert columns("study/overview", "title source_key issued publisher sha256", study="") == [
        ("Shared allotments", "report", "2021-05", "The allotments", "00ff")
    ]
    assert columns("study/events", "kind key started part_of_label", study="") == [
        ("analysis", "sorting", None, None), ("workstream", "soil", None, None),
        ("event", "open-day", "2021-03-01", "Soil"), ("planned-event", "harvest", "2021-09-01", None),
    ]  # fmt: skip
    assert columns("study/iterations", "ordinal label issued used_at_label used_at_start versions", study="") == [
        (1, "First set", None, "Open day", "2021-03-01", 2), (2, None, "2021-04-02", None, None, 2),
        (3, None, None, None, None, 1),
    ]  # fmt: skip
    assert columns("study/analyses", "key ordinal areas", study="") == [("sorting", 1, 2)]
    assert columns("study/event-links", "key relation other", study="") == [
        ("open-day", "associated", "organisation/seed-club"), ("open-day", "used", "iteration/1"),
        ("sorting", "generated", "blueprint/tools"), ("sorting", "generated", "blueprint/water"),
    ]  # fmt: skip
    assert columns("study/organisation-types", "key definition broader_label", study="") == [
        ("club", "People who garden together.", None), ("council", None, None), ("school", None, "Council"),
    ]  # fmt: skip
    assert columns("organisations/list", "key type_label part_of_label", study="") == [
        ("pond-group", None, "Seed club"), ("seed-club", "Club", None),
    ]  # fmt: skip
    assert columns("organisations/by-role", "role_key key event_key", study="") == [("host", "seed-club", "open-day")]
    assert ("versions", 5) in columns("study/counts", "kind items", study="")
    texts = columns("study/texts", "item part text", study="")
    assert ("hypothesis/rain/2", "title", "Rain") in texts
    assert not any("hedges" in item for item, _, _ in texts)
