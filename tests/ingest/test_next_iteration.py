"""The rows of a next iteration: what is carried on, what is left, what is refused; nothing is written over."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from graphstore import GraphStore
from ingest.errors import FolderNotWritten, StudyRefused, UnknownInStudy
from ingest.folder import read_study
from ingest.importing import import_study
from ingest.next_folder import GUIDE, write_next
from ingest.next_iteration import next_iteration
from ingest.study import StudyRecords
from ingest.written_sheets import with_rows
from ontology.records import Change


@pytest.fixture
def rooms(reading_rooms_folder: Path) -> StudyRecords:
    """The invented study: three iterations; the third has heating, seating and hours."""
    return read_study(reading_rooms_folder)


def test_wordings_are_carried_on(rooms: StudyRecords) -> None:
    """Number, title and words are those of the earlier version, which the new one revises; places and names are not."""
    new = next_iteration(rooms, 3, "fair", ["hours", "heating"])
    assert (new.iteration.ordinal, new.iteration.label, new.iteration.used_at) == (4, "Iteration 4", "fair")
    assert [(each.key, each.number, each.title, each.revises) for each in new.versions] == [
        ("heating/4", 1, "Heating", "heating/3"),
        ("hours/4", 3, "Hours", "hours/3"),
    ]
    old = {each.key: each.statement for each in rooms.versions}
    assert all(each.statement == old[each.revises or ""] for each in new.versions)
    assert {(each.source, each.locator, each.derived_from, each.alt_label) for each in new.versions} == {
        (None, (), (), None)
    }
    assert [(each.before, each.after, each.types) for each in new.changes] == [
        (("heating/3",), ("heating/4",), ()),
        (("hours/3",), ("hours/4",), ()),
    ]
    assert new.left == ("seating",)


@pytest.mark.parametrize(
    ("earlier", "event", "keys", "message"),
    [
        (7, "fair", ["hours"], "no iteration “7”. Known are: 1, 2, 3."),
        (3, "feast", ["hours"], "no event “feast”. Known are: circle, opening, meeting, sorting, fair."),
        (3, "fair", ["quiet"], "no hypothesis “quiet” in iteration 3. Known are: heating, seating, hours."),
        (2, "fair", ["hours"], "“hours” has a version in iteration 3 already. Go on from that: --from 3."),
        (3, "fair", ["hours", "hours"], "“hours” is named more than once"),
    ],
)
def test_what_cannot_be_carried_on_is_refused(
    rooms: StudyRecords, earlier: int, event: str, keys: list[str], message: str
) -> None:
    """What is not there is told with what is; what a later iteration carried on goes on from there."""
    with pytest.raises(UnknownInStudy) as told:
        next_iteration(rooms, earlier, event, keys)
    assert message in str(told.value)


def test_a_hypothesis_that_was_left_out_can_be_taken_up_later(rooms: StudyRecords) -> None:
    """What stood in iteration 2 alone goes on from it, past iteration 3."""
    new = next_iteration(rooms, 2, "fair", ["comfort"])
    assert [(each.key, each.revises) for each in new.versions] == [("comfort/4", "comfort/2")]


def test_the_folder_is_the_study_with_the_new_rows(
    tmp_path: Path, reading_rooms_folder: Path, rooms: StudyRecords, reading_rooms_store: GraphStore
) -> None:
    """Sheets that gain no row are copied to the byte, the others keep their cells; it imports as just what is new."""
    new = next_iteration(rooms, 3, "fair", ["hours"])
    added = write_next(tmp_path / "next", rooms, new, "Edit it.", folder=reading_rooms_folder)
    assert {name: str(rows) for name, rows in added.items()} == {
        "iterations": "row 5", "versions": "row 10", "changes": "row 7",
    }  # fmt: skip
    for file in reading_rooms_folder.glob("*.csv"):
        copy = tmp_path / "next" / file.name
        if file.stem in added:
            old, longer = ([*csv.reader(io.StringIO(each.read_text("utf-8"), newline=""))] for each in (file, copy))
            assert longer[: len(old)] == old
        else:
            assert copy.read_bytes() == file.read_bytes()
    assert (tmp_path / "next" / GUIDE).read_text() == "Edit it."
    assert read_study(tmp_path / "next") == new.added_to(rooms)
    done = import_study(tmp_path / "next", reading_rooms_store)
    assert (done.removed, {str(each) for each in done.summary}) == (
        0, {"1 iteration added", "1 version added", "1 change added"},
    )  # fmt: skip


@pytest.mark.parametrize("there", ["file", "folder"])
def test_nothing_is_written_over(tmp_path: Path, rooms: StudyRecords, there: str) -> None:
    """A file or a folder that holds anything stays as it is; an empty folder may be filled."""
    target = tmp_path / "mine"
    if there == "file":
        target.write_text("mine")
    else:
        target.mkdir()
        (target / "thesis.txt").write_text("mine")
    new = next_iteration(rooms, 3, "fair", ["hours"])
    with pytest.raises(FolderNotWritten, match="is there already, and nothing is written over"):
        write_next(target, rooms, new, "")
    assert (target.read_text() if there == "file" else [each.name for each in target.iterdir()]) in (
        "mine",
        ["thesis.txt"],
    )
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]
    (tmp_path / "empty").mkdir()
    write_next(tmp_path / "empty", rooms, new, "")
    assert (tmp_path / "empty" / "versions.csv").is_file()


def test_a_sheet_that_lacks_a_column_gains_it_at_the_right() -> None:
    """The order of the columns there, a byte order mark, blank rows and missing cells do no harm."""
    rows = (Change(key="new", before=("a/1",), after=("a/2",)),)
    text, last = with_rows("\ufefftypes,key,before\nwithdrawn,old,b/1\n,,\n", rows)
    assert text == "types,key,before,after\nwithdrawn,old,b/1,\n,new,a/1,a/2\n"
    assert last == 3
    assert with_rows(None, rows)[0].startswith("key,before,after,types,")


def test_kinds_of_change_are_worked_out_where_none_is_stated(
    tmp_path: Path, reading_rooms_folder: Path, rooms: StudyRecords, reading_rooms_store: GraphStore
) -> None:
    """They follow from the two versions, so they stand in the derived graph, where every question sees them."""
    new = next_iteration(rooms, 3, "fair", ["hours"])
    write_next(tmp_path / "next", rooms, new, "", folder=reading_rooms_folder)
    sheet = tmp_path / "next" / "versions.csv"
    text = sheet.read_text()
    sheet.write_text(
        text.replace("hours,4,3,Hours,,Readers stay where the doors", "hours,4,1,Hours,,Readers stay if doors")
    )
    assert sheet.read_text() != text
    import_study(tmp_path / "next", reading_rooms_store)
    study = "https://w3id.org/hypothread/id/reading-rooms"
    found = reading_rooms_store.query(
        f"SELECT ?graph ?type {{ GRAPH ?graph {{ <{study}/change/hours-3-to-4> "
        "<https://w3id.org/hypothread/ns#changeType> ?type } }"
    )
    assert {(row["graph"].value, row["type"].value.rpartition("-")[2]) for row in found} == {  # type: ignore[union-attr]
        (f"{study}/graph/derived", "renumbered"),
        (f"{study}/graph/derived", "reworded"),
    }


def test_a_merge_states_its_kind(small_study: Path) -> None:
    """Where more than two versions of one hypothesis take part, an empty cell is a mistake."""
    sheet = small_study / "changes.csv"
    sheet.write_text(sheet.read_text().replace("comfort/2,merged,", "comfort/2,,"))
    with pytest.raises(StudyRefused, match=r"changes.csv, row 3, column types: The cell is empty, and more than two"):
        read_study(small_study)
