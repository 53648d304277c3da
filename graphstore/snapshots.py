"""The snapshots of a store folder: ``snapshots/{number}``, hard links to the engine's files as of one commit."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from graphstore.embedded import EmbeddedStore
from graphstore.errors import GraphStoreError, StoreUnavailable, translated

_STALE: Final = "stale"
_PARTIAL: Final = "partial"
_REMOVED: Final = "removed"
_KEPT: Final = 3
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class TakenSnapshot:
    """A snapshot and the commit it holds, so that who reads the one knows the other.

    Attributes:
        path: its folder, which goes when a few newer ones have come.
        commit_number: the writer's `commit_number` at that commit.
        changeset: the newest changeset that it holds; 0 for none.
    """

    path: Path
    commit_number: int
    changeset: int


class SnapshotFolder:
    """Takes, opens and removes the snapshots in one folder.

    The marker ``stale`` stands there from the moment a newer state may exist until its snapshot is complete.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last = 0
        folder.mkdir(exist_ok=True)

    def _numbers(self) -> list[int]:
        return sorted(int(each.name) for each in self._folder.iterdir() if each.name.isdigit())

    def newest(self) -> Path:
        """The folder of the newest snapshot.

        Raises:
            StoreUnavailable: when there is none.
        """
        numbers = self._numbers()
        if not numbers:
            raise StoreUnavailable(
                f"{self._folder.parent} holds no store. Import a study first: hypothread import PATH."
            )
        return self._folder / str(numbers[-1])

    def is_current(self) -> bool:
        """Whether the newest snapshot holds the last commit."""
        return bool(self._numbers()) and not (self._folder / _STALE).exists()

    def mark_stale(self) -> None:
        """Notes that a commit is about to be written."""
        (self._folder / _STALE).touch()

    def take(self, engine: Store) -> None:
        """Makes a snapshot of the engine's state and removes all but the newest few."""
        numbers = self._numbers()
        partial = self._folder / _PARTIAL
        for left_over in (partial, *self._folder.glob(f"{_REMOVED}-*")):
            shutil.rmtree(left_over, ignore_errors=True)
        with translated():
            engine.backup(str(partial))
        # A number is never used again: whoever keeps a snapshot open knows it by its name.
        self._last = max((*numbers, self._last)) + 1
        partial.rename(self._folder / str(self._last))
        (self._folder / _STALE).unlink(missing_ok=True)
        for number in numbers[: 1 - _KEPT]:
            self._remove(number)

    def remove_all(self) -> None:
        """Removes every snapshot; until a new one is taken, there is none."""
        self.mark_stale()
        numbers = self._numbers()
        self._last = max((*numbers, self._last))
        for number in numbers:
            self._remove(number)
        for left_over in (self._folder / _PARTIAL, *self._folder.glob(f"{_REMOVED}-*")):
            shutil.rmtree(left_over, ignore_errors=True)

    def _remove(self, number: int) -> None:
        # Its name goes first: whoever opens it by its name finds all of it or nothing.
        removed = self._folder / f"{_REMOVED}-{number}"
        (self._folder / str(number)).rename(removed)
        shutil.rmtree(removed, ignore_errors=True)

    def open_newest(self) -> EmbeddedStore:
        """Opens the newest snapshot for reading.

        Raises:
            StoreUnavailable: when there is none.
        """
        for _ in range(_ATTEMPTS):  # a writer may remove an old one between the listing and the opening
            newest = self.newest()
            try:
                with translated():
                    return EmbeddedStore(Store.read_only(str(newest)), read_only=True)
            except GraphStoreError:
                if newest.exists():
                    raise
        raise StoreUnavailable(f"{self._folder.parent} is written to so often that no snapshot stays. Try again.")
