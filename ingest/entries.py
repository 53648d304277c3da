"""Rows of cells on their way to records, whatever they were read from: a file, a graph, or what was sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from ingest.cells import CellProblem, Value, read_cell
from ingest.mistakes import MistakeList
from ingest.motives import check_motives
from ingest.references import Entry, KnownKeys, check_references
from ingest.rules import check_rules
from ingest.sheets import SheetRow
from ingest.study import StudyRecords
from ontology.columns import Column, Row
from ontology.records import SHEETS

Entries = Mapping[str, tuple[Entry, ...]]
"""The rows of each sheet, in their order."""


def read_entry(file: str, sheet: str, known: Mapping[str, Column], row: SheetRow, mistakes: MistakeList) -> Entry:
    """Reads the cells of one row; what cannot be read is noted and left out of its values."""
    values: dict[str, Value] = {}
    for name, column in known.items():
        text = row.cells[name]
        if not (text or column.required):
            values[name] = () if column.many else None
            continue
        try:
            values[name] = read_cell(text, column)
        except CellProblem as problem:
            mistakes.add(file, problem.wrong, problem.right, row=row.number, column=name)
    return Entry(file, sheet, row.number, MappingProxyType(values), row.cells)


def check_entries(entries: Entries, mistakes: MistakeList, *, partly_read: Collection[str] = ()) -> None:
    """Notes keys that stand twice, references that lead nowhere and, where all else is sound, broken rules.

    Args:
        entries: the rows of each sheet.
        mistakes: where mistakes are noted.
        partly_read: sheets of which not every row could be read.
    """
    known = KnownKeys.of(entries)
    known.report_duplicates(mistakes)
    check_references(entries, known, mistakes, partly_read=partly_read)
    if not len(mistakes):
        check_rules(entries, mistakes)
    if not len(mistakes) and entries["motives"]:
        check_motives(records_of(entries), entries["motives"], mistakes)


def records_of(entries: Entries) -> StudyRecords:
    """The records of sound rows."""
    made: dict[str, Any] = {
        sheet: tuple(record_of(SHEETS[sheet], entry) for entry in found) for sheet, found in entries.items()
    }
    made["study"] = made["study"][0]
    return StudyRecords(**made)


def record_of(record: type[Row], entry: Entry) -> Row:
    """The record of one sound row."""
    values: dict[str, Any] = dict(entry.values)
    return record(**values)
