"""What is asked of a search and what it answers.

Every range is (start, end) in characters, counted in Unicode code points from 0, end not included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

Kind = Literal["quote", "version", "reading", "hypothesis", "theme", "area", "finding"]
Part = Literal["label", "title", "alternative label", "statement", "text", "definition"]
Range: TypeAlias = tuple[int, int]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
MOST_A_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is looked for, and among what.

    Within one filter any of the values will do; every filter that has values must be met.

    Attributes:
        text: what a person types: words (all must occur), ``"a phrase"``, ``begin*``, ``one OR other``, ``-without``.
        kinds: only items of these kinds.
        organisation_types: only what came from these or narrower ones, by key.
        hypotheses: only what belongs to these, by key.
        themes: only what the source puts under these or their narrower themes, by key.
        study: only this study, by key.
        iteration: only what belongs to this iteration, by its number.
        limit: hits a page, 1 to `MOST_A_PAGE`.
        cursor: `SearchAnswer.next` of the page before.
        skip: hits to leave out before the page, after those that the cursor leaves out.
    """

    text: str
    kinds: tuple[Kind, ...] = ()
    organisation_types: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    study: str | None = None
    iteration: int | None = None
    limit: int = 20
    cursor: str | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of an item as stored, and the ranges of it that match.

    `part` says which text it is. An item with several texts of one part has them as lines of one passage.
    """

    part: Part
    text: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A short piece of a passage, with an ellipsis where it was cut; `ranges` count within this text."""

    text: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One item that was found.

    Attributes:
        kind: what it is.
        iri: its IRI.
        key: its key within the study (``utility/1`` for a version).
        study: the study's key.
        name: its title or label, where it has one.
        part: which of its texts `text` is.
        text: that text as stored: the one of the item that tells most, of those that match.
        ranges: what matches in `text`.
        snippet: a short piece of `text`.
        others: the item's other texts that match.
        score: how well it matches, more is better; to be compared within one answer only.
        organisation_type: the key of the organisation type it came from.
        hypotheses: keys of the hypotheses it belongs to; for a quote, that of the version it is about.
        iteration: the number of the iteration that version belongs to.
    """

    kind: Kind
    iri: str
    key: str
    study: str
    name: str | None
    part: Part
    text: str
    ranges: tuple[Range, ...]
    snippet: Snippet
    others: tuple[Passage, ...]
    score: float
    organisation_type: str | None
    hypotheses: tuple[str, ...]
    iteration: int | None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many hits there are with one value of a facet."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over all hits, not just a page's, the most frequent first.

    Each facet is counted as if its own filter were not set, so it says what choosing another value would give: a wider
    organisation type counts what came from its narrower ones. A value that is chosen is listed even with no hit.
    """

    kinds: tuple[FacetCount, ...]
    organisation_types: tuple[FacetCount, ...]
    hypotheses: tuple[FacetCount, ...]


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One page of hits, the best first; hits that score alike are in the order of their IRIs.

    Attributes:
        hits: the page.
        total: hits on all pages.
        facets: what the hits are made of.
        next: the cursor of the next page; None on the last.
        ignored: what was typed and holds no letter or digit, so cannot be looked for.
        commit_number: the store's commit that was searched.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Facets
    next: str | None
    ignored: tuple[str, ...]
    commit_number: int
