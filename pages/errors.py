"""What can go wrong with pages; every message says what to do."""

from __future__ import annotations

from pathlib import Path


class PagesError(Exception):
    """The root of this package's errors."""


class UnknownPageError(PagesError):
    """No page of the site has this path."""

    def __init__(self, path: str) -> None:
        super().__init__(f"there is no page {path!r}: SitePages.paths() lists those there are")
        self.path = path


class AssetsMissingError(PagesError):
    """The styles and the script have not been built."""

    def __init__(self) -> None:
        super().__init__("the pages' styles and script are missing: build them with `python hatch_build.py`")


class NotASiteError(PagesError):
    """The folder to write to holds something that is no site of ours, and would be lost."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not empty and holds no site written before: name another folder, or empty it")
        self.folder = folder


class SiteNotWrittenError(PagesError):
    """The site could not be written; what stood there before still stands."""

    def __init__(self, folder: Path, reason: OSError) -> None:
        super().__init__(f"the site could not be written to {folder}: {reason.strerror or reason}")
        self.folder = folder
