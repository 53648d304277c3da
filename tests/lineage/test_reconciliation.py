"""What a source prints is held against itself, with the verdicts that reading its sheets by hand gives."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference, GraphStore
from ingest.importing import import_study
from lineage.asking import ask
from lineage.reconciliation import Reconciliation, reconciliation
from lineage.studies import find_study
from ontology.terms import HT
from queries.library import QUERIES

STUDY = "innovation-ecosystem"
BASE = f"https://w3id.org/hypothread/id/{STUDY}"


def sheet(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a sheet, read without any of our own code."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reconciled(store: GraphStore, study: str = STUDY) -> Reconciliation:
    """What is found in the store now."""
    return reconciliation(store, find_study(store, study))


@pytest.fixture
def found(study_store: GraphStore) -> Reconciliation:
    """What the bundled study prints, held against itself."""
    return reconciled(study_store)


def given(store: GraphStore, subject: str, predicate: str, value: str) -> None:
    """Give the one value of a property another one."""
    item, graph = NamedNode(f"{BASE}/{subject}"), NamedNode(f"{BASE}/graph")
    (old,) = (quad for quad in store.quads(graph, subject=item) if quad.predicate.value == predicate)
    store.apply(Difference(removed={old}, added={Quad(item, NamedNode(predicate), Literal(value), graph)}))


def test_every_published_number_is_there_once(found: Reconciliation, bundled_folder: Path) -> None:
    """17 figures and 9 percentages, each as printed, with every place where it stands."""
    printed = {row["label"]: row for row in sheet(bundled_folder, "figures")}
    figures = [each for each in found.numbers if each.kind != "percentage"]
    assert {each.label: each.published for each in figures} == {label: row["value"] for label, row in printed.items()}
    for each in figures:
        assert set(each.locators) == set(printed[each.label]["locator"].split("|"))
    percentages = [each.published for each in found.numbers if each.kind == "percentage"]
    assert sorted(percentages) == sorted(row["published_percentage"] for row in sheet(bundled_folder, "resonance"))
    assert len(found.numbers) == 26


def test_verdicts_on_percentages_are_those_of_decimal_arithmetic(found: Reconciliation, bundled_folder: Path) -> None:
    """Recomputed with Python's decimals from the sheet: four agree, four are cut off, 23 of 33 differs by 0.20."""
    checks = {each.iri: each for each in found.numbers if each.kind == "percentage"}
    for row in sheet(bundled_folder, "resonance"):
        check = checks[f"{BASE}/resonance/published-overall/{row['version']}/{row['resonance']}"]
        exact = Decimal(100) * int(row["count"]) / int(row["denominator"])
        printed = Decimal(row["published_percentage"].rstrip("%"))
        places = Decimal(1).scaleb(-len(row["published_percentage"].rstrip("%").partition(".")[2]))
        rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert Decimal(check.recomputed or "") == rounded
        assert check.difference == printed - rounded
        agrees, cut = (exact.quantize(places, how) == printed for how in (ROUND_HALF_UP, ROUND_FLOOR))
        assert check.verdict == ("agrees" if agrees else "truncated" if cut else "differs")
    assert Counter(each.verdict for each in checks.values()) == {"agrees": 4, "truncated": 4, "differs": 1}
    (wrong,) = (each for each in checks.values() if each.verdict == "differs")
    assert (wrong.published, wrong.recomputed, wrong.difference) == ("69.9%", "69.7", Decimal("0.2"))


def test_totals_that_do_not_add_up_have_both_places(found: Reconciliation) -> None:
    """12 + 22 is 34 and not 32; the nine denominators are 320, neither 356 nor 339; each with where it stands."""
    organisations, responses = sorted(found.totals_that_differ, key=lambda each: each.label)
    assert (organisations.published, organisations.recomputed, organisations.difference) == ("32", "34", Decimal(-2))
    assert organisations.explanation == "12 + 22 = 34, not 32."
    assert organisations.locators == ("Executive summary, paragraph 5",)
    assert set(organisations.other_locators) == {"Executive summary, paragraph 5", "Stage 1, panel 2"}
    assert (responses.published, responses.recomputed, responses.difference) == ("356", "320", Decimal(36))
    assert "339" in responses.explanation
    assert set(responses.other_locators) == {f"Table 2, Hypothesis {number}" for number in range(1, 10)}


def test_the_query_named_beside_a_number_recomputes_it(found: Reconciliation, study_store: GraphStore) -> None:
    """Asked by its name, that query has one row for the number, with the same verdict; the others say why not."""
    for each in found.numbers:
        if each.question is None:
            assert each.verdict == "not-recomputable"
            assert each.recomputed is None
            assert each.explanation
            continue
        item = "observation" if each.kind == "percentage" else "figure"
        (row,) = (row for row in ask(study_store, each.question, study=BASE) if row.text(item) == each.iri)
        assert row.text("verdict") == each.verdict
    assert len(found.of_verdict("not-recomputable")) == 15


