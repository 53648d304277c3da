"""Which part of the hits is a page, and where the next one begins.

A cursor names the last hit of a page by score and IRI. So a page after a commit goes on behind that place, even when
hits before it were added or removed.
"""

from __future__ import annotations

import base64
import binascii
import heapq
import json
import math
from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from lineage.search.errors import InvalidPaging
from lineage.search.records import MOST_A_PAGE

Place: TypeAlias = tuple[float, str]


def page_of(
    found: Collection[int],
    scores: Mapping[int, float],
    iri: Callable[[int], str],
    *,
    limit: int,
    cursor: str | None,
    skip: int = 0,
) -> tuple[list[int], str | None]:
    """The numbers on one page, the best first and by IRI where scores are equal, and the cursor of the next page.

    Args:
        found: the numbers of all hits.
        scores: their scores and maybe others', more is better.
        iri: the IRI of a number.
        limit: how many a page.
        cursor: that of the page before.
        skip: how many to leave out before the page, after those that the cursor leaves out.

    Raises:
        InvalidPaging: when the limit or what is skipped is out of its range, or the cursor is none of
            this function's.
    """
    if not 1 <= limit <= MOST_A_PAGE:
        raise InvalidPaging(f"A page has 1 to {MOST_A_PAGE} hits, not {limit}.")
    if skip < 0:
        raise InvalidPaging(f"{skip} hits cannot be skipped. It is a whole number from 0.")
    places = [(-scores[number], iri(number), number) for number in found]
    if cursor is not None:
        last = _place(cursor)
        places = [each for each in places if each[:2] > last]
    page = heapq.nsmallest(skip + limit, places)[skip:]
    following = _cursor(page[-1][:2]) if len(places) > skip + limit else None
    return [number for _, _, number in page], following


def _cursor(place: Place) -> str:
    return base64.urlsafe_b64encode(json.dumps([place[0].hex(), place[1]]).encode()).decode().rstrip("=")


def _place(cursor: str) -> Place:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        score, iri = json.loads(text)
        place = float.fromhex(score), iri
    except (ValueError, TypeError, RecursionError, OverflowError, binascii.Error) as error:
        raise InvalidPaging(_NO_CURSOR) from error
    if math.isnan(place[0]) or not isinstance(iri, str):
        raise InvalidPaging(_NO_CURSOR)
    return place


_NO_CURSOR = "The cursor is none that a search has given. Leave it out to begin with the first page."
