"""The changes to a study's data as far as they are for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from graphstore import Difference, GraphStore
from graphstore.history import HistoryReader
from lineage.history.changesets import told_changesets
from lineage.history.items import item_changes, item_names
from lineage.history.records import ItemChange, ToldChangeset

MOST_STATEMENTS: Final = 100_000
"""Statements that a changeset may have to be told item by item."""


@dataclass(frozen=True, slots=True)
class OpenChangeset:
    """A changeset that everybody may see something of.

    Attributes:
        told: what the history graph says of it; its counts are those of all graphs and nobody's business.
        items: what it changed, without what is computed from the rest; None where that is too much to be told.
    """

    told: ToldChangeset
    items: tuple[ItemChange, ...] | None


@dataclass(frozen=True)
class OpenHistory:
    """The history of one study.

    Attributes:
        store: the store, or a snapshot of it.
        history: its journal; None where it keeps none.
        study: the study's IRI.
        base: the instance base.
    """

    store: GraphStore
    history: HistoryReader | None
    study: str
    base: str

    @cached_property
    def changesets(self) -> tuple[ToldChangeset, ...]:
        """Every changeset, the newest first, closed ones included: not to be shown as they are."""
        return told_changesets(self.store, self.study) if self.history is not None else ()

    @property
    def newest(self) -> int:
        """The number of the newest changeset; 0 where there is none."""
        return self.changesets[0].number if self.changesets else 0

    def between(self, first: int, last: int) -> tuple[OpenChangeset, ...]:
        """The changesets of these numbers that changed something open, or took words out; the newest first."""
        if self.history is None:
            return ()
        wanted = [each for each in self.changesets if first <= each.number <= last]
        changes = self.history.open_changes((each.number for each in wanted), self.study, most=MOST_STATEMENTS)
        return tuple(self._opened(wanted, changes))

    def _opened(self, wanted: Iterable[ToldChangeset], changes: Iterable[Difference | None]) -> Iterator[OpenChangeset]:
        for told, change in zip(wanted, changes, strict=True):
            if change is None:
                yield OpenChangeset(told, None)
                continue
            items = tuple(_stated(item_changes(self.store, change, self.study, self.base)))
            if items or (told.redacts is not None and self._is_open(told.redacts)):
                yield OpenChangeset(told, items)

    def _is_open(self, iri: str) -> bool:
        # What stands in closed graphs alone has no name in the open ones, and is told nothing of.
        return bool(item_names(self.store, [iri]))


def _stated(items: Iterable[ItemChange]) -> Iterator[ItemChange]:
    for item in items:
        stated = tuple(each for each in item.changes if each.graph != "derived")
        if stated:
            yield replace(item, changes=stated)
