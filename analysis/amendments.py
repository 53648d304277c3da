"""The phrases that a rewording removes and adds, each as an item of its own.

An amendment is one place where two wordings differ: the words removed there, the words added there, or both. Positions
count tokens as `analysis.wording.tokens` gives them, so that amendments applied to the earlier wording give the later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.wording import Segment, compare_wordings, tokens

AmendmentKind = Literal["added", "removed", "replaced"]

_MARKS_AT_THE_ENDS = re.compile(r"^[^\w(“‘]+|[^\w)”’]+$")


@dataclass(frozen=True, slots=True)
class TokenRange:
    """Tokens of a wording from `start` to `end`, counted from 0, the end not included; empty where both are equal."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One place where a later wording differs from an earlier one.

    `removed` and `added` are the texts of that place in the earlier and the later wording, empty where there is none;
    `before` and `after` say where it stands in each.
    """

    removed: str
    added: str
    before: TokenRange
    after: TokenRange

    @property
    def removed_words(self) -> str:
        """What was removed without the marks at its ends; empty where that leaves no word."""
        return _words_of(self.removed)

    @property
    def added_words(self) -> str:
        """What was added without the marks at its ends; empty where that leaves no word."""
        return _words_of(self.added)

    @property
    def changes_words(self) -> bool:
        """Whether any word was removed or added, not marks of punctuation alone."""
        return bool(self.removed_words or self.added_words)

    @property
    def kind(self) -> AmendmentKind:
        """Whether words were added, removed, or replaced by others; marks count only where there is no word."""
        removed, added = (self.removed_words, self.added_words) if self.changes_words else (self.removed, self.added)
        if removed and added:
            return "replaced"
        return "added" if added else "removed"


def amendments_between(before: str, after: str) -> tuple[Amendment, ...]:
    """Every place where two wordings differ, in order of reading.

    Args:
        before: the earlier wording.
        after: the later wording.

    Returns:
        The amendments, those of punctuation alone included; none between equal wordings.
    """
    return tuple(_amendments(compare_wordings(before, after).segments))


def reworded_phrases(before: str, after: str) -> tuple[Amendment, ...]:
    """The amendments between two wordings that remove or add a word."""
    return tuple(each for each in amendments_between(before, after) if each.changes_words)


def amended_tokens(before: str, amendments: Sequence[Amendment]) -> tuple[str, ...]:
    """The tokens of the later wording: those of the earlier with the amendments applied.

    Args:
        before: the earlier wording.
        amendments: all amendments of one comparison, in order.
    """
    earlier, later, place = tokens(before), list[str](), 0
    for each in amendments:
        later += earlier[place : each.before.start]
        later += tokens(each.added)
        place = each.before.end
    return (*later, *earlier[place:])


def described(amendment: Amendment) -> str:
    """What an amendment did to the words, in a phrase: “relative advantage” replaced by “patient benefit”."""
    removed, added = amendment.removed_words, amendment.added_words
    if removed and added:
        return f"“{removed}” replaced by “{added}”"
    return f"“{added or removed}” {amendment.kind}"


def _amendments(segments: Sequence[Segment]) -> Iterator[Amendment]:
    before = after = 0
    removed = added = ""
    # A kept run closes the place that is open; so does the end, for which an empty one stands.
    for segment in (*segments, Segment("kept", "", 0)):
        if segment.kind == "removed":
            removed = segment.text
        elif segment.kind == "added":
            added = segment.text
        else:
            gone, come = len(tokens(removed)), len(tokens(added))
            if gone or come:
                yield Amendment(removed, added, TokenRange(before, before + gone), TokenRange(after, after + come))
            kept = len(tokens(segment.text))
            before, after = before + gone + kept, after + come + kept
            removed = added = ""


def _words_of(text: str) -> str:
    trimmed = _MARKS_AT_THE_ENDS.sub("", text)
    return trimmed if re.search(r"\w", trimmed) else ""