def test_it_comes_to_what_the_shorter_questions_find(study_store: GraphStore) -> None:
    """`reconciliation/all` gives of every number what `figures/published-against-recomputed` gives of it."""
    names = QUERIES["figures/published-against-recomputed"].header.returns
    short, whole = (
        {row.text("item"): [row.maybe(name) for name in names] for row in ask(study_store, question, study=BASE)}
        for question in ("figures/published-against-recomputed", "reconciliation/all")
    )
    assert short == {item: cells for item, cells in whole.items() if item in short}
    for kind, question, item in (
        ("wording", "reconciliation/readings", "other"), ("citation", "reconciliation/numbers-cited", "finding"),
    ):  # fmt: skip
        rows = [row for row in ask(study_store, "reconciliation/all", study=BASE) if row.text("kind") == kind]
        shared = {"published", "locator", "other_locator"}
        one = sorted(tuple(row.maybe(name) or "" for name in shared) for row in rows)
        two = [tuple(row.maybe(name) or "" for name in shared) for row in ask(study_store, question, study=BASE)]
        assert one == sorted(two)
        assert rows
        assert item in QUERIES[question].header.returns


def test_every_reading_is_held_against_the_canonical_wording(found: Reconciliation, bundled_folder: Path) -> None:
    """Nine, five of iteration 1 and four of iteration 2, each with both wordings to the letter and both places."""
    versions = {f"{row['hypothesis']}/{row['iteration']}": row for row in sheet(bundled_folder, "versions")}
    readings = {f"{BASE}/reading/{row['key']}": row for row in sheet(bundled_folder, "readings")}
    assert {each.comparison.after.iri for each in found.wordings} == set(readings)
    for each in found.wordings:
        before, after = each.comparison.before, each.comparison.after
        assert readings[after.iri]["version"] == each.version
        assert before.statement == versions[each.version]["statement"]
        assert after.statement == readings[after.iri]["statement"]
        assert set(before.locators) == set(versions[each.version]["locator"].split("|"))
        assert set(after.locators) == set(readings[after.iri]["locator"].split("|"))
        assert each.comparison.difference.words_differ
        assert not set(before.locators) & set(after.locators)
    assert Counter(each.version[-1] for each in found.wordings) == {"1": 5, "2": 4}
    (change_makers,) = (each for each in found.wordings if each.version == "change-makers/1")
    assert change_makers.comparison.difference.phrases("removed") == ("are",)
    assert change_makers.comparison.difference.phrases("added") == ("is",)


def test_numbers_that_mean_two_hypotheses_are_those_of_the_sheets(found: Reconciliation, bundled_folder: Path) -> None:
    """A conclusion is told where its number belongs to different hypotheses, with every version that bears it."""
    bearing = defaultdict(set)
    for row in sheet(bundled_folder, "versions"):
        bearing[row["number"]].add(f"{row['hypothesis']}/{row['iteration']}")
    cited = {row["key"]: row["cites_number"] for row in sheet(bundled_folder, "findings") if row["cites_number"]}
    expected = {
        key: bearing[number.rpartition(" ")[2]]
        for key, number in cited.items()
        if len({each.partition("/")[0] for each in bearing[number.rpartition(" ")[2]]}) > 1
    }
    assert {each.finding.key: {bearer.version for bearer in each.bearers} for each in found.cited_numbers} == expected
    assert [each.cited[-1] for each in found.cited_numbers] == ["2", "3", "5", "7", "8", "9"]


def test_four_conclusions_cite_the_old_number(found: Reconciliation) -> None:
    """By the editors' reading 5, 7, 8 and 9 are of iteration 1; 2 is of iteration 2, and no reading of 3 is safe."""
    by_number = {each.cited[-1]: each for each in found.cited_numbers}
    assert {number for number, each in by_number.items() if each.by_old_number} == set("5789")
    assert [link.to.key for link in by_number["2"].reads_as] == ["utility/2"]
    assert [link.to.key for link in by_number["3"].reads_as] == ["judgement-unclear"]
    links = [link for each in found.cited_numbers for link in each.reads_as]
    assert all(link.status == "editorial" and link.rationale and link.attributed_to for link in links)
    assert found.contradictions == 3 + 9 + 6


def test_what_is_put_right_in_the_store_is_no_contradiction_any_more(study_store: GraphStore) -> None:
    """With 34 organisations, Table 1's words in Table 2, and another number cited, three fewer are found."""
    before = reconciled(study_store)
    (evidence,) = (each for each in before.cited_numbers if each.cited == "Hypothesis 7")
    canonical = next(each.comparison for each in before.wordings if each.version == "change-makers/1")
    given(study_store, "figure/organisations", HT.publishedValue, "34")
    given(study_store, f"finding/{evidence.finding.key}", HT.citesNumber, "Hypothesis 4")
    reading = NamedNode(canonical.after.iri)
    removed = frozenset(study_store.quads(NamedNode(f"{BASE}/graph"), subject=reading))
    study_store.apply(Difference(removed=removed))
    after = reconciled(study_store)
    assert after.contradictions == before.contradictions - 3
    (organisations,) = (each for each in after.numbers if each.label == "Organisations at the kick-off")
    assert (organisations.verdict, organisations.difference) == ("agrees", Decimal(0))


def test_studies_in_one_store_are_told_apart(study_store: GraphStore, reading_rooms_folder: Path) -> None:
    """A second study changes nothing of the first, and has findings of its own."""
    alone = reconciled(study_store)
    import_study(reading_rooms_folder, study_store)
    assert reconciled(study_store) == alone
    rooms = reconciled(study_store, "reading-rooms")
    assert all("/reading-rooms/" in each.iri for each in rooms.numbers)
    assert rooms.numbers
    assert {each.version for each in rooms.wordings} == {
        row["version"] for row in sheet(reading_rooms_folder, "readings")
    }
