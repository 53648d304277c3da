"""A trace leads from an area back to the words it rests on, and never counts a reading as what the source says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from benchmarks.generated import STUDY as GENERATED
from benchmarks.generated import Size, write_generated
from graphstore import Difference, GraphStore, open_store
from ingest.importing import import_study
from lineage.errors import NotInStore
from lineage.graph_records import Edge, Include, StepCount
from lineage.trace import AreaTrace, area_trace
from ontology.prefixes import expand

BASE = "https://w3id.org/hypothread/id"
EVERYTHING: Include = frozenset({"asserted", "editorial", "suggested"})
PREFIXES = """
PREFIX ht: <https://w3id.org/hypothread/ns#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/>
"""
# Written from the definition of a trace, without the library: what is reached at all, for each step.
PRINTED = "?quote ht:illustrates ?area ."
READ = "GRAPH ?g { ?c oa:hasBody ?area ; oa:hasTarget ?quote } ?quote a ht:Quote ."
LINKED = (
    "{ GRAPH ?g { ?c oa:hasBody ?area ; oa:hasTarget ?h } ?h a ht:Hypothesis } UNION "
    "{ GRAPH ?g { ?c oa:hasBody ?area ; oa:hasTarget ?v } ?v ht:ofHypothesis ?h }"
)


@pytest.fixture(params=["innovation-ecosystem", "reading-rooms", GENERATED])
def traced_study(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[GraphStore, str]]:
    """The bundled study, the invented one, and a generated one, each with its key."""
    root = Path(__file__).parents[2]
    folders = {
        "innovation-ecosystem": root / "studies" / "innovation-ecosystem",
        "reading-rooms": root / "tests" / "ingest" / "data" / "reading-rooms",
        GENERATED: tmp_path / "generated",
    }
    write_generated(folders[GENERATED], Size(5, 3, 60, 9, 3, 40))
    with open_store("memory:") as store:
        import_study(folders[request.param], store)
        yield store, request.param


def iris(store: GraphStore, pattern: str, area: str) -> set[str]:
    """What ``?x`` stands for in a pattern about an area."""
    text = f"{PREFIXES} SELECT DISTINCT ?x WHERE {{ VALUES ?area {{ <{area}> }} {pattern} }}"
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return {row["x"].value for row in found}


def areas(store: GraphStore, study: str) -> dict[str, str]:
    """The areas of a study, by key."""
    text = f"{PREFIXES} SELECT ?a ?k WHERE {{ ?a a ht:BlueprintArea ; dcterms:identifier ?k }}"
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return {row["k"].value: row["a"].value for row in found if f"/{study}/" in row["a"].value}


def step(trace: AreaTrace, name: str) -> StepCount:
    """The count of one step."""
    return next(each for each in trace.graph.steps if each.step == name)


def test_quotes_are_counted_as_sparql_counts_them(traced_study: tuple[GraphStore, str]) -> None:
    """Printed quotes are asserted; quotes read so, and quotes about linked hypotheses, are editorial; none is both."""
    store, study = traced_study
    assert areas(store, study)
    for key, area in areas(store, study).items():
        trace = area_trace(store, study, key, include=EVERYTHING)
        printed = iris(store, PRINTED.replace("?quote", "?x"), area)
        read = iris(store, READ.replace("?quote", "?x"), area)
        about = iris(store, f"{LINKED} ?w ht:ofHypothesis ?h . ?x ht:about ?w ; a ht:Quote .", area)
        if study != GENERATED:  # there a version may be linked, whose later versions are not on the way back
            assert step(trace, "quotes").editorial == len((read | about) - printed)
        assert step(trace, "quotes").asserted == len(printed)
        assert step(trace, "quotes").suggested == 0
        assert {quote.iri for quote in trace.quotes} >= printed | read


def test_hypotheses_and_organisation_types_are_counted_as_sparql_counts_them(
    traced_study: tuple[GraphStore, str],
) -> None:
    """A hypothesis is asserted only where a quote about it is printed under the area; a type, where a quote is its."""
    store, study = traced_study
    for key, area in areas(store, study).items():
        trace = area_trace(store, study, key, include=EVERYTHING)
        stated = iris(store, f"{PRINTED} ?quote ht:about/ht:ofHypothesis ?x .", area)
        read = iris(store, LINKED.replace("?h", "?x"), area)
        through = iris(store, f"{READ} ?quote ht:about/ht:ofHypothesis ?x .", area)
        assert step(trace, "hypotheses").asserted == len(stated)
        assert step(trace, "hypotheses").editorial == len((read | through) - stated)
        types = iris(store, f"{PRINTED} ?quote ht:organisationType ?x .", area)
        assert step(trace, "organisation_types").asserted == len(types)


def stands(store: GraphStore, study: str, edge: Edge) -> bool:
    """Whether an edge is what the graph of its status says."""
    start, end = NamedNode(edge.start), NamedNode(edge.end)
    if edge.status == "asserted":
        graph = NamedNode(f"{BASE}/{study}/graph")
        return store.contains(Quad(start, NamedNode(expand(edge.property)), end, graph))
    assert edge.coding
    graph, coding = NamedNode(f"{BASE}/{study}/graph/{edge.status}"), NamedNode(edge.coding)
    return store.contains(Quad(coding, NamedNode(expand("oa:hasTarget")), start, graph)) and store.contains(
        Quad(coding, NamedNode(expand("oa:hasBody")), end, graph)
    )


def test_every_edge_is_a_statement_of_its_graph(traced_study: tuple[GraphStore, str]) -> None:
    """Asserted edges stand in the study's graph, the others in the graph of readings; every edge joins two nodes."""
    store, study = traced_study
    for key in areas(store, study):
        graph = area_trace(store, study, key, include=EVERYTHING).graph
        nodes = {node.iri for node in graph.nodes}
        assert graph.edges
        for edge in graph.edges:
            assert stands(store, study, edge), edge
            assert {edge.start, edge.end} <= nodes


