"""Which version of an iteration may carry on which of the one before, judged by wording alone.

For studies that do not state it. A number is never looked at: numbers move, and a reused one must not join two
hypotheses. What this gives is inferred; nothing but a person can confirm it.

The similarity of two statements is that of their words in order: twice the length of their longest common subsequence
of words over the length of both (rapidfuzz's normalised indel similarity), case and punctuation aside. Where both
versions bear a name, one fifth of the score is the similarity of the names, letter by letter. Pairs below a threshold
are never joined. Among the rest, the assignment of one to one with the greatest sum of scores is taken (Crouse 2016, as
in `scipy.optimize.linear_sum_assignment`), so that one good pair does not cost two others theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

LEAST_SCORE: Final = 0.45
NAME_SHARE: Final = 0.2

_WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class VersionWords:
    """What a version is recognised by: its key, its statement, and its title or other name where it has one."""

    key: str
    statement: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """A version that may carry on an earlier one, both by key.

    `score` runs from 0 to 1, two places; `statement_similarity` and `name_similarity` are what it is made of, the
    latter None where one of the two bears no name.
    """

    earlier: str
    later: str
    score: Decimal
    statement_similarity: Decimal
    name_similarity: Decimal | None

    @property
    def explanation(self) -> str:
        """Why the two may be one, in a sentence."""
        words = f"The statements agree to {self.statement_similarity:.0%}, word by word"
        if self.name_similarity is None:
            return f"{words}; there are no two names to compare. Numbers were not looked at."
        return f"{words}; the names to {self.name_similarity:.0%}. Numbers were not looked at."


def align_versions(
    earlier: Sequence[VersionWords], later: Sequence[VersionWords], *, least_score: float = LEAST_SCORE
) -> tuple[Alignment, ...]:
    """Joins versions of one iteration with those of the next.

    Args:
        earlier: the versions of the earlier iteration, in any order.
        later: those of the later.
        least_score: pairs that score less are not joined.

    Returns:
        Each version at most once, in order of the later one's key; the order of the arguments makes no difference.
    """
    if not earlier or not later:
        return ()
    # scipy takes a good part of a second to load, and most studies have nothing to align.
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist
    from scipy.optimize import linear_sum_assignment

    # In order of keys, so that pairs that score alike are joined the same way whatever the order they came in.
    rows, columns = sorted(earlier, key=lambda each: each.key), sorted(later, key=lambda each: each.key)
    statements = cdist(
        [_words(each.statement) for each in rows],
        [_words(each.statement) for each in columns],
        scorer=Indel.normalized_similarity,
        dtype=np.float64,
    )
    names = cdist(
        [_plain(each.name) for each in rows],
        [_plain(each.name) for each in columns],
        scorer=Indel.normalized_similarity,
        dtype=np.float64,
    )
    named = np.outer([bool(each.name) for each in rows], [bool(each.name) for each in columns])
    scores = np.where(named, (1 - NAME_SHARE) * statements + NAME_SHARE * names, statements)
    able = np.where(scores >= least_score, scores, 0.0)
    found = [
        Alignment(
            rows[row].key,
            columns[column].key,
            _rounded(scores[row, column]),
            _rounded(statements[row, column]),
            _rounded(names[row, column]) if named[row, column] else None,
        )
        for row, column in zip(*linear_sum_assignment(able, maximize=True), strict=True)
        if able[row, column] > 0
    ]
    return tuple(sorted(found, key=lambda each: each.later))


def _words(statement: str) -> list[str]:
    return _WORD.findall(statement.lower())


def _plain(name: str | None) -> str:
    return " ".join(_words(name or ""))


def _rounded(score: float) -> Decimal:
    return Decimal(repr(float(score))).quantize(Decimal("0.01"), ROUND_HALF_UP)
