"""A study folder of CSV files as records, or every mistake in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ingest.cells import CellProblem, Value, read_cell
from ingest.errors import StudyNotFound
from ingest.mistakes import MistakeList, all_at_once, did_you_mean
from ingest.references import Entry, KnownKeys, check_references
from ingest.rules import check_rules
from ingest.sheets import SheetRow, read_sheet
from ingest.study import StudyRecords
from ontology.records import REQUIRED_SHEETS, SHEETS, Column, Row, columns

_ENDING: Final = ".csv"


@dataclass(frozen=True, slots=True)
class ReadStudy:
    """A study that was read: its records, and for each sheet the row number of each record."""

    records: StudyRecords
    rows: Mapping[str, tuple[int, ...]]


def read_study(path: Path) -> StudyRecords:
    """Reads a study folder.

    Args:
        path: a folder of CSV files, one a sheet (see `ontology.records.SHEETS`).

    Returns:
        The study's records.

    Raises:
        StudyNotFound: when there is no such folder.
        StudyRefused: with every mistake: file, row, column, what is wrong, what would be right.
    """
    return read_study_with_rows(path).records


def read_study_with_rows(path: Path) -> ReadStudy:
    """Reads a study folder as `read_study` does and keeps where each record stands."""
    if not path.is_dir():
        raise StudyNotFound(
            f"{path} is not a folder. A study is a folder of CSV files; {', '.join(REQUIRED_SHEETS)} are needed."
        )
    with all_at_once() as mistakes:
        _check_files(path, mistakes)
        entries = {sheet: _entries(path, sheet, record, mistakes) for sheet, record in SHEETS.items()}
        known = KnownKeys.of(entries)
        known.report_duplicates(mistakes)
        check_references(entries, known, mistakes)
        if not len(mistakes):
            check_rules(entries, mistakes)
    return _records(entries)


def _check_files(path: Path, mistakes: MistakeList) -> None:
    known = {f"{sheet}{_ENDING}" for sheet in SHEETS}
    for file in sorted(path.iterdir()):
        if file.name not in known and file.suffix.lower() in {_ENDING, ".xlsx", ".xls", ".tsv", ".ods"}:
            mistakes.add(file.name, "No sheet has this name.", did_you_mean(file.name, known))
    for sheet in REQUIRED_SHEETS:
        if not (path / f"{sheet}{_ENDING}").is_file():
            mistakes.add(
                f"{sheet}{_ENDING}",
                "The file is missing.",
                f"Add it with at least these columns: {', '.join(_needed(SHEETS[sheet]))}.",
            )


def _needed(record: type[Row]) -> list[str]:
    return [name for name, column in columns(record).items() if column.required]


def _entries(path: Path, sheet: str, record: type[Row], mistakes: MistakeList) -> tuple[Entry, ...]:
    file = path / f"{sheet}{_ENDING}"
    if not file.is_file():
        return ()
    rows = read_sheet(file, record, mistakes)
    if sheet == "study" and len(rows) != 1:
        mistakes.add(file.name, f"The sheet has {len(rows)} rows.", "A study folder describes one study: keep one row.")
    known = columns(record)
    return tuple(_entry(file.name, sheet, known, row, mistakes) for row in rows)


def _entry(file: str, sheet: str, known: Mapping[str, Column], row: SheetRow, mistakes: MistakeList) -> Entry:
    values: dict[str, Value] = {}
    for name, column in known.items():
        try:
            values[name] = read_cell(row.cells[name], column)
        except CellProblem as problem:
            mistakes.add(file, problem.wrong, problem.right, row=row.number, column=name)
    return Entry(file, sheet, row.number, MappingProxyType(values), row.cells)


def _records(entries: Mapping[str, tuple[Entry, ...]]) -> ReadStudy:
    made: dict[str, Any] = {
        sheet: tuple(_record(SHEETS[sheet], entry) for entry in found) for sheet, found in entries.items()
    }
    made["study"] = made["study"][0]
    rows = {sheet: tuple(entry.row for entry in found) for sheet, found in entries.items()}
    return ReadStudy(StudyRecords(**made), MappingProxyType(rows))


def _record(record: type[Row], entry: Entry) -> Row:
    values: dict[str, Any] = dict(entry.values)
    return record(**values)
