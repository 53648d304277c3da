"""A store in a folder: the triples, their journal, the snapshots that readers open, and the note of who holds it.

The engine's own lock on ``triples/`` keeps a second writer out. Readers never open ``triples/``: beside a writer that
is undefined behaviour. They open the newest snapshot, a set of hard links that the writer takes after each commit.

A commit is in the journal, on disk, before the engine hears of it; and the engine notes in the same atomic step which
changeset it holds. So whenever a writer is killed, the next one finds out what is missing and does it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Store
from typing_extensions import override

from graphstore.attribution import UNATTRIBUTED, Attribution
from graphstore.datasets import GraphName
from graphstore.embedded import EmbeddedStore
from graphstore.errors import DataSyntaxError, StoreLocked, StoreNotEmpty, StoreUnavailable, translated
from graphstore.history.journal import Entry, Journal
from graphstore.history.kept_forms import triples_as_kept
from graphstore.history.mark import applied
from graphstore.history.recording import compose, compose_first, effective_difference, engine_step, record, step_of_much
from graphstore.history.recovery import catch_up
from graphstore.history.states import PastStates
from graphstore.layout import BOOKKEEPING, fill, merge_all
from graphstore.port import Difference, GraphStore
from graphstore.snapshots import SnapshotFolder, TakenSnapshot

TRIPLES: Final = "triples"
LOCK: Final = "lock"
TRIALS: Final = "trials"
LAYOUT: Final = "layout"
JOURNAL: Final = "journal"
SNAPSHOTS: Final = "snapshots"
_LAYOUT_NUMBER: Final = "2\n"
_OF_SERVERS: Final = ("tokens.sqlite", "requests.sqlite")
_INCOMING: Final = "triples.incoming"
_OUTGOING: Final = "triples.outgoing"


def open_disk_store(
    folder: Path, *, address: str | None = None, telling: Callable[[str], object] = lambda _: None
) -> DiskStore:
    """Opens the store in `folder` for writing, creating the folder when missing.

    Args:
        folder: the store's folder.
        address: where this process answers HTTP, noted in the lock file for other processes to find.
        telling: is told in words what takes long, for a person who waits.

    Raises:
        StoreLocked: when another process holds it; the message says which.
        StoreUnavailable: when the folder cannot be made or is something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"{folder} cannot be used as a store folder: {error.strerror}.") from error
    foreign = [each.name for each in folder.iterdir()] if not (folder / TRIPLES).exists() else []
    if set(foreign) - {LOCK, LAYOUT, SNAPSHOTS, JOURNAL, *_OF_SERVERS, TRIALS, _INCOMING, _OUTGOING}:
        raise StoreUnavailable(f"{folder} holds other files and no store. Name an empty or a new folder.")
    return DiskStore(folder, address, telling)


def _open_engine(folder: Path) -> Store:
    try:
        with translated():
            return Store(str(folder / TRIPLES))
    except StoreLocked as error:
        holder = read_holder(folder)
        raise StoreLocked(
            f"The store {folder} is in use{f' by {holder}' if holder else ''}. Wait for it to finish, or stop it.",
            holder,
        ) from error


