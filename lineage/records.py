"""What a lineage is made of: frozen records that pages, commands and the API render.

`status` says of a link whose word it is: ``asserted`` (a source states it), ``editorial`` (a reading of the study's
editors, with a reason), ``suggested`` (a program proposes it).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from analysis.changes import VersionFacts, change_types_between
from analysis.wording import WordingDifference, compare_wordings

if TYPE_CHECKING:  # they are made of these records
    from lineage.review_records import EditorialReading, LinkReview

Status = Literal["asserted", "editorial", "suggested"]


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an IRI, the key that addresses it within its study, and a name to show."""

    iri: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """That a reviewer confirmed a reading or gave it other words: who, and when, as it was written."""

    decision: Literal["accepted", "reworded"]
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a theme, an area or a version, whose word it is, why (unless asserted), and who reviewed it, if any."""

    to: Named
    status: Status
    rationale: str | None = None
    attributed_to: str | None = None
    reviewed: Reviewed | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a version: the canonical one or a reading that differs; `locators` are the places it stands in."""

    iri: str
    statement: str
    canonical: bool
    locators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """Words that somebody said, to the letter.

    `emphasis` holds character ranges of `text` (start, end; end not included). `same_words_as` and `within_quote` are
    keys of other quotes. `version` is the key (``utility/1``) of the version it answers; `printed_under` the IRI of the
    reading it is printed under; `illustrates` the area it is printed under.
    """

    iri: str
    key: str
    text: str
    organisation_type: Named | None
    version: str | None
    printed_under: str | None
    illustrates: Named | None
    emphasis: tuple[tuple[int, int], ...]
    same_words_as: str | None
    within_quote: str | None
    locators: tuple[str, ...]
    themes: tuple[Link, ...] = ()
    areas: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Resonance:
    """How many of those who answered said what.

    `resonance` names the answer counted; `published_percentage` is as printed; `percentage` is recomputed from `count`
    and `denominator`, two places; `verdict` compares the two (agrees, truncated, differs); None where nothing is
    printed.
    """

    iri: str
    resonance: Named
    organisation_type: Named | None
    count: int
    denominator: int
    published_percentage: str | None
    percentage: Decimal
    verdict: str | None
    printed_under: str | None
    locators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One hypothesis in one iteration, with everything that was said about it.

    `key` is ``hypothesis/iteration``; `wordings` starts with the canonical one; `used_at` is the event it was put
    before; `issued` the date of issue as written; `derived_from` are the keys of the versions of other hypotheses that
    it grew from directly.
    """

    iri: str
    key: str
    iteration: int
    iteration_label: str
    number: int
    title: str | None
    alt_label: str | None
    issued: str | None
    used_at: Named | None
    wordings: tuple[Wording, ...]
    resonance: tuple[Resonance, ...]
    quotes: tuple[QuoteRecord, ...]
    derived_from: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        """The canonical wording."""
        return self.wordings[0].statement

    @property
    def name(self) -> str:
        """The title, or the source's other name for it, or its number in words that can stand alone."""
        return self.title or self.alt_label or f"Hypothesis {self.number}"


@dataclass(frozen=True)
class Comparison:
    """An earlier wording held against a later one."""

    before: Wording
    after: Wording

    @cached_property
    def difference(self) -> WordingDifference:
        """What was kept, removed and added, worked out when first asked for: a long study has very many of these."""
        return compare_wordings(self.before.statement, self.after.statement)


@dataclass(frozen=True)
class Change:
    """What happened between versions.

    `types` are those stated; `pairs` the earlier and later versions of one hypothesis, as far as they show a change;
    `comparisons` hold every earlier wording against every later one, canonical against canonical first; `motivated_by`
    are the quotes and themes that the source names as what moved those who decided.
    """

    iri: str
    key: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    types: tuple[str, ...]
    pairs: tuple[tuple[VersionFacts, VersionFacts], ...]
    rationale: str | None
    decided_by: tuple[Named, ...]
    comparisons: tuple[Comparison, ...]
    motivated_by: tuple[Named, ...] = ()

    @cached_property
    def derived_types(self) -> tuple[str, ...]:
        """The kinds of change that the versions show, worked out when first asked for: few pages tell of all."""
        shown = {word for before, after in self.pairs for word in change_types_between(before, after)}
        return tuple(sorted(shown))

    @property
    def types_agree(self) -> bool:
        """Whether what is stated is what the versions show (kinds that one pair cannot show set aside).

        Where no hypothesis stands on both sides there is no pair that could show anything.
        """
        if not self.comparisons:
            return True
        shown_by_a_pair = {"unchanged", "reworded", "titled", "retitled", "renumbered"}
        return set(self.types) & shown_by_a_pair == set(self.derived_types)


