"""What a rewording kept, removed and added, word by word.

The comparison is Ratcliff and Obershelp's (Python's `difflib`) over tokens: words (with inner apostrophes and hyphens)
and single marks of punctuation. White space is no token, so a line break never counts as a change. Words are compared
to the letter; a mark that differs never counts as a word that differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

SegmentKind = Literal["kept", "removed", "added"]

_TOKEN = re.compile(r"\w+(?:[’'‑-]\w+)*|[^\w\s]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that was kept, removed or added; `words` counts the words in it."""

    kind: SegmentKind
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class WordingDifference:
    """How a later wording differs from an earlier one.

    `segments` read in order: without the added ones they give the earlier wording, without the removed ones the later
    (white space aside).
    """

    segments: tuple[Segment, ...]

    def words(self, kind: SegmentKind) -> int:
        """How many words were kept, removed or added."""
        return sum(segment.words for segment in self.segments if segment.kind == kind)

    def phrases(self, kind: SegmentKind) -> tuple[str, ...]:
        """The runs of that kind that hold at least one word, in order of appearance."""
        return tuple(segment.text for segment in self.segments if segment.kind == kind and segment.words)

    @property
    def share_kept(self) -> float:
        """The share of the earlier wording's words that the later one kept, from 0 to 1; 1 for an empty one."""
        before = self.words("kept") + self.words("removed")
        return self.words("kept") / before if before else 1.0

    @property
    def words_differ(self) -> bool:
        """Whether any word was removed or added."""
        return any(segment.words for segment in self.segments if segment.kind != "kept")

    @property
    def punctuation_differs(self) -> bool:
        """Whether the words are the same and only marks of punctuation differ."""
        return not self.words_differ and any(segment.kind != "kept" for segment in self.segments)


def tokens(text: str) -> tuple[str, ...]:
    """The words and marks of punctuation of a text in order, as `compare_wordings` compares them."""
    return tuple(_TOKEN.findall(text))


def compare_wordings(before: str, after: str) -> WordingDifference:
    """Compares two wordings.

    Args:
        before: the earlier wording.
        after: the later wording.

    Returns:
        What was kept, removed and added, in reading order; a removal stands before the addition that replaced it.
    """
    earlier, later = _Tokens.of(before), _Tokens.of(after)
    segments: list[Segment] = []
    for tag, start, end, later_start, later_end in _opcodes(earlier, later):
        if tag == "equal":
            segments.append(later.segment("kept", later_start, later_end))
            continue
        if end > start:
            segments.append(earlier.segment("removed", start, end))
        if later_end > later_start:
            segments.append(later.segment("added", later_start, later_end))
    return WordingDifference(tuple(segments))


@dataclass(frozen=True, slots=True)
class Place:
    """A place where two wordings differ: the tokens from `start` to `end` of each, and what they say there."""

    removed: str
    added: str
    before: tuple[int, int]
    after: tuple[int, int]


def places_that_differ(before: str, after: str) -> tuple[Place, ...]:
    """Every place where two wordings differ, as `compare_wordings` finds them, in order of reading."""
    earlier, later = _Tokens.of(before), _Tokens.of(after)
    return tuple(
        Place(
            earlier.text_of(start, end), later.text_of(later_start, later_end), (start, end), (later_start, later_end)
        )
        for tag, start, end, later_start, later_end in _opcodes(earlier, later)
        if tag != "equal"
    )


def words_differ(before: str, after: str) -> bool:
    """Whether comparing two wordings would find any word removed or added, told without comparing where that is plain.

    Words that are not the same in the same order cannot all be kept.
    """
    if before == after:
        return False
    return _words(before) != _words(after) or compare_wordings(before, after).words_differ


def _words(text: str) -> list[str]:
    return [each for each in _TOKEN.findall(text) if _WORD.match(each)]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of a text, with where each begins and ends in it."""

    text: str
    tokens: list[str]
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> _Tokens:
        found = list(_TOKEN.finditer(text))
        return cls(text, [each[0] for each in found], [each.span() for each in found])

    def text_of(self, start: int, end: int) -> str:
        return self.text[self.spans[start][0] : self.spans[end - 1][1]] if end > start else ""

    def segment(self, kind: SegmentKind, start: int, end: int) -> Segment:
        words = sum(map(bool, map(_WORD.match, self.tokens[start:end])))
        return Segment(kind, self.text_of(start, end), words)


def _opcodes(earlier: _Tokens, later: _Tokens) -> Iterable[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, earlier.tokens, later.tokens, autojunk=False).get_opcodes()
