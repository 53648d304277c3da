"""Files that are whole or not there, whatever happens to the process or the machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

UNFINISHED: Final = ".unfinished"
"""What the name of a file ends with until it is whole."""


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file under a temporary name, brings it to the disk, and gives it its name in one step.

    The name itself is on disk once `sync_folder` has been called.
    """
    unfinished = path.with_name(path.name + UNFINISHED)
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def sync_folder(folder: Path) -> None:
    """Brings the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
