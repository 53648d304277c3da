"""Whether what a source prints agrees with itself: its numbers, its wordings, and the numbers it cites."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal, cast

from graphstore import GraphStore
from lineage.asking import Row, ask, last_segment, version_key
from lineage.records import Comparison, Link, Named, Wording
from lineage.reviewed import ReadingReviews, reading_reviews

Verdict = Literal["agrees", "truncated", "differs", "not-recomputable"]

QUESTION: Final = "reconciliation/all"
NUMBER_KINDS: Final = frozenset({"percentage", "total", "responses", "figure"})


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """A number as published and what recomputing it gives.

    `kind` is percentage, total, responses (a number held against the denominators) or figure; `published` is as
    printed, `recomputed` a number as text; `difference` is the published less the recomputed, in the unit of the
    published. `question` names the query of the library that recomputes it; None where nothing does. `locators` are
    the places where it is printed, `other_locators` those of what it is recomputed from, where they are other ones.
    """

    iri: str
    kind: str
    label: str
    published: str
    recomputed: str | None
    difference: Decimal | None
    verdict: Verdict
    question: str | None
    explanation: str
    locators: tuple[str, ...]
    other_locators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TwoWordings:
    """A version (by key, ``utility/1``) that is worded in two ways; `comparison` holds the canonical one first."""

    version: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class NumberBearer:
    """A version, by key, that bears a cited number, and the places where it stands."""

    version: str
    locators: tuple[str, ...]

    @property
    def hypothesis(self) -> str:
        """The key of its hypothesis."""
        return self.version.partition("/")[0]

    @property
    def iteration(self) -> int:
        """The ordinal of its iteration."""
        return int(self.version.partition("/")[2])


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A conclusion of the source that cites a hypothesis by a number which several hypotheses have borne.

    `bearers` are the versions of that number, by iteration; `reads_as` is what the editors read the conclusion as
    meaning: a version, or their judgement that no reading is safe.
    """

    finding: Named
    cited: str
    locators: tuple[str, ...]
    bearers: tuple[NumberBearer, ...]
    reads_as: tuple[Link, ...]

    @property
    def by_old_number(self) -> bool:
        """Whether, as the editors read it, another hypothesis has the number in a later iteration."""
        read = {link.to.key for link in self.reads_as}
        return any(
            later.iteration > meant.iteration and later.hypothesis != meant.hypothesis
            for meant in self.bearers
            if meant.version in read
            for later in self.bearers
        )


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything a source prints that can be held against something else in it."""

    numbers: tuple[NumberCheck, ...]
    wordings: tuple[TwoWordings, ...]
    cited_numbers: tuple[CitedNumber, ...]

    def of_verdict(self, *verdicts: Verdict) -> tuple[NumberCheck, ...]:
        """The numbers with one of these verdicts."""
        return tuple(each for each in self.numbers if each.verdict in verdicts)

    @property
    def totals_that_differ(self) -> tuple[NumberCheck, ...]:
        """The numbers that are not the sum of what they should add up from."""
        return tuple(each for each in self.of_verdict("differs") if each.kind in {"total", "responses"})

    @property
    def contradictions(self) -> int:
        """How many contradictions there are: numbers that differ, versions worded in two ways, numbers cited."""
        return len(self.of_verdict("differs")) + len(self.wordings) + len(self.cited_numbers)


def held_reconciliation(found: Reconciliation, iteration: int | None) -> Reconciliation:
    """What was there to be held against each other at an iteration; all of it where that is None.

    Wordings and cited numbers are those of versions up to then. Published numbers belong to no iteration.
    """
    if iteration is None:
        return found
    cited = (
        replace(each, bearers=tuple(bearer for bearer in each.bearers if bearer.iteration <= iteration))
        for each in found.cited_numbers
    )
    return replace(
        found,
        wordings=tuple(each for each in found.wordings if int(each.version.partition("/")[2]) <= iteration),
        cited_numbers=tuple(each for each in cited if len({bearer.hypothesis for bearer in each.bearers}) > 1),
    )


def reconciliation(store: GraphStore, study: Named) -> Reconciliation:
    """Holds what the sources of a study print against each other, computed from the store as it is now.

    Args:
        store: the store, or a snapshot of it.
        study: the study, known to be in the store.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in ask(store, QUESTION, study=study.iri):
        kind = row.text("kind")
        rows["number" if kind in NUMBER_KINDS else kind].append(row)
    cited: dict[str, list[Row]] = defaultdict(list)
    for row in rows["citation"]:
        cited[row.text("item")].append(row)
    reviewed = reading_reviews(store, study.iri)
    return Reconciliation(
        numbers=tuple(map(_number, rows["number"])),
        wordings=tuple(map(_wordings, rows["wording"])),
        cited_numbers=tuple(_cited(each, reviewed) for each in cited.values()),
    )


def _number(row: Row) -> NumberCheck:
    difference = row.maybe("difference")
    return NumberCheck(
        iri=row.text("item"),
        kind=row.text("kind"),
        label=row.text("label"),
        published=row.text("published"),
        recomputed=row.maybe("recomputed"),
        difference=None if difference is None else Decimal(difference),
        verdict=cast("Verdict", row.text("verdict")),
        question=row.maybe("question"),
        explanation=row.text("explanation"),
        locators=row.places(),
        other_locators=row.places("other_locator"),
    )


def _wordings(row: Row) -> TwoWordings:
    canonical = Wording(row.text("item"), row.text("published"), canonical=True, locators=row.places())
    other = Wording(
        row.text("other"), row.text("other_published"), canonical=False, locators=row.places("other_locator")
    )
    return TwoWordings(version_key(canonical.iri), Comparison(canonical, other))


def _cited(rows: list[Row], reviewed: ReadingReviews) -> CitedNumber:
    first = rows[0]
    iri = first.text("item")
    bearers = {
        key: NumberBearer(key, row.places("other_locator")) for row in rows if (key := version_key(row.text("other")))
    }
    links = {link.to.iri: link for row in rows if (link := _reading(row)) is not None}
    return CitedNumber(
        finding=Named(iri, last_segment(iri), first.text("label")),
        cited=first.text("published"),
        locators=first.places(),
        bearers=tuple(bearers.values()),
        reads_as=reviewed.of_links(tuple(links.values()), iri),
    )


def _reading(row: Row) -> Link | None:
    iri = row.maybe("reads_as")
    if iri is None:
        return None
    key = version_key(iri) if "/hypothesis/" in iri else last_segment(iri)
    return Link(Named(iri, key, key), "editorial", row.maybe("reason"), row.maybe("agent_label"))
