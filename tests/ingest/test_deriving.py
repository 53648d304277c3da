"""What follows from a study is the same whether its folder or its graph is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from benchmarks.generated import Size, write_generated
from ingest.closure import broader_closure
from ingest.deriving import StudyDerivation
from ingest.folder import read_study
from ingest.graph import StudyGraph, build_graph
from ontology.terms import HT, PROV, RDF, RDFS


def lines_of(graph: StudyGraph, name: str) -> set[bytes]:
    """The statements of one of its graphs, a line each."""
    return set(graph.triples[NamedNode(name)].encode().splitlines())


@pytest.fixture(params=["bundled", "every sheet", "generated"])
def any_graph(
    request: pytest.FixtureRequest, tmp_path: Path, bundled_folder: Path, reading_rooms_folder: Path
) -> StudyGraph:
    """The graph of the bundled study, of the invented one that uses every sheet, and of a generated one."""
    if request.param == "generated":
        write_generated(tmp_path / "study", Size(hypotheses=4, iterations=3, quotes=20, themes=9, areas=3, links=9))
        return build_graph(read_study(tmp_path / "study"))
    return build_graph(read_study(bundled_folder if request.param == "bundled" else reading_rooms_folder))


def test_the_graph_gives_what_the_folder_gives(any_graph: StudyGraph) -> None:
    """Closures, recomputed values, verdicts and amendments are those of the import, from its asserted graph alone."""
    iris = any_graph.iris
    found = StudyDerivation().derived(iris, lines_of(any_graph, iris.graph()))
    wanted = parse(any_graph.triples[NamedNode(iris.derived_graph())].encode(), RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in found} == {each.triple for each in wanted}
    assert {quad.graph_name for quad in found} <= {NamedNode(iris.derived_graph())}


def test_everything_that_something_follows_from_is_known(any_graph: StudyGraph) -> None:
    """Leaving out the statements that are said not to concern it changes nothing that follows."""
    iris, derivation = any_graph.iris, StudyDerivation()
    lines = lines_of(any_graph, iris.graph())
    concerned = {line for line in lines if any(map(derivation.concerns, parse(line, RdfFormat.N_TRIPLES)))} | {
        line for line in lines if b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> " in line
    }
    assert len(concerned) < len(lines)
    assert derivation.derived(iris, concerned) == derivation.derived(iris, lines)


def test_what_is_not_there_is_passed_over(any_graph: StudyGraph) -> None:
    """A change that names a version nobody holds, or one without a wording, has no amendments; the rest stays."""
    iris, derivation = any_graph.iris, StudyDerivation()
    lines = lines_of(any_graph, iris.graph())
    gone = f"<{iris.version('no-such/1')}>"
    dangling = {f"<{iris.change('x')}> <{HT.from_}> {gone} .".encode(), f"{gone} <{RDF.type}> <{HT.Quote}> .".encode()}
    assert derivation.derived(iris, lines | dangling) == derivation.derived(iris, lines)


def test_a_note_or_a_rationale_concerns_nothing() -> None:
    """What no figure, closure or amendment is made from does not start the computation."""
    item, graph = NamedNode("https://example.org/item"), NamedNode("https://example.org/graph")
    derivation = StudyDerivation()
    for predicate in (HT.rationale, HT.motivatedBy, RDFS.comment, PROV.used, HT.text):
        assert not derivation.concerns(Quad(item, NamedNode(predicate), Literal("Words."), graph))
    assert not derivation.concerns(Quad(item, NamedNode(RDF.type), NamedNode(HT.Quote), graph))
    assert derivation.concerns(Quad(item, NamedNode(RDF.type), NamedNode(HT.Change), graph))
    assert derivation.concerns(Quad(item, NamedNode(HT.statement), Literal("Words."), graph))


def test_a_circle_of_wider_concepts_ends() -> None:
    """In a circle each concept is wider than the others, and the closure comes to an end."""
    assert set(broader_closure({"a": "b", "b": "a"})) == {("a", "b"), ("b", "a")}
    assert set(broader_closure({"a": "a"})) == set()
