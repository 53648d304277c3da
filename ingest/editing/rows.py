"""All rows of a study as they stand in a store, and with one of them edited."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode

from graphstore import GraphStore
from ingest.entries import Entries, read_entry
from ingest.mistakes import MistakeList
from ingest.references import Entry
from ingest.rows.items import Items
from ingest.rows.reading import Cells, StudyStatements, cells_of_study
from ingest.sheets import SheetRow
from ontology.iris import StudyIris
from ontology.records import SHEETS, columns


def stored_cells(store: GraphStore, iris: StudyIris) -> dict[str, tuple[Cells, ...]]:
    """The rows of a study as a store holds them, by sheet; none where it holds no such study."""
    graphs = (iris.graph(), iris.editorial_graph(), iris.restricted_graph())
    asserted, editorial, restricted = (Items.of(store.quads(NamedNode(name))) for name in graphs)
    return cells_of_study(StudyStatements(iris, asserted, editorial, restricted))


def sound_entries(cells: Mapping[str, tuple[Cells, ...]]) -> Entries:
    """Rows that stand in a graph, read; one that no sheet could hold (a cell that must be there is not) is left out."""
    return MappingProxyType({sheet: _sound(sheet, cells[sheet]) for sheet in SHEETS})


def _sound(sheet: str, rows: tuple[Cells, ...]) -> tuple[Entry, ...]:
    known = columns(SHEETS[sheet])
    found = []
    for number, cells in enumerate(rows, start=1):
        mistakes = MistakeList()
        entry = read_entry(sheet, sheet, known, SheetRow(number, cells), mistakes)
        if not len(mistakes):
            found.append(entry)
    return tuple(found)


def with_row(entries: Entries, entry: Entry) -> Entries:
    """The same rows with one in the place of that of its key, or after the others where it is new."""
    rows = entries[entry.sheet]
    if any(each.key == entry.key for each in rows):
        changed = tuple(entry if each.key == entry.key else each for each in rows)
    else:
        changed = (*rows, entry)
    return MappingProxyType({**entries, entry.sheet: changed})


def without_row(entries: Entries, sheet: str, key: str) -> Entries:
    """The same rows without one."""
    return MappingProxyType({**entries, sheet: tuple(each for each in entries[sheet] if each.key != key)})


def row_of(entries: Entries, sheet: str, key: str) -> Entry | None:
    """The row of a key."""
    return next((each for each in entries[sheet] if each.key == key), None)
