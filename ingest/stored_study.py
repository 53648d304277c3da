"""The records of a study as its store holds it, in an order that people read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode

from graphstore import GraphStore
from ingest.cells import KEY
from ingest.entries import Entries, read_entry, records_of
from ingest.errors import StudyNotFound
from ingest.mistakes import all_at_once
from ingest.rows.items import Items
from ingest.rows.reading import Cells, StudyStatements, cells_of_study
from ingest.sheets import SheetRow
from ingest.study import StudyRecords
from ontology.columns import columns
from ontology.iris import DEFAULT_BASE, StudyIris
from ontology.records import SHEETS

SortKey = tuple[tuple[int, str], ...]

_DIGITS: Final = re.compile(r"([0-9]+)")
_FIRST_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "events": ("started", "ordinal"),
    "iterations": ("ordinal",),
    "versions": ("iteration", "number"),
    "changes": ("after",),
    "themes": ("kind",),
    "resonance": ("version",),
    "blueprint": ("ordinal",),
}


def stored_records(store: GraphStore, study: str, *, base: str = DEFAULT_BASE) -> StudyRecords:
    """Reads a study back out of its store; what was written there without a sheet, too, as far as a sheet can say it.

    Args:
        store: the store, or a snapshot of it.
        study: the study's key.
        base: the instance base.

    Returns:
        Its records; iterations, versions, events and areas in their order, hypotheses by their first number, the rest
        by key, ``q2`` before ``q10``. Written as sheets and imported they give the same graph.

    Raises:
        StudyNotFound: when the store holds no such study.
        StudyRefused: when a statement does not fit the cell it belongs in.
    """
    iris = StudyIris(base, study)
    asserted, editorial, restricted = (
        Items.of(store.quads(NamedNode(graph)))
        for graph in (iris.graph(), iris.editorial_graph(), iris.restricted_graph())
    )
    if iris.study not in asserted.said or not KEY.fullmatch(study):
        raise StudyNotFound(f"The store holds no study “{study}”.")
    cells = cells_of_study(StudyStatements(iris, asserted, editorial, restricted))
    firsts: dict[str, SortKey] = {}
    for row in sorted(cells["versions"], key=lambda each: _place("versions", each)):
        firsts.setdefault(row["hypothesis"], _place("versions", row))
    found: dict[str, tuple[Cells, ...]] = {
        sheet: tuple(sorted(rows, key=lambda each, sheet=sheet: _place(sheet, each)))  # type: ignore[misc]
        for sheet, rows in cells.items()
    }
    found["hypotheses"] = tuple(sorted(found["hypotheses"], key=lambda each: firsts.get(each["key"], ((2**31, ""),))))
    return records_of(_entries(found))


def natural(text: str) -> SortKey:
    """A sort key by which ``q2`` comes before ``q10``."""
    return tuple((int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in _DIGITS.split(text))


def _place(sheet: str, row: Cells) -> SortKey:
    named = (*_FIRST_BY.get(sheet, ()), "key")
    return tuple(part for name in named if name in row for part in (*natural(row[name]), (-2, "")))


def _entries(cells: Mapping[str, tuple[Cells, ...]]) -> Entries:
    with all_at_once() as mistakes:
        return {
            sheet: tuple(
                read_entry(f"{sheet} in the store", sheet, columns(record), SheetRow(number, row), mistakes)
                for number, row in enumerate(cells[sheet], start=2)
            )
            for sheet, record in SHEETS.items()
        }
