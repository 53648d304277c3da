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
from ingest.sheets import read_sheet
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
        _check_files(path, mistakes)
        entries = {sheet: _entries(path, sheet, record, mistakes) for sheet, record in SHEETS.items()}
        check_entries(entries, mistakes)
        # In a store a decision may outlive what it was on; in a sheet a key that fits nothing is a slip.
        if not len(mistakes):
            check_reviews(records_of(entries), entries["reviews"], mistakes)
    rows = {sheet: tuple(entry.row for entry in found) for sheet, found in entries.items()}
    return ReadStudy(records_of(entries), MappingProxyType(rows))


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
    return tuple(read_entry(file.name, sheet, known, row, mistakes) for row in rows)
