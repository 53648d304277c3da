"""What pages, lineages and figures show is what the store holds now: change it there, and it changes everywhere."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions
from rdflib import Graph, URIRef
from rdflib import Literal as RdflibLiteral

from graphstore import Difference, GraphStore, open_store
from lineage.stored import StoredStudy
from ontology.terms import HT, XSD
from pages.build import SitePages
from queries.library import QUERIES

Run = Callable[..., "subprocess.CompletedProcess[str]"]

STUDY = "innovation-ecosystem"
BASE = f"https://w3id.org/hypothread/id/{STUDY}"
STATEMENT = "Usefulness, as those who use it see it, decides <success>."
QUOTE = "Yes & no: people tire of the “new thing”."
OLD_STATEMENT = "including patient benefit, alignment with local needs and existing workflows"
OLD_QUOTE = "Yes, but perception of utility will be hampered"


def given(store: GraphStore, subject: str, predicate: str, value: Literal) -> Difference:
    """The difference that gives the one value of a property another one."""
    item, graph = NamedNode(f"{BASE}/{subject}"), NamedNode(f"{BASE}/graph")
    (old,) = (quad for quad in store.quads(graph, subject=item) if quad.predicate.value == predicate)
    return Difference(removed={old}, added={Quad(item, NamedNode(predicate), value, graph)})


def visible(page: str) -> str:
    """The text of a page without its tags, entities read."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", page)))


@pytest.fixture
def changed_store(study_store: GraphStore) -> GraphStore:
    """The bundled study with one statement, one quote and one count changed in the store itself."""
    observation = "resonance/published-overall/utility/1/yes-or-yes-with-recommendations"
    thirty = Literal("30", datatype=NamedNode(XSD.integer))
    for subject, predicate, value in (
        ("hypothesis/utility/2", HT.statement, Literal(STATEMENT)),
        ("quote/q16", HT.text, Literal(QUOTE)),
        (observation, HT.count, thirty),
    ):
        study_store.apply(given(study_store, subject, predicate, value))
    return study_store


def percentages(store: GraphStore) -> dict[str, tuple[str, str, str]]:
    """Count, exact percentage and verdict by hypothesis."""
    found = store.query(QUERIES["figures/percentages"].bind({"study": NamedNode(BASE)}))
    assert isinstance(found, QuerySolutions)
    return {
        row["hypothesis_key"].value: (row["count"].value, row["exact"].value, row["verdict"].value) for row in found
    }


def test_the_pages_change_with_the_store(study_store: GraphStore, request: pytest.FixtureRequest) -> None:
    """The page of the hypothesis, the home page and the account show what the store holds, before and after."""
    before = SitePages.of(StoredStudy(study_store, STUDY))
    old = visible(before.render("hypotheses/utility.html"))
    assert OLD_STATEMENT in old
    assert OLD_QUOTE in old
    assert "27 of 33" in old
    request.getfixturevalue("changed_store")
    after = SitePages.of(StoredStudy(study_store, STUDY))
    new = visible(after.render("hypotheses/utility.html"))
    assert STATEMENT in new
    assert QUOTE in new
    assert "30 of 33" in new
    assert OLD_QUOTE not in new
    assert "27 of 33" not in new
    assert "<success>" not in after.render("hypotheses/utility.html"), "a statement is text, never markup"
    assert "292 of 320" in visible(after.render("index.html"))
    assert "289 of 320" not in visible(after.render("index.html"))


def test_the_figures_change_with_the_store(changed_store: GraphStore) -> None:
    """The percentage is computed anew: 30 of 33 is 90.91, which is not the printed 81.81."""
    assert percentages(changed_store)["utility"] == ("30", "90.91", "differs")
    assert percentages(changed_store)["pathway"] == ("42", "93.33", "agrees")
    figures = {each.label: each for each in StoredStudy(changed_store, STUDY).reconciliation().numbers}
    (utility,) = (each for label, each in figures.items() if "(utility)" in label)
    assert (utility.recomputed, utility.verdict) == ("90.91", "differs")


