"""A report's words without its mark-up, each character knowing the line it stands on.

Reports come as text with Markdown or a little HTML in it. What is laid out differently from page to page (line breaks,
runs of white space, emphasis, links, headings, rules, footnote marks) is dropped; every other character stays as it is,
so that a straight quotation mark is never taken for a typographic one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_FOOTNOTE_MARK: Final = re.compile(r"<sup>[^<\n]*</sup>", re.IGNORECASE)
_INLINE_TAG: Final = re.compile(r"</?(?:a|b|em|i|mark|span|strong|sub|u)(?:\s[^<>\n]*)?>", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(
    r"</?(?:br|div|h[1-6]|li|ol|p|table|tbody|td|th|thead|tr|ul)(?:\s[^<>\n]*)?/?>", re.IGNORECASE
)
_LINK: Final = re.compile(r"(?P<open>\[)(?P<label>(?:\\.|[^\[\]\\\n])*)(?P<target>\]\([^()\n]*\))")
_ESCAPE: Final = re.compile(r"\\(?=[\[\]()#*_<>\\])")
_EMPHASIS: Final = re.compile(r"\*+")
_HEADING: Final = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)
_RULE: Final = re.compile(r"^[ \t|:*_-]*(?:---|\*\*\*|___)[ \t|:*_-]*$", re.MULTILINE)

_KEEP, _DROP, _SPACE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class PlainText:
    """Words without mark-up.

    Attributes:
        text: the words, every run of white space one space, none at the ends.
        lines: for each character of `text` the number of its line in the report, from 1.
        paragraphs: where in `text` a paragraph begins, in order.
    """

    text: str
    lines: tuple[int, ...]
    paragraphs: tuple[int, ...]

    def line_at(self, place: int) -> int:
        """The line of the report on which the character at `place` stands."""
        return self.lines[place]

    def places(self, words: str) -> Iterator[int]:
        """Every place where `words` stand, not counting those that begin or end within a longer word."""
        place = self.text.find(words) if words else -1
        while place >= 0:
            if _stands_alone(self.text, place, place + len(words)):
                yield place
            place = self.text.find(words, place + 1)


def plain_words(text: str) -> str:
    """The words of a cell as `PlainText` holds them: emphasis marks dropped, every run of white space one space."""
    return " ".join(_EMPHASIS.sub("", text).split())


def plain_text(report: str) -> PlainText:
    """Takes the mark-up out of a report.

    Args:
        report: the report's text, with line breaks of any kind.

    Returns:
        Its words with the line of each character.
    """
    fates = _fates(report)
    breaks = [match.start() for match in re.finditer(r"\n", report)]
    characters: list[str] = []
    lines: list[int] = []
    paragraphs: list[int] = []
    space_due, blank_since_word = False, True
    for place, (character, fate) in enumerate(zip(report, fates, strict=True)):
        if fate == _DROP:
            continue
        if fate == _SPACE or character.isspace():
            space_due = True
            blank_since_word = blank_since_word or _ends_blank_line(report, place)
            continue
        line = bisect_right(breaks, place) + 1
        if space_due and characters:
            characters.append(" ")
            lines.append(line)
        if blank_since_word:
            paragraphs.append(len(characters))
        characters.append(character)
        lines.append(line)
        space_due = blank_since_word = False
    return PlainText("".join(characters), tuple(lines), tuple(paragraphs))


def _stands_alone(text: str, start: int, end: int) -> bool:
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cut_before and not cut_after


def _ends_blank_line(report: str, place: int) -> bool:
    if report[place] != "\n":
        return False
    return not report[report.rfind("\n", 0, place) + 1 : place].strip()


def _fates(report: str) -> bytearray:
    fates = bytearray(len(report))
    for pattern, fate in (
        (_EMPHASIS, _DROP),
        (_ESCAPE, _DROP),
        (_FOOTNOTE_MARK, _DROP),
        (_INLINE_TAG, _DROP),
        (_HEADING, _DROP),
        (_RULE, _SPACE),
        (_BLOCK_TAG, _SPACE),
    ):
        for match in pattern.finditer(report):
            fates[match.start() : match.end()] = bytes([fate]) * (match.end() - match.start())
    for match in _LINK.finditer(report):
        for group in ("open", "target"):
            fates[match.start(group) : match.end(group)] = bytes([_DROP]) * len(match[group])
    return fates
