"""What the workbench answers is what the store answers, wherever the page stands."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from typing import Any

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, parse

from graphstore import GraphStore

pytestmark = pytest.mark.browser

HT = "PREFIX ht: <https://w3id.org/hypothread/ns#>\n"
BY_TYPE = (
    HT
    + "SELECT ?type (COUNT(?quote) AS ?quotes)\nWHERE { ?quote a ht:Quote ; ht:organisationType ?type }\n"
    + "GROUP BY ?type ORDER BY DESC(?quotes)"
)
EVERYTHING = "SELECT ?subject ?property ?value WHERE { ?subject ?property ?value }"
ENDLESS = "SELECT (COUNT(*) AS ?rows) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"


def bindings(text: bytes | str) -> Counter[str]:
    """The rows of SPARQL JSON results, in no order."""
    return Counter(json.dumps(row, sort_keys=True) for row in json.loads(text)["results"]["bindings"])


def stored(store: GraphStore, text: str, result_format: QueryResultsFormat) -> bytes:
    """What the store answers, as the engine writes it."""
    found = store.query(text)
    assert isinstance(found, QuerySolutions | QueryBoolean)
    written = found.serialize(format=result_format)
    assert written is not None
    return written


def questions(workbench: Any) -> list[tuple[str, str]]:
    """Every question on the page: its name and its text."""
    script = "all => all.map(each => [each.dataset.question, each.querySelector('pre code').textContent])"
    found: list[tuple[str, str]] = workbench.page.eval_on_selector_all("[data-question]", script)
    return found


EACH, EACH_SIXTH = pytest.param(1, marks=pytest.mark.long), 6


@pytest.mark.parametrize("step", [EACH, EACH_SIXTH])
def test_every_question_of_the_library_gives_the_rows_of_the_store(
    workbench: Any, study_in_memory: GraphStore, step: int
) -> None:
    """Chosen from the list and run, each question gives exactly what the store gives for the same text."""
    asked = questions(workbench)
    assert len(asked) > 50
    for name, text in asked[::step]:
        workbench.page.locator("#workbench-example").select_option(value=name)
        told = workbench.run()
        assert workbench.problem() == "", name
        expected = study_in_memory.query(text)
        given = workbench.downloaded("json")
        if isinstance(expected, QueryTriples):
            assert {each.triple for each in parse(given, RdfFormat.TURTLE)} == set(expected), name
            assert told.startswith("Triples")
        else:
            rows = bindings(stored(study_in_memory, text, QueryResultsFormat.JSON))
            assert bindings(given) == rows, name
            total = rows.total()
            assert told.startswith(f"{total} row" if total else "No rows"), name


def test_what_is_our_reading_must_be_named(workbench: Any, study_in_memory: GraphStore) -> None:
    """The default graph is what is stated, derived and defined; the editors' graph is reached by its name only."""
    counted = "SELECT (COUNT(*) AS ?n) WHERE { %s }"
    links = HT + "SELECT ?link WHERE { ?link a ht:Coding }"
    assert workbench.run(links).startswith("No rows")
    for pattern in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }", "GRAPH ?g { ?s a ht:Coding }", "?s ?p 'FROM'"):
        text = HT + counted % pattern
        assert workbench.run(text).startswith("1 row")
        assert bindings(workbench.downloaded("json")) == bindings(
            stored(study_in_memory, text, QueryResultsFormat.JSON)
        ), pattern
    editorial = "https://w3id.org/hypothread/id/innovation-ecosystem/graph/editorial"
    text = links.replace("WHERE", f"FROM <{editorial}> WHERE")
    total = bindings(stored(study_in_memory, text, QueryResultsFormat.JSON)).total()
    assert total > 100
    assert workbench.run(text).startswith(f"{total} rows")


def test_the_csv_file_is_the_stores(workbench: Any, study_in_memory: GraphStore) -> None:
    """The downloaded CSV is, byte for byte, what the engine writes for an ordered query."""
    text = HT + "SELECT ?quote ?text WHERE { ?quote a ht:Quote ; ht:text ?text } ORDER BY ?quote"
    workbench.run(text)
    assert workbench.downloaded("csv") == stored(study_in_memory, text, QueryResultsFormat.CSV)


def test_iris_are_shown_by_name_and_lead_to_pages(workbench: Any) -> None:
    """A hypothesis, a version and a kind of organisation bear their labels; what has a page links to it."""
    text = (
        HT + "SELECT ?hypothesis ?version ?kind WHERE { ?version ht:ofHypothesis ?hypothesis . "
        "?quote ht:about ?version ; ht:organisationType ?kind . "
        "FILTER(STRENDS(STR(?version), 'hypothesis/incentives/1')) } LIMIT 1"
    )
    workbench.run(text)
    workbench.page.get_by_role("link", name="Incentives", exact=True).wait_for()
    assert workbench.rows()[0][:2] == ["Incentives", "Incentives, Iteration 1"]
    assert "/" not in workbench.rows()[0][2]
    workbench.page.get_by_label("Show IRIs instead of names").check()
    assert workbench.rows()[0][1].endswith("/hypothesis/incentives/1")
    link = workbench.page.locator("#workbench-answer tbody a").first
    assert link.get_attribute("title").endswith("/hypothesis/incentives")
    link.click()
    workbench.page.get_by_role("heading", level=1, name="Incentives").wait_for()


