"""You said, we did: what counts as an answer, both ways, and coverage held to SPARQL written without looking at it."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from graphstore import Difference, GraphStore
from lineage.answer_records import FeedbackAnswer, Share, StudyAnswers
from lineage.answered import study_answers
from lineage.overview import study_overview
from ontology.terms import HT
from queries.library import QUERIES

BASE = "https://w3id.org/hypothread/id/"
BUNDLED = "innovation-ecosystem"
ROOMS = "reading-rooms"

# An oracle of its own: what is answered, counted from the triples.
ANSWERED = """
PREFIX ht: <https://w3id.org/hypothread/ns#>
SELECT ?type (COUNT(DISTINCT ?quote) AS ?all) (COUNT(DISTINCT ?done) AS ?answered) WHERE {
  ?quote a ht:Quote ; ht:inStudy <STUDY> ; ht:about ?version ; ht:organisationType ?type .
  OPTIONAL {
    { ?x ht:motivatedBy ?quote } UNION { ?quote ht:illustrates ?y } UNION {
      ?change ht:from ?version ; ht:motivatedBy/^ht:theme ?quote
    } UNION { ?part ht:amends ?version ; ht:motivatedBy/^ht:theme ?quote }
    BIND(?quote AS ?done)
  }
} GROUP BY ?type
"""
EXPLAINED = """
PREFIX ht: <https://w3id.org/hypothread/ns#>
SELECT (COUNT(DISTINCT ?change) AS ?all) (COUNT(DISTINCT ?done) AS ?explained) WHERE {
  ?change a ht:Change ; ht:inStudy <STUDY> ; ht:changeType ?type .
  FILTER(REGEX(STR(?type), "(reworded|introduced|split|merged|withdrawn)$"))
  OPTIONAL {
    { ?change ht:rationale ?why } UNION { ?change ht:motivatedBy ?what } UNION {
      ?part ht:ofChange ?change ; ht:motivatedBy ?what
    }
    BIND(?change AS ?done)
  }
}
"""


def ask(store: GraphStore, text: str) -> list[list[str]]:
    """The rows of an answer as text."""
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return [[term.value for term in row if term is not None] for row in found]


def answers_of(store: GraphStore, study: str) -> StudyAnswers:
    """What was said and done."""
    return study_answers(study_overview(store, study))


def quote(answers: StudyAnswers, key: str) -> FeedbackAnswer:
    """The feedback with this key."""
    (found,) = (each for each in answers.feedback if each.quote.key == key)
    return found


def node(study: str, path: str) -> NamedNode:
    """An item of a study."""
    return NamedNode(f"{BASE}{study}/{path}")


def state(store: GraphStore, study: str, subject: str, predicate: str, value: NamedNode | Literal) -> None:
    """Let a source state something."""
    quad = Quad(node(study, subject), NamedNode(predicate), value, node(study, "graph"))
    store.apply(Difference(added={quad}))


@pytest.mark.parametrize("study", [BUNDLED, ROOMS])
def test_coverage_is_what_sparql_counts(study: str, study_store: GraphStore, reading_rooms_store: GraphStore) -> None:
    """By organisation type and over all, of feedback and of changes."""
    store = study_store if study == BUNDLED else reading_rooms_store
    answers = answers_of(store, study)
    of_types = {
        row[0]: Share(int(row[2]), int(row[1])) for row in ask(store, ANSWERED.replace("STUDY", f"{BASE}{study}"))
    }
    assert of_types
    assert {
        each.organisation_type.iri: each.feedback for each in answers.coverage if each.organisation_type
    } == of_types
    ((every, explained),) = ask(store, EXPLAINED.replace("STUDY", f"{BASE}{study}"))
    assert answers.coverage[0].changes == Share(int(explained), int(every))


def test_a_stated_motive_answers_the_quote_and_explains_the_amendment(study_store: GraphStore) -> None:
    """Stated of one amendment, it is that amendment's alone; and coverage follows, also as SPARQL counts it."""
    path = "change/utility-1-to-2/amendment/1"
    state(study_store, BUNDLED, path, HT.motivatedBy, node(BUNDLED, "quote/q19"))
    answers = answers_of(study_store, BUNDLED)
    first, second, _ = answers.of_change(f"{BASE}{BUNDLED}/change/utility-1-to-2")
    assert ([each.key for each in first.stated], second.stated) == (["q19"], ())
    assert (first.explained, second.explained) == (True, False)
    assert [each.label for each in quote(answers, "q19").moved] == [first.label]
    assert answers.coverage[0].feedback == Share(1, 42)
    assert answers.coverage[0].changes == Share(1, 5)
    by_type = {each.organisation_type.key: each for each in answers.coverage if each.organisation_type}
    assert by_type["health-innovation-network"].changes == Share(1, 5)
    assert by_type["locality"].changes == Share(0, 5)
    test_coverage_is_what_sparql_counts(BUNDLED, study_store, study_store)
    unanswered = ask(study_store, QUERIES["answered/unanswered"].text)
    assert len(unanswered) == len(answers.unanswered) == 41
    assert len(ask(study_store, QUERIES["amendments/unexplained"].text)) == len(answers.unexplained) == 13


