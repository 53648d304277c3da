"""A study compared with the report it was taken from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.against import Comparison, Difference, Lack, compare
from ingest.study import StudyRecords
from ontology.records import Quote, Source


def only_lack(comparison: Comparison) -> Lack:
    """The one thing the study lacks."""
    (lack,) = comparison.lacks
    return lack


def test_a_faithful_study_agrees(faithful_study: StudyRecords, report: str) -> None:
    """Line breaks, page rules, emphasis, links, tags and footnote marks do not count as differences."""
    comparison = compare(faithful_study, report)
    assert comparison.missing == comparison.elsewhere == ()
    assert comparison.lacks == ()
    assert comparison.agrees


def test_every_value_is_checked(faithful_study: StudyRecords, report: str) -> None:
    """Each statement, quote, area title, figure, percentage and count gives one check."""
    sheets = [(each.sheet, each.column) for each in compare(faithful_study, report).checks]
    assert sheets.count(("versions", "statement")) == 2
    assert sheets.count(("quotes", "text")) == 6
    assert sheets.count(("blueprint", "label")) == 1
    assert sheets.count(("figures", "value")) == 3
    assert sheets.count(("resonance", "published_percentage")) == sheets.count(("resonance", "count")) == 2
    assert len(sheets) == 16


def test_found_words_have_their_line(faithful_study: StudyRecords, report: str) -> None:
    """A found value names each line of the report where it begins."""
    printed = report.split("\n")
    comparison = compare(faithful_study, report)
    statement, quote = comparison.checks[0], next(each for each in comparison.checks if each.key == "q3")
    assert [printed[line - 1].startswith(("1. ", "<b>Idea 1:")) for line in statement.lines] == [True, True]
    assert printed[quote.lines[0] - 1] == "*“The council's kitchen was never open when we*"


def test_a_changed_word_is_shown_beside_the_nearest_passage(
    study_with_a_changed_word: StudyRecords, report: str
) -> None:
    """What is not found comes with the passage most like it, its line, and the words that differ."""
    (missing,) = compare(study_with_a_changed_word, report).missing
    assert (missing.sheet, missing.key, missing.column) == ("versions", "sharing/1", "statement")
    assert missing.nearest is not None
    assert missing.nearest.text == "Shared kitchens bring neighbours together, and meals become healthier."
    assert missing.nearest.differences == (Difference("better", "healthier"),)
    assert "Shared kitchens" in report.split("\n")[missing.nearest.line - 1]


def test_a_straight_mark_is_not_a_typographic_one(study_with_typographic_quotes: StudyRecords, report: str) -> None:
    """Words are compared to the letter: the kind of quotation mark counts."""
    comparison = compare(study_with_typographic_quotes, report)
    (missing,) = comparison.missing
    assert missing.key == "q2"
    assert missing.nearest is not None
    assert missing.nearest.differences == (Difference("‘", "'"), Difference("’", "'"))
    assert only_lack(comparison).quote == "q2"


def test_a_missing_quote_is_lacking(study_without_a_quote: StudyRecords, report: str) -> None:
    """An attributed quotation that no quote covers is named, even where its closing mark was forgotten."""
    comparison = compare(study_without_a_quote, report)
    assert comparison.missing == ()
    lack = only_lack(comparison)
    assert (lack.kind, lack.text) == ("quotation", "Nobody asked us.")
    assert report.split("\n")[lack.lines[0] - 1] == "*“Nobody asked us.* [Street group]"


def test_a_shortened_quote_is_lacking(faithful_study: StudyRecords, report: str) -> None:
    """A quote that holds only part of a quotation does not cover it."""
    quotes = tuple(
        replace(each, text="Three years is too short") if each.key == "q5" else each for each in faithful_study.quotes
    )
    comparison = compare(replace(faithful_study, quotes=quotes), report)
    assert comparison.missing == ()
    assert only_lack(comparison).quote == "q5"
    assert only_lack(comparison).differences == (Difference("", "; ask for ten."),)


def test_equal_words_printed_twice_need_two_quotes(faithful_study: StudyRecords, report: str) -> None:
    """Each quote covers one quotation."""
    twice = report + "\n*“Nobody asked us.”* [Street group]\n"
    lack = only_lack(compare(faithful_study, twice))
    assert (lack.kind, lack.text) == ("quotation", "Nobody asked us.")
    again = Quote(key="q7", text="Nobody asked us.", organisation_type="street-group", same_words_as="q4")
    assert compare(replace(faithful_study, quotes=(*faithful_study.quotes, again)), twice).agrees


def test_a_quote_given_to_another_kind_of_organisation_is_named(faithful_study: StudyRecords, report: str) -> None:
    """Words that are right but attributed to somebody else are a lack of their own kind."""
    quotes = tuple(
        replace(each, organisation_type="market") if each.key == "q5" else each for each in faithful_study.quotes
    )
    lack = only_lack(compare(replace(faithful_study, quotes=quotes), report))
    assert (lack.kind, lack.quote) == ("attribution", "q5")
    assert "[Council]" in lack.says


def test_a_quotation_of_an_unknown_kind_of_organisation_is_found(faithful_study: StudyRecords, report: str) -> None:
    """A bracket right after a closing quotation mark is an attribution, whatever it holds."""
    lack = only_lack(compare(faithful_study, report + "\n“We never heard of it.” [Bakery]\n"))
    assert (lack.kind, lack.text) == ("quotation", "We never heard of it.")
    assert "[Bakery]" in lack.says


def test_a_wrong_number_is_missing(study_with_a_wrong_number: StudyRecords, report: str) -> None:
    """A figure that the report does not print anywhere is missing."""
    (missing,) = compare(study_with_a_wrong_number, report).missing
    assert (missing.sheet, missing.key, missing.value) == ("figures", "people", "42")


def test_a_number_beside_something_else_is_doubtful(faithful_study: StudyRecords, report: str) -> None:
    """A number that stands in the report, but near none of its label's words, is to be checked."""
    figures = (replace(faithful_study.figures[0], label="Ovens", value="41"), *faithful_study.figures[1:])
    (doubtful,) = compare(replace(faithful_study, figures=figures), report).elsewhere
    assert doubtful.key == "people"
    assert not compare(replace(faithful_study, figures=figures), report).agrees


