"""Tables as files of comma-separated values (RFC 4180), to be read by a spreadsheet or a program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

JOINED = " | "
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under their header, one record a line, lines ended by CR LF.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows([_cell(each) for each in row] for row in rows)
    return written.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) and not _NUMBER.fullmatch(text) else text
