"""The links by which words can reach an area of the blueprint, as steps from whoever spoke to what it led to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast

from graphstore import GraphStore
from lineage.asking import Row, ask
from lineage.graph_records import STATUSES, Edge, Include
from lineage.records import Named, Status
from ontology.prefixes import shorten

ORGANISATION_TYPE: Final = "organisation type"
THEME: Final = "theme"
QUOTE: Final = "quote"
AREA: Final = "blueprint area"
READING: Final = "oa:hasBody"

_ONWARD: Final = frozenset(
    {"ht:illustrates", "ht:about", "ht:ofHypothesis", "ht:to", "ht:amendedIn", "ht:theme", READING}
)
_BACKWARD: Final = frozenset({"prov:wasRevisionOf", "prov:wasDerivedFrom", "ht:motivatedBy"})
_SAME_WORDS: Final = ("ht:sameWordsAs", "ht:withinQuote")


@dataclass(frozen=True, slots=True)
class VoiceItem:
    """What a way can pass: a kind of organisation, theme, quote, version, change, amendment, hypothesis or area.

    `label` of a quote is its words; `ordinal` is an area's or that of a version's iteration.
    """

    iri: str
    kind: str
    key: str
    label: str
    ordinal: int | None


@dataclass(frozen=True, slots=True)
class VoiceLinks:
    """Everything in a study that a way from words to an area can pass, by IRI, and the statements that join it."""

    items: Mapping[str, VoiceItem]
    edges: tuple[Edge, ...]

    def of_kind(self, kind: str) -> tuple[VoiceItem, ...]:
        """The items of one kind, in order."""
        return tuple(each for each in self.items.values() if each.kind == kind)

    @property
    def has_readings(self) -> bool:
        """Whether any link is a reading and not what a source states."""
        return any(each.status != "asserted" for each in self.edges)


def voice_links(store: GraphStore, study: Named) -> VoiceLinks:
    """Reads the links of a study.

    Args:
        store: the store, or a snapshot of it.
        study: the study, known to be in the store.
    """
    items: dict[str, VoiceItem] = {}
    for row in ask(store, "influence/items", study=study.iri):
        ordinal = row.whole("ordinal") if row.maybe("ordinal") else None
        item = VoiceItem(row.text("item"), row.text("kind"), row.text("key"), row.text("label"), ordinal)
        items.setdefault(item.iri, item)
    edges = (_edge(row) for row in ask(store, "influence/links", study=study.iri))
    return VoiceLinks(
        MappingProxyType(items), tuple(each for each in edges if each.start in items and each.end in items)
    )


def held_links(links: VoiceLinks, iteration: int | None) -> VoiceLinks:
    """The links between what the programme held at an iteration; all of them where that is None.

    A version is held from its iteration on, and with it what was said of it and the changes that led to it.
    """
    if iteration is None:
        return links
    to_come = {each.iri for each in links.items.values() if each.kind == "version" and (each.ordinal or 0) > iteration}
    to_come |= {
        each.start
        for each in links.edges
        if each.property in {"ht:about", "ht:to", "ht:amendedIn"} and each.end in to_come
    }
    return VoiceLinks(
        MappingProxyType({iri: item for iri, item in links.items.items() if iri not in to_come}),
        tuple(each for each in links.edges if not {each.start, each.end} & to_come),
    )


def _edge(row: Row) -> Edge:
    return Edge(
        start=row.text("start"),
        property=shorten(row.text("property")),
        end=row.text("end"),
        status=cast("Status", row.text("status")),
        coding=row.maybe("coding"),
        rationale=row.maybe("reason"),
        attributed_to=row.maybe("agent_label"),
    )


def said_once(links: VoiceLinks) -> Mapping[str, str]:
    """For every quote the one it stands for: itself, or that whose words it repeats or is part of.

    The same words are one voice however often they are printed.
    """
    within: dict[str, str] = {}
    for name in _SAME_WORDS:
        for each in links.edges:
            if each.property == name:
                within.setdefault(each.start, each.end)
    return MappingProxyType({quote.iri: _origin(quote.iri, within) for quote in links.of_kind(QUOTE)})


def _origin(quote: str, within: Mapping[str, str]) -> str:
    passed = [quote]
    while (longer := within.get(passed[-1])) is not None:
        if longer in passed:
            # A ring of quotes that repeat each other has no first; any one of them stands for all.
            return min(passed[passed.index(longer) :])
        passed.append(longer)
    return passed[-1]


def steps_onward(links: VoiceLinks, include: Include) -> Mapping[tuple[str, str], Edge]:
    """The steps (from, to) from quotes towards areas, each with the firmest statement that allows it.

    A theme stands in a way only between a quote and a change that the theme moved. Quotes are those of `said_once`.

    Args:
        links: the links of the study.
        include: on whose word a step may rest.
    """
    stands_for = said_once(links)
    found: dict[tuple[str, str], Edge] = {}
    for status in STATUSES:
        # Of two statements of the same step the one that runs its way says it more plainly.
        for each in sorted(links.edges, key=lambda edge: edge.property in _BACKWARD) if status in include else ():
            if each.status == status and (step := _step(each)) is not None:
                start, end = (stands_for.get(iri, iri) for iri in step)
                found.setdefault((start, end), each)
    return MappingProxyType(found)


def _step(edge: Edge) -> tuple[str, str] | None:
    if edge.property in _ONWARD:
        return edge.start, edge.end
    return (edge.end, edge.start) if edge.property in _BACKWARD else None


def quotes_of_voices(links: VoiceLinks, kind: str, include: Include) -> Mapping[str, frozenset[str]]:
    """The quotes of each kind of organisation or of each theme, by its IRI; quotes are those of `said_once`.

    Args:
        links: the links of the study.
        kind: organisation type or theme.
        include: on whose word a quote may have a theme.
    """
    stands_for = said_once(links)
    found: dict[str, set[str]] = defaultdict(set)
    for voice, quote in _speaks(links.edges, links.items, kind, include):
        found[voice].add(stands_for[quote])
    return MappingProxyType({voice: frozenset(quotes) for voice, quotes in found.items()})


def _speaks(
    edges: Iterable[Edge], items: Mapping[str, VoiceItem], kind: str, include: Include
) -> Iterator[tuple[str, str]]:
    says = {"ht:organisationType", "ht:theme", READING}
    for each in edges:
        named = each.property in says and each.status in include
        if named and items[each.end].kind == kind and items[each.start].kind == QUOTE:
            yield each.end, each.start