def test_yes_or_no_and_triples(workbench: Any) -> None:
    """ASK is answered in words, CONSTRUCT as Turtle; both can be saved."""
    assert workbench.run(HT + "ASK { ?quote a ht:Quote }").startswith("The answer is yes")
    assert workbench.page.locator("#workbench-answer").inner_text() == "Yes"
    assert workbench.run(HT + "ASK { ht:Quote a ht:Quote }").startswith("The answer is no")
    assert json.loads(workbench.downloaded("json"))["boolean"] is False
    assert workbench.run(HT + "CONSTRUCT WHERE { ?study a ht:Study }").startswith("Triples")
    assert "innovation-ecosystem" in workbench.page.get_by_role("region", name="Triples, in Turtle").inner_text()
    assert workbench.page.locator("#workbench-csv").is_hidden()


def test_a_label_and_a_number_are_drawn(workbench: Any) -> None:
    """One bar a row, named and as long as its number; other results have none."""
    workbench.run(BY_TYPE)
    workbench.page.locator(".workbench__bars--wide .workbench__bar-label", has_text="Locality").wait_for()
    rows = workbench.rows()
    widths = workbench.page.eval_on_selector_all(
        ".workbench__bars--wide .workbench__bar", "all => all.map(bar => bar.width.baseVal.value)"
    )
    numbers = [int(number) for _, number in rows]
    assert len(rows) > 2
    assert widths == pytest.approx([widths[0] * number / numbers[0] for number in numbers], rel=0.01)
    names = workbench.page.locator(".workbench__bars--wide .workbench__bar-label").all_text_contents()
    assert [name.strip() for name in names] == [f"{label}{label}" for label, _ in rows]
    workbench.run(HT + "SELECT ?quote WHERE { ?quote a ht:Quote }")
    assert workbench.page.locator(".workbench__chart").count() == 0


def test_a_thousand_rows_at_a_time_sorted_as_a_whole(workbench: Any, study_in_memory: GraphStore) -> None:
    """A thousand rows are drawn, the rest on demand; sorting a column sorts all of them, by number where it is one."""
    total = bindings(stored(study_in_memory, EVERYTHING, QueryResultsFormat.JSON)).total()
    assert total > 2000
    assert workbench.run(EVERYTHING).startswith(f"{total:,} rows")
    assert len(workbench.rows()) == 1000
    workbench.page.get_by_role("button", name=re.compile("^Show 1,000 more")).click()
    assert len(workbench.rows()) == 2000
    workbench.run(HT + "SELECT ?count WHERE { ?item ht:count ?count }")
    heading = workbench.page.get_by_role("button", name="count")
    heading.click()
    up = [int(row[0]) for row in workbench.rows()]
    assert up == sorted(up)
    assert max(up) > 9
    heading.click()
    assert [int(row[0]) for row in workbench.rows()] == up[::-1]
    assert heading.locator("xpath=..").get_attribute("aria-sort") == "descending"


def test_a_mistake_is_shown_where_it_is(workbench: Any) -> None:
    """Line and column stand in the message, a mark in the gutter of that line, the cursor in the editor."""
    workbench.run("SELECT * WHERE {\n  ?subject ?property ?value .\n  ?subject }")
    assert workbench.problem().startswith("Line 3, column 12: ")
    marks = workbench.page.locator("#workbench-editor .cm-lint-marker-error")
    assert marks.count() == 1
    mark, line = marks.bounding_box(), workbench.page.locator("#workbench-editor .cm-line").nth(2).bounding_box()
    assert line["y"] <= mark["y"] + mark["height"] / 2 <= line["y"] + line["height"]
    focused = "document.activeElement.id + document.activeElement.shadowRoot.activeElement.className"
    assert workbench.page.evaluate(focused).startswith("workbench-editorcm-content")
    assert workbench.page.locator("#workbench-results").is_hidden()
    assert workbench.run("ASK { }").startswith("The answer is yes")
    assert workbench.problem() == ""


def test_only_questions_are_taken(workbench: Any) -> None:
    """An update is refused with the words to begin with; a query that would contact a server says why it is not run."""
    workbench.run("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert "begin with SELECT" in workbench.problem()
    workbench.run("SELECT * WHERE { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    assert re.search("service|SERVICE", workbench.problem())


def test_cancelling_ends_a_question_that_never_ends(workbench: Any) -> None:
    """Cancelled by keyboard, it is over at once, the next question is answered, and the focus is not lost."""
    workbench.run("ASK { }")
    workbench.write(ENDLESS)
    workbench.page.locator("#workbench-run").click()
    workbench.page.locator("#workbench-cancel").focus()
    workbench.page.wait_for_timeout(500)
    assert workbench.page.locator("#workbench-status").inner_text() == "Running the query."
    began = time.monotonic()
    workbench.page.keyboard.press("Enter")
    workbench.settle()
    assert workbench.page.locator("#workbench-status").inner_text() == "Cancelled."
    assert workbench.page.evaluate("document.activeElement.id") == "workbench-run"
    assert workbench.run("ASK { }").startswith("The answer is yes")
    assert time.monotonic() - began < 10
