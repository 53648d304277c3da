"""What the bundled study must hold, counted from its CSV files alone."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping

RENUMBERED = {
    "pathway": (1, 1),
    "incentives": (2, 7),
    "utility": (3, 2),
    "leadership": (4, 4),
    "using-data": (5, 9),
    "making-the-case": (6, 6),
    "evidence": (7, 3),
    "change-makers": (8, 5),
    "complexity": (9, 8),
}

Sheets = Mapping[str, list[dict[str, str]]]


# The words as they were when `ingest.against.compare` found every one of them in the report.
WORDS_AS_COMPARED = "1e7a3eebdadcc625292bec6c42a5ec28a535d673bce210b5ef5d3c22ef776949"


def words_of(text: str) -> list[str]:
    """The words of a text without punctuation."""
    return re.findall(r"\w+", text)


def versions_by_key(sheets: Sheets) -> dict[str, dict[str, str]]:
    """Each version's row by ``hypothesis/iteration``."""
    return {f"{row['hypothesis']}/{row['iteration']}": row for row in sheets["versions"]}


def test_quotes_are_counted_as_printed(sheets: Sheets) -> None:
    """52 quotes in print order: 33 of health innovation networks, 17 of localities, 2 of innovators."""
    assert [row["key"] for row in sheets["quotes"]] == [f"q{number:02d}" for number in range(1, 53)]
    assert Counter(row["organisation_type"] for row in sheets["quotes"]) == {
        "health-innovation-network": 33,
        "locality": 17,
        "innovator": 2,
    }


def test_quotes_answer_a_hypothesis_or_illustrate_an_area(sheets: Sheets) -> None:
    """42 quotes answer a version of iteration 1, the other 10 illustrate an area, none does both."""
    about = [row["about"] for row in sheets["quotes"] if row["about"]]
    areas = Counter(row["illustrates"] for row in sheets["quotes"] if row["illustrates"])
    assert Counter(about) == {
        "pathway/1": 4, "incentives/1": 11, "utility/1": 6, "leadership/1": 6, "using-data/1": 1,
        "making-the-case/1": 3, "evidence/1": 4, "change-makers/1": 4, "complexity/1": 3,
    }  # fmt: skip
    assert areas == {
        "patient-voice": 1, "financial-stability": 1, "partnership-working": 1, "real-world-issues": 3,
        "system-level-approach": 4,
    }  # fmt: skip
    assert not [row["key"] for row in sheets["quotes"] if bool(row["about"]) == bool(row["illustrates"])]


def test_quotes_are_printed_under_the_reading_of_their_version(sheets: Sheets) -> None:
    """A quote stands under the Table 2 reading of the version it answers, where that version has one."""
    reading_of = {row["version"]: row["key"] for row in sheets["readings"]}
    for row in sheets["quotes"]:
        assert row["printed_under"] == reading_of.get(row["about"], "")


def test_repeated_quotes_are_linked(sheets: Sheets) -> None:
    """51 quotes differ in words; 49 remain without those contained in another; the links say which."""
    texts = {row["key"]: row["text"] for row in sheets["quotes"]}
    assert len(set(texts.values())) == 51
    folded = {text.casefold() for text in texts.values()}
    assert sum(not any(one != other and one in other for other in folded) for one in folded) == 49
    same = {row["key"]: row["same_words_as"] for row in sheets["quotes"] if row["same_words_as"]}
    within = {row["key"]: row["within_quote"] for row in sheets["quotes"] if row["within_quote"]}
    assert same == {"q26": "q25"}
    assert within == {"q11": "q12", "q15": "q13"}
    assert texts["q26"] == texts["q25"]
    assert all(texts[part].casefold() in texts[whole].casefold() for part, whole in within.items())


def test_words_bear_no_layout(sheets: Sheets) -> None:
    """Quotes, statements and titles hold no line breaks, emphasis marks, tags, links or double spaces."""
    texts = [row["text"] for row in sheets["quotes"]]
    texts += [row["statement"] for row in (*sheets["versions"], *sheets["readings"])]
    texts += [row["label"] for row in sheets["blueprint"]]
    assert len(texts) == 52 + 18 + 9 + 5
    for text in texts:
        assert text == text.strip()
        assert not re.search(r"[\n\r\t*<>\\]|  |\]\(", text)


