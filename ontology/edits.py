"""An edit of one row of a study's sheets, and what can be wrong with it: what those who ask and those who do share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final


class Deed(Enum):
    """What is to be done with a row: one that is new, the whole of one, some cells of one, or nothing left of it."""

    create = "create"
    put = "put"
    amend = "amend"
    remove = "remove"


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of one row.

    Attributes:
        deed: what is to be done.
        sheet: the row's sheet.
        key: the row's key, as other sheets name it; empty where the cells of a new row say it.
        cells: by column, what a sheet's cell would say; columns that are left out are empty in a new row and stay as
            they are in one that is amended.
    """

    deed: Deed
    sheet: str
    key: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, order=True)
class RowMistake:
    """One mistake in a row that is written by itself.

    Attributes:
        item: the row at fault, such as ``quotes/q01``; empty for the row that was to be written.
        field: its column; empty for the row as a whole.
        wrong: what is wrong.
        right: what would be right.
    """

    item: str
    field: str
    wrong: str
    right: str

    def __str__(self) -> str:
        place = ", ".join(each for each in (self.item, self.field) if each)
        return f"{place}: {self.wrong} {self.right}".strip()


_KEY_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"versions": ("hypothesis", "iteration"), "iterations": ("ordinal",)}
)


def key_columns(sheet: str) -> tuple[str, ...]:
    """The columns that make the key of a sheet's rows."""
    return _KEY_COLUMNS.get(sheet, ("key",))


def key_cells(sheet: str, key: str) -> dict[str, str]:
    """The cells that make a key: ``utility/2`` is the hypothesis ``utility`` and the iteration ``2``."""
    names = key_columns(sheet)
    return dict(zip(names, key.split("/", len(names) - 1), strict=False))
