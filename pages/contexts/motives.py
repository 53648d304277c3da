"""Amendments and what they rest on, as they are shown: what is stated, and apart from it what is suggested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lineage.answer_records import AmendmentAnswer, Suggestion
from lineage.records import MotiveStatement, Named
from pages.addresses import ABOUT, Address, area_path
from pages.contexts.frame import Anchor
from pages.contexts.quotes import QuoteNames, quote_anchor

_LONGEST = 90


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A motive that a program proposes: what, how sure from 0 to 1, and why.

    `words` is the sentence of a quote that it rests on, empty for a theme; `area` the area it is printed under, where
    it is not about the hypothesis; `repeats` other quotes that say the same.
    """

    motive: Anchor
    words: str
    score: str
    explanation: str
    area: Anchor | None
    repeats: tuple[Anchor, ...]
    reworded_by: str


@dataclass(frozen=True, slots=True)
class SaidView:
    """A motive that an analyst states, who that is, and the reason given, empty where there is none."""

    motive: Anchor
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """A phrase that a rewording removed, added or replaced, and what it rests on; `anchor` is its id on its page.

    `stated` are the motives that the report names, `said` those that analysts state.
    """

    anchor: str
    kind: str
    removed: str
    added: str
    stated: tuple[Anchor, ...]
    said: tuple[SaidView, ...]
    rationale: str
    suggested: tuple[SuggestionView, ...]
    joining_words: bool


def amendment_anchor(key: str) -> str:
    """The id of an amendment (``utility-1-to-2/1``) on the page of its hypothesis."""
    return f"amendment-{key.replace('/', '-')}"


def shortened(words: str, *, longest: int = _LONGEST) -> str:
    """The beginning of some words, cut between two of them, with a mark where they go on."""
    plain = " ".join(words.split())
    if len(plain) <= longest:
        return plain
    return f"{plain[:longest].rpartition(' ')[0] or plain[:longest]} …"


def motive_link(motive: Named, names: QuoteNames, here: Address) -> Anchor:
    """The way to a quote, or to a theme."""
    if "/quote/" in motive.iri:
        return quote_link(motive.key, names, here)
    return Anchor(motive.label, here.to(ABOUT, f"theme-{motive.key}"))


def quote_link(key: str, names: QuoteNames, here: Address) -> Anchor:
    """The way to a quote by its key."""
    if key not in names.names:
        return Anchor("a quote", "")
    return Anchor(names.names[key], here.to(names.paths[key], quote_anchor(key)))


def amendment_views(
    amendments: Iterable[AmendmentAnswer], names: QuoteNames, here: Address
) -> tuple[AmendmentView, ...]:
    """The amendments as they are shown on the page at `here`."""
    return tuple(
        AmendmentView(
            amendment_anchor(each.key),
            each.amendment.kind,
            each.amendment.removed_words,
            each.amendment.added_words,
            tuple(motive_link(motive, names, here) for motive in each.named),
            tuple(_said(said, names, here) for said in each.said),
            each.rationale or "",
            tuple(_suggestion(suggestion, names, here) for suggestion in each.suggested),
            each.joining_words,
        )
        for each in amendments
    )


def _said(said: MotiveStatement, names: QuoteNames, here: Address) -> SaidView:
    return SaidView(motive_link(said.motive, names, here), said.attributed_to, said.reason)


def _suggestion(suggestion: Suggestion, names: QuoteNames, here: Address) -> SuggestionView:
    area = suggestion.under_area
    return SuggestionView(
        motive_link(suggestion.motive, names, here),
        shortened(suggestion.passage, longest=240),
        str(suggestion.score),
        suggestion.explanation,
        Anchor(area.label, here.to(area_path(area.key))) if area else None,
        tuple(quote_link(key, names, here) for key in suggestion.repeated_by),
        suggestion.reworded_by,
    )
