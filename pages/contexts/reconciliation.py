"""Do the numbers add up? Every published number recomputed, and every place where the source says two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from lineage.reconciliation import CitedNumber, NumberCheck, Reconciliation, TwoWordings
from lineage.records import Named
from pages.addresses import RECONCILIATION, RECONCILIATION_TABLE, WORKBENCH, Address
from pages.anchors import anchor_of_iri
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.quotes import whose
from pages.contexts.versions import Versions, version_link
from pages.contexts.wordings import DifferencePart, ordered_places, parts, verdict
from pages.tables import JOINED, csv_text
from pages.words import capital, count, listed

_ORDER: Mapping[str, str] = MappingProxyType(
    {
        "differs": "differs",
        "truncated": "cut off, not rounded",
        "agrees": "agrees",
        "not-recomputable": "cannot be recomputed",
    }
)
_TILES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "agrees": ("agrees", "agree"),
        "truncated": ("is cut off, not rounded", "are cut off, not rounded"),
        "differs": ("differs", "differ"),
        "not-recomputable": ("cannot be recomputed", "cannot be recomputed"),
    }
)
_CSV = (
    "kind", "iri", "label", "published", "recomputed", "difference", "verdict", "query", "explanation", "places",
    "other_published", "other_places", "our_reading", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VerdictTile:
    """How many numbers have one verdict, and the words for it."""

    number: str
    counts: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number as printed beside the number recomputed; `by_how_much` is empty where it agrees or nothing is known.

    `anchor` is the id of its row: that of the figure, on the first row that tells of it; empty elsewhere.
    """

    anchor: str
    name: str
    published: str
    recomputed: str
    verdict: str
    differs: bool
    by_how_much: str
    explanation: str
    places: tuple[str, ...]
    other_places: tuple[str, ...]
    query: Anchor | None


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A version worded in two ways, and how the second place differs from the first."""

    version: Anchor
    verdict: str
    parts: tuple[DifferencePart, ...]
    places: tuple[str, ...]
    other_places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BearerRow:
    """A version that bears a cited number, and where it stands."""

    version: Anchor
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A conclusion that cites a number several hypotheses have borne, and which the editors take it for."""

    text: str
    cited: str
    places: tuple[str, ...]
    bearers: tuple[BearerRow, ...]
    reads_as: tuple[tuple[Anchor, str, str], ...]
    unclear: tuple[tuple[str, str], ...]
    old_number: bool


@dataclass(frozen=True, slots=True)
class ReconciliationPage:
    """Everything the page "Do the numbers add up?" shows."""

    frame: Frame
    tiles: tuple[VerdictTile, ...]
    differing: tuple[NumberRow, ...]
    wordings: tuple[WordingRow, ...]
    cited: tuple[CitedRow, ...]
    old_numbers: str
    numbers: tuple[NumberRow, ...]
    has_readings: bool
    download: str


def question_anchor(question: str) -> str:
    """The id of a question of the library on the page of the workbench."""
    return f"question-{question.replace('/', '-')}"


def _percentage(number: NumberCheck) -> bool:
    return number.published.endswith("%")


def _recomputed(number: NumberCheck) -> str:
    if number.recomputed is None:
        return ""
    return f"{Decimal(number.recomputed):.2f}%" if _percentage(number) else number.recomputed


def _by_how_much(number: NumberCheck) -> str:
    difference = number.difference
    if difference is None or number.verdict not in {"differs", "truncated"} or not difference:
        return ""
    amount = f"{abs(difference):.2f} percentage points" if _percentage(number) else f"{abs(difference).normalize():f}"
    return f"{amount} {'higher' if difference > 0 else 'lower'}"


def _rows_of_all(numbers: Sequence[NumberCheck], here: Address) -> Iterator[NumberRow]:
    told: set[str] = set()
    for each in numbers:
        is_first = each.iri not in told and "/figure/" in each.iri
        told.add(each.iri)
        yield _number_row(each, here, anchor_of_iri("figure", each.iri) if is_first else "")


def _number_row(number: NumberCheck, here: Address, anchor: str = "") -> NumberRow:
    question = number.question
    return NumberRow(
        anchor,
        number.label,
        number.published,
        _recomputed(number),
        capital(_ORDER[number.verdict]),
        number.verdict == "differs",
        _by_how_much(number),
        number.explanation,
        ordered_places(number.locators),
        ordered_places(number.other_locators),
        Anchor(question, here.to(WORKBENCH, question_anchor(question))) if question else None,
    )


