"""The phrases that a rewording removes and adds, each as an item of its own.

An amendment is one place where two wordings differ: the words removed there, the words added there, or both. Positions
count tokens as `analysis.wording.tokens` gives them, so that amendments applied to the earlier wording give the later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from analysis.wording import places_that_differ, tokens

AmendmentKind = Literal["added", "removed", "replaced"]

_WORD = re.compile(r"\w")
_MARKS_AT_THE_ENDS = re.compile(r"^[^\w(“‘]+|[^\w)”’]+$")


@dataclass(frozen=True, slots=True)
class TokenRange:
    """Tokens of a wording from `start` to `end`, counted from 0, the end not included; empty where both are equal."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


@dataclass(frozen=True)
class Amendment:
    """One place where a later wording differs from an earlier one.

    `removed` and `added` are the texts of that place in the earlier and the later wording, empty where there is none;
    `before` and `after` say where it stands in each.
    """

    removed: str
    added: str
    before: TokenRange
    after: TokenRange

    @cached_property
    def removed_words(self) -> str:
        """What was removed without the marks at its ends; empty where that leaves no word."""
        return _words_of(self.removed)

    @cached_property
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
    return tuple(
        Amendment(each.removed, each.added, TokenRange(*each.before), TokenRange(*each.after))
        for each in places_that_differ(before, after)
    )


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


def _words_of(text: str) -> str:
    trimmed = _MARKS_AT_THE_ENDS.sub("", text) if text else ""
    return trimmed if _WORD.search(trimmed) else ""
