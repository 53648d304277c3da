"""What a report holds that its study lacks: attributed quotations, percentages and counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz, process

from ingest.against.passages import Difference, differences
from ingest.against.plain import PlainText, plain_words
from ingest.against.quotations import Quotation
from ingest.study import StudyRecords
from ontology.columns import Row
from ontology.records import Quote

Kind = Literal["quotation", "attribution", "percentage", "count"]

_PERCENTAGE: Final = re.compile(r"(?<!\w)(?<!\d[.,/])\d+(?:[.,]\d+)?\s?%")
_COUNT: Final = re.compile(r"(?<![\w/.,])\d+/\d+(?![\w/])")
_LIKE_ENOUGH: Final = 60.0


@dataclass(frozen=True, slots=True)
class Lack:
    """Something the report prints and the study has not.

    Attributes:
        kind: ``quotation``: no quote has these words; ``attribution``: a quote has them, from another kind of
            organisation; ``percentage``, ``count``: printed in more places than figures and resonance rows name.
        text: what the report prints.
        lines: where, from 1.
        says: what is wrong and what to do, in a sentence.
        quote: the key of the quote that comes nearest, where there is one.
        differences: what differs from that quote.
    """

    kind: Kind
    text: str
    lines: tuple[int, ...]
    says: str
    quote: str | None = None
    differences: tuple[Difference, ...] = ()


def attribution_names(records: StudyRecords) -> dict[str, frozenset[str]]:
    """For each kind of organisation the names a report may print for it, in small letters."""
    return {
        each.key: frozenset({each.label.casefold(), each.key.replace("-", " ")}) for each in records.organisation_types
    }


def lacking_quotations(records: StudyRecords, printed: Iterable[Quotation], source: str | None) -> Iterator[Lack]:
    """The quotations that no quote of the study covers; each quote covers one, so equal words count twice."""
    names = attribution_names(records)
    left = [each for each in records.quotes if source is None or each.source == source]
    uncovered: list[Quotation] = []
    for quotation in printed:
        equal = [each for each in left if plain_words(each.text) == quotation.text]
        if not equal:
            uncovered.append(quotation)
            continue
        attributed = quotation.attribution.casefold()
        quote = next((each for each in equal if attributed in _names_of(each, names)), equal[0])
        left.remove(quote)
        if attributed not in _names_of(quote, names):
            says = (
                f"The report attributes it to [{quotation.attribution}], "
                f"the quote {quote.key} to {quote.organisation_type or 'nobody'}: correct its organisation_type."
            )
            yield Lack("attribution", quotation.text, (quotation.line,), says, quote.key)
    for quotation in uncovered:
        yield _lacking(quotation, left)


def lacking_numbers(
    records: StudyRecords, report: PlainText, covered: Sequence[tuple[int, int]], source: str | None
) -> Iterator[Lack]:
    """The percentages and counts ("27/33") that stand in more places than the study's rows name.

    A row covers as many places as it has locators, and at least one. Numbers within `covered` stretches of the plain
    text (quotes and statements that were found) belong to the words there.
    """

    def taken(row: Row) -> bool:
        return source is None or row.source == source

    named: Counter[str] = Counter()
    for figure in filter(taken, records.figures):
        named[figure.value.replace(" ", "")] += max(1, len(figure.locator))
    for observation in filter(taken, records.resonance):
        for value in (f"{observation.count}/{observation.denominator}", observation.published_percentage):
            if value:
                named[value.replace(" ", "")] += max(1, len(observation.locator))
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (("percentage", _PERCENTAGE), ("count", _COUNT))
    for kind, pattern in kinds:
        places: dict[str, list[int]] = {}
        for match in pattern.finditer(report.text):
            if not any(start <= match.start() < end for start, end in covered):
                places.setdefault(re.sub(r"\s", "", match[0]), []).append(match.start())
        for value, at in places.items():
            if len(at) > named[value]:
                says = (
                    f"It is printed {_times(len(at))}; the figures and resonance rows name {_places(named[value])}: "
                    "add the row, or the locator to the row that has it."
                )
                yield Lack(kind, value, tuple(report.line_at(place) for place in at), says)


def _names_of(quote: Quote, names: dict[str, frozenset[str]]) -> frozenset[str]:
    if quote.organisation_type is None:
        return frozenset()
    return names.get(quote.organisation_type, frozenset({quote.organisation_type}))


def _lacking(quotation: Quotation, left: list[Quote]) -> Lack:
    texts = [plain_words(each.text) for each in left]
    nearest = process.extractOne(quotation.text, texts, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    if nearest is None:
        says = f"No quote has these words, attributed to [{quotation.attribution}]: add a quote."
        return Lack("quotation", quotation.text, (quotation.line,), says)
    quote = left[nearest[2]]
    says = f"No quote has exactly these words; {quote.key} comes nearest: correct it, or add a quote."
    return Lack(
        "quotation", quotation.text, (quotation.line,), says, quote.key, differences(nearest[0], quotation.text)
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _places(count: int) -> str:
    return "no place" if count == 0 else "1 place" if count == 1 else f"{count} places"
