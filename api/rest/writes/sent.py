"""What was sent, as the cells of a row: JSON in, what a sheet's cell would say out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.errors import MalformedRequest
from ontology.columns import LIST_SEPARATOR, Column, columns
from ontology.edits import RowMistake
from ontology.records import SHEETS

_LONGEST_NUMBER: Final = 30


@dataclass(frozen=True, slots=True)
class SentRow:
    """The cells that were sent, and what cannot be one.

    Attributes:
        cells: by column, as a sheet would have it; columns that were not sent are not in it.
        mistakes: what is wrong with the rest.
    """

    cells: Mapping[str, str]
    mistakes: tuple[RowMistake, ...]


def read_sent(body: bytes, sheet: str) -> SentRow:
    """Reads a row.

    Args:
        body: a JSON object whose members are columns of the sheet: a text, a whole number, a list of texts where the
            column holds several, or null for a cell that is empty.
        sheet: the sheet.

    Raises:
        MalformedRequest: when it is no JSON object.
    """
    return read_fields(body, columns(SHEETS[sheet]), f"The sheet {sheet} has no such column.")


def read_fields(body: bytes, known: Mapping[str, Column], unknown: str) -> SentRow:
    """Reads a JSON object whose members are fields of a kind.

    Args:
        body: the object.
        known: the fields there are, and what each holds.
        unknown: what is told of another.

    Raises:
        MalformedRequest: when it is no JSON object.
    """
    cells: dict[str, str] = {}
    mistakes: list[RowMistake] = []
    seen: set[str] = set()
    for name, value in _pairs(body):
        if name in seen:
            mistakes.append(RowMistake("", name, "The field stands there more than once.", "Keep one."))
        elif name not in known:
            mistakes.append(RowMistake("", _shown(name), unknown, f"There are: {', '.join(known)}."))
        else:
            cell = _cell(value, known[name])
            if isinstance(cell, _Wrong):
                mistakes.append(RowMistake("", name, cell.wrong, cell.right))
            else:
                cells[name] = cell
        seen.add(name)
    return SentRow(cells, tuple(mistakes))


def row_as_json(sheet: str, cells: Mapping[str, str]) -> dict[str, Any]:
    """The cells of a row as the members of a JSON object: the same that may be sent."""
    return {name: _value(cells[name], column) for name, column in columns(SHEETS[sheet]).items()}


@dataclass(frozen=True, slots=True)
class _Wrong:
    wrong: str
    right: str


def _pairs(body: bytes) -> list[tuple[str, Any]]:
    try:
        text = body.decode("utf-8")
        found = json.loads(text, object_pairs_hook=_Object, parse_int=_Number, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise MalformedRequest(f"The body is not UTF-8: byte {error.start + 1} begins no character.") from error
    except (ValueError, RecursionError) as error:
        told = f": {error}" if isinstance(error, json.JSONDecodeError) else ""
        raise MalformedRequest(f"The body is not JSON{told}. Send an object of columns.") from error
    if not isinstance(found, _Object):
        raise MalformedRequest('The body is no JSON object. Send the columns of a row: {"key": "…"}.')
    return list(found)


class _Object(list[tuple[str, Any]]):
    """The members of a JSON object, repeated ones included."""


class _Number(str):
    """A whole number as it was written."""

    __slots__ = ()


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def _cell(value: Any, column: Column) -> str | _Wrong:
    if isinstance(value, list) and not isinstance(value, _Object):
        if not column.many:
            return _Wrong("A list is not taken here.", "Send one text.")
        cells = [_one(each, column) for each in value]
        for each in cells:
            if isinstance(each, _Wrong):
                return each
            if not each or LIST_SEPARATOR in each:
                wrong = "One of the list is empty." if not each else f"One of the list holds “{LIST_SEPARATOR}”."
                return _Wrong(wrong, f"Each is a text of its own, without “{LIST_SEPARATOR}”.")
        return LIST_SEPARATOR.join(str(each) for each in cells)
    if column.many and value is not None:
        return _Wrong("That is no list.", "Send a list of texts, also for one.")
    return "" if value is None else _one(value, column)


def _one(value: Any, column: Column) -> str | _Wrong:
    right = "Send a list of texts." if column.many else "Send a text."
    if column.kind == "whole":
        if not isinstance(value, _Number):
            return _Wrong("That is no whole number.", "Send a number without quotation marks, such as 27.")
        return str(value)[:_LONGEST_NUMBER]
    if isinstance(value, _Number):
        if "iterations" not in column.refers_to:
            return _Wrong("A number is not taken here.", right)
        return str(value)[:_LONGEST_NUMBER]
    if not isinstance(value, str):
        return _Wrong("That is no text.", right)
    if "\0" in value:
        return _Wrong("The text holds a NUL character, which no sheet can hold.", "Leave it out.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return _Wrong("The text holds half of a character (a lone surrogate).", "Send whole characters.")
    # As the cells of a sheet are read: white space at the ends is none of what a cell says.
    return value.strip()


def _value(cell: str, column: Column) -> Any:
    if column.many:
        return cell.split(LIST_SEPARATOR) if cell else []
    if not cell:
        return None
    return int(cell) if column.kind == "whole" else cell


def _shown(name: str) -> str:
    plain = name.encode("utf-8", "replace").decode("utf-8")
    return plain if len(plain) <= 60 else f"{plain[:60]}…"
