"""What a difference touched of a study, for look-ups."""

from __future__ import annotations

from typing import Final

from api.errors import ContentTooLarge, NothingThere
from api.rest.models.history import TouchedItem
from api.rest.programme import Scope
from graphstore.history import HistoryReader
from graphstore.history.patch import Lines
from lineage.history.items import item_changes
from lineage.history.records import ItemChange

MOST_STATEMENTS: Final = 100_000
"""Statements of one study that a difference may have to be told item by item."""


def history_of(scope: Scope) -> HistoryReader:
    """The history of the store.

    Raises:
        NothingThere: when it has none.
    """
    if scope.committed.history is None:
        raise NothingThere("This store has no history.")
    return scope.committed.history


def touched(changes: tuple[ItemChange, ...] | None) -> tuple[TouchedItem, ...] | None:
    """Items as a reply names them."""
    if changes is None:
        return None
    return tuple(
        TouchedItem(
            iri=each.iri,
            kind=each.kind,
            key=each.key,
            label=each.label,
            what=each.what,
            removed=each.removed,
            added=each.added,
        )
        for each in changes
    )


def told_by_item(scope: Scope, lines: Lines) -> tuple[ItemChange, ...] | None:
    """Statements of a study told item by item; None where there are too many."""
    if len(lines.removed) + len(lines.added) > MOST_STATEMENTS:
        return None
    return item_changes(scope.committed.store, lines.difference(), scope.study.iri, scope.asked.base)


def must_be_told(changes: tuple[ItemChange, ...] | None) -> tuple[ItemChange, ...]:
    """The same, where nothing else will do.

    Raises:
        ContentTooLarge: when there are too many.
    """
    if changes is None:
        raise ContentTooLarge(
            f"More than {MOST_STATEMENTS:,} statements changed. Ask for it as application/rdf-patch instead."
        )
    return changes