@dataclass(frozen=True, slots=True)
class AmendmentMotive:
    """A quote or theme that a source states as what moved one amendment (an IRI) of a change."""

    amendment: str
    motive: Named


@dataclass(frozen=True, slots=True)
class MotiveStatement:
    """Who says that a quote or theme moved a change or an amendment (an IRI), and why, where a reason is given."""

    moved: str
    motive: Named
    attributed_to: str
    reason: str


@dataclass(frozen=True, slots=True)
class HypothesisLineage:
    """Where a hypothesis came from and what it led to, both ways, as one object.

    `versions` run from the first iteration to the last; `ancestors` and `descendants` are versions of *other*
    hypotheses it grew from or grew into, by key; `areas` the blueprint areas it is linked to.
    """

    study: Named
    hypothesis: Named
    versions: tuple[Version, ...]
    changes: tuple[Change, ...]
    ancestors: tuple[str, ...]
    descendants: tuple[str, ...]
    areas: tuple[Link, ...]

    @property
    def first(self) -> Version:
        """The earliest version."""
        return self.versions[0]

    @property
    def latest(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    @property
    def quotes(self) -> tuple[QuoteRecord, ...]:
        """Every quote about any version, in the versions' order."""
        return tuple(quote for version in self.versions for quote in version.quotes)


@dataclass(frozen=True, slots=True)
class AreaEvidence:
    """One area of the blueprint and what it rests on.

    `quotes` are printed under it (asserted); `hypotheses` and `read_quotes` are linked to it by the editors.
    """

    study: Named
    area: Named
    ordinal: int
    generated_by: Named | None
    locators: tuple[str, ...]
    quotes: tuple[QuoteRecord, ...]
    hypotheses: tuple[Link, ...]
    read_quotes: tuple[tuple[QuoteRecord, Link], ...]


@dataclass(frozen=True, slots=True)
class Iteration:
    """One ordered set of versions; `issued` as written, `used_at` the event it was put before."""

    iri: str
    ordinal: int
    label: str
    issued: str | None
    used_at: Named | None


@dataclass(frozen=True, slots=True)
class QuoteCounts:
    """How many quotes: all, distinct by equal words, and distinct without those contained in another."""

    all: int
    distinct: int
    not_contained: int


@dataclass(frozen=True, slots=True)
class Overall:
    """Resonance over all hypotheses: sums of counts and denominators and their percentage, two places."""

    count: int
    denominator: int
    percentage: Decimal


@dataclass(frozen=True, slots=True)
class StudyOverview:
    """What the home page and "How they changed" need: every hypothesis' lineage and the totals.

    `readings` are the editors' readings that stand.
    """

    study: Named
    description: str | None
    iterations: tuple[Iteration, ...]
    lineages: tuple[HypothesisLineage, ...]
    areas: tuple[AreaEvidence, ...]
    quote_counts: QuoteCounts
    resonance: Overall | None
    amendment_motives: tuple[AmendmentMotive, ...] = ()
    motive_statements: tuple[MotiveStatement, ...] = ()
    reviews: tuple[LinkReview, ...] = ()
    readings: tuple[EditorialReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document that data was taken from."""

    iri: str
    key: str
    title: str
    issued: str | None
    publisher: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """An event, a planned one, a stage of analysis or a workstream; times as written."""

    iri: str
    key: str
    kind: Literal["event", "planned-event", "analysis", "workstream"]
    label: str
    ordinal: int | None
    started: str | None
    ended: str | None
    part_of: Named | None
    locators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationRole:
    """An organisation's part in an event."""

    organisation: Named
    organisation_type: Named | None
    role: str
    event: Named


@dataclass(frozen=True, slots=True)
class ThemeRecord:
    """A theme of a codebook with the number of quotes under it, by whose word."""

    theme: Named
    definition: str | None
    broader: Named | None
    asserted_quotes: int
    editorial_quotes: int


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook and its themes."""

    codebook: Named
    definition: str | None
    themes: tuple[ThemeRecord, ...]


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A conclusion of the source, or of the editors about the source, and the version it is read to mean."""

    iri: str
    key: str
    kind: Literal["source", "editorial"]
    text: str
    cites_number: str | None
    locators: tuple[str, ...]
    reads_as: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class OrganisationTypeCount:
    """How many quotes come from one kind of organisation."""

    organisation_type: Named
    quotes: int
