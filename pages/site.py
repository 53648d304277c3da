"""Writing a site to a folder: the pages, and the styles and script they use."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from pages.addresses import STATIC
from pages.errors import AssetsMissingError, NotASiteError, SiteNotWrittenError

MARK = ".hypothread-site"
# Only a server has the pages that use these (`pages.contexts.reference`).
_OF_SERVERS = ("reference.css", "try-out")


def static_files() -> Traversable:
    """The folder of styles, script and images the pages use.

    Raises:
        AssetsMissingError: They have not been built.
    """
    folder = files("pages") / STATIC
    if not (folder / "site.css").is_file():
        raise AssetsMissingError
    return folder


def _check_target(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir() or (any(out.iterdir()) and not (out / MARK).is_file()):
        raise NotASiteError(out)


def _fill(folder: Path, pages: Iterable[tuple[str, str]]) -> int:
    with as_file(static_files()) as static:
        shutil.copytree(static, folder / STATIC, ignore=shutil.ignore_patterns(*_OF_SERVERS))
    written = 0
    for path, content in pages:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")
        written += path.endswith(".html")
    (folder / MARK).write_text("Written by Hypothread; replaced as a whole when the site is written again.\n", "utf-8")
    return written


def _swap(fresh: Path, out: Path, aside: Path) -> None:
    """Put `fresh` where `out` is; what was there goes `aside`, and comes back where the second step fails."""
    if out.exists():
        out.rename(aside)
    try:
        fresh.rename(out)
    except OSError:
        if aside.exists():
            aside.rename(out)
        raise


def write_site(pages: Iterable[tuple[str, str]], out: Path) -> int:
    """Write `pages` (pairs of path and content) with their styles to the folder `out`; returns how many are HTML.

    What is not HTML are the files that pages link to: the study's open data.

    Everything is written beside `out` first and then put in its place, so a reader sees the old site or the new one. A
    site written before is replaced as a whole.

    Raises:
        NotASiteError: `out` holds something else.
        AssetsMissingError: The styles and the script have not been built.
        SiteNotWrittenError: The disk refused; what stood at `out` still stands.
    """
    out = out.absolute()
    _check_target(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
            fresh = Path(beside) / "new"
            fresh.mkdir()
            written = _fill(fresh, pages)
            _swap(fresh, out, Path(beside) / "old")
    except OSError as error:
        raise SiteNotWrittenError(out, error) from error
    return written
