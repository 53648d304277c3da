"""Taking words out of the journal's files, in steps that can be repeated after a kill."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from graphstore.history.chain import NO_SALT, SALT_BYTES, split_at_strings, string_digest
from graphstore.history.durable import sync_folder, write_whole
from graphstore.history.journal import PATCH, SALTS, Journal
from graphstore.history.patch import split_digest, with_digest

MARK_DIGITS: Final = 12
_STRIKING: Final = "striking"
_TOMBSTONE: Final = re.compile(rf"\[words removed: [0-9a-f]{{{MARK_DIGITS}}}\]")


def tombstone(mark: str) -> str:
    """What stands in the place of words that were taken out; the same words have the same mark, others another."""
    return f"[words removed: {mark}]"


def is_tombstone(words: str) -> bool:
    """Whether a text is such a one."""
    return _TOMBSTONE.fullmatch(words) is not None


def begin_striking(journal: Journal) -> None:
    """Notes that words are to be taken out, until `end_striking`; whoever opens the store meanwhile finishes it."""
    journal.folder.mkdir(exist_ok=True)
    write_whole(_note(journal), b"")
    sync_folder(journal.folder)


def is_striking(journal: Journal) -> bool:
    """Whether a redaction was begun and not ended."""
    return _note(journal).exists()


def end_striking(journal: Journal) -> None:
    """Notes that nothing holds the words any more."""
    _note(journal).unlink()
    sync_folder(journal.folder)


def _note(journal: Journal) -> Path:
    return journal.folder / _STRIKING


def marks_by_changeset(journal: Journal) -> dict[int, dict[int, str]]:
    """For each changeset, the strings that redactions took out of it, by place, with their marks."""
    found: dict[int, dict[int, str]] = {}
    for changeset in journal.changesets():
        for each in changeset.struck:
            found.setdefault(each.changeset, {})[each.index] = each.mark
    return found


def finish_striking(journal: Journal) -> None:
    """Takes out of the journal's files whatever its redactions name; doing it again changes nothing."""
    for number, marks in marks_by_changeset(journal).items():
        _strike(journal, number, marks)
    sync_folder(journal.folder)


def _strike(journal: Journal, number: int, marks: Mapping[int, str]) -> None:
    digest, text = split_digest(journal.patch(number))
    pieces, salts, kept = split_at_strings(text), bytearray(journal.salts(number)), journal.struck(number)
    fresh = {
        index: string_digest(pieces[2 * index + 1], bytes(salts[SALT_BYTES * index : SALT_BYTES * (index + 1)]))
        for index in marks
        if index not in kept
    }
    # The digests first: once the words are gone, nothing else knows them.
    if fresh:
        journal.write_struck(number, kept | fresh)
    for index, mark in marks.items():
        pieces[2 * index + 1] = f'"{tombstone(mark)}"'.encode()
        salts[SALT_BYTES * index : SALT_BYTES * (index + 1)] = NO_SALT
    write_whole(journal.path(number, PATCH), with_digest(b"".join(pieces), digest))
    write_whole(journal.path(number, SALTS), bytes(salts))
