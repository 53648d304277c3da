"""A comparison written out for a terminal."""

from __future__ import annotations

from dataclasses import replace

from ingest.against import compare, render
from ingest.study import StudyRecords


def test_agreement_is_said(faithful_study: StudyRecords, report: str) -> None:
    """A study that agrees gives its totals and says so."""
    written = render(compare(faithful_study, report))
    assert "quotes text" in written
    assert "6 of    6 found" in written
    assert written.endswith("The study agrees with its source.\n")


def test_a_difference_is_shown_word_by_word(study_with_a_changed_word: StudyRecords, report: str) -> None:
    """What is missing is named by sheet, key and column, with what differs."""
    written = render(compare(study_with_a_changed_word, report))
    assert "Not in the report word for word:" in written
    assert "versions, sharing/1, statement" in written
    assert "the study has ‹better›, the report ‹healthier›" in written
    assert "agrees" not in written


def test_lacks_and_wrong_numbers_are_shown(
    study_without_a_quote: StudyRecords, study_with_a_wrong_number: StudyRecords, report: str
) -> None:
    """Lacking quotations and numbers that are not in the report are listed with what to do."""
    written = render(compare(study_without_a_quote, report))
    assert "quotation (line 32): Nobody asked us." in written
    assert "add a quote" in written
    assert "no such number stands in the report" in render(compare(study_with_a_wrong_number, report))


def test_doubtful_numbers_are_shown_apart(faithful_study: StudyRecords, report: str) -> None:
    """A number that is not beside what it counts is put to the analyst, with its line."""
    figures = (replace(faithful_study.figures[0], label="Ovens"), *faithful_study.figures[1:])
    written = render(compare(replace(faithful_study, figures=figures), report))
    assert "not beside what is counted" in written
    assert "figures, people, value: 41 (line 11)" in written
