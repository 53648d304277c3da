"""Whose words reach which area of the blueprint, by how many ways that share nothing, and what rests on one alone.

A way is a chain of links: from a kind of organisation or a theme to a quote, from there to the area that the quote is
printed under or is read as speaking to, or over the version it answers and the changes it moved to a hypothesis or
version that the area is linked to. It says what words are joined to, not that they moved anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lineage.graph_records import ASSERTED, Edge, Include
from lineage.independent_paths import independent_paths, leading_to, steps_of, unavoidable
from lineage.voices import (
    AREA,
    ORGANISATION_TYPE,
    QUOTE,
    THEME,
    VoiceItem,
    VoiceLinks,
    quotes_of_voices,
    said_once,
    steps_onward,
)

if TYPE_CHECKING:
    import networkx as nx

WITH_READINGS: Final[Include] = frozenset({"asserted", "editorial"})
"""The second figure: what sources state, and what the editors read into it."""

_EVERYBODY: Final = ""
"""The start of all ways; no IRI is empty."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a voice to an area: the items it passes, both ends included, and the weakest word it rests on.

    `links` are the statements after the first step, one for each step from a quote onwards.
    """

    items: tuple[VoiceItem, ...]
    links: tuple[Edge, ...]

    @property
    def stated(self) -> bool:
        """Whether sources state every link of it."""
        return all(each.status == "asserted" for each in self.links)


@dataclass(frozen=True, slots=True)
class Reach:
    """How a kind of organisation or a theme reaches an area.

    `quotes` are those of its quotes from which any way leads there; `ways` are as many as can be had at once that share
    nothing but their ends.
    """

    voice: VoiceItem
    area: VoiceItem
    quotes: tuple[VoiceItem, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class AreaSupport:
    """What an area rests on.

    `quotes` are all from which a way leads to it; `organisation_types` the kinds of organisation that said them;
    `independent_ways` the most ways from quotes that share nothing; `rests_on` what every way passes, so that without
    it the area is reached by nothing.
    """

    area: VoiceItem
    quotes: tuple[VoiceItem, ...]
    organisation_types: tuple[VoiceItem, ...]
    independent_ways: int
    rests_on: tuple[VoiceItem, ...]


@dataclass(frozen=True, slots=True)
class VoiceShare:
    """The quotes of a kind of organisation, words said twice counted once: how many there are and reach any area."""

    organisation_type: VoiceItem
    quotes: int
    reaching: int


@dataclass(frozen=True, slots=True)
class Influence:
    """Whose words reach which area, on the word of those in `include`.

    `organisation_types` and `themes` hold one reach for each pair that any way joins; `areas` are all areas in order;
    `shares` all kinds of organisation that have quotes; `orphans` the quotes that lead to no area, as often as they are
    printed; `quotes` is how many are printed.
    """

    include: Include
    organisation_types: tuple[Reach, ...]
    themes: tuple[Reach, ...]
    areas: tuple[AreaSupport, ...]
    shares: tuple[VoiceShare, ...]
    orphans: tuple[VoiceItem, ...]
    quotes: int


def influence(links: VoiceLinks, include: Include = ASSERTED) -> Influence:
    """Finds out whose words reach which area.

    Args:
        links: the links of a study (`lineage.voices.voice_links`).
        include: on whose word a way may rest.
    """
    edges = steps_onward(links, include)
    onward = steps_of(edges)
    areas = sorted(links.of_kind(AREA), key=lambda each: (each.ordinal or 0, each.key))
    reaching = {each.iri: leading_to(onward, each.iri) for each in areas}
    types = quotes_of_voices(links, ORGANISATION_TYPE, include)
    passed = {area: frozenset(iri for iri in found if onward.in_degree(iri)) for area, found in reaching.items()}
    reach_of = _Reaching(links, edges, onward, reaching, passed)
    stands_for = said_once(links)
    anywhere = {iri for found in reaching.values() for iri in found}
    return Influence(
        include=include,
        organisation_types=reach_of.all(types, areas),
        themes=reach_of.all(quotes_of_voices(links, THEME, include), areas),
        areas=tuple(_support(links, onward, each, reaching[each.iri], types) for each in areas),
        shares=tuple(
            VoiceShare(each, len(types[each.iri]), len(types[each.iri] & anywhere))
            for each in links.of_kind(ORGANISATION_TYPE)
            if each.iri in types
        ),
        orphans=tuple(each for each in links.of_kind(QUOTE) if stands_for[each.iri] not in anywhere),
        quotes=len(stands_for),
    )


@dataclass(frozen=True, slots=True)
class _Reaching:
    """What is the same for every voice and area; `passed` is what ways to an area can pass after their first quote."""

    links: VoiceLinks
    edges: Mapping[tuple[str, str], Edge]
    onward: nx.DiGraph[str]
    reaching: Mapping[str, frozenset[str]]
    passed: Mapping[str, frozenset[str]]

    def all(self, voices: Mapping[str, frozenset[str]], areas: Sequence[VoiceItem]) -> tuple[Reach, ...]:
        """How each voice reaches each area, where it does."""
        ordered = (each for each in self.links.items.values() if each.iri in voices)
        return tuple(
            self.one(voice, area, quotes)
            for voice in ordered
            for area in areas
            if (quotes := voices[voice.iri] & self.reaching[area.iri])
        )

    def one(self, voice: VoiceItem, area: VoiceItem, quotes: frozenset[str]) -> Reach:
        """How a voice reaches an area, given those of its quotes from which a way leads there."""
        steps = self.onward.subgraph(self.passed[area.iri] | quotes | {area.iri}).copy()
        steps.add_edges_from((_EVERYBODY, quote) for quote in quotes)
        ways = (self._way(voice, path) for path in independent_paths(steps, _EVERYBODY, area.iri))
        return Reach(voice, area, _in_order(self.links, quotes), tuple(ways))

    def _way(self, voice: VoiceItem, path: tuple[str, ...]) -> Way:
        items = self.links.items
        return Way(
            (voice, *(items[iri] for iri in path[1:])),
            tuple(self.edges[step] for step in pairwise(path[1:])),
        )


def _support(
    links: VoiceLinks,
    onward: nx.DiGraph[str],
    area: VoiceItem,
    reaching: frozenset[str],
    types: Mapping[str, frozenset[str]],
) -> AreaSupport:
    quotes = {iri for iri in reaching if links.items[iri].kind == QUOTE}
    steps = onward.subgraph(reaching | {area.iri}).copy()
    steps.add_edges_from((_EVERYBODY, quote) for quote in quotes)
    independent = len(independent_paths(steps, _EVERYBODY, area.iri))
    speakers = {voice: said & quotes for voice, said in types.items() if said & quotes}
    # With the speakers between everybody and the quotes, a kind of organisation can be what every way passes too.
    spoken = {quote for said in speakers.values() for quote in said}
    steps.remove_edges_from([(_EVERYBODY, quote) for quote in spoken])
    for voice, said in speakers.items():
        steps.add_edge(_EVERYBODY, voice)
        steps.add_edges_from((voice, quote) for quote in said)
    return AreaSupport(
        area=area,
        quotes=_in_order(links, quotes),
        organisation_types=_in_order(links, speakers),
        independent_ways=independent,
        rests_on=tuple(links.items[iri] for iri in unavoidable(steps, _EVERYBODY, area.iri)),
    )


def _in_order(links: VoiceLinks, iris: Iterable[str]) -> tuple[VoiceItem, ...]:
    return tuple(
        sorted((links.items[iri] for iri in iris), key=lambda each: (each.kind, each.ordinal or 0, each.key, each.iri))
    )
