"""Finding a study: a folder of the user's, or one that comes with the product."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def study_folder(path: str) -> Iterator[Path]:
    """The folder that `path` names while the block runs.

    Args:
        path: a folder; or, where there is no such folder, the key of a bundled study.

    Returns:
        The folder; a path that names neither is given back as it is, for the reader to refuse.
    """
    bundled = files("studies").joinpath(path) if path.replace("-", "").isalnum() else None
    if Path(path).exists() or bundled is None or not bundled.is_dir():
        yield Path(path)
        return
    with as_file(bundled) as folder:
        yield folder
