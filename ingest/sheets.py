"""One CSV file as rows of cells: the syntax of a sheet, nothing about what the cells mean.

RFC 4180, in UTF-8 with or without a byte order mark; the first row is the header. Between cells stands a comma, or a
semicolon or tabulator, which spreadsheets write where the comma belongs to numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.mistakes import MistakeList, did_you_mean
from ontology.columns import Row, columns

_WORKBOOK_MAGIC: Final = b"PK\x03\x04"
_SEPARATORS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as a spreadsheet counts, and its cells by column name, white space at the ends cut off."""

    number: int
    cells: Mapping[str, str]


def read_sheet(path: Path, record: type[Row], mistakes: MistakeList) -> tuple[SheetRow, ...]:
    """Reads one sheet.

    Args:
        path: the CSV file.
        record: the record that its rows become, which says what columns there are.
        mistakes: where mistakes are noted; a row with one is left out.

    Returns:
        The rows that hold anything, each with every column of the record ("" where the file has no such column).
    """
    text = _decoded(path, mistakes)
    if text is None:
        return ()
    try:
        rows = _without_empty_columns(rows_of_text(text, separator=_separator_of(text, record)))
    except csv.Error as error:
        mistakes.add(
            path.name,
            f"This is not a readable CSV file ({error}).",
            "Check that every quotation mark that opens a cell also closes it, and save the sheet as CSV (UTF-8).",
        )
        return ()
    if not rows or not any(rows[0]):
        mistakes.add(
            path.name, "The file is empty.", f"Its first row must name the columns: {', '.join(columns(record))}."
        )
        return ()
    header = [name.strip() for name in rows[0]]
    if not _header_is_right(path.name, header, record, mistakes):
        return ()
    return _rows_of(path.name, header, rows[1:], record, mistakes)


def rows_of_text(text: str, *, separator: str = ",") -> list[list[str]]:
    """The rows of comma-separated values, however long a cell is.

    Args:
        text: the whole file.
        separator: the character between cells.

    Raises:
        csv.Error: when it is not readable as such.
    """
    # The module's own limit, 131,072 characters, is there for files that are read piece by piece.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    return list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator))


def _separator_of(text: str, record: type[Row]) -> str:
    """What stands between cells: that which makes most of the first line into names of columns."""
    known = columns(record)
    line = re.split(r"[\r\n]", text, maxsplit=1)[0]

    def names(separator: str) -> int:
        return sum(each.strip().strip('"') in known for each in line.split(separator))

    return max(_SEPARATORS, key=names)


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    """Cuts off what a spreadsheet adds on the right: columns that have no name and hold nothing."""
    if not rows:
        return rows
    named = next((at for at in range(len(rows[0]), 0, -1) if rows[0][at - 1].strip()), 0)
    if any(cell.strip() for row in rows for cell in row[named:]):
        return rows
    return [row[:named] for row in rows]


def _decoded(path: Path, mistakes: MistakeList) -> str | None:
    data = path.read_bytes()
    if data.startswith(_WORKBOOK_MAGIC):
        mistakes.add(path.name, "This is an Excel workbook with another name.", "Save the sheet as CSV (UTF-8).")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        mistakes.add(
            path.name,
            f"The byte {data[error.start]:#04x} is not UTF-8.",
            "Save the sheet again as “CSV UTF-8”.",
            row=row,
        )
        return None
    if "\0" in text:
        mistakes.add(
            path.name, "The file holds NUL characters, so it is not a CSV file.", "Save the sheet as CSV (UTF-8)."
        )
        return None
    return text


def _header_is_right(file: str, header: list[str], record: type[Row], mistakes: MistakeList) -> bool:
    known = columns(record)
    before = len(mistakes)
    for name, times in Counter(header).items():
        if times > 1:
            mistakes.add(file, f"The column “{name}” stands there {times} times.", "Keep one.", row=1, column=name)
        if name not in known:
            wrong = f"There is no column “{name}” in this sheet." if name else "A column has no name."
            mistakes.add(file, wrong, did_you_mean(name, known), row=1, column=name)
    for name, column in known.items():
        if column.required and name not in header:
            mistakes.add(file, f"The column “{name}” is missing.", f"Add it: {column.says}", row=1, column=name)
    return len(mistakes) == before


def _rows_of(
    file: str, header: list[str], rows: list[list[str]], record: type[Row], mistakes: MistakeList
) -> tuple[SheetRow, ...]:
    nothing = dict.fromkeys(columns(record), "")
    found = []
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            mistakes.add(
                file,
                f"The row has {len(row)} cells, the header {len(header)}.",
                "Put a cell that holds a comma or a line break in quotation marks, or add the missing cells.",
                row=number,
            )
            continue
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=True)}
        found.append(SheetRow(number, nothing | cells))
    return tuple(found)
