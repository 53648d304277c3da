"""Tables as files of comma-separated values (RFC 4180), to be read by a spreadsheet or a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

JOINED = " | "


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under their header, one record a line, lines ended by CR LF."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows(rows)
    return written.getvalue()