def test_a_theme_stated_as_motive_answers_the_quotes_that_bear_it(study_store: GraphStore) -> None:
    """Only where a source gives the quote the theme: a reading of the editors answers nothing."""
    theme = node(BUNDLED, "theme/patient-voice")
    state(study_store, BUNDLED, "change/utility-1-to-2", HT.motivatedBy, theme)
    assert quote(answers_of(study_store, BUNDLED), "q19").answered is False, "q19 is only read as speaking to it"
    state(study_store, BUNDLED, "quote/q19", HT.theme, theme)
    answers = answers_of(study_store, BUNDLED)
    assert [each.key for each in quote(answers, "q19").moved] == ["utility-1-to-2"]
    assert answers.coverage[0].feedback == Share(1, 42)
    test_coverage_is_what_sparql_counts(BUNDLED, study_store, study_store)


def test_print_under_an_area_answers(study_store: GraphStore) -> None:
    """A quote about a version that a source also prints under an area has its answer there."""
    state(study_store, BUNDLED, "quote/q01", HT.illustrates, node(BUNDLED, "blueprint/patient-voice"))
    found = quote(answers_of(study_store, BUNDLED), "q01")
    assert found.answered
    assert found.printed_under is not None
    assert found.printed_under.key == "patient-voice"


def test_a_reason_explains_every_amendment_of_its_change(study_store: GraphStore) -> None:
    """A rationale is given for the whole change."""
    state(study_store, BUNDLED, "change/complexity-1-to-2", HT.rationale, Literal("Plainer."))
    answers = answers_of(study_store, BUNDLED)
    assert {each.hypothesis.key for each in answers.amendments if each.explained} == {"complexity"}
    assert len(answers.unexplained) == 9
    assert answers.coverage[0].changes == Share(1, 5)


def test_the_invented_study_has_answers_both_ways(reading_rooms_store: GraphStore) -> None:
    """The quote that moved the rewording of the hours is answered by it, and the rewording rests on the quote."""
    answers = answers_of(reading_rooms_store, ROOMS)
    (late,) = answers.amendments
    assert (late.label, [each.key for each in late.stated]) == ("“and close late” added", ["q2"])
    assert {each.quote.key: each.answered for each in answers.feedback}["q2"]
    merged = {each.change.key: each.explained for each in answers.changes}
    assert merged == {"begin-hours": False, "merge-comfort": True, "split-comfort": True, "hours-2-to-3": True}


def test_the_named_question_tells_the_same(study_store: GraphStore) -> None:
    """``answered/feedback`` has a row for every quote, those that are read to an area with the editors' reason."""
    answers = answers_of(study_store, BUNDLED)
    found = study_store.query(QUERIES["answered/feedback"].text)
    assert isinstance(found, QuerySolutions)
    read: dict[str, set[str]] = {}
    for row in found:
        areas = read.setdefault(row["key"].value, set())
        if row["status"] is not None:
            assert row["status"].value == "editorial"
            assert row["reason"].value
            areas.add(row["label"].value)
    assert read == {each.quote.key: {link.to.label for link in each.read_to} for each in answers.feedback}
