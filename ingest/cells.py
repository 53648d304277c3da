"""One cell as a value: the syntax of each kind of column, with a remedy where a cell does not fit."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Final

from ingest.errors import IngestError
from ingest.mistakes import did_you_mean
from ontology.columns import LIST_SEPARATOR, Column

Value = str | int | tuple[str, ...] | None

KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RANGE: Final = re.compile(r"(\d+)-(\d+)")
_ROLE: Final = re.compile(r"([a-z-]+)@([a-z0-9-]+)")
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_LARGEST: Final = 2**31
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What is no text: XML cannot hold most of it, and a terminal obeys it."""


class CellProblem(IngestError):
    """A cell that cannot be read: `wrong` says what is wrong, `right` what would be right."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.right = right


def read_cell(text: str, column: Column) -> Value:
    """Reads one cell.

    Args:
        text: the cell without white space at its ends; "" means not stated.
        column: what the column holds.

    Returns:
        None or () for not stated; an int for a whole number; a tuple for a list; else the text as it stands.

    Raises:
        CellProblem: when the cell does not fit; references are only checked for their syntax here.
    """
    if not text:
        if column.required:
            raise CellProblem("The cell is empty.", column.says)
        return () if column.many else None
    if column.many:
        parts = [part.strip() for part in text.split(LIST_SEPARATOR)]
        if not all(parts):
            raise CellProblem(f"The list “{text}” has an empty place.", f"Separate values by one “{LIST_SEPARATOR}”.")
        repeated = {part for part in parts if parts.count(part) > 1}
        if repeated:
            raise CellProblem(f"“{min(repeated)}” stands there more than once.", "Keep one.")
        return tuple(str(_single(part, column)) for part in parts)
    return _single(text, column)


def _single(text: str, column: Column) -> str | int:
    match column.kind:
        case "key":
            return _key(text)
        case "whole":
            return _whole(text)
        case "instant":
            return _instant(text)
        case "range":
            return _range(text)
        case "choice":
            if text not in column.choices:
                raise CellProblem(
                    f"“{text}” is not a word for this column.", did_you_mean(text, column.choices, limit=9)
                )
            return text
        case "role":
            return _role(text, column)
        case _:
            return _text(text)


def _text(text: str) -> str:
    control = _CONTROL.search(text)
    if control:
        raise CellProblem(
            f"The text holds the control character U+{ord(control[0]):04X}, as its character {control.start() + 1}.",
            "Leave it out, or write what was meant there.",
        )
    return text


def _key(text: str) -> str:
    if not KEY.fullmatch(text):
        suggestion = "-".join(re.findall(r"[a-z0-9]+", _without_accents(text).lower()))
        hint = f" “{suggestion}” would be one." if suggestion else ""
        raise CellProblem(f"“{text}” is not a key.", f"A key has small letters, digits and single hyphens.{hint}")
    return text


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or int(text) > _LARGEST:
        raise CellProblem(f"“{text}” is not a whole number.", "Write it in digits, such as 27.")
    return int(text)


def _instant(text: str) -> str:
    if _MONTH.fullmatch(text):
        return text
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            date.fromisoformat(text)
            return text
        if "T" in text and datetime.fromisoformat(text).tzinfo is not None:
            return text
    except ValueError:
        pass
    raise CellProblem(
        f"“{text}” is not a date.", "Write 2023-12-11, 2024-01 for a month, or 2023-12-11T10:00:00Z for a moment."
    )


def _range(text: str) -> str:
    found = _RANGE.fullmatch(text)
    if not found or int(found[1]) >= int(found[2]):
        raise CellProblem(
            f"“{text}” is not a range of characters.", "Write start-end with start before end, such as 27-91."
        )
    return text


def _role(text: str, column: Column) -> str:
    found = _ROLE.fullmatch(text)
    if not found:
        raise CellProblem(f"“{text}” is not a role at an event.", "Write role@event, such as host@kick-off.")
    if found[1] not in column.choices:
        raise CellProblem(f"“{found[1]}” is not a role.", did_you_mean(found[1], column.choices))
    return text
