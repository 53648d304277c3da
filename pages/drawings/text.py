"""How wide text is and where it breaks, so that words stay inside their boxes without a browser to ask.

The widths are the advance widths of Helvetica in thousandths of the font size (Adobe's Core 14 font metrics); Arial,
the pages' face, and its free replacements have the same.
"""

from __future__ import annotations

from functools import lru_cache

ELLIPSIS = "…"

# From the space (U+0020) to the tilde (U+007E), in the order of the code points.
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_PUNCTUATION = {"‘": 278, "’": 278, "“": 500, "”": 500, "–": 556, "—": 1000, "…": 1000, "·": 333, "£": 556}
_WIDEST = 1015


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of `text` on one line, in the unit of `size` (the font size).

    A character that is in no table counts as the widest one, so an estimate errs on the safe side.
    """
    table = _BOLD if bold else _REGULAR
    thousandths = 0
    for character in text:
        place = ord(character) - 0x20
        thousandths += table[place] if 0 <= place < len(table) else _PUNCTUATION.get(character, _WIDEST)
    return thousandths * size / 1000


def _fit(word: str, room: float, size: float, *, bold: bool) -> int:
    """How many characters of `word` fit into `room`; at least one."""
    fitting = 1
    while fitting < len(word) and width(word[: fitting + 1], size, bold=bold) <= room:
        fitting += 1
    return fitting


@lru_cache(maxsize=2048)
def wrap(text: str, room: float, size: float, *, bold: bool = False, lines: int | None = None) -> tuple[str, ...]:
    """Break `text` into lines no wider than `room`, at spaces, and inside a word only where it is too long alone.

    With `lines`, at most so many are kept and the last one ends with an ellipsis. Lines have no space at either end;
    text without a word gives no line.
    """
    broken: list[str] = []
    line = ""
    for word in text.split():
        candidate = f"{line} {word}" if line else word
        if width(candidate, size, bold=bold) <= room:
            line = candidate
            continue
        if line:
            broken.append(line)
        rest = word
        while width(rest, size, bold=bold) > room and len(rest) > 1:
            cut = _fit(rest, room, size, bold=bold)
            broken.append(rest[:cut])
            rest = rest[cut:]
        line = rest
    if line:
        broken.append(line)
    if lines is None or len(broken) <= lines:
        return tuple(broken)
    return (*broken[: lines - 1], _with_ellipsis(broken[lines - 1], room, size, bold=bold))


def _with_ellipsis(line: str, room: float, size: float, *, bold: bool) -> str:
    """`line` shortened until it fits into `room` together with an ellipsis."""
    kept = line
    while kept and width(kept + ELLIPSIS, size, bold=bold) > room:
        shorter = kept.rpartition(" ")[0] or kept[:-1]
        kept = shorter
    return kept.rstrip(" ,;:.–—-") + ELLIPSIS


def shorten(text: str, characters: int) -> str:
    """`text` cut at a space to at most `characters`, with an ellipsis where something was left out."""
    if len(text) <= characters:
        return text
    kept = text[: characters - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:.–—-") + ELLIPSIS
