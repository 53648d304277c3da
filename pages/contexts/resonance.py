"""Resonance as it is shown: as printed, of how many, and whether the two agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lineage.records import Resonance, Version
from pages.anchors import anchor_of_iri
from pages.contexts.wordings import ordered_places
from pages.drawings.bars import Bar, BarDrawing

OTHERS = "Other answers"
_PREFERRED = ("yes-or-yes-with-recommendations", "yes", "yes-with-recommendations", "partly", "no", "unclear")


@dataclass(frozen=True, slots=True)
class ResonanceView:
    """How far one version resonated; `remark` says where what is printed is not what the counts give.

    `anchor` is the id of what is told of it.
    """

    anchor: str
    answer: str
    group: str
    percentage: str
    count: int
    denominator: int
    remark: str
    places: tuple[str, ...]


def headline(version: Version) -> Resonance | None:
    """The one observation that stands for a version: of all who answered, agreement before doubt; None without any."""
    overall = [each for each in version.resonance if each.organisation_type is None]
    return min(overall, key=lambda each: _PREFERRED.index(each.resonance.key), default=None)


def percentage(resonance: Resonance) -> str:
    """The percentage as printed, else as computed."""
    return resonance.published_percentage or f"{resonance.percentage}%"


def _remark(resonance: Resonance) -> str:
    computed = f"{resonance.count} of {resonance.denominator} is {resonance.percentage}%"
    if resonance.verdict == "truncated":
        return f"{computed}; the printed figure is cut off, not rounded."
    if resonance.verdict == "differs":
        return f"{computed}; the printed figure differs."
    return ""


def resonance_view(resonance: Resonance) -> ResonanceView:
    """How one observation is shown."""
    return ResonanceView(
        anchor_of_iri("resonance", resonance.iri),
        resonance.resonance.label,
        resonance.organisation_type.label if resonance.organisation_type else "All who answered",
        percentage(resonance),
        resonance.count,
        resonance.denominator,
        _remark(resonance),
        ordered_places(resonance.locators),
    )


def resonance_bar(resonance: Resonance, key: str, label: str, href: str | None = None) -> Bar:
    """One bar for an observation."""
    return Bar(key, label, resonance.count, resonance.denominator, percentage(resonance), href)


def bar_drawing(key: str, title: str, bars: Sequence[Bar], answers: Iterable[str]) -> BarDrawing:
    """A drawing of bars that all count the same `answers`."""
    counted = " / ".join(dict.fromkeys(answers))
    description = f"For each bar, how many of those who answered said: {counted}."
    return BarDrawing(key, title, description, counted, OTHERS, tuple(bars))
