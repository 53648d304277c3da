"""States of the past, each a folder of the engine's files: hard links to a newer state, with what came later undone."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from graphstore.embedded import EmbeddedStore
from graphstore.errors import translated
from graphstore.history.activities import activities
from graphstore.history.errors import UnknownChangeset
from graphstore.history.journal import Journal
from graphstore.history.mark import applied, mark_of, marks
from graphstore.history.replay import net_lines
from graphstore.port import Difference
from graphstore.snapshots import SnapshotFolder
from ontology.terms import PROV

STATES: Final = "states"
KEPT: Final = 4
_UNFINISHED: Final = "unfinished-"
_ASSOCIATED: Final = NamedNode(PROV.wasAssociatedWith)


class PastStates:
    """The states of the past that are kept ready, a few of them; the least used goes first.

    Args:
        journal: the store's journal, in whose folder they lie.
        snapshots: the store's snapshots, from which they are made.
    """

    def __init__(self, journal: Journal, snapshots: SnapshotFolder) -> None:
        self._journal = journal
        self._snapshots = snapshots
        self._folder = journal.folder / STATES

    def open(self, number: int) -> EmbeddedStore:
        """The state as of a changeset, read-only; of 0, the empty one.

        Raises:
            UnknownChangeset: when no changeset of that number is in the store.
            StoreUnavailable: when there is no store.
        """
        with self._snapshots.open_newest() as newest:
            held = applied(newest.engine).number
            if not 0 <= number <= held:
                raise UnknownChangeset(
                    f"There is no changeset {number} to look back to; the newest is {held}. "
                    "List them with: hypothread history"
                )
            if number == held:
                return self._snapshots.open_newest()
            wanted = self._folder / str(number)
            if not wanted.is_dir():
                self._make(wanted, number, newest.engine)
        os.utime(wanted)
        self._keep_few(wanted)
        with translated():
            return EmbeddedStore(Store.read_only(str(wanted)), read_only=True)

    def remove_all(self) -> None:
        """Removes every kept state."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _make(self, wanted: Path, number: int, newest: Store) -> None:
        self._folder.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=self._folder, ignore_cleanup_errors=True) as partial:
            copy = Path(partial) / "copy"
            with translated():
                self._nearest(number, newest).backup(str(copy))
                move_to(Store(str(copy)), self._journal, number)
            # Another process may have made the same meanwhile.
            with suppress(OSError):
                copy.rename(wanted)

    def _nearest(self, number: int, newest: Store) -> Store:
        distance = abs(applied(newest).number - number)
        kept = [each for each in self._numbers() if abs(each - number) < distance]
        if not kept:
            return newest
        return Store.read_only(str(self._folder / str(min(kept, key=lambda each: abs(each - number)))))

    def _numbers(self) -> list[int]:
        return [int(each.name) for each in self._folder.iterdir() if each.name.isdecimal()]

    def _keep_few(self, wanted: Path) -> None:
        states = [self._folder / str(each) for each in self._numbers()]
        oldest_first = sorted((each for each in states if each != wanted), key=lambda each: each.stat().st_mtime)
        for each in oldest_first[: max(0, len(states) - KEPT)]:
            # Its name goes first, so that nobody opens half of it.
            removed = each.with_name(f"{_UNFINISHED}{each.name}")
            with suppress(OSError):
                each.rename(removed)
            shutil.rmtree(removed, ignore_errors=True)


def move_to(engine: Store, journal: Journal, number: int) -> None:
    """Brings an engine that nobody else uses to the state as of a changeset, backwards or forwards."""
    held = applied(engine).number
    first, last = sorted((held, number))
    net = net_lines(journal, first, last).difference()
    told = activities(*(journal.changeset(each) for each in range(first + 1, last + 1)))
    mark = {mark_of(journal.changeset(number))} if number else set()
    store = EmbeddedStore(engine)
    if number > held:
        store.apply(Difference(removed=net.removed | marks(engine), added=net.added | told | mark))
    else:
        of_agents = {quad for quad in told if "/changeset/" not in str(quad.subject)}
        removed = {*net.added, *(told - of_agents), *marks(engine)}
        store.apply(Difference(removed=removed, added=net.removed | mark))
        store.apply(Difference(removed={quad for quad in of_agents if not _is_associated(engine, quad)}))
    engine.flush()


def _is_associated(engine: Store, of_agent: Quad) -> bool:
    found = engine.quads_for_pattern(None, _ASSOCIATED, of_agent.subject, of_agent.graph_name)
    return next(found, None) is not None
