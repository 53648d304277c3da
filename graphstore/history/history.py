"""Reading a store's history, and taking changesets back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from graphstore.attribution import UNATTRIBUTED, Attribution, Channel
from graphstore.embedded import EmbeddedStore
from graphstore.errors import StoreMissing, StoreUnavailable
from graphstore.history.changeset import Changeset
from graphstore.history.closing import open_part
from graphstore.history.errors import NothingToRevert, StatementsTouchedSince, UnknownChangeset
from graphstore.history.journal import Journal
from graphstore.history.patch import Lines
from graphstore.history.redaction import Redaction, redact
from graphstore.history.replay import net_lines
from graphstore.history.states import STATES, PastStates
from graphstore.history.verification import problems_of_journal, problems_of_store
from graphstore.port import Difference, GraphStore
from graphstore.snapshots import SnapshotFolder

if TYPE_CHECKING:
    from graphstore.disk import DiskStore

_JOURNAL: Final = "journal"
_SNAPSHOTS: Final = "snapshots"


class HistoryReader:
    """The history of a store folder, for reading; works beside a process that writes.

    Args:
        folder: the store's folder.

    Raises:
        StoreMissing: when it holds no store.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / _SNAPSHOTS).is_dir():
            raise StoreMissing(
                f"{folder} holds no store. Import a study first: hypothread import PATH --store {folder}"
            )
        self._folder = folder
        self._verifying = Lock()
        self._journal = Journal(folder / _JOURNAL)
        self._snapshots = SnapshotFolder(folder / _SNAPSHOTS)
        self._states = PastStates(self._journal, self._snapshots)

    def changesets(self) -> tuple[Changeset, ...]:
        """Every changeset, the oldest first.

        Raises:
            JournalDamaged: when a file cannot be read as one.
        """
        return tuple(self._journal.changesets())

    def newest(self) -> int:
        """The number of the newest changeset; 0 where there is none."""
        return (self._journal.numbers() or [0])[-1]

    def newest_digest(self) -> str | None:
        """Its digest, which covers all that was written before it."""
        newest = self.newest()
        return self.changeset(newest).digest if newest else None

    def changeset(self, number: int) -> Changeset:
        """One changeset.

        Raises:
            UnknownChangeset: when there is none of that number.
        """
        return self._journal.changeset(number)

    def of_request(self, request: str, *, after: int) -> Changeset | None:
        """The changeset that a request asked for, sought among those after one; None where there is none."""
        later = (self.changeset(each) for each in self._journal.numbers() if each > after)
        return next((each for each in later if each.request == request), None)

    def change(self, number: int) -> Difference:
        """The statements that one changeset removed and added.

        Raises:
            UnknownChangeset: when there is none of that number.
        """
        return self._journal.lines(number).difference()

    def open_changes(self, numbers: Iterable[int], study: str, *, most: int) -> Iterator[Difference | None]:
        """What changesets changed of a study, without what is not for everybody; None for one of too many statements.

        Left out are closed graphs, and what a closed graph alone holds today.

        Args:
            numbers: the changesets.
            study: the study's IRI.
            most: how many statements one may have.

        Raises:
            UnknownChangeset: when there is none of such a number.
        """
        with self._newest() as newest:
            for number in numbers:
                lines = self._journal.lines(number).in_graphs_of(study)
                is_too_large = len(lines.removed) + len(lines.added) > most
                yield None if is_too_large else open_part(newest.engine, lines.difference())

    def patch(self, number: int) -> bytes:
        """One changeset as RDF Patch, as the journal keeps it.

        Raises:
            UnknownChangeset: when there is none of that number.
        """
        return self._journal.patch(number)

    def number_at(self, moment: int | datetime) -> int:
        """The number of the newest changeset at an instant; 0 before the first. A number stays what it is.

        A time without a zone is taken as UTC.
        """
        if isinstance(moment, int):
            return moment
        instant = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        low, high = 0, len(numbers := self._journal.numbers())
        while low < high:
            middle = (low + high) // 2
            if self._journal.changeset(numbers[middle]).when <= instant:
                low = middle + 1
            else:
                high = middle
        return numbers[low - 1] if low else 0

    def difference(self, before: int | datetime, after: int | datetime) -> Difference:
        """What has to be removed from and added to one state to make it another, either way round.

        What the history graphs tell of the changesets themselves is left out.

        Raises:
            UnknownChangeset: when there is none of such a number.
        """
        return self.lines_between(before, after).difference()

    def lines(self, number: int) -> Lines:
        """The statements that one changeset removed and added, as lines of N-Quads.

        Raises:
            UnknownChangeset: when there is none of that number.
        """
        return self._journal.lines(number)

    def lines_between(self, before: int | datetime, after: int | datetime) -> Lines:
        """The same as `difference`, as lines of N-Quads.

        Raises:
            UnknownChangeset: when there is none of such a number.
        """
        first, last = self.number_at(before), self.number_at(after)
        for number in (first, last):
            if number != 0:
                self.changeset(number)
        net = net_lines(self._journal, *sorted((first, last)))
        return net if first <= last else Lines(net.added, net.removed)

    def as_of(self, moment: int | datetime) -> GraphStore:
        """The store as it was after a changeset, or at an instant; read-only, to be closed like any store.

        Raises:
            UnknownChangeset: when the store holds no changeset of that number.
        """
        return self._states.open(self.number_at(moment))

    def verify(self) -> list[str]:
        """What is wrong with the journal, or with the store held against it; nothing when all is sound."""
        with self._verifying:  # it reads all there is: once at a time is enough
            problems = list(problems_of_journal(self._journal))
            if problems:
                return problems
            with self._newest() as newest:
                return list(problems_of_store(self._journal, newest.engine))

    def _newest(self) -> EmbeddedStore:
        return self._snapshots.open_newest()

    def rebuild(self, into: Path) -> None:
        """Makes a store from the journal alone.

        Args:
            into: its folder, which must not be there yet.

        Raises:
            StoreUnavailable: when it is there.
        """
        from graphstore.disk import open_disk_store  # it imports this package

        if into.exists():
            raise StoreUnavailable(f"{into} is there already. Name a new folder.")
        shutil.copytree(self._journal.folder, into / _JOURNAL, ignore=shutil.ignore_patterns(STATES))
        open_disk_store(into).close()


