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
from ingest.rows.reading import Cells, StudyStatements, cells_of_sheet, cells_of_study
from ingest.sheets import SheetRow
from ontology.columns import columns
from ontology.iris import StudyIris
from ontology.records import SHEETS
from ontology.terms import PROV


def stored_cells(store: GraphStore, iris: StudyIris) -> dict[str, tuple[Cells, ...]]:
    """The rows of a study as a store holds them, by sheet; none where it holds no such study."""
    graphs = (iris.graph(), iris.editorial_graph(), iris.restricted_graph())
    asserted, editorial, restricted = (Items.of(store.quads(NamedNode(name))) for name in graphs)
    return cells_of_study(StudyStatements(iris, asserted, editorial, restricted))


def stored_row(store: GraphStore, iris: StudyIris, sheet: str, key: str) -> Cells | None:
    """One row of a study other than that of the sheet ``study``, read without the others; None where there is none.

    Args:
        store: the store.
        iris: of the study.
        sheet: one of the sheets that can be written to.
        key: the row's key.
    """
    item = NamedNode(iri_of(iris, sheet, key))
    found = []
    for graph in (iris.graph(), iris.editorial_graph(), iris.restricted_graph()):
        own = list(store.quads(NamedNode(graph), subject=item))
        agents = [each.object for each in own if each.predicate.value == PROV.wasAttributedTo]
        for agent in agents:
            if isinstance(agent, NamedNode):
                own += store.quads(NamedNode(graph), subject=agent)
        found.append(Items.of(own))
    return next(cells_of_sheet(sheet, StudyStatements(iris, *found)), None)


def iri_of(iris: StudyIris, sheet: str, key: str) -> str:
    """The IRI of the item that a row of one of the sheets that can be written to makes.

    Raises:
        UnusableKeyError: when it is no key.
    """
    makers = {
        "versions": iris.version, "changes": iris.change, "iterations": iris.iteration, "links": iris.link,
        "hypotheses": iris.hypothesis, "motives": iris.motive,
    }  # fmt: skip
    return makers[sheet](key)


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
