"""The attributed quotations of a report: words in quotation marks followed by a kind of organisation in brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ingest.against.plain import PlainText

_CLOSING_OF: Final = {"“": "”", "‘": "’", "«": "»", '"': '"', "'": "'"}
_OPENING: Final = frozenset(_CLOSING_OF)
_CLOSING: Final = frozenset(_CLOSING_OF.values())
_BRACKETED: Final = re.compile(r"\[([^\[\]]{1,80})\]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One attributed quotation as a report prints it.

    Attributes:
        text: the words without the quotation marks that enclose them.
        attribution: what stands in the brackets after it.
        line: the line on which it begins, from 1.
        start, end: where the words stand in the plain text.
    """

    text: str
    attribution: str
    line: int
    start: int
    end: int


def quotations(report: PlainText, attributions: Collection[str]) -> tuple[Quotation, ...]:
    """Finds the attributed quotations.

    A bracket counts as an attribution when it holds one of the given names or comes right after a closing quotation
    mark: so a quotation whose closing mark was forgotten is found, and so is one attributed to a kind of organisation
    that the study does not know.

    Args:
        report: the report.
        attributions: the names of the kinds of organisation that the study knows; capitals do not matter.

    Returns:
        The quotations in the order in which they are printed.
    """
    known = {each.casefold() for each in attributions}
    found: list[Quotation] = []
    after = 0
    for bracket in _BRACKETED.finditer(report.text):
        before = report.text[after : bracket.start()].rstrip()
        if not before or (bracket[1].casefold() not in known and before[-1] not in _CLOSING):
            continue
        start = _opening(report, after, after + len(before))
        if start is not None:
            found.append(_quotation(report, start, after + len(before), bracket[1]))
        after = bracket.end()
    return tuple(found)


def _quotation(report: PlainText, opening: int, end: int, attribution: str) -> Quotation:
    closed = end - 1 > opening and report.text[end - 1] == _CLOSING_OF[report.text[opening]]
    start, end = opening + 1, end - 1 if closed else end
    return Quotation(report.text[start:end], attribution, report.line_at(opening), start, end)


def _opening(report: PlainText, start: int, end: int) -> int | None:
    """The mark that opens the quotation ending at `end`: the last that begins a paragraph, else the one that pairs."""
    first = bisect_left(report.paragraphs, start)
    last = bisect_left(report.paragraphs, end)
    for place in reversed(report.paragraphs[first:last]):
        if report.text[place] in _OPENING:
            return place
    return _pairing(report.text, start, end)


def _pairing(text: str, start: int, end: int) -> int | None:
    closing = text[end - 1]
    opening = next((mark for mark, pair in _CLOSING_OF.items() if pair == closing), None)
    depth = 0
    for place in range(end - 1, start - 1, -1):
        if _is_apostrophe(text, place):
            continue
        if text[place] == opening and place < end - 1:
            depth -= 1
            if depth == 0:
                return place
        elif text[place] == closing:
            depth += 1
    return None


def _is_apostrophe(text: str, place: int) -> bool:
    return 0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalnum()
