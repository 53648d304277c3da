"""What is suggested for each rewording of the bundled study, judged by reading, and that it never counts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphstore import GraphStore
from lineage.answer_records import AmendmentAnswer, StudyAnswers
from lineage.answered import study_answers
from lineage.overview import study_overview

STUDY = "innovation-ecosystem"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def answers(study_store: GraphStore) -> StudyAnswers:
    """What people said about the bundled study's hypotheses and what was done."""
    return study_answers(study_overview(study_store, STUDY))


def of(answers: StudyAnswers, label: str) -> AmendmentAnswer:
    """The amendment told so."""
    (found,) = (each for each in answers.amendments if each.label == label)
    return found


def test_the_quotes_that_miss_the_patient_come_first(answers: StudyAnswers) -> None:
    """“Patient benefit” in Utility: the quote that misses the patient, then the one that wants patients' voice."""
    found = of(answers, "“relative advantage” replaced by “patient benefit”").suggested
    assert [(each.kind, each.motive.key) for each in found] == [
        ("quote", "q19"), ("quote", "q20"), ("theme", "patient-voice"),
    ]  # fmt: skip
    assert found[0].score > found[1].score
    assert found[0].passage.startswith("This focuses on benefit to clinicians/ system but what about patient")
    assert "“benefit” and “patient”, which came in" in found[0].explanation
    assert "asks for something (“what about”)" in found[0].explanation


def test_every_suggestion_was_read_and_found_sensible(answers: StudyAnswers) -> None:
    """Funding, patients, cost savings, partners; for the other amendments no word speaks, so nothing is suggested."""
    found = {each.label: [one.motive.key for one in each.suggested] for each in answers.amendments if each.suggested}
    assert found == {
        "“relative advantage” replaced by “patient benefit”": ["q19", "q20", "patient-voice"],
        "“and funding mechanisms” added": ["q10", "q12", "financial-stability"],
        "“(ideally cost savings)” replaced by “on NHS productivity”": ["q44"],
        "“multiple partners” replaced by “strong partner coalitions”": ["q42"],
    }


def test_a_quote_within_another_is_not_suggested_apart(answers: StudyAnswers) -> None:
    """Quote q11 stands within q12, which names it."""
    (found,) = (each for each in of(answers, "“and funding mechanisms” added").suggested if each.motive.key == "q12")
    assert found.repeated_by == ("q11",)


def test_a_quote_from_an_area_says_so(answers: StudyAnswers) -> None:
    """The quote on cost savings is printed under an area and was not said of the hypothesis."""
    (found,) = of(answers, "“(ideally cost savings)” replaced by “on NHS productivity”").suggested
    assert found.under_area is not None
    assert found.under_area.key == "financial-stability"
    assert "not about this hypothesis" in found.explanation
    assert "doubts something (“Challenge”)" in found.explanation


def test_joining_words_are_told_apart(answers: StudyAnswers) -> None:
    """“is” to “are” and a dropped “and” change no word that carries meaning."""
    assert {each.label for each in answers.amendments if each.joining_words} == {
        "“is” replaced by “are”",
        "“and” removed",
    }


def test_suggestions_never_count_as_answers(answers: StudyAnswers) -> None:
    """Nothing is answered or explained, whatever is suggested; the suggested have shares of their own."""
    every = answers.coverage[0]
    assert (every.feedback.count, every.feedback.of) == (0, 42)
    assert (every.changes.count, every.changes.of) == (0, 5)
    assert (every.suggested.count, every.suggested_changes.count) == (6, 4)
    assert len(answers.unanswered) == 42
    assert len(answers.unexplained) == 14


SCRIPT = """
import sys
from pathlib import Path
from graphstore import open_store
from ingest.importing import import_study
from lineage.answered import study_answers
from lineage.overview import study_overview
with open_store("memory:") as store:
    import_study(Path(sys.argv[1]), store)
    print(study_answers(study_overview(store, "innovation-ecosystem")).amendments)
"""


def test_suggestions_are_the_same_in_every_process(bundled_folder: Path) -> None:
    """Whatever order Python's sets come in, suggestions, scores and words are the same."""
    told = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(bundled_folder)], capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("0", "4321")
    }  # fmt: skip
    assert len(told) == 1
    assert "q19" in told.pop()
