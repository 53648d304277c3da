"""What an edit of one row comes to: read, checked and built as the import would the whole study."""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import Quad, RdfFormat, parse

from graphstore import Difference, GraphStore
from ingest.cells import CellProblem
from ingest.editing.changes_made import changes_into_alone, changes_made, changes_reworked
from ingest.editing.edit import Edited
from ingest.editing.rows import iri_of, row_of, sound_entries, stored_cells, with_row, without_row
from ingest.entries import Entries, check_entries, read_entry, records_of
from ingest.errors import EditRefused, RowMissing, RowPresent
from ingest.graph import StudyGraph, build_stated
from ingest.mistakes import Mistake, MistakeList
from ingest.references import Entry
from ingest.sheets import SheetRow
from ontology.columns import columns
from ontology.edits import Deed, Edit, RowMistake, key_cells
from ontology.iris import StudyIris
from ontology.records import SHEETS

_ROW: Final = re.compile(r"\brow (\d+)\b")
_CONTEXT: Final = ("study", "events", "versions", "changes")
"""Sheets that rows of others are built with: the kind of an event, the words of a version."""


def stored_rows(store: GraphStore, iris: StudyIris) -> Entries:
    """The rows of a study as a store holds them.

    Raises:
        RowMissing: when it holds no such study.
    """
    found = sound_entries(stored_cells(store, iris))
    if not found["study"]:
        raise RowMissing(f"There is no study “{iris.study_key[:60]}”.")
    return found


def edit_rows(before: Entries, iris: StudyIris, edit: Edit) -> Edited:
    """Works out what an edit of one row changes. Nothing is written.

    A new version brings the change that it makes, with the types that the two wordings show; one that is removed takes
    the changes along that lead to it alone.

    Args:
        before: the rows of the study (`stored_rows`).
        iris: of the study.
        edit: what is to be done.

    Raises:
        RowMissing: when there is no row to amend or remove.
        RowPresent: when a row that is to be new is there already.
        EditRefused: with every mistake, those in other rows that would come of it included.
    """
    mistakes = MistakeList()
    if edit.deed is Deed.remove:
        _must_have(before, edit)
        after, with_it = _removed(before, edit)
        key, cells = edit.key, dict[str, str]()
    else:
        entry = _read(before, edit, mistakes)
        after, with_it = _written(before, entry, sound=not len(mistakes))
        key, cells = entry.key, dict(entry.cells)
    check_entries(after, mistakes)
    if len(mistakes):
        raise EditRefused(tuple(_told(each, after, edit.sheet, key) for each in mistakes))
    return Edited(_difference(iris, before, after), key, iri_of(iris, edit.sheet, key), cells, with_it, after)


def _must_have(entries: Entries, edit: Edit) -> Entry:
    found = row_of(entries, edit.sheet, edit.key)
    if found is None:
        raise RowMissing(f"There is no row “{edit.key[:60]}” in the sheet {edit.sheet}.")
    return found


def _read(entries: Entries, edit: Edit, mistakes: MistakeList) -> Entry:
    known = columns(SHEETS[edit.sheet])
    own = key_cells(edit.sheet, edit.key) if edit.key else {}
    held = row_of(entries, edit.sheet, edit.key) if edit.key else None
    if edit.deed is Deed.amend:
        held = _must_have(entries, edit)
    base = held.cells if held is not None and edit.deed is Deed.amend else dict.fromkeys(known, "")
    number = len(entries[edit.sheet]) + 1 if held is None else held.row
    for name, value in own.items():
        if edit.cells.get(name, value) != value:
            mistakes.add(
                edit.sheet,
                f"“{edit.cells[name]}” is not what the address says.",
                f"Leave it out, or write “{value}”.",
                row=number,
                column=name,
            )
    cells = {**base, **edit.cells, **own}
    entry = read_entry(edit.sheet, edit.sheet, known, SheetRow(number, cells), mistakes)
    if edit.deed is Deed.create and row_of(entries, edit.sheet, entry.key) is not None:
        raise RowPresent(f"The sheet {edit.sheet} has a row “{entry.key}” already. Change it with PUT or PATCH.")
    return entry


def _written(before: Entries, entry: Entry, *, sound: bool) -> tuple[Entries, tuple[str, ...]]:
    after, held = with_row(before, entry), row_of(before, entry.sheet, entry.key)
    if entry.sheet != "versions" or not sound or not _refers_soundly(after, entry):
        return after, ()
    changes = changes_made(after, entry) if held is None else changes_reworked(before, held, entry)
    for cells in changes:
        there = row_of(after, "changes", cells["key"])
        number = len(after["changes"]) + 1 if there is None else there.row
        known, mistakes = columns(SHEETS["changes"]), MistakeList()
        after = with_row(after, read_entry("changes", "changes", known, SheetRow(number, cells), mistakes))
    return after, tuple(f"changes/{each['key']}" for each in changes)


def _refers_soundly(entries: Entries, version: Entry) -> bool:
    known = {each.key for each in entries["versions"]}
    return {*version.many("revises"), *version.many("derived_from")} <= known


def _removed(before: Entries, edit: Edit) -> tuple[Entries, tuple[str, ...]]:
    along = changes_into_alone(before, edit.key) if edit.sheet == "versions" else ()
    after = without_row(before, edit.sheet, edit.key)
    for key in along:
        after = without_row(after, "changes", key)
    return after, tuple(f"changes/{key}" for key in along)


def _told(mistake: Mistake, entries: Entries, sheet: str, key: str) -> RowMistake:
    """The same mistake, with items in the place of rows: a graph has no rows to count."""

    def named(row: int) -> str:
        found = next((each.key for each in entries[mistake.file] if each.row == row), "")
        return f"{mistake.file}/{found}"

    item = named(mistake.row)
    wrong = _ROW.sub(lambda found: named(int(found[1])), mistake.wrong)
    return RowMistake("" if item == f"{sheet}/{key}" else item, mistake.column, wrong, mistake.right)


def _difference(iris: StudyIris, before: Entries, after: Entries) -> Difference:
    """What differs between the graphs of two states of the rows.

    Only rows that differ are built, unless one of them takes away what is said of another item: whether something else
    says so too is then for the whole to tell.
    """
    reduced = (_built(iris, _reduced(before, after)), _built(iris, _reduced(after, before)))
    difference = Difference.between(*map(_quads, reduced))
    own = {*reduced[0].rows, *reduced[1].rows}
    if any(str(quad.subject)[1:-1] not in own for quad in difference.removed):
        return Difference.between(_quads(_built(iris, before)), _quads(_built(iris, after)))
    return difference


def _reduced(entries: Entries, other: Entries) -> Entries:
    found: dict[str, tuple[Entry, ...]] = {}
    for sheet, rows in entries.items():
        if sheet in _CONTEXT:
            found[sheet] = rows
        else:
            held = {each.key: each.cells for each in other[sheet]} if rows is not other[sheet] else {}
            found[sheet] = () if rows is other[sheet] else tuple(e for e in rows if held.get(e.key) != e.cells)
    return found


def _built(iris: StudyIris, entries: Entries) -> StudyGraph:
    try:
        return build_stated(records_of(entries), base=iris.base)
    except CellProblem as problem:
        # A motive of the state before, whose words nothing of the change bears any more: its target cannot be told.
        raise EditRefused((RowMistake("motives", "", problem.wrong, problem.right),)) from problem


def _quads(graph: StudyGraph) -> set[Quad]:
    return set(parse(graph.n_quads.encode(), RdfFormat.N_QUADS))
