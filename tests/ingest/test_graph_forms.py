"""Every sheet's rows become the triples that the reference page sets out, in the graph it names."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import SH, Graph, Literal

from ingest.folder import read_study
from ingest.graph import build_graph
from ingest.vocabulary import vocabulary_quads
from ontology.iris import VOCABULARY_GRAPH
from ontology.records import SHEETS
from ontology.resources import code_lists_turtle, shapes_turtle, vocabulary_turtle

EXPECTED = Path(__file__).parent / "data" / "expected.trig"
BASE = "https://w3id.org/hypothread/id/reading-rooms"
Description = dict[tuple[str, str], set[str]]


def described(quads: list[Quad]) -> Description:
    """What each graph says of each subject, a line each."""
    found: Description = defaultdict(set)
    for quad in quads:
        found[str(quad.graph_name), str(quad.subject)].add(f"{quad.predicate} {quad.object}")
    return found


@pytest.fixture(scope="module")
def made(reading_rooms_folder: Path) -> Description:
    """What the graph of the invented study says, graph by graph and item by item."""
    text = build_graph(read_study(reading_rooms_folder)).n_quads
    return described(list(parse(text.encode(), RdfFormat.N_QUADS)))


@pytest.fixture(scope="module")
def expected() -> Description:
    """What the reference page demands of one row of each sheet."""
    return described(list(parse(EXPECTED.read_bytes(), RdfFormat.TRIG)))


def test_each_item_is_described_exactly_so(made: Description, expected: Description) -> None:
    """Not a triple more or less, and each in its graph."""
    assert len(expected) > 50
    differing = {key: (expected[key] - made[key], made[key] - expected[key]) for key in expected}
    assert {key: both for key, both in differing.items() if any(both)} == {}


def test_the_derived_graph_holds_nothing_else(made: Description, expected: Description) -> None:
    """All that is derived is written down by hand."""
    derived = f"<{BASE}/graph/derived>"
    assert {key for key in made if key[0] == derived} == {key for key in expected if key[0] == derived}


def test_every_sheet_is_covered(reading_rooms_folder: Path) -> None:
    """The invented study has a row in each of the sheets."""
    rows = dict(read_study(reading_rooms_folder).sheets())
    assert {sheet for sheet, found in rows.items() if found} == set(SHEETS)


def test_every_row_becomes_an_item_of_the_study(reading_rooms_folder: Path, made: Description) -> None:
    """Each row of each sheet is noted with its item, and the items bear their study."""
    records = read_study(reading_rooms_folder)
    graph = build_graph(records)
    noted = set(graph.rows.values())
    assert noted == {(sheet, index) for sheet, rows in records.sheets() for index in range(len(rows))}
    own = f"<https://w3id.org/hypothread/ns#inStudy> <{BASE}>"
    derived = f"<{BASE}/graph/derived>"
    bearing = {subject for (graph, subject), lines in made.items() if own in lines and graph != derived}
    assert bearing == {f"<{iri}>" for iri in graph.rows if iri != BASE}


def test_the_same_records_give_the_same_graph(reading_rooms_folder: Path) -> None:
    """Making it again gives the same text, without a blank node and without a repetition."""
    first, second = (build_graph(read_study(reading_rooms_folder)).n_quads for _ in range(2))
    assert first == second
    lines = first.splitlines()
    assert len(lines) == len(set(lines))
    assert not any(line.startswith("_:") or " _:" in line.split('"')[0] for line in lines)


def test_another_base_moves_every_item(reading_rooms_folder: Path) -> None:
    """The instance base is a setting: no IRI of the study keeps the usual one."""
    text = build_graph(read_study(reading_rooms_folder), base="https://example.org/").n_quads
    assert "<https://example.org/reading-rooms/quote/q1>" in text
    assert "https://w3id.org/hypothread/id/" not in text


@pytest.mark.parametrize("folder", ["reading_rooms_folder", "bundled_folder"])
def test_no_triple_stands_in_two_open_graphs(folder: str, request: pytest.FixtureRequest) -> None:
    """A count over the default dataset counts each statement once."""
    text = build_graph(read_study(request.getfixturevalue(folder))).n_quads
    quads = [*parse(text.encode(), RdfFormat.N_QUADS), *vocabulary_quads()]
    by_triple: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        name = str(quad.graph_name)[1:-1]
        if name.endswith(("/graph", "/graph/derived")) or name == VOCABULARY_GRAPH:
            by_triple[str(quad.triple)].add(name)
    assert {triple for triple, graphs in by_triple.items() if len(graphs) > 1} == set()


@pytest.mark.parametrize("folder", ["reading_rooms_folder", "bundled_folder"])
def test_pyshacl_finds_no_violation(folder: str, request: pytest.FixtureRequest) -> None:
    """An engine that is not ours finds that the graph conforms."""
    text = build_graph(read_study(request.getfixturevalue(folder))).n_quads
    triples = "".join(f"{quad.triple} .\n" for quad in parse(text.encode(), RdfFormat.N_QUADS))
    data = Graph().parse(data=triples, format="nt")
    data.parse(data=code_lists_turtle(), format="turtle")
    shapes = Graph().parse(data=shapes_turtle(), format="turtle")
    _, report, words = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    assert (None, SH.resultSeverity, SH.Violation) not in report, words
    broken = Graph()
    broken += data
    broken.remove((None, next(p for p in data.predicates() if str(p).endswith("#statement")), None))
    _, report, _ = pyshacl.validate(broken, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    assert (None, SH.resultSeverity, SH.Violation) in report, "the shapes are asked at all"


def test_the_vocabulary_comes_without_blank_nodes() -> None:
    """Its quads are the same each time, all in its own graph, and say what the two files say."""
    quads = vocabulary_quads()
    assert quads == vocabulary_quads()
    assert {str(quad.graph_name) for quad in quads} == {f"<{VOCABULARY_GRAPH}>"}
    assert not any("_:" in f"{quad.subject} {quad.object}".split('"')[0] for quad in quads)
    files = Graph().parse(data=vocabulary_turtle(), format="turtle").parse(data=code_lists_turtle(), format="turtle")
    assert len(quads) == len(files)
    literals = {str(term) for term in files.objects() if isinstance(term, Literal)}
    assert literals <= {quad.object.value for quad in quads if hasattr(quad.object, "value")}
