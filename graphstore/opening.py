"""Opening a store by its location, for writing or for reading."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from graphstore.disk import TRIPLES, open_disk_store
from graphstore.embedded import EmbeddedStore
from graphstore.errors import StoreLocked, StoreMissing, UnsupportedLocation
from graphstore.port import GraphStore
from graphstore.snapshots import SnapshotFolder

MEMORY: Final = "memory:"


def _folder_of(location: str) -> Path:
    if location.startswith(("http://", "https://")):
        raise UnsupportedLocation(f"{location} is a server; this version opens folders and {MEMORY} only.")
    return Path(location)


def open_store(
    location: str, *, address: str | None = None, telling: Callable[[str], object] = lambda _: None
) -> GraphStore:
    """Opens a store for reading and writing.

    Args:
        location: ``memory:`` for one that is gone when it is closed, else a folder, created when missing.
        address: where this process answers HTTP, for other processes to find.
        telling: is told in words what takes long, for a person who waits.

    Raises:
        StoreLocked: when another process holds it.
        StoreUnavailable: when the folder cannot be used.
        UnsupportedLocation: for a kind of location this version does not know.
    """
    if location == MEMORY:
        return EmbeddedStore(Store())
    return open_disk_store(_folder_of(location), address=address, telling=telling)


def open_for_reading(location: str) -> GraphStore:
    """Opens the last committed state of a store on disk, whether or not another process is writing to it.

    Raises:
        StoreMissing: when the folder holds no store.
        UnsupportedLocation: for a kind of location this version does not know.
    """
    folder = _folder_of(location)
    if not (folder / TRIPLES).is_dir():
        raise StoreMissing(f"{folder} holds no store. Import a study first: hypothread import PATH --store {folder}")
    snapshots = SnapshotFolder(folder / "snapshots")
    if not snapshots.is_current():
        # A writer that was killed leaves a newer state without its snapshot: opening the store takes it.
        with suppress(StoreLocked):
            open_disk_store(folder).close()
    return snapshots.open_newest()
