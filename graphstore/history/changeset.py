"""A changeset: one commit as the journal remembers it, without its statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from graphstore.attribution import Channel


@dataclass(frozen=True, slots=True)
class Struck:
    """A literal of the journal whose words were taken out.

    Attributes:
        changeset: the changeset it stands in.
        index: which quoted string of that changeset's patch it is, from 0.
        mark: what tells its tombstone from those of other words.
    """

    changeset: int
    index: int
    mark: str

    def __str__(self) -> str:
        return f"{self.changeset}:{self.index}={self.mark}"

    @classmethod
    def parse(cls, text: str) -> Struck:
        """The record that `str` wrote so.

        Raises:
            ValueError: for any other text.
        """
        place, equals, mark = text.partition("=")
        changeset, colon, index = place.partition(":")
        if not (equals and colon and mark):
            raise ValueError(f"“{text}” names no struck literal.")
        return cls(int(changeset), int(index), mark)


@dataclass(frozen=True, slots=True)
class Changeset:
    """One commit.

    Attributes:
        number: its place in the order of commits, from 1.
        when: when it was written, in UTC.
        who: whose it is, in words.
        how: the door it came through.
        message: what it is for, in words; may be empty.
        removed: how many statements it removed.
        added: how many statements it added.
        histories: the history graphs that tell of it.
        previous: the digest of the changeset before; empty for the first.
        digest: its own digest, which covers all the rest and so, through `previous`, everything before.
        reverts: the changeset that it takes back.
        redacts: the item whose words it took out.
        reason: why it did.
        struck: the literals that it took out.
        request: what tells the request apart that asked for it; may be empty.
    """

    number: int
    when: datetime
    who: str
    how: Channel
    message: str = ""
    removed: int = 0
    added: int = 0
    histories: tuple[str, ...] = ()
    previous: str = ""
    digest: str = ""
    reverts: int | None = None
    redacts: str | None = None
    reason: str | None = None
    struck: tuple[Struck, ...] = ()
    request: str = ""
