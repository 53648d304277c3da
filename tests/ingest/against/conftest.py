"""A small report of an invented programme, and studies transcribed from it with and without mistakes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.study import StudyRecords
from ontology.records import (
    BlueprintArea,
    Figure,
    Hypothesis,
    HypothesisVersion,
    Iteration,
    OrganisationType,
    Quote,
    ResonanceObservation,
    Study,
)

REPORT = Path(__file__).with_name("kitchens-report.md")
YES = "yes-or-yes-with-recommendations"


@pytest.fixture
def report() -> str:
    """The report's text."""
    return REPORT.read_text(encoding="utf-8")


@pytest.fixture
def faithful_study() -> StudyRecords:
    """A study that has all that the report has, to the letter."""
    return StudyRecords(
        study=Study(key="kitchens", title="Community Kitchens"),
        organisation_types=(
            OrganisationType(key="street-group", label="Street group"),
            OrganisationType(key="council", label="Council"),
            OrganisationType(key="market", label="Market"),
        ),
        iterations=(Iteration(ordinal=1),),
        hypotheses=(Hypothesis(key="sharing", label="Sharing"), Hypothesis(key="lasting", label="Lasting")),
        versions=(
            HypothesisVersion(
                hypothesis="sharing",
                iteration="1",
                number=1,
                statement="Shared kitchens bring neighbours together, and meals become healthier.",
            ),
            HypothesisVersion(
                hypothesis="lasting",
                iteration="1",
                number=2,
                statement="A kitchen lasts when volunteers are trained and the rent is paid for three years.",
            ),
        ),
        quotes=(
            Quote(key="q1", text="It works on our street, but only on Sundays.", organisation_type="street-group"),
            Quote(key="q2", text="The word 'healthier' says too little.", organisation_type="street-group"),
            Quote(
                key="q3",
                text="The council's kitchen was never open when we needed it — that is the whole story.",
                organisation_type="council",
            ),
            Quote(key="q4", text="Nobody asked us.", organisation_type="street-group"),
            Quote(key="q5", text="Three years is too short; ask for ten.", organisation_type="council"),
            Quote(key="q6", text="Only 5% of the rent was ever paid.", organisation_type="market"),
        ),
        resonance=(
            ResonanceObservation(
                version="sharing/1", resonance=YES, count=2, denominator=3, published_percentage="66.6%"
            ),
            ResonanceObservation(
                version="lasting/1", resonance=YES, count=30, denominator=40, published_percentage="75%"
            ),
        ),
        figures=(
            Figure(key="people", label="People who came", value="41"),
            Figure(key="streets", label="Streets they came from", value="9"),
            Figure(key="beginners", label="Of them never cooked", value="12%"),
        ),
        blueprint=(BlueprintArea(key="keys", ordinal=1, label="Keys for everyone — opening the doors"),),
    )


@pytest.fixture
def study_with_a_changed_word(faithful_study: StudyRecords) -> StudyRecords:
    """The first statement says “better” where the report says “healthier”."""
    first, second = faithful_study.versions
    return replace(faithful_study, versions=(replace(first, statement=first.statement[:-10] + "better."), second))


@pytest.fixture
def study_without_a_quote(faithful_study: StudyRecords) -> StudyRecords:
    """The quote with the forgotten closing mark is left out."""
    return replace(faithful_study, quotes=tuple(each for each in faithful_study.quotes if each.key != "q4"))


@pytest.fixture
def study_with_a_wrong_number(faithful_study: StudyRecords) -> StudyRecords:
    """42 people instead of 41."""
    people, *others = faithful_study.figures
    return replace(faithful_study, figures=(replace(people, value="42"), *others))


@pytest.fixture
def study_with_typographic_quotes(faithful_study: StudyRecords) -> StudyRecords:
    """The second quote has ‘typographic’ marks where the report has straight ones."""
    quotes = tuple(
        replace(each, text=each.text.replace(" '", " ‘").replace("' ", "’ ")) if each.key == "q2" else each
        for each in faithful_study.quotes
    )
    return replace(faithful_study, quotes=quotes)
