"""How the cells of a sheet are read: what a column says, and what every row bears."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, ClassVar, Literal

Kind = Literal["key", "text", "whole", "instant", "range", "choice", "reference", "role"]

LIST_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Column:
    """How the cells of one column are read.

    `kind` names the syntax; `refers_to` the sheets whose keys a ``reference`` may name (with several, the cell says
    which: ``quotes:q01``); `choices` the words a ``choice`` allows; `many` that a cell holds a list; `required` that it
    may not be empty; `says` one sentence for the reference page.
    """

    kind: Kind
    says: str
    required: bool = False
    many: bool = False
    refers_to: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


def column(
    kind: Kind,
    says: str,
    *,
    required: bool = False,
    many: bool = False,
    refers_to: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
) -> Any:
    """A dataclass field that carries its `Column`; it defaults to "not stated" unless it is required."""
    metadata = {"column": Column(kind, says, required, many, refers_to, choices)}
    if required and not many:
        return field(metadata=metadata)
    return field(default=() if many else None, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row may say of itself: the document it was taken from and the places in it."""

    SHEET: ClassVar[str] = ""

    source: str | None = column("reference", "The source document this row was taken from.", refers_to=("sources",))
    locator: tuple[str, ...] = column("text", "Where in the source it stands.", many=True)


def columns(record: type[Row]) -> Mapping[str, Column]:
    """The columns of a record's sheet by name, those of its own first, `source` and `locator` last."""
    own = [each for each in fields(record) if each.name not in ("source", "locator")]
    shared = [each for each in fields(record) if each.name in ("source", "locator")]
    return MappingProxyType({each.name: each.metadata["column"] for each in own + shared})
