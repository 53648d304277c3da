"""The parameters that many look-ups share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from api.rest.paging import DEFAULT_LIMIT, MOST
from api.rest.parameters import Parameter
from api.rest.programme import STATUSES

STUDY: Final = Parameter("study", "The study's key.", "innovation-ecosystem")
FIELDS: Final = Parameter(
    "fields", "The fields to give, separated by commas; all of them without it.", "iri,key", many=True
)
ITERATION: Final = Parameter(
    "iteration",
    "What the programme held in this iteration, by its number. Repeated in a list: in any of them.",
    1,
    {"type": "integer", "minimum": 1},
    many=True,
)
ONE_ITERATION: Final = Parameter(
    "iteration",
    "What the programme held in this iteration, by its number.",
    1,
    {"type": "integer", "minimum": 1},
)
ON: Final = Parameter(
    "on",
    "What the programme held on this day: the newest iteration issued or used on or before it.",
    "2023-12-11",
    {"type": "string", "format": "date"},
)
INCLUDE: Final = Parameter(
    "include",
    "Whose word links may be, separated by commas: what the source states (asserted), what the study's editors read "
    "(editorial), what a program proposes (suggested). Without it, what the source states.",
    "asserted,editorial",
    {"type": "string", "pattern": f"^(({'|'.join(STATUSES)})(,({'|'.join(STATUSES)}))*)?$"},
    many=True,
)
LIMIT: Final = Parameter(
    "limit",
    f"How many items a page has at most; {DEFAULT_LIMIT} without it.",
    10,
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
)
CURSOR: Final = Parameter(
    "cursor", "Where the page before ended; it comes with the address in `next`.", "WyJrZXkiLFtbZmFsc2UsInEwMiJdXV0"
)
BOM: Final = Parameter(
    "bom", "Whether CSV begins with a byte order mark, which some spreadsheets need.", "true",
    {"type": "string", "enum": ["true", "false"]},
)  # fmt: skip
WORDS: Final = Parameter("q", "Words that stand in the text just so, whatever their capitals.", "patient")

OF_ONE: Final = (FIELDS, ONE_ITERATION, ON, INCLUDE)
OF_LISTS: Final = (FIELDS, ITERATION, ON, INCLUDE, LIMIT, CURSOR, BOM)


def filter_by(name: str, says: str, example: str, **schema: Any) -> Parameter:
    """A filter that may be repeated; an item that fits any of the values is listed."""
    return Parameter(name, f"{says} Repeated: any of them.", example, {"type": "string", **schema}, many=True)


def sort_by(names: Sequence[str]) -> Parameter:
    """The orders that a list comes in; the first is that without it."""
    words = [word for name in names for word in (name, f"-{name}")]
    return Parameter(
        "sort",
        f"The order; a minus turns it round. {names[0]} without it.",
        names[0],
        {"type": "string", "enum": words},
    )