def _wording_row(found: TwoWordings, versions: Versions, here: Address) -> WordingRow:
    anchor = version_link(versions[found.version], here)
    comparison = found.comparison
    return WordingRow(
        Anchor(capital(anchor.text), anchor.href),
        verdict(comparison.difference),
        parts(comparison.difference.segments),
        ordered_places(comparison.before.locators),
        ordered_places(comparison.after.locators),
    )


def _cited_row(found: CitedNumber, versions: Versions, here: Address) -> CitedRow:
    return CitedRow(
        found.finding.label,
        found.cited,
        ordered_places(found.locators),
        tuple(
            BearerRow(version_link(versions[each.version], here), ordered_places(each.locators))
            for each in found.bearers
            if each.version in versions
        ),
        tuple(
            (version_link(versions[link.to.key], here), link.rationale or "", whose(link))
            for link in found.reads_as
            if link.to.key in versions
        ),
        tuple((link.rationale or "", whose(link)) for link in found.reads_as if link.to.key not in versions),
        found.by_old_number,
    )


def _tiles(found: Reconciliation) -> tuple[VerdictTile, ...]:
    numbers = {kind: len([each for each in found.numbers if each.verdict == kind]) for kind in _TILES}
    return tuple(
        VerdictTile(str(number), _TILES[kind][0 if number == 1 else 1]) for kind, number in numbers.items() if number
    )


def in_one_line(found: Reconciliation) -> str:
    """How many published numbers agree, and how often the source says two things, as sentences; empty for nothing."""
    told = [f"{tile.number} {tile.counts}" for tile in _tiles(found)]
    numbers = f"Of {count(len(found.numbers), 'number')} that the report prints {listed(told)}." if told else ""
    others = len(found.wordings) + len(found.cited_numbers)
    places = f"In {count(others, 'place')} it says two different things." if others else ""
    return " ".join(each for each in (numbers, places) if each)


def _old_numbers(found: Reconciliation) -> str:
    old = sum(1 for each in found.cited_numbers if each.by_old_number)
    return f"{capital(count(old, 'of them cites', 'of them cite'))} the old number." if old else ""


def reconciliation_page(study: Named, found: Reconciliation, versions: Versions) -> ReconciliationPage:
    """The page "Do the numbers add up?".

    Args:
        study: the study.
        found: what its sources print, held against each other.
        versions: all versions of the study by key.
    """
    here = Address(RECONCILIATION)
    order = list(_ORDER)
    chosen = sorted(found.numbers, key=lambda each: order.index(each.verdict))
    return ReconciliationPage(
        frame(study.label, here, "Do the numbers add up?"),
        _tiles(found),
        tuple(_number_row(each, here) for each in found.of_verdict("differs")),
        tuple(_wording_row(each, versions, here) for each in found.wordings if each.version in versions),
        tuple(_cited_row(each, versions, here) for each in found.cited_numbers),
        _old_numbers(found),
        tuple(_rows_of_all(chosen, here)),
        any(each.reads_as for each in found.cited_numbers),
        here.to(RECONCILIATION_TABLE),
    )


def reconciliation_table(found: Reconciliation) -> str:
    """The same as a table of comma-separated values, one record a number, a wording, or a version a number may mean."""
    rows = [
        [
            each.kind, each.iri, each.label, each.published, each.recomputed or "",
            "" if each.difference is None else str(each.difference), each.verdict, each.question or "",
            each.explanation, _joined(each.locators), "", _joined(each.other_locators), "", "",
        ]
        for each in found.numbers
    ]  # fmt: skip
    for two in found.wordings:
        before, after = two.comparison.before, two.comparison.after
        rows.append(
            [
                "wording", before.iri, two.version, before.statement, "", "", "differs", "reconciliation/readings",
                verdict(two.comparison.difference), _joined(before.locators), after.statement,
                _joined(after.locators), "", "",
            ]
        )  # fmt: skip
    for cited in found.cited_numbers:
        read = JOINED.join(link.to.key for link in cited.reads_as)
        reason = JOINED.join(link.rationale or "" for link in cited.reads_as)
        rows.extend(
            [
                "citation", cited.finding.iri, cited.finding.label, cited.cited, "", "", "ambiguous",
                "reconciliation/numbers-cited", "", _joined(cited.locators), bearer.version,
                _joined(bearer.locators), read, reason,
            ]
            for bearer in cited.bearers
        )  # fmt: skip
    return csv_text(_CSV, rows)


def _joined(places: tuple[str, ...]) -> str:
    return JOINED.join(ordered_places(places))
