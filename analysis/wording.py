"""What a rewording kept, removed and added, word by word.

The comparison is Ratcliff and Obershelp's (Python's `difflib`) over tokens: words (with inner apostrophes and hyphens)
and single marks of punctuation. White space is no token, so a line break never counts as a change. Words are compared
to the letter; a mark that differs never counts as a word that differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    earlier, later = list(_TOKEN.finditer(before)), list(_TOKEN.finditer(after))
    matcher = SequenceMatcher(
        None, [each.group() for each in earlier], [each.group() for each in later], autojunk=False
    )
    segments: list[Segment] = []
    for tag, start, end, later_start, later_end in matcher.get_opcodes():
        if tag == "equal":
            segments.append(_segment("kept", after, later[later_start:later_end]))
            continue
        if end > start:
            segments.append(_segment("removed", before, earlier[start:end]))
        if later_end > later_start:
            segments.append(_segment("added", after, later[later_start:later_end]))
    return WordingDifference(tuple(segments))


def words_differ(before: str, after: str) -> bool:
    """Whether comparing two wordings would find any word removed or added, told without comparing where that is plain.

    Words that are not the same in the same order cannot all be kept.
    """
    if before == after:
        return False
    return _words(before) != _words(after) or compare_wordings(before, after).words_differ


def _words(text: str) -> list[str]:
    return [each for each in _TOKEN.findall(text) if _WORD.match(each)]


def _segment(kind: SegmentKind, text: str, tokens: Sequence[re.Match[str]]) -> Segment:
    words = sum(1 for token in tokens if _WORD.match(token.group()))
    return Segment(kind, text[tokens[0].start() : tokens[-1].end()], words)