def test_what_is_asserted_is_shown_by_itself(study_store: GraphStore) -> None:
    """Without more, the patient voice rests on one quote of one kind of organisation, and on no hypothesis."""
    trace = area_trace(study_store, "innovation-ecosystem", "patient-voice")
    assert [quote.key for quote in trace.quotes] == ["q43"]
    assert {edge.status for edge in trace.graph.edges} == {"asserted"}
    assert {node.status for node in trace.graph.nodes} == {"asserted"}
    assert [node.key for node in trace.graph.of_kind("organisation type")] == ["locality"]
    assert not trace.graph.of_kind("hypothesis")
    assert step(trace, "quotes").counted == 1
    assert step(trace, "hypotheses").counted == 0
    assert step(trace, "hypotheses").editorial == 2


def test_readings_come_with_reason_and_reader(study_store: GraphStore) -> None:
    """Asked for, the editors' links are there, each with its reason, and the counts add up."""
    include: Include = frozenset({"asserted", "editorial"})
    trace = area_trace(study_store, "innovation-ecosystem", "patient-voice", include=include)
    assert [node.key for node in trace.graph.of_kind("hypothesis")] == ["making-the-case", "utility"]
    read = [edge for edge in trace.graph.edges if edge.status == "editorial"]
    assert read
    assert all(edge.rationale and edge.attributed_to == "Hypothread editors" for edge in read)
    for each in trace.graph.steps:
        assert each.counted == each.asserted + each.editorial


def test_what_a_program_proposes_is_told_apart(study_store: GraphStore) -> None:
    """A link in the suggested graph counts as suggested, and so does what it brings; nothing else changes."""
    study = f"{BASE}/innovation-ecosystem"
    before = area_trace(study_store, "innovation-ecosystem", "patient-voice", include=EVERYTHING)
    graph, coding = NamedNode(f"{study}/graph/suggested"), NamedNode(f"{study}/coding/proposed")
    stated: dict[str, NamedNode | Literal] = {
        "rdf:type": NamedNode(expand("ht:Coding")),
        "oa:hasTarget": NamedNode(f"{study}/hypothesis/complexity"),
        "oa:hasBody": NamedNode(f"{study}/blueprint/patient-voice"),
        "ht:rationale": Literal("Many words in common."),
    }
    added = {Quad(coding, NamedNode(expand(name)), value, graph) for name, value in stated.items()}
    study_store.apply(Difference(added=frozenset(added)))
    after = area_trace(study_store, "innovation-ecosystem", "patient-voice", include=EVERYTHING)
    assert step(after, "hypotheses").suggested == 1
    assert step(after, "quotes").suggested > 0
    for name in ("hypotheses", "versions", "quotes", "changes"):
        assert step(after, name).asserted == step(before, name).asserted
        assert step(after, name).editorial == step(before, name).editorial
    (edge,) = (each for each in after.graph.edges if each.status == "suggested")
    assert edge.coding == coding.value
    assert edge.rationale == "Many words in common."
    quiet = area_trace(study_store, "innovation-ecosystem", "patient-voice")
    assert "complexity" not in {node.key for node in quiet.graph.nodes}


def test_what_was_not_held_yet_is_left_out(study_store: GraphStore) -> None:
    """At iteration 1 there is no second version and no change; what was said of the first is there."""
    trace = area_trace(study_store, "innovation-ecosystem", "patient-voice", include=EVERYTHING, iteration=1)
    assert {node.iteration for node in trace.graph.of_kind("hypothesis version")} == {1}
    assert not trace.graph.of_kind("change")
    assert step(trace, "changes") == StepCount("changes", 0, 0, 0, 0)
    assert len(trace.quotes) == 10


def test_an_unknown_area_is_told_with_those_there_are(study_store: GraphStore) -> None:
    """The message names the areas."""
    with pytest.raises(NotInStore, match="Known are: patient-voice, financial-stability"):
        area_trace(study_store, "innovation-ecosystem", "roof")
