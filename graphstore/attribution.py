"""Who writes to a store, through which door, and what they say about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Channel(StrEnum):
    """The door through which a write came."""

    program = "program"
    study_import = "import"
    sparql_update = "sparql-update"
    graph_store = "graph-store"
    rest = "rest"
    revert = "revert"
    redaction = "redaction"


UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose write it is.

    Attributes:
        who: a person's, token's or program's name, in words.
        how: the door it came through.
        message: what it is for, in words; may be empty.
        reverts: the number of the changeset that it takes back, where it does.
        request: what tells the request apart that asked for it, so that it can be known again; may be empty.
    """

    who: str = UNKNOWN
    how: Channel = Channel.program
    message: str = ""
    reverts: int | None = None
    request: str = ""


UNATTRIBUTED: Final = Attribution()
