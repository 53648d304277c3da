"""A study read back out of its store is the study that was imported."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from benchmarks.generated import Size, write_generated
from graphstore import Difference, GraphStore, open_store
from ingest.errors import StudyNotFound
from ingest.folder import read_study
from ingest.importing import import_study
from ingest.next_folder import statements_without_a_cell
from ingest.stored_study import natural, stored_records
from ingest.study import StudyRecords
from ingest.written_sheets import write_sheets
from ontology.columns import Row


@pytest.fixture
def generated_folder(tmp_path: Path) -> Path:
    """A generated study with a little of everything."""
    write_generated(tmp_path / "generated", Size(6, 3, 40, 12, 3, 20))
    return tmp_path / "generated"


@pytest.mark.parametrize("folder", ["bundled_folder", "reading_rooms_folder", "generated_folder"])
def test_what_is_read_back_imports_as_no_change(request: pytest.FixtureRequest, folder: str, tmp_path: Path) -> None:
    """Written as sheets and imported again, it adds and removes nothing; the same rows in each sheet.

    What moved a change and is told in both sheets is one statement in the graph: it is read back as a row of `motives`.
    """
    study: Path = request.getfixturevalue(folder)
    given = read_study(study)
    with open_store("memory:") as store:
        import_study(study, store)
        found = stored_records(store, given.study.key)
        assert statements_without_a_cell(store, found) == frozenset()
        out = tmp_path / "out"
        out.mkdir()
        write_sheets(out, found)
        assert not import_study(out, store).changed
    for (sheet, rows), (_, there) in zip(found.sheets(), _motives_told_once(given).sheets(), strict=True):
        assert {*map(_without_order, rows)} == {*map(_without_order, there)}, sheet


def _without_order(row: Row) -> tuple[object, ...]:
    """The values of a row, with what a list holds as a set: a graph keeps no order."""
    values = (getattr(row, each.name) for each in fields(row))
    return tuple(frozenset(each) if isinstance(each, tuple) else each for each in values)


def test_what_no_sheet_can_say_is_told(reading_rooms_store: GraphStore) -> None:
    """A statement of the study that has no column is not lost in silence."""
    study = "https://w3id.org/hypothread/id/reading-rooms"
    more = Quad(
        NamedNode(f"{study}/quote/q1"),
        NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso"),
        Literal("the minutes"),
        NamedNode(f"{study}/graph"),
    )
    reading_rooms_store.apply(Difference(added={more}))
    records = stored_records(reading_rooms_store, "reading-rooms")
    assert statements_without_a_cell(reading_rooms_store, records) == {more}


def test_an_unknown_study_is_said_to_be_unknown(empty_store: GraphStore) -> None:
    """There is nothing to read back."""
    with pytest.raises(StudyNotFound, match="no study “lending”"):
        stored_records(empty_store, "lending")


def test_keys_count_as_people_do() -> None:
    """q2 comes before q10, whatever the letters around the digits; a superscript is no digit."""
    assert sorted(["q10", "q2", "a1-10", "a1-9", "q²"], key=natural) == ["a1-9", "a1-10", "q2", "q10", "q²"]


def _motives_told_once(records: StudyRecords) -> StudyRecords:
    """The rows of a study without the cells of changes that rows of `motives` say again."""
    told = {(each.change, each.motive) for each in records.motives if each.amendment is None}
    once = (
        replace(each, motivated_by=tuple(x for x in each.motivated_by if (f"changes:{each.key}", x) not in told))
        for each in records.changes
    )
    return replace(records, changes=tuple(once))
