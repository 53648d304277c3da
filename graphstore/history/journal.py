"""The journal of a store: a folder with one file a changeset, and the salts of its strings beside it.

``000000017.patch`` is a changeset, ``000000017.salts`` has 16 bytes for each quoted string in it, and
``000000017.struck``, where words were taken out, the digests that they had. A changeset is there once its patch is: the
salts are written before it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from graphstore.history.chain import DIGEST_BYTES, new_salts, split_at_strings, text_digest
from graphstore.history.changeset import Changeset
from graphstore.history.durable import UNFINISHED, sync_folder, write_whole
from graphstore.history.errors import JournalDamaged, UnknownChangeset
from graphstore.history.patch import BEGIN, Lines, read_changeset, read_lines, with_digest, write_text

PATCH: Final = ".patch"
SALTS: Final = ".salts"
STRUCK: Final = ".struck"
_DIGITS: Final = 9
_PART: Final = 1 << 13
_ENTRY: Final = struct.Struct(f">I{DIGEST_BYTES}s")


@dataclass(frozen=True, slots=True)
class Entry:
    """A changeset that is ready to be written: what it says, its file, and its salts."""

    changeset: Changeset
    patch: bytes
    salts: bytes


class Journal:
    """The changesets of one store. One process writes at a time; any may read.

    Attributes:
        BEGINNING: the time of a changeset that is not yet composed.
    """

    BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last: Changeset | None = None

    def path(self, number: int, ending: str = PATCH) -> Path:
        """Where a file of a changeset is."""
        return self.folder / f"{number:0{_DIGITS}}{ending}"

    def numbers(self) -> list[int]:
        """The numbers of all changesets, in order."""
        if not self.folder.is_dir():
            return []
        return sorted(int(each.stem) for each in self.folder.glob(f"*{PATCH}") if each.stem.isdecimal())

    def last(self) -> Changeset | None:
        """The newest changeset."""
        if self._last is None:
            numbers = self.numbers()
            self._last = self.changeset(numbers[-1]) if numbers else None
        return self._last

    def compose(self, told: Changeset, removed: list[bytes], added: list[bytes] | bytes) -> Entry:
        """Makes the next changeset ready, without writing anything.

        Args:
            told: what is known of it; its number, time, place in the chain and counts are filled in.
            removed: the statements removed, as `Lines` has them.
            added: those added, or the text they make.
        """
        last = self.last()
        now = datetime.now(UTC)
        known = replace(
            told,
            number=last.number + 1 if last else 1,
            # The clock may be set back; the order of commits is not.
            when=max(now, last.when) if last else now,
            previous=last.digest if last else "",
            removed=len(removed),
            added=added.count(b"\n") if isinstance(added, bytes) else len(added),
        )
        text = write_text(known, removed, added)
        pieces = split_at_strings(text)
        salts = new_salts(len(pieces) // 2)
        digest = text_digest(pieces, salts)
        return Entry(replace(known, digest=digest), with_digest(text, digest), salts)

    def write(self, entry: Entry) -> None:
        """Brings a changeset to the disk; when this returns, it is there for good."""
        self.folder.mkdir(exist_ok=True)
        number = entry.changeset.number
        write_whole(self.path(number, SALTS), entry.salts)
        write_whole(self.path(number), entry.patch)
        sync_folder(self.folder)
        self._last = entry.changeset

    def withdraw(self, number: int) -> None:
        """Takes back the newest changeset, which the store could not apply."""
        self._last = None
        self.path(number).unlink(missing_ok=True)
        self.path(number, SALTS).unlink(missing_ok=True)
        sync_folder(self.folder)

    def tidy(self) -> None:
        """Removes what a killed writer left unfinished."""
        known = set(self.numbers())
        for each in self.folder.glob(f"*{UNFINISHED}"):
            each.unlink()
        for each in self.folder.glob(f"*{SALTS}"):
            if each.stem.isdecimal() and int(each.stem) not in known:
                each.unlink()

    def changesets(self) -> Iterator[Changeset]:
        """All changesets, the oldest first."""
        return map(self.changeset, self.numbers())

    def changeset(self, number: int) -> Changeset:
        """One changeset.

        Raises:
            UnknownChangeset: when there is none of that number.
            JournalDamaged: when its file cannot be read as one.
        """
        read = b""
        with self._told(number), self.path(number).open("rb") as file:
            while BEGIN not in read and (part := file.read(_PART)):
                read += part
            return read_changeset(read)

    def lines(self, number: int) -> Lines:
        """The statements that a changeset removed and added.

        Raises:
            UnknownChangeset: when there is none of that number.
            JournalDamaged: when its file cannot be read as one.
        """
        with self._told(number):
            return read_lines(self.patch(number))

    def patch(self, number: int) -> bytes:
        """The file of a changeset."""
        with self._told(number):
            return self.path(number).read_bytes()

    def salts(self, number: int) -> bytes:
        """The salts of a changeset's strings."""
        return self.path(number, SALTS).read_bytes()

    def struck(self, number: int) -> dict[int, bytes]:
        """The digests of strings whose words were taken out, by place.

        Raises:
            JournalDamaged: when its file cannot be read as one.
        """
        path = self.path(number, STRUCK)
        if not path.exists():
            return {}
        data = path.read_bytes()
        if len(data) % _ENTRY.size:
            raise JournalDamaged(f"{path} is not whole.")
        return dict(_ENTRY.iter_unpack(data))

    def write_struck(self, number: int, digests: Mapping[int, bytes]) -> None:
        """Notes the digests of strings whose words are about to be taken out."""
        data = b"".join(_ENTRY.pack(index, digests[index]) for index in sorted(digests))
        write_whole(self.path(number, STRUCK), data)

    @contextmanager
    def _told(self, number: int) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise UnknownChangeset(f"There is no changeset {number}. List them with: hypothread history") from error
        except JournalDamaged as error:
            raise JournalDamaged(f"{self.path(number)} is damaged: {error}.") from error