class History(HistoryReader):
    """The history of a store that this process holds: it can be added to.

    Args:
        store: the store, opened for writing.
    """

    def __init__(self, store: DiskStore) -> None:
        super().__init__(store.folder)
        self._store = store

    def revert(
        self,
        number: int,
        *,
        by: Attribution = UNATTRIBUTED,
        check: Callable[[Difference], object] = lambda _: None,
    ) -> Difference:
        """Takes a changeset back, by a new one that does the opposite.

        Args:
            number: the changeset.
            by: whose decision it is.
            check: is given the difference to come; what it raises stops it.

        Returns:
            What was written.

        Raises:
            UnknownChangeset: when there is none of that number.
            NothingToRevert: when it changed no statement, as a redaction.
            StatementsTouchedSince: when later changesets, taken together, touched one of its statements.
        """
        with self._store.writing():
            lines = self._journal.lines(number)
            statements = {*lines.removed, *lines.added}
            if not statements:
                raise NothingToRevert(_nothing_to_revert(self.changeset(number)))
            self._must_be_untouched(number, statements)
            opposite = Lines(lines.added, lines.removed).difference()
            check(opposite)
            message = by.message or f"Takes back changeset {number}."
            self._store.apply(opposite, by=replace(by, how=Channel.revert, message=message, reverts=number))
            return opposite

    def _must_be_untouched(self, number: int, statements: set[bytes]) -> None:
        newest = self._journal.numbers()[-1]
        since = net_lines(self._journal, number, newest)
        touched = statements.intersection((*since.removed, *since.added))
        if touched:
            later = [
                each
                for each in range(number + 1, newest + 1)
                if touched.intersection((*(found := self._journal.lines(each)).removed, *found.added))
            ]
            several = len(later) > 1
            raise StatementsTouchedSince(
                f"Changeset {number} cannot be taken back: changeset{'s' if several else ''} "
                f"{', '.join(map(str, later))} touched {len(touched)} of its statements since. "
                f"Take {'those' if several else 'that one'} back first, the newest first.",
                later,
            )

    def redact(self, iri: str, reason: str, *, by: Attribution = UNATTRIBUTED) -> Redaction:
        """Takes the words of an item out of the store, its journal, its kept states and its snapshots, for good.

        Args:
            iri: the item.
            reason: why, in words that do not repeat what is taken out.
            by: whose decision it is.

        Raises:
            NothingToRedact: when the item has no words in the store or its history.
            ReasonHoldsWords: when the reason or message repeats them.
        """
        return redact(self._store, iri, reason, by)


def open_history(location: str) -> HistoryReader:
    """The history of the store in a folder, for reading.

    Raises:
        StoreMissing: when the folder holds no store.
    """
    from graphstore.opening import open_for_reading  # it imports this package

    open_for_reading(location).close()  # a writer that was killed may have left something to do
    return HistoryReader(Path(location))


def _nothing_to_revert(changeset: Changeset) -> str:
    if changeset.redacts is not None:
        return f"Changeset {changeset.number} is a redaction: the words are gone and cannot be brought back."
    return f"Changeset {changeset.number} changed no statement."


__all__ = ["History", "HistoryReader", "UnknownChangeset", "open_history"]