def test_words_are_those_compared_with_the_report(sheets: Sheets) -> None:
    """No letter of a quote, statement or area title has changed since all were compared with the source, word for word.

    Whoever changes one compares the study with the report anew and sets the digest again.
    """
    texts = [row["text"] for row in sheets["quotes"]]
    texts += [row["statement"] for row in (*sheets["versions"], *sheets["readings"])]
    texts += [row["label"] for row in sheets["blueprint"]]
    assert hashlib.sha256("\n".join(texts).encode()).hexdigest() == WORDS_AS_COMPARED


def test_quotes_have_no_outer_quotation_marks(sheets: Sheets) -> None:
    """The marks that enclose a quote are dropped: those left inside come in pairs."""
    for row in sheets["quotes"]:
        text = row["text"]
        assert text.count("“") == text.count("”")
        assert text.count('"') % 2 == 0
        assert text[0] not in '“"‘'


def test_emphasis_lies_within_the_words(sheets: Sheets) -> None:
    """Emphasis ranges are in order, lie within the text and begin and end with a character of a word or a mark."""
    emphasised = {row["key"]: row["emphasis"].split("|") for row in sheets["quotes"] if row["emphasis"]}
    texts = {row["key"]: row["text"] for row in sheets["quotes"]}
    assert set(emphasised) == {"q01", "q02", "q03", "q04", "q39", "q40", "q41", "q42"}
    for key, ranges in emphasised.items():
        last = 0
        for each in ranges:
            start, end = map(int, each.split("-"))
            assert last <= start < end <= len(texts[key])
            assert texts[key][start:end] == texts[key][start:end].strip()
            last = end
    start, end = map(int, emphasised["q39"][0].split("-"))
    assert texts["q39"][start:end] == "WHOLE"


def test_each_iteration_has_nine_numbered_versions(sheets: Sheets) -> None:
    """Nine hypotheses, each with a number in either iteration; only iteration 2 has titles."""
    numbers = {
        key: tuple(int(row["number"]) for row in sheets["versions"] if row["hypothesis"] == key) for key in RENUMBERED
    }
    assert numbers == RENUMBERED
    assert len(sheets["versions"]) == 18
    assert {row["hypothesis"] for row in sheets["versions"]} == {row["key"] for row in sheets["hypotheses"]}
    labels = {row["key"]: row["label"] for row in sheets["hypotheses"]}
    for row in sheets["versions"]:
        second = row["iteration"] == "2"
        assert row["title"] == (labels[row["hypothesis"]] if second else "")
        assert bool(row["alt_label"]) is not second
        assert row["revises"] == (f"{row['hypothesis']}/1" if second else "")


def test_iterations_are_dated_as_the_report_dates_them(sheets: Sheets) -> None:
    """Iteration 1 has a meeting and no date; iteration 2 has a date."""
    first, second = sheets["iterations"]
    assert (first["ordinal"], first["issued"], first["used_at"]) == ("1", "", "kick-off")
    assert (second["ordinal"], second["issued"], second["used_at"]) == ("2", "2023-12-12", "")


def test_nine_readings_differ_from_the_canonical_wording(sheets: Sheets) -> None:
    """Five readings of iteration 1 (three places each) and four of iteration 2 (one place), all distinct wordings."""
    versions = versions_by_key(sheets)
    assert sorted(row["version"] for row in sheets["readings"]) == [
        "change-makers/1", "complexity/1", "complexity/2", "incentives/1", "incentives/2", "making-the-case/2",
        "using-data/1", "utility/1", "utility/2",
    ]  # fmt: skip
    statements = [row["statement"] for row in (*sheets["versions"], *sheets["readings"])]
    for row in sheets["readings"]:
        assert row["statement"] != versions[row["version"]]["statement"]
        assert statements.count(row["statement"]) == 1
        assert len(row["locator"].split("|")) == (3 if row["version"].endswith("/1") else 1)


def test_changes_follow_from_the_wordings(sheets: Sheets) -> None:
    """One change for each hypothesis; its types are what the two versions show, punctuation aside."""
    versions = versions_by_key(sheets)
    assert len(sheets["changes"]) == 9
    for row in sheets["changes"]:
        before, after = versions[row["before"]], versions[row["after"]]
        assert before["hypothesis"] == after["hypothesis"]
        expected = {"titled"}
        if before["number"] != after["number"]:
            expected.add("renumbered")
        same = words_of(before["statement"]) == words_of(after["statement"])
        expected.add("unchanged" if same else "reworded")
        assert set(row["types"].split("|")) == expected
        assert (row["decided_by"], row["rationale"], row["motivated_by"]) == ("irlss", "", "")
    unchanged = {row["key"] for row in sheets["changes"] if "unchanged" in row["types"].split("|")}
    assert unchanged == {"pathway-1-to-2", "using-data-1-to-2", "evidence-1-to-2", "change-makers-1-to-2"}


