"""Keys and the cells that name them: every reference leads to a row that exists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ingest.cells import Value
from ingest.mistakes import MistakeList, did_you_mean
from ontology.choices import RESONANCE_VALUES
from ontology.columns import Column, columns
from ontology.records import SHEETS

CODE_LISTS: Mapping[str, tuple[str, ...]] = {"resonance-values": RESONANCE_VALUES, "judgements": ("unclear",)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row on its way to a record: where it stands, its values, and its cells as they were written.

    `values` lacks the columns whose cells could not be read.
    """

    file: str
    sheet: str
    row: int
    values: Mapping[str, Value]
    cells: Mapping[str, str]

    @property
    def key(self) -> str:
        """The key other sheets name this row by, as far as its cells give one."""
        match self.sheet:
            case "versions":
                return f"{self.cells['hypothesis']}/{self.cells['iteration']}"
            case "iterations":
                return self.cells["ordinal"]
            case "exclusions":
                return self.cells["response"]
            case "resonance":
                parts = (self.cells["version"], self.cells["resonance"], self.cells["organisation_type"])
                return " ".join(part for part in parts if part)
            case _:
                return self.cells["key"]

    def many(self, name: str) -> tuple[str, ...]:
        """The values of a column, whether it holds one or several; () where nothing is stated."""
        value = self.values.get(name)
        if value is None:
            return ()
        return value if isinstance(value, tuple) else (str(value),)

    def text(self, name: str) -> str | None:
        """The value of a column that holds one, as text."""
        value = self.values.get(name)
        return None if value is None or isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """Every key of a study, by sheet, with the rows that bear it."""

    rows: Mapping[str, Mapping[str, tuple[Entry, ...]]]

    @classmethod
    def of(cls, entries: Mapping[str, Iterable[Entry]]) -> KnownKeys:
        """The keys of these rows."""
        found: dict[str, dict[str, tuple[Entry, ...]]] = {sheet: {} for sheet in SHEETS}
        for sheet, rows in entries.items():
            for entry in rows:
                if entry.key:
                    found[sheet][entry.key] = (*found[sheet].get(entry.key, ()), entry)
        return cls(found)

    def report_duplicates(self, mistakes: MistakeList) -> None:
        """Notes every row whose key an earlier row of its sheet bears already."""
        for keys in self.rows.values():
            for key, entries in keys.items():
                for again in entries[1:]:
                    mistakes.add(
                        again.file,
                        f"“{key}” is already in row {entries[0].row}.",
                        "Give each row its own key, or remove the repetition.",
                        row=again.row,
                        column="key" if "key" in again.cells else "",
                    )

    def of_sheet(self, sheet: str) -> Iterable[str]:
        """The keys that may be named as `sheet`, a sheet or a code list."""
        return CODE_LISTS[sheet] if sheet in CODE_LISTS else self.rows[sheet]


def check_references(
    entries: Mapping[str, Iterable[Entry]],
    known: KnownKeys,
    mistakes: MistakeList,
    *,
    partly_read: Collection[str] = (),
) -> None:
    """Notes every reference that leads nowhere, or that does not say which sheet it means.

    Args:
        entries: the rows of each sheet.
        known: their keys.
        mistakes: where mistakes are noted.
        partly_read: sheets that have rows beyond these, which could not be read. A reference may lead to one of those.
    """
    for sheet, rows in entries.items():
        referring = {name: each for name, each in columns(SHEETS[sheet]).items() if each.refers_to}
        for entry in rows:
            for name, column in referring.items():
                for reference in entry.many(name):
                    _check(entry, name, column, reference, known, mistakes, partly_read)


def _check(
    entry: Entry,
    name: str,
    column: Column,
    reference: str,
    known: KnownKeys,
    mistakes: MistakeList,
    partly_read: Collection[str],
) -> None:
    if column.kind == "role":
        target, key = "events", reference.partition("@")[2]
    elif len(column.refers_to) == 1:
        target, key = column.refers_to[0], reference
    else:
        target, _, key = reference.partition(":")
        if target not in column.refers_to or not key:
            examples = " or ".join(f"{each}:…" for each in column.refers_to)
            mistakes.add(
                entry.file,
                f"“{reference}” does not say which sheet it means.",
                f"Write {examples}.",
                row=entry.row,
                column=name,
            )
            return
    keys = known.of_sheet(target)
    if key not in keys and target not in partly_read:
        where = "code list" if target in CODE_LISTS else "sheet"
        mistakes.add(
            entry.file,
            f"“{key}” is not in the {where} “{target}”.",
            did_you_mean(key, keys),
            row=entry.row,
            column=name,
        )
