"""Ranges from marked texts, and short pieces of long texts."""

from __future__ import annotations

import re
from typing import Final

from lineage.search.records import Range, Snippet

START: Final = "\x02"
END: Final = "\x03"
SNIPPET_LENGTH: Final = 200

_MARKED: Final = re.compile(f"{START}([^{END}]*){END}")
_ELLIPSIS: Final = "…"
# NUL would end SQLite's own text, and the marks must stand nowhere else. One character for one keeps every offset.
_UNMARKED: Final = {0: " ", ord(START): " ", ord(END): " "}


def markable(text: str) -> str:
    """The text with spaces for the few characters that marking cannot bear; as long as before."""
    # To look for them is quick, to translate is not, and hardly a text has any.
    return text.translate(_UNMARKED) if "\0" in text or START in text or END in text else text


def ranges_of(marked: str) -> tuple[Range, ...]:
    """The ranges that are enclosed by `START` and `END`, counted in the text without these marks."""
    if START not in marked:
        return ()
    # Before each range stand two marks for every range before it.
    numbered = enumerate(_MARKED.finditer(marked))
    return tuple((found.start() - 2 * n, found.start() - 2 * n + len(found[1])) for n, found in numbered)


def snippet_of(text: str, ranges: tuple[Range, ...], *, length: int = SNIPPET_LENGTH) -> Snippet:
    """The piece of a text in which most characters match, cut between words where there are any.

    Args:
        text: the whole text.
        ranges: what matches in it, in order.
        length: characters it may have, without the ellipses.
    """
    if len(text) <= length:
        return Snippet(text, ranges)
    start, end = _window(text, _densest(ranges, length), length)
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(text) else ""
    shift = start - len(before)
    within = tuple(
        (max(left, start) - shift, min(right, end) - shift) for left, right in ranges if left < end and right > start
    )
    return Snippet(f"{before}{text[start:end]}{after}", within)


def _densest(ranges: tuple[Range, ...], length: int) -> Range:
    """From the first to the last matching character of the stretch, no longer than `length`, that has the most."""
    best, most, size, first = (0, 0), 0, 0, 0
    for left, right in ranges:
        size += right - left
        while right - ranges[first][0] > length and ranges[first][0] < left:
            size -= ranges[first][1] - ranges[first][0]
            first += 1
        if size > most:
            best, most = (ranges[first][0], right), size
    return best


def _window(text: str, shown: Range, length: int) -> Range:
    room = max(0, length - (shown[1] - shown[0]))
    start = max(0, min(shown[0] - room // 2, len(text) - length))
    end = min(len(text), start + length)
    if start > 0:
        start = _after_space(text, start, shown[0])
    if end < len(text):
        end = _before_space(text, end, shown[1])
    return start, end


def _after_space(text: str, start: int, latest: int) -> int:
    space = text.find(" ", start - 1, latest)
    return start if space < 0 else space + 1


def _before_space(text: str, end: int, earliest: int) -> int:
    space = text.rfind(" ", earliest, end + 1)
    return end if space < 0 else space
