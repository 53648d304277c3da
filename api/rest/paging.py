"""Pages of a list that stay right while the data changes.

A cursor holds where the last item stood in the order: its sort values and its IRI. The next page begins after that
place, so what was there throughout is neither skipped nor repeated, whatever came or went before it.
"""

from __future__ import annotations

import base64
import binascii
import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from api.errors import UnusableValue

DEFAULT_LIMIT: Final = 50
MOST: Final = 500

SortValue = str | int | float | None
Place = tuple[tuple[bool, Any], ...]
"""Where an item stands: each sort value with whether it is missing (which comes last), and the IRI."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Items in one order.

    Attributes:
        sort: the order's name, as in ``sort=number``.
        places: where each stands, ascending.
        iris: their IRIs, in that order.
        at: by IRI, which of them it is, from 0.
    """

    sort: str
    places: tuple[Place, ...]
    iris: tuple[str, ...]
    at: Mapping[str, int]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.places)

    @classmethod
    def of(cls, sort: str, entries: Sequence[tuple[str, tuple[SortValue, ...]]]) -> Ordered:
        """Sorts IRIs by their values, then by themselves."""
        places = sorted(place_of(values, iri) for iri, values in entries)
        iris = tuple(place[-1][1] for place in places)
        return cls(sort, tuple(places), iris, {iri: at for at, iri in enumerate(iris)})


@dataclass(frozen=True, slots=True)
class Cut:
    """One page: its IRIs, how many there are in all, and the cursor of the next page."""

    iris: tuple[str, ...]
    total: int
    next: str | None


def place_of(values: Sequence[SortValue], iri: str) -> Place:
    """Where an item of these sort values stands."""
    return (*((value is None, value if value is not None else 0) for value in values), (False, iri))


def cut(ordered: Ordered, wanted: Set[str] | None, *, limit: int, cursor: str | None, descending: bool) -> Cut:
    """Cuts a page.

    Args:
        ordered: every item of the list, ascending.
        wanted: the IRIs that the filters leave; None for all.
        limit: how many items a page has.
        cursor: where the page before ended; None for the first.
        descending: whether the order is turned round.

    Raises:
        UnusableValue: when the cursor is none of this list and order.
    """
    places, name = ordered.places, f"-{ordered.sort}" if descending else ordered.sort
    if descending:
        start, end = 0, len(places) if cursor is None else _found(bisect_left, places, cursor, name)
    else:
        start, end = 0 if cursor is None else _found(bisect_right, places, cursor, name), len(places)
    # What is left of a long list is often little: its places are put in order, not gone through.
    every = range(len(places)) if wanted is None else sorted(ordered.at[iri] for iri in wanted if iri in ordered.at)
    total = len(every)
    fitting = every[bisect_left(every, start) : bisect_left(every, end)]
    found = fitting[::-1][: limit + 1] if descending else fitting[: limit + 1]
    more = len(found) > limit
    page = found[:limit]
    return Cut(tuple(ordered.iris[at] for at in page), total, _encoded(name, places[page[-1]]) if more else None)


def _found(bisect: Any, places: Sequence[Place], cursor: str, name: str) -> int:
    place = _decoded(cursor, name)
    try:
        return int(bisect(places, place))
    except TypeError:
        raise _not_of_this_list() from None


def _encoded(name: str, place: Place) -> str:
    text = json.dumps([name, place], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(cursor: str, name: str) -> Place:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        stood, place = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        found = tuple((missing, value) for missing, value in place)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise _not_of_this_list() from None
    if stood != name or not found or not isinstance(found[-1][1], str):
        raise _not_of_this_list()
    return found


def _not_of_this_list() -> UnusableValue:
    return UnusableValue("The cursor is none of this list in this order. Take the address in next, or begin anew.")
