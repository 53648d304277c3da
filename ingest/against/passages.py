"""Where a report comes nearest to words that it does not hold to the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from rapidfuzz import fuzz

from ingest.against.plain import PlainText

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_MARGIN: Final = 60
_LIKE_ENOUGH: Final = 60.0


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ: what the study has and what the report has in their place; either may be empty."""

    in_study: str
    in_report: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The passage of a report that is most like some words of a study.

    Attributes:
        text: the passage.
        line: the line of the report on which it begins, from 1.
        likeness: how like it is, from 0 to 100 (the share of characters that need no edit).
        differences: what differs, in order.
    """

    text: str
    line: int
    likeness: float
    differences: tuple[Difference, ...]


def nearest_passage(words: str, report: PlainText) -> Passage | None:
    """Finds the passage most like `words`.

    The best window comes from rapidfuzz's partial ratio (normalised indel similarity); its ends are then set by
    comparing word by word, so that neither half a word nor the neighbouring sentence counts as a difference.

    Returns:
        The passage, or None where nothing in the report is at least 60 % alike.
    """
    if not words or not report.text:
        return None
    window = fuzz.partial_ratio_alignment(words, report.text, score_cutoff=_LIKE_ENOUGH)
    if window is None or window.dest_end <= window.dest_start:
        return None
    start = max(0, window.dest_start - _MARGIN)
    end = min(len(report.text), window.dest_end + _MARGIN)
    return _passage(words, report, start, end)


def differences(in_study: str, in_report: str) -> tuple[Difference, ...]:
    """What differs between two wordings, word by word, a punctuation mark being a word of its own."""
    study_tokens, report_tokens = list(_TOKEN.finditer(in_study)), list(_TOKEN.finditer(in_report))
    found: list[Difference] = []
    for tag, a, b, c, d in _matcher(study_tokens, report_tokens).get_opcodes():
        if tag != "equal":
            found.append(Difference(_slice(in_study, study_tokens[a:b]), _slice(in_report, report_tokens[c:d])))
    return tuple(found)


def _passage(words: str, report: PlainText, start: int, end: int) -> Passage | None:
    wanted = list(_TOKEN.finditer(words))
    around = list(_TOKEN.finditer(report.text, start, end))
    changes = _matcher(wanted, around).get_opcodes()
    # Words of the neighbourhood before the first and after the last word in common belong to other sentences, except
    # as many as the study has there itself.
    first, last = 0, len(around)
    if changes and changes[0][0] in ("insert", "replace"):
        _, a, b, c, d = changes[0]
        first = max(c, d - (b - a))
    if changes and changes[-1][0] in ("insert", "replace"):
        _, a, b, c, d = changes[-1]
        last = min(d, c + (b - a))
    kept = around[first:last]
    if not kept:
        return None
    text = report.text[kept[0].start() : kept[-1].end()]
    return Passage(text, report.line_at(kept[0].start()), fuzz.ratio(words, text), differences(words, text))


def _matcher(one: list[re.Match[str]], other: list[re.Match[str]]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [each[0] for each in one], [each[0] for each in other], autojunk=False)


def _slice(text: str, tokens: list[re.Match[str]]) -> str:
    return text[tokens[0].start() : tokens[-1].end()] if tokens else ""