def test_resonance_is_table_2(sheets: Sheets) -> None:
    """Nine rows, 289 of 320 answers, percentages as printed."""
    rows = sheets["resonance"]
    assert [row["published_percentage"] for row in rows] == [
        "93.33%", "93.87%", "81.81%", "97.22%", "97.22%", "69.9%", "86.66%", "100%", "89.65%",
    ]  # fmt: skip
    assert sum(int(row["count"]) for row in rows) == 289
    assert sum(int(row["denominator"]) for row in rows) == 320
    assert {row["resonance"] for row in rows} == {"yes-or-yes-with-recommendations"}
    reading_of = {row["version"]: row["key"] for row in sheets["readings"]}
    assert [row["version"] for row in rows] == [f"{key}/1" for key in RENUMBERED]
    assert [row["printed_under"] for row in rows] == [reading_of.get(row["version"], "") for row in rows]


def test_figures_stand_as_printed(sheets: Sheets) -> None:
    """The published numbers, and how they hang together."""
    figures = {row["key"]: row for row in sheets["figures"]}
    assert {key: row["value"] for key, row in figures.items()} == {
        "attendees": "76", "ms-form-follow-ups": "1", "organisations": "32", "hin-organisations": "12",
        "non-hin-organisations": "22", "innovators": "4", "locality-share": "46%", "responses-received": "356",
        "responses-excluded": "17", "strongly-disagreeing": "4%", "fully-disagreeing": "4%", "submissions": "27",
        "analysts": "four", "analysis-stages": "four", "hypotheses": "9", "learning-collaboratives": "three",
        "hypotheses-a-session": "3",
    }  # fmt: skip
    assert figures["organisations"]["parts"] == "hin-organisations|non-hin-organisations"
    assert figures["responses-received"]["recomputed_from"] == "resonance-denominators"
    assert figures["responses-excluded"]["subtracted_from"] == "responses-received"


def test_a_figure_has_data_or_an_obstacle(sheets: Sheets) -> None:
    """What cannot be recomputed says why; what can says from what."""
    for row in sheets["figures"]:
        assert bool(row["parts"] or row["recomputed_from"]) is not bool(row["obstacle"])


def test_areas_are_the_five_of_the_report(sheets: Sheets) -> None:
    """Five areas in order, with titles that bear no number, from the assimilation."""
    assert [(row["ordinal"], row["key"]) for row in sheets["blueprint"]] == [
        ("1", "patient-voice"),
        ("2", "financial-stability"),
        ("3", "partnership-working"),
        ("4", "real-world-issues"),
        ("5", "system-level-approach"),
    ]
    assert {row["generated_by"] for row in sheets["blueprint"]} == {"assimilation"}
    assert not [row["label"] for row in sheets["blueprint"] if row["label"][0].isdigit()]


def test_codebooks_have_their_themes(sheets: Sheets) -> None:
    """Three common feedback themes, five of the champion programme, six prerequisites."""
    themes = Counter(row["codebook"] for row in sheets["themes"] if row["kind"] == "theme")
    assert themes == {"common-feedback": 3, "champion-programme": 5, "prerequisites": 6}
    assert {row["key"] for row in sheets["themes"] if row["kind"] == "codebook"} == set(themes)


def test_events_are_those_of_the_programme(sheets: Sheets) -> None:
    """Two workstreams, the meeting, four stages of analysis in order, three sessions still to come."""
    kinds = Counter(row["kind"] for row in sheets["events"])
    assert kinds == {"workstream": 2, "event": 1, "analysis": 4, "planned-event": 3}
    stages = sorted((row["ordinal"], row["key"]) for row in sheets["events"] if row["kind"] == "analysis")
    assert [key for _, key in stages] == ["data-validation", "resonance-analysis", "mind-maps", "assimilation"]
    kick_off = next(row for row in sheets["events"] if row["key"] == "kick-off")
    assert (kick_off["started"], kick_off["part_of"]) == ("2023-12-11", "workstream-1")
    planned = [row for row in sheets["events"] if row["kind"] == "planned-event"]
    assert {(row["started"], row["ended"]) for row in planned} == {("2024-01", "2024-02")}
