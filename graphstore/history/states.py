"""States of the past, each a folder of the engine's files: hard links to a newer state, with what came later undone.

A folder's name is never used again, so whoever keeps one open by its name never mistakes it for another: after a
redaction a state is made anew, and what it was before has no name any more.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, Self

from pyoxigraph import Quad, Store

from graphstore.embedded import EmbeddedStore
from graphstore.errors import translated
from graphstore.history.closing import closed_since
from graphstore.history.errors import UnknownChangeset
from graphstore.history.journal import Journal
from graphstore.history.mark import applied
from graphstore.history.moving import move_to
from graphstore.past import PastState
from graphstore.port import Difference
from graphstore.snapshots import SnapshotFolder

STATES: Final = "states"
KEPT: Final = 8
_UNFINISHED: Final = "unfinished-"
_MARK_BYTES: Final = 6


@dataclass(frozen=True, slots=True)
class _Kept:
    """A kept state's folder; `since` is the changeset whose closed graphs it leaves out, None for a whole state."""

    number: int
    since: int | None
    path: Path

    @classmethod
    def of(cls, path: Path) -> Self | None:
        """The state in a folder of that name, None where it is none."""
        number, _, rest = path.name.partition("-")
        since, open_view, _ = rest.rpartition("-")
        if not number.isdecimal() or (open_view and not since.isdecimal()):
            return None
        return cls(int(number), int(since) if since else None, path)


@dataclass(frozen=True, slots=True)
class _Step:
    """How a state is made: of which engine's copy, and what is changed in it."""

    begin: Store
    change: Callable[[Store], None]


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
        self._making = Lock()
        self._held: tuple[Path, int] | None = None
        self._nothing_closed: dict[int, int] = {}

    def open(self, number: int) -> EmbeddedStore:
        """The whole state as of a changeset, read-only; of 0, the empty one.

        Raises:
            UnknownChangeset: when no changeset of that number is in the store.
            StoreUnavailable: when there is no store.
        """
        return self._snapshots.open_newest() if number == self.held() else self.read(self.folder(PastState(number)))

    def read(self, folder: Path) -> EmbeddedStore:
        """Opens a state where `folder` says that it lies.

        Raises:
            GraphStoreError: when it is gone.
        """
        with translated():
            return EmbeddedStore(Store.read_only(str(folder)), read_only=True)

    def held(self) -> int:
        """The newest changeset that can be looked back to."""
        newest = self._snapshots.newest()
        if self._held is None or self._held[0] != newest:
            with self._snapshots.open_newest() as opened:
                self._held = newest, applied(opened.engine).number
        return self._held[1]

    def folder(self, state: PastState) -> Path:
        """Where a state lies, made where it is not kept; for who opens it at once, because others may push it out.

        Raises:
            UnknownChangeset: when no changeset of that number is in the store.
            StoreUnavailable: when there is no store.
        """
        held = self.held()
        if not 0 <= state.number <= held:
            raise UnknownChangeset(
                f"There is no changeset {state.number} to look back to; the newest is {held}. "
                "List them with: hypothread history"
            )
        with self._making:
            wanted = self._found(state.number, None)
            if not state.whole and self._nothing_closed.get(state.number) != held:
                wanted = self._found(state.number, held) or self._open_view(state.number, held, wanted)
            wanted = wanted or self._make(state.number, None, self._moved(state.number))
            os.utime(wanted)
            self._keep_few(wanted)
        return wanted

    def remove_all(self) -> None:
        """Removes every kept state."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _found(self, number: int, since: int | None) -> Path | None:
        return next((each.path for each in self._kept() if (each.number, each.since) == (number, since)), None)

    def _open_view(self, number: int, held: int, whole: Path | None) -> Path:
        """The state without what is closed today; the whole one where nothing of it is."""
        with self._snapshots.open_newest() as newest:
            closed = closed_since(self._journal, newest.engine, number, held)
        whole = whole or self._make(number, None, self._moved(number))
        if not closed:
            self._nothing_closed[number] = held
            return whole
        return self._make(number, held, _Step(Store.read_only(str(whole)), lambda copy: _without(copy, closed)))

    def _moved(self, number: int) -> _Step:
        return _Step(self._nearest(number), lambda copy: move_to(copy, self._journal, number))

    def _make(self, number: int, since: int | None, step: _Step) -> Path:
        self._folder.mkdir(exist_ok=True)
        named = f"{number}-{'' if since is None else f'{since}-'}{os.urandom(_MARK_BYTES).hex()}"
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=self._folder, ignore_cleanup_errors=True) as partial:
            copy = Path(partial) / "copy"
            with translated():
                step.begin.backup(str(copy))
                step.change(Store(str(copy)))
            copy.rename(self._folder / named)
        return self._folder / named

    def _nearest(self, number: int) -> Store:
        kept = [each for each in self._kept() if each.since is None]
        nearest = min(kept, key=lambda each: abs(each.number - number), default=None)
        if nearest is None or abs(nearest.number - number) >= abs(self.held() - number):
            return self._snapshots.open_newest().engine
        return Store.read_only(str(nearest.path))

    def _kept(self) -> list[_Kept]:
        if not self._folder.is_dir():
            return []
        return [kept for each in self._folder.iterdir() if (kept := _Kept.of(each)) is not None]

    def _keep_few(self, wanted: Path) -> None:
        paths = [each.path for each in self._kept()]
        oldest_first = sorted((each for each in paths if each != wanted), key=_last_used)
        for each in oldest_first[: max(0, len(paths) - KEPT)]:
            # Its name goes first, so that nobody opens half of it.
            removed = each.with_name(f"{_UNFINISHED}{each.name}")
            with suppress(OSError):
                each.rename(removed)
            shutil.rmtree(removed, ignore_errors=True)


def _without(copy: Store, closed: Set[Quad]) -> None:
    EmbeddedStore(copy).apply(Difference(removed=closed))
    copy.flush()


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another process took it away
        return 0.0