def read_holder(folder: Path) -> str | None:
    """Who holds the store, in words, as its lock file says; None when nothing is noted."""
    try:
        noted = json.loads((folder / LOCK).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    address = noted.get("address")
    return f"process {noted.get('process')}" + (f", which answers at {address}" if address else "")


class DiskStore(EmbeddedStore):
    """The writer's side of a store folder."""

    def __init__(self, folder: Path, address: str | None, telling: Callable[[str], object] = lambda _: None) -> None:
        super().__init__(_open_engine(folder))  # no name here may keep hold of it: it may be replaced below
        self._folder = folder
        self.telling = telling
        self._snapshots = SnapshotFolder(folder / SNAPSHOTS)
        for left_over in (_INCOMING, _OUTGOING):
            shutil.rmtree(folder / left_over, ignore_errors=True)
        (folder / LOCK).write_text(json.dumps({"process": os.getpid(), "address": address}), "utf-8")
        shutil.rmtree(folder / TRIALS, ignore_errors=True)
        self._keep_layout()
        self._journal = Journal(folder / JOURNAL)
        catch_up(self)
        if not self._snapshots.is_current():
            self._snapshots.take(self.engine)
        self._newest = self._taken()
        self._past_states = PastStates(self._journal, self._snapshots)

    def _taken(self) -> TakenSnapshot:
        last = self._journal.last()
        return TakenSnapshot(self._snapshots.newest(), self.commit_number, last.number if last else 0)

    def _keep_layout(self) -> None:
        noted = self._folder / LAYOUT
        if not noted.exists():
            self._snapshots.mark_stale()
            merge_all(self.engine)
            self.engine.flush()
            noted.write_text(_LAYOUT_NUMBER, "utf-8")

    @property
    def newest_snapshot(self) -> TakenSnapshot:
        """The snapshot of the last commit that was acknowledged; asked without a lock, so never behind a writer."""
        return self._newest

    @property
    def trials(self) -> Path:
        """A folder beside the triples for private copies, so that they can be hard links."""
        folder = self._folder / TRIALS
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def folder(self) -> Path:
        """The store's folder."""
        return self._folder

    @property
    def journal(self) -> Journal:
        """The changesets of this store, for this package alone."""
        return self._journal

    @property
    def past_states(self) -> PastStates:
        """The states of the past that are kept ready."""
        return self._past_states

    @override
    def _before_write(self) -> None:
        self._snapshots.mark_stale()

    @override
    def _after_write(self) -> None:
        self.engine.flush()
        self._snapshots.take(self.engine)
        self._newest = self._taken()

    @override
    def _commit(self, difference: Difference, by: Attribution) -> None:
        with self.writing():
            effective = effective_difference(self.engine, difference)
            if len(effective):
                entry = compose(self._journal, self.engine, effective, by)
                self._journaled(entry, lambda: self._do(entry, effective))

    def _do(self, entry: Entry, effective: Difference) -> None:
        much = step_of_much(entry, effective)
        if much is None:
            self._step(engine_step(self.engine, entry.changeset, effective))
        else:
            self.engine.bulk_load(much, RdfFormat.N_QUADS)

    def _journaled(self, entry: Entry, step: Callable[[], None]) -> None:
        # Before the journal is ahead, so that a reader who comes after a kill knows that there may be more.
        self._snapshots.mark_stale()
        self._journal.write(entry)
        try:
            self._write(step)
        except BaseException:
            if self._engine is not None and applied(self._engine).number < entry.changeset.number:
                self._journal.withdraw(entry.changeset.number)
            raise

    @override
    def load_first(
        self,
        graphs: Mapping[GraphName, bytes],
        *,
        permission: Callable[[], object] = lambda: None,
        by: Attribution = UNATTRIBUTED,
    ) -> None:
        # Two loads beside each other are not one step: they fill a folder of their own, which is renamed in one.
        with self.writing():
            if not self.is_empty():
                raise StoreNotEmpty("A first load needs an empty store; write a difference instead.")
            incoming = self._folder / _INCOMING
            shutil.rmtree(incoming, ignore_errors=True)
            try:
                with translated(DataSyntaxError), ThreadPoolExecutor(1) as beside:
                    kept = triples_as_kept(graphs)
                    composing = beside.submit(compose_first, self._journal, kept, by)
                    filled = Store(str(incoming))
                    fill(filled, kept, keep_labels=True)
                    entry = composing.result()
                    # What the history tells of earlier writes, all taken back since, goes along.
                    earlier = (quad for quad in self.engine if quad.graph_name != BOOKKEEPING)
                    filled.extend([*earlier, *record(entry.changeset)])
                    filled.flush()
                    del filled
                permission()
            except BaseException:
                shutil.rmtree(incoming, ignore_errors=True)
                raise
            if entry.changeset.added:
                self._journaled(entry, lambda: self._take_place(incoming))

    def expect_change(self) -> None:
        """Lets readers know that the newest snapshot may not be the last state; for this package alone."""
        self._snapshots.mark_stale()

    def redo(self, step: Difference) -> None:
        """Does what the journal is ahead by, as an engine's step; for this package alone, before anybody reads."""
        self._snapshots.mark_stale()
        with translated():
            self._step(step)
            self.engine.flush()

    def replace_engine(self, fill_new: Callable[[Store], None]) -> None:
        """Puts a newly filled engine in the place of the present one; for this package alone."""
        incoming = self._folder / _INCOMING
        shutil.rmtree(incoming, ignore_errors=True)
        filled = Store(str(incoming))
        fill_new(filled)
        filled.flush()
        del filled
        self._snapshots.mark_stale()
        self._take_place(incoming)

    def renew_snapshots(self) -> None:
        """Removes every snapshot and takes a new one; for this package alone."""
        self._snapshots.remove_all()
        self._commit_number += 1
        self._after_write()

    def _take_place(self, incoming: Path) -> None:
        # Renamed, not removed: a process that is killed here must leave a whole store, the empty one or the full one.
        outgoing = self._folder / _OUTGOING
        self._engine = None
        (self._folder / TRIPLES).rename(outgoing)
        incoming.rename(self._folder / TRIPLES)
        self._engine = _open_engine(self._folder)
        shutil.rmtree(outgoing, ignore_errors=True)

    @override
    def snapshot(self) -> GraphStore:
        return self._snapshots.open_newest()

    @override
    def close(self) -> None:
        if self._engine is not None:
            super().close()
            (self._folder / LOCK).unlink(missing_ok=True)
