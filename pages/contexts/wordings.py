"""Wordings and what changed between them, as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.wording import Segment, WordingDifference
from lineage.records import Comparison, Wording
from pages.anchors import anchor_of_iri
from pages.words import capital, count, listed

LITTLE_KEPT = 0.5
_CLOSING = tuple(",.;:!?)]}’”%")
_OPENING = ("(", "[", "{", "‘", "“", "/")


@dataclass(frozen=True, slots=True)
class DifferencePart:
    """A run of words, kept, removed or added; `space` says whether a space stands before it."""

    kind: str
    text: str
    space: bool


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Two wordings held against each other.

    `before_name` and `after_name` say where each stands; `verdict` sums up in a phrase; `side_by_side` that so little
    was kept that the two are better read one beside the other.
    """

    before_name: str
    after_name: str
    before: str
    after: str
    parts: tuple[DifferencePart, ...]
    removed: int
    added: int
    verdict: str
    same: bool
    side_by_side: bool


@dataclass(frozen=True, slots=True)
class WordingView:
    """One wording: where it stands (`name` for short, `places` in full) and its words.

    `parts` are empty for the canonical wording; for another reading they show how it differs from that, and `verdict`
    how much. `anchor` is the id of another reading; the canonical wording has none of its own.
    """

    anchor: str
    name: str
    statement: str
    places: tuple[str, ...]
    canonical: bool
    parts: tuple[DifferencePart, ...]
    verdict: str


def ordered_places(locators: Iterable[str]) -> tuple[str, ...]:
    """Places from the plainest to the most involved: a graph keeps no order among them."""
    return tuple(sorted(locators, key=lambda place: (len(place), place)))


def _short_name(wording: Wording) -> str:
    return ordered_places(wording.locators)[0].partition(",")[0] if wording.locators else ""


def place_name(wording: Wording, others: Iterable[Wording] = ()) -> str:
    """Where a wording stands, as short as can be told apart from `others`: "Table 2", or the whole of the place."""
    if not wording.locators:
        return "the canonical wording" if wording.canonical else "another reading"
    short = _short_name(wording)
    taken = {_short_name(other) for other in others if other.iri != wording.iri}
    return ordered_places(wording.locators)[0] if short in taken else short


def parts(segments: Sequence[Segment]) -> tuple[DifferencePart, ...]:
    """The segments with the spaces that stood between them.

    A segment holds no space at its ends; marks that close cling to what is before them, marks that open to what
    follows.
    """
    return tuple(_spaced(segments))


def _spaced(segments: Sequence[Segment]) -> Iterator[DifferencePart]:
    before: str = ""
    for segment in segments:
        clings = not before or segment.text.startswith(_CLOSING) or before.endswith(_OPENING) or before.endswith("/")
        yield DifferencePart(segment.kind, segment.text, not clings and not segment.text.startswith("/"))
        before = segment.text


def verdict(difference: WordingDifference) -> str:
    """How much changed, in a phrase such as "unchanged", "one word replaced" or "3 words removed"."""
    removed, added = difference.words("removed"), difference.words("added")
    if not removed and not added:
        return "only punctuation differs" if difference.punctuation_differs else "unchanged"
    if removed == added == 1:
        return "one word replaced"
    changes = [f"{count(words, 'word')} {what}" for words, what in ((removed, "removed"), (added, "added")) if words]
    return listed(changes)


def comparison_view(comparison: Comparison, before: Sequence[Wording], after: Sequence[Wording]) -> ComparisonView:
    """How a comparison is shown; `before` and `after` are all wordings of the two versions, to name them apart."""
    difference = comparison.difference
    return ComparisonView(
        place_name(comparison.before, before),
        place_name(comparison.after, after),
        comparison.before.statement,
        comparison.after.statement,
        parts(difference.segments),
        difference.words("removed"),
        difference.words("added"),
        verdict(difference),
        not difference.words_differ,
        difference.share_kept < LITTLE_KEPT,
    )


def verdicts_by_reading(views: Sequence[ComparisonView]) -> tuple[str, ...]:
    """One phrase a reading: "Unchanged from Table 1 to Appendix A", "One word replaced from Table 2 to Appendix A"."""
    return tuple(capital(f"{view.verdict} from {view.before_name} to {view.after_name}") for view in views)


def wording_views(wordings: Sequence[Wording], differences: Sequence[WordingDifference]) -> tuple[WordingView, ...]:
    """The wordings of one version, canonical first; `differences` are those of the others from the canonical one."""
    shown = []
    for place, wording in enumerate(wordings):
        difference = differences[place - 1] if place else None
        shown.append(
            WordingView(
                "" if wording.canonical else anchor_of_iri("reading", wording.iri),
                place_name(wording, wordings),
                wording.statement,
                ordered_places(wording.locators),
                wording.canonical,
                parts(difference.segments) if difference else (),
                verdict(difference) if difference else "",
            )
        )
    return tuple(shown)
