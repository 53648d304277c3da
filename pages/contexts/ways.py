"""The ways from a voice to an area, one by one, as they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lineage.graph_records import Edge
from lineage.influence import Reach, Way
from lineage.voices import QUOTE, THEME, VoiceItem
from pages.contexts.frame import Anchor
from pages.words import count

_LONGEST = 90
Link = Callable[[VoiceItem], Anchor | None]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a way: how it goes on (`joins`), to what, and, where it is a reading, why."""

    joins: str
    text: str
    href: str
    reading: bool
    reason: str


@dataclass(frozen=True, slots=True)
class WayView:
    """A way from a quote onwards; `first` is the quote."""

    first: Anchor
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class ReachView:
    """Independent ways from one voice to one area; `anchor` is its id on the page, `more` are left out."""

    anchor: str
    heading: str
    theme: bool
    summary: str
    ways: tuple[WayView, ...]
    more: int


_JOINS: Mapping[str, str] = MappingProxyType(
    {
        "ht:about": "is about",
        "ht:illustrates": "is printed under",
        "ht:ofHypothesis": "a version of",
        "ht:theme": "has the theme",
        "ht:motivatedBy": "moved the change",
        "ht:to": "which led to",
        "ht:amendedIn": "which stands in",
        "prov:wasRevisionOf": "became",
        "prov:wasDerivedFrom": "was taken up in",
        "oa:hasBody": "is read as speaking to",
    }
)


def shortened(words: str) -> str:
    """The beginning of some words, cut between two of them, with a mark where they go on."""
    plain = " ".join(words.split())
    if len(plain) <= _LONGEST:
        return plain
    return f"{plain[:_LONGEST].rpartition(' ')[0] or plain[:_LONGEST]} …"


def reach_anchor(basis: str, reach: Reach) -> str:
    """The id of the ways from a voice to an area; `basis` tells the page's figures apart."""
    return f"ways-{basis}-{reach.voice.kind.split()[0]}-{reach.voice.key}-{reach.area.key}"


def reach_view(basis: str, reach: Reach, link: Link, most: int) -> ReachView:
    """How the ways of `reach` are shown, `most` of them; `link` gives the page of an item, None where it has none."""
    return ReachView(
        reach_anchor(basis, reach),
        f"{reach.voice.label} to area {reach.area.ordinal}, {reach.area.label}",
        reach.voice.kind == THEME,
        f"{count(len(reach.ways), 'independent way')} from {count(len(reach.quotes), 'quote')}",
        tuple(_way(each, link) for each in reach.ways[:most]),
        max(len(reach.ways) - most, 0),
    )


def _way(way: Way, link: Link) -> WayView:
    quote = way.items[1]
    first = link(quote) or Anchor(f"“{shortened(quote.label)}”" if quote.kind == QUOTE else quote.label, "")
    return WayView(first, tuple(_step(*each, link) for each in zip(way.links, way.items[2:], strict=True)))


def _step(edge: Edge, to: VoiceItem, link: Link) -> StepView:
    found = link(to)
    return StepView(
        _JOINS.get(edge.property, "leads to"),
        found.text if found else to.label,
        found.href if found else "",
        edge.status != "asserted",
        edge.rationale or "",
    )
