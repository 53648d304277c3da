"""A study folder of CSV files as records, or every mistake in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ingest.entries import check_entries, read_entry, records_of
from ingest.errors import StudyNotFound
from ingest.mistakes import MistakeList, all_at_once, did_you_mean
from ingest.references import Entry
from ingest.reviews import check_reviews
from ingest.sheets import SheetRow, read_sheet
from ingest.study import StudyRecords
from ontology.columns import Row, columns
from ontology.records import REQUIRED_SHEETS, SHEETS

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
        partly_read = _check_files(path, mistakes)
        entries: dict[str, tuple[Entry, ...]] = {}
        for sheet, record in SHEETS.items():
            rows_read = _rows(path, sheet, record, mistakes)
            if not rows_read.whole:
                partly_read.add(sheet)
            entries[sheet] = _entries(sheet, record, rows_read, mistakes)
        check_entries(entries, mistakes, partly_read=partly_read)
        # In a store a decision may outlive what it was on; in a sheet a key that fits nothing is a slip.
        if not len(mistakes) and entries["reviews"]:
            check_reviews(records_of(entries), entries["reviews"], mistakes)
    rows = {sheet: tuple(entry.row for entry in found) for sheet, found in entries.items()}
    return ReadStudy(records_of(entries), MappingProxyType(rows))


def _check_files(path: Path, mistakes: MistakeList) -> set[str]:
    """Notes files that are missing or named wrongly; returns the sheets whose rows may be in one of those."""
    known = {f"{sheet}{_ENDING}" for sheet in SHEETS}
    absent = {sheet for sheet in SHEETS if not (path / f"{sheet}{_ENDING}").is_file()}
    misnamed = [
        file
        for file in sorted(path.iterdir())
        if file.name not in known and file.suffix.lower() in {_ENDING, ".xlsx", ".xls", ".tsv", ".ods"}
    ]
    for file in misnamed:
        mistakes.add(file.name, "No sheet has this name.", did_you_mean(file.name.lower(), known))
    for sheet in REQUIRED_SHEETS:
        if sheet in absent:
            mistakes.add(
                f"{sheet}{_ENDING}",
                "The file is missing.",
                f"Add it with at least these columns: {', '.join(_needed(SHEETS[sheet]))}.",
            )
    return absent if misnamed else absent & set(REQUIRED_SHEETS)


def _needed(record: type[Row]) -> list[str]:
    return [name for name, column in columns(record).items() if column.required]


@dataclass(frozen=True, slots=True)
class _RowsRead:
    """The rows of one sheet, and whether they are all that its file has."""

    rows: tuple[SheetRow, ...]
    whole: bool


def _rows(path: Path, sheet: str, record: type[Row], mistakes: MistakeList) -> _RowsRead:
    file = path / f"{sheet}{_ENDING}"
    if not file.is_file():
        return _RowsRead((), whole=True)
    before = len(mistakes)
    rows = read_sheet(file, record, mistakes)
    whole = len(mistakes) == before
    if sheet == "study" and whole and len(rows) != 1:
        mistakes.add(file.name, f"The sheet has {len(rows)} rows.", "A study folder describes one study: keep one row.")
    return _RowsRead(rows, whole)


def _entries(sheet: str, record: type[Row], read: _RowsRead, mistakes: MistakeList) -> tuple[Entry, ...]:
    known = columns(record)
    return tuple(read_entry(f"{sheet}{_ENDING}", sheet, known, row, mistakes) for row in read.rows)
