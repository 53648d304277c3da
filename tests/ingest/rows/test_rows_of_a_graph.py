"""A study's graph read back as rows gives the same graph again."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from benchmarks.generated import Size, write_generated
from ingest.folder import read_study, read_study_with_rows
from ingest.graph import StudyGraph, build_graph
from ingest.rows.items import Items
from ingest.rows.reading import Cells, StudyStatements, cells_of_study
from ontology.columns import columns
from ontology.iris import StudyIris
from ontology.records import SHEETS
from ontology.terms import HT, RDFS


def graph_of(folder: Path) -> StudyGraph:
    """The graph of a study folder."""
    return build_graph(read_study(folder))


def statements_of(graph: StudyGraph, *more: Quad) -> StudyStatements:
    """The graph's statements, and some more among the asserted ones."""
    texts = {name.value: text for name, text in graph.triples.items()}
    iris = graph.iris

    def items(name: str, *others: Quad) -> Items:
        return Items.of([*parse(texts[name].encode(), RdfFormat.N_TRIPLES), *others])

    return StudyStatements(
        iris, items(iris.graph(), *more), items(iris.editorial_graph()), items(iris.restricted_graph())
    )


def write_rows(cells: Mapping[str, tuple[Cells, ...]], folder: Path) -> Path:
    """Writes rows as a study folder."""
    folder.mkdir()
    for sheet, rows in cells.items():
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(columns(SHEETS[sheet])))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture(params=["bundled", "every sheet", "generated"])
def any_folder(
    request: pytest.FixtureRequest, tmp_path: Path, bundled_folder: Path, reading_rooms_folder: Path
) -> Path:
    """The bundled study, the invented one that uses every sheet, and a generated one."""
    if request.param == "generated":
        write_generated(tmp_path / "generated", Size(hypotheses=4, iterations=3, quotes=20, themes=9, areas=3, links=9))
        return tmp_path / "generated"
    return bundled_folder if request.param == "bundled" else reading_rooms_folder


def test_rows_read_from_a_graph_give_the_same_graph(any_folder: Path, tmp_path: Path) -> None:
    """Nothing that a sheet can say is lost or changed on the way from rows to the graph and back."""
    graph = graph_of(any_folder)
    again = graph_of(write_rows(cells_of_study(statements_of(graph)), tmp_path / "again"))
    assert set(again.n_quads.splitlines()) == set(graph.n_quads.splitlines())


def test_every_cell_of_the_folder_is_read_back(reading_rooms_folder: Path) -> None:
    """Row by row the same cells, the order of rows and of values in a cell aside.

    A motive that a row of ``changes`` repeats from ``motives`` stands in the graph once, and is read as a motive.
    """
    study = read_study_with_rows(reading_rooms_folder)
    cells = cells_of_study(statements_of(build_graph(study.records)))
    for sheet, known in ((name, columns(record)) for name, record in SHEETS.items()):
        path = reading_rooms_folder / f"{sheet}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            written = [{name: row.get(name) or "" for name in known} for row in csv.DictReader(file)]
        for row in written if sheet == "changes" else []:
            if row["key"] == "split-comfort":
                row["motivated_by"] = row["motivated_by"].replace("quotes:q1|", "")

        def plain(rows: list[Cells]) -> list[list[tuple[str, list[str]]]]:
            return sorted([(name, sorted(cell.strip().split("|"))) for name, cell in row.items()] for row in rows)

        assert plain(list(cells[sheet])) == plain(list(written)), sheet


def test_what_no_sheet_can_say_is_left_out(reading_rooms_folder: Path) -> None:
    """Comments, and items whose IRI is not made from a key, are in no row and change none."""
    graph = graph_of(reading_rooms_folder)
    iris, asserted = graph.iris, NamedNode(graph.iris.graph())
    foreign = NamedNode("https://example.org/quote")
    type_of = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    more = (
        Quad(NamedNode(iris.study), NamedNode(RDFS.comment), Literal("A note."), asserted),
        Quad(foreign, type_of, NamedNode(HT.Quote), asserted),
        Quad(foreign, NamedNode(HT.text), Literal("Said elsewhere."), asserted),
        Quad(NamedNode(StudyIris(iris.base, "another").quote("q01")), type_of, NamedNode(HT.Quote), asserted),
    )
    assert cells_of_study(statements_of(graph, *more)) == cells_of_study(statements_of(graph))
