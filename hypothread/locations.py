"""What ``--store`` may name, where a command needs to know which kind it is."""

from __future__ import annotations

from pathlib import Path

from hypothread.errors import CallError


def is_server(location: str) -> bool:
    """Whether it is the address of a server."""
    return location.startswith(("http://", "https://"))


def folder_of(location: str) -> Path:
    """The store's folder.

    Raises:
        CallError: when it is the address of a server.
    """
    if is_server(location):
        raise CallError(f"{location} is a server. Name the store's own folder with --store.")
    return Path(location)
