"""What one row of a study says, held against the report: is it there, word for word, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from ingest.against.passages import Passage, nearest_passage
from ingest.against.plain import PlainText, plain_words
from ingest.study import StudyRecords
from ontology.columns import Row
from ontology.records import Figure, ResonanceObservation

Status = Literal["found", "elsewhere", "missing"]

_NEAR: Final = 160
_STEM: Final = 4


@dataclass(frozen=True, slots=True)
class Check:
    """One value of a study and what became of it in the report.

    Attributes:
        sheet, key, column: the cell that holds it; a row without a key is named by what identifies it.
        value: the words or the number.
        status: ``found``; ``elsewhere``, a number that is not beside what it counts; or ``missing``.
        lines: the lines of the report where it begins, from 1, the likeliest first.
        places, length: the same places in the plain text, and how many characters the value takes up there.
        nearest: the passage most like it, where it is missing and anything is like it.
    """

    sheet: str
    key: str
    column: str
    value: str
    status: Status
    lines: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    length: int = 0
    nearest: Passage | None = None


def checks(records: StudyRecords, report: PlainText, source: str | None) -> Iterator[Check]:
    """Checks every statement, title, reading, quote and area title, every figure and every published resonance.

    Args:
        records: the study.
        report: the text of its source.
        source: the key of the source; rows taken from others are passed over. None checks every row.
    """

    def taken(row: Row) -> bool:
        return source is None or row.source == source

    for version in filter(taken, records.versions):
        yield from _worded("versions", version.key, report, statement=version.statement)
        yield from _worded("versions", version.key, report, title=version.title, alt_label=version.alt_label)
    for reading in filter(taken, records.readings):
        yield from _worded("readings", reading.key, report, statement=reading.statement)
    for quote in filter(taken, records.quotes):
        yield from _worded("quotes", quote.key, report, text=quote.text)
    for area in filter(taken, records.blueprint):
        yield from _worded("blueprint", area.key, report, label=area.label)
    for figure in filter(taken, records.figures):
        yield _figure(figure, report)
    for observation in filter(taken, records.resonance):
        yield from _resonance(observation, report)


def number_places(value: str, report: PlainText) -> tuple[int, ...]:
    """Where a number stands as a whole: 4 is neither in 4%, 46 and 4.5 nor in 4/9."""
    pattern = rf"(?<!\w)(?<!\d[.,/]){re.escape(value)}(?![\w%]|[.,/]\d|\s%)"
    return tuple(match.start() for match in re.finditer(pattern, report.text))


def _worded(sheet: str, key: str, report: PlainText, **cells: str | None) -> Iterator[Check]:
    for column, value in cells.items():
        if value is None:
            continue
        words = plain_words(value)
        places = tuple(report.places(words))
        if places:
            lines = tuple(report.line_at(place) for place in places)
            yield Check(sheet, key, column, value, "found", lines, places, len(words))
        else:
            yield Check(sheet, key, column, value, "missing", nearest=nearest_passage(words, report))


def _figure(figure: Figure, report: PlainText) -> Check:
    stems = {word[:_STEM].casefold() for word in re.findall(r"\w+", figure.label) if len(word) >= _STEM}

    def nearness(place: int) -> int:
        around = report.text[max(0, place - _NEAR) : place + len(figure.value) + _NEAR]
        return len(stems & {word[:_STEM].casefold() for word in re.findall(r"\w+", around)})

    places = number_places(figure.value, report)
    ranked = tuple(sorted(places, key=lambda place: (-nearness(place), place)))
    beside = bool(ranked) and nearness(ranked[0]) > 0
    return _number("figures", figure.key, "value", figure.value, report, ranked, beside)


def _resonance(observation: ResonanceObservation, report: PlainText) -> Iterator[Check]:
    fraction = f"{observation.count}/{observation.denominator}"
    key = "/".join(filter(None, (observation.version, observation.resonance, observation.organisation_type)))
    counted = number_places(fraction, report)
    percentage = observation.published_percentage
    if percentage is None:
        yield _number("resonance", key, "count", fraction, report, counted, True)
        return
    printed = number_places(percentage, report)
    pairs = [(a, b) for a in printed for b in counted if abs(a - b) <= _NEAR]
    pairs.sort(key=lambda pair: abs(pair[0] - pair[1]))
    together = [tuple(dict.fromkeys(pair[which] for pair in pairs)) for which in (0, 1)]
    yield _number("resonance", key, "published_percentage", percentage, report, together[0] or printed, bool(pairs))
    yield _number("resonance", key, "count", fraction, report, together[1] or counted, bool(pairs))


def _number(
    sheet: str, key: str, column: str, value: str, report: PlainText, places: tuple[int, ...], beside: bool
) -> Check:
    if not places:
        return Check(sheet, key, column, value, "missing")
    lines = tuple(report.line_at(place) for place in places)
    return Check(sheet, key, column, value, "found" if beside else "elsewhere", lines, places, len(value))
