"""Records as a study folder of CSV files, and rows added to sheets that are there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ingest.sheets import rows_of_text
from ingest.study import StudyRecords
from ontology.columns import LIST_SEPARATOR, Row, columns
from ontology.records import REQUIRED_SHEETS, SHEETS


def write_sheets(folder: Path, records: StudyRecords) -> None:
    """Writes a file for every sheet that has rows, and for those that every study has.

    Args:
        folder: where to; it must be there, without those files.
        records: what to write.

    Raises:
        OSError: when a file is there already or the disk refuses.
    """
    for sheet, rows in records.sheets():
        if rows or sheet in REQUIRED_SHEETS:
            with (folder / f"{sheet}.csv").open("x", encoding="utf-8", newline="") as file:
                file.write(_text([*columns(SHEETS[sheet])], map(cells, rows)))


def with_rows(text: str | None, rows: Sequence[Row]) -> tuple[str, int]:
    """A sheet with rows added at its end: the cells that are there stay as they are, and so do the order of columns.

    A column that the rows need and the sheet has not is added at the right.

    Args:
        text: the sheet as it stands; None where there is none.
        rows: at least one, all of one sheet.

    Returns:
        The sheet, and the number of its last row as a spreadsheet counts (the header is row 1).
    """
    known = [*columns(type(rows[0]))]
    if text is None:
        return _text(known, map(cells, rows)), len(rows) + 1
    there = rows_of_text(text.removeprefix("\ufeff"))
    header = [name.strip() for name in there[0]]
    new = [cells(row) for row in rows]
    header += [name for name in known if name not in header and any(row[name] for row in new)]
    old = [dict(zip(header, row, strict=False)) for row in there[1:] if any(cell.strip() for cell in row)]
    return _text(header, [*old, *new]), len(old) + len(new) + 1


def cells(row: Row) -> Mapping[str, str]:
    """The cells of a record by column; the empty string where nothing is stated."""
    return {name: _cell(getattr(row, name)) for name in columns(type(row))}


def _cell(value: str | int | tuple[str, ...] | None) -> str:
    if value is None:
        return ""
    return LIST_SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


def _text(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return written.getvalue()
