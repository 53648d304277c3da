"""What can go wrong with a store's history."""

from __future__ import annotations

from collections.abc import Sequence

from graphstore.errors import GraphStoreError, StoreUnavailable


class HistoryError(GraphStoreError):
    """The root of this package's errors."""


class UnknownChangeset(HistoryError):
    """No changeset has that number, or none is as old as that instant."""


class UnusableMoment(HistoryError):
    """A text names neither a changeset nor an instant."""


class JournalDamaged(StoreUnavailable):
    """A file of the journal cannot be read as one, or the journal is older than the store."""


class StatementsTouchedSince(HistoryError):
    """A changeset cannot be taken back, because later ones touched the same statements.

    Attributes:
        later: the numbers of those changesets.
    """

    def __init__(self, message: str, later: Sequence[int]) -> None:
        super().__init__(message)
        self.later = tuple(later)


class NothingToRevert(HistoryError):
    """The changeset changed no statement."""


class NothingToRedact(HistoryError):
    """The item has no words in the store or its history."""


class ReasonHoldsWords(HistoryError):
    """The reason given for a redaction repeats the words that are to go."""
