"""The note beside a store's triples of which studies were found to conform to the shapes, and at which changeset."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from graphstore.disk import DiskStore
from graphstore.port import GraphStore

NOTE: Final = "conforming.json"
_UNFINISHED: Final = "conforming.unfinished"


def read_note(store: GraphStore, base: str, shapes: str) -> Mapping[str, int]:
    """The studies that conform, by key, with the number of their statements; none where that is not known.

    A note is of one state of the store, which the digest of its newest changeset tells, and of one set of shapes. Of
    any other it says nothing.

    Args:
        store: the store; only one on disk has a note.
        base: the instance base.
        shapes: the digest of the shapes.
    """
    if not isinstance(store, DiskStore):
        return {}
    try:
        noted = json.loads((store.folder / NOTE).read_bytes())
        if noted["state"] == _state(store, base, shapes):
            return {str(study): int(size) for study, size in noted["studies"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # a note that cannot be read is none: the study is checked whole
    return {}


def write_note(store: GraphStore, base: str, shapes: str, studies: Mapping[str, int]) -> None:
    """Notes the studies that conform, in place of what was noted; of a store that is not on disk, nothing.

    Args:
        store: the store.
        base: the instance base.
        shapes: the digest of the shapes.
        studies: the number of their statements by key.
    """
    if isinstance(store, DiskStore):
        text = json.dumps({"state": _state(store, base, shapes), "studies": dict(studies)})
        unfinished = store.folder / _UNFINISHED
        with suppress(OSError):  # what is not noted is checked again
            unfinished.write_text(text, "utf-8")
            unfinished.replace(store.folder / NOTE)


def _state(store: DiskStore, base: str, shapes: str) -> list[str | int]:
    last = store.journal.last()
    return [last.number if last else 0, last.digest if last else "", base, shapes]