def test_the_lineage_changes_with_the_store(changed_store: GraphStore) -> None:
    """Wording, comparison, quote and resonance are those of the store."""
    found = StoredStudy(changed_store, STUDY).lineage("utility")
    assert found.latest.statement == STATEMENT
    assert found.quotes[0].text == QUOTE
    assert (found.first.resonance[0].count, found.first.resonance[0].verdict) == (30, "differs")
    assert "".join(found.changes[0].comparisons[0].difference.phrases("added")) != ""
    assert found.changes[0].comparisons[0].difference.share_kept < 0.2


@pytest.fixture
def changed_folder(changed_store: GraphStore, study_store_folder: Path) -> Path:
    """The folder of the changed store, closed."""
    changed_store.close()
    return study_store_folder


def test_the_command_line_changes_with_the_store(changed_folder: Path, run: Run) -> None:
    """`hypothread lineage` and `hypothread query` tell the changed words and numbers."""
    done = run("lineage", "utility", "--store", changed_folder)
    assert STATEMENT in done.stdout
    assert QUOTE in done.stdout
    assert "30/33 = 90.91%; printed 81.81%, which differs" in done.stdout
    rows = json.loads(run("query", "figures/percentages", "--format", "json", "--store", changed_folder).stdout)
    (row,) = (each for each in rows["results"]["bindings"] if each["hypothesis_key"]["value"] == "utility")
    assert (row["count"]["value"], row["verdict"]["value"]) == ("30", "differs")


def leaves(value: Any) -> set[str]:
    """Every string in a JSON value."""
    if isinstance(value, dict):
        return set().union(*(leaves(each) for each in value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*(leaves(each) for each in value)) if value else set()
    return {value} if isinstance(value, str) else set()


def test_the_json_of_a_lineage_is_whole(study_store_folder: Path, run: Run) -> None:
    """It is valid JSON of one object that holds every wording, quote, number and reason of the lineage."""
    done = run("lineage", "utility", "--format", "json", "--store", study_store_folder)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert set(told) >= {"study", "hypothesis", "versions", "changes", "ancestors", "descendants", "areas"}
    assert [each["number"] for each in told["versions"]] == [3, 2]
    assert told["versions"][0]["resonance"][0]["percentage"] == "81.82"
    assert told["changes"][0]["types"] == ["renumbered", "reworded", "titled"]
    with open_store(str(study_store_folder)) as store:
        found = StoredStudy(store, STUDY).lineage("utility")
    texts = leaves(told)
    assert {quote.text for quote in found.quotes} <= texts
    assert {wording.statement for version in found.versions for wording in version.wordings} <= texts
    assert {link.rationale for quote in found.quotes for link in quote.themes} <= texts
    assert {link.to.iri for link in found.areas} <= texts


def test_the_turtle_of_a_lineage_agrees_with_the_store(study_store_folder: Path, run: Run) -> None:
    """A parser reads it, every triple stands in the store, and it holds all that is stated of the hypothesis."""
    done = run("lineage", "utility", "--format", "turtle", "--store", study_store_folder)
    assert done.returncode == 0
    graph = Graph().parse(data=done.stdout, format="turtle")
    hypothesis = URIRef(f"{BASE}/hypothesis/utility")
    with open_store(str(study_store_folder)) as store:
        held = Graph()
        for name in store.graphs():
            triples = "".join(f"{quad.triple} .\n" for quad in store.quads(name))
            held.parse(data=triples, format="nt")
    assert set(graph) <= set(held)
    assert set(graph.triples((hypothesis, None, None))) == set(held.triples((hypothesis, None, None)))
    versions = set(graph.subjects(URIRef(HT.ofHypothesis), hypothesis))
    assert versions == {URIRef(f"{hypothesis}/1"), URIRef(f"{hypothesis}/2")}
    quotes = {subject for version in versions for subject in graph.subjects(URIRef(HT.about), version)}
    assert len(quotes) == 6
    assert (hypothesis, None, RdflibLiteral("utility")) in graph