def test_a_count_that_belongs_to_another_percentage_is_doubtful(faithful_study: StudyRecords) -> None:
    """A percentage and its count must stand together."""
    first, second = faithful_study.resonance
    filler = "Nothing is counted in these words. " * 10
    far_apart = f"Idea 1: 66.6% 2/3 {filler} Idea 2: 75% 30/40"
    swapped = replace(
        faithful_study,
        versions=(), quotes=(), figures=(), blueprint=(),
        resonance=(replace(first, count=30, denominator=40), replace(second, count=2, denominator=3)),
    )  # fmt: skip
    assert {each.value for each in compare(swapped, far_apart).elsewhere} == {"66.6%", "30/40", "75%", "2/3"}


@pytest.mark.parametrize(
    ("value", "text"),
    [("4", "4% of 46 came, 4.5 or 4/9, v4"), ("4%", "14% and 2.4%"), ("2/3", "12/3 and 2/31"), ("four", "fourteen")],
)
def test_a_number_is_found_only_as_a_whole(faithful_study: StudyRecords, value: str, text: str) -> None:
    """Part of a longer number or word is not the number."""
    figure = replace(faithful_study.figures[0], value=value, label="came")
    bare = replace(faithful_study, versions=(), quotes=(), resonance=(), blueprint=(), figures=(figure,))
    (check,) = compare(bare, text).checks
    assert check.status == "missing"


def test_a_percentage_without_a_row_is_lacking(faithful_study: StudyRecords, report: str) -> None:
    """A percentage printed in more places than rows name is lacking; one within a quote belongs to the quote."""
    without = replace(faithful_study, figures=faithful_study.figures[:2])
    lack = only_lack(compare(without, report))
    assert (lack.kind, lack.text) == ("percentage", "12%")
    again = only_lack(compare(faithful_study, report + "\nAgain, 12% had never cooked.\n"))
    assert (again.kind, again.text, len(again.lines)) == ("percentage", "12%", 2)
    *others, beginners = faithful_study.figures
    both = (*others, replace(beginners, locator=("The two ideas, paragraph 1", "The end")))
    assert compare(replace(faithful_study, figures=both), report + "\nAgain, 12% had never cooked.\n").agrees


def test_a_count_without_a_row_is_lacking(faithful_study: StudyRecords, report: str) -> None:
    """A count such as 30/40 that no resonance row has is lacking."""
    without = replace(faithful_study, resonance=faithful_study.resonance[:1])
    assert {(each.kind, each.text) for each in compare(without, report).lacks} == {
        ("percentage", "75%"), ("count", "30/40"),
    }  # fmt: skip


def test_only_rows_of_the_source_are_compared(faithful_study: StudyRecords, report: str) -> None:
    """With a source named, what was taken from another document is passed over."""
    strange = Quote(key="q9", text="This stands in another document.", source="minutes")
    quotes = tuple(replace(each, source="report") for each in faithful_study.quotes)
    study = replace(
        faithful_study,
        sources=(Source(key="report", title="Report"), Source(key="minutes", title="Minutes")),
        quotes=(*quotes, strange),
    )
    assert [each.key for each in compare(study, report).missing] == ["q9"]
    checked = compare(study, report, source="report")
    assert [each.key for each in checked.checks] == ["q1", "q2", "q3", "q4", "q5", "q6"]


def test_nothing_is_found_in_an_empty_report(faithful_study: StudyRecords) -> None:
    """An empty report holds nothing and likens to nothing."""
    comparison = compare(faithful_study, "  \n")
    assert len(comparison.missing) == len(comparison.checks) > 0
    assert all(each.nearest is None for each in comparison.missing)
