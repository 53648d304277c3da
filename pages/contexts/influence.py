"""Whose voice counts: which words reach which area of the blueprint, by how many ways that share nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lineage.graph_records import ASSERTED, Include
from lineage.influence import WITH_READINGS, AreaSupport, Influence, Reach, influence
from lineage.records import Named
from lineage.voices import AREA, ORGANISATION_TYPE, QUOTE, THEME, VoiceItem, VoiceLinks
from pages.addresses import INFLUENCE, INFLUENCE_TABLE, Address, area_path, hypothesis_path
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.many import FEW_WAYS, MANY_WAYS, MOST_ORPHANS
from pages.contexts.quotes import QuoteNames, quote_anchor
from pages.contexts.versions import Versions, version_link
from pages.contexts.ways import ReachView, reach_anchor, reach_view, shortened
from pages.tables import csv_text
from pages.words import capital, count, in_words, listed

LEVELS = 4
_CSV = ("basis", "kind", "voice", "voice_label", "area", "area_label", "quotes", "independent_ways")
_BASES: tuple[tuple[str, Include], ...] = (("asserted", ASSERTED), ("asserted and editorial", WITH_READINGS))


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many independent ways join a voice to an area, from how many quotes; `level` is 0 for none, up to 4."""

    ways: int
    quotes: str
    level: int
    href: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A voice with one cell an area."""

    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Voices by areas; `together` is the bottom row, empty where it would say nothing."""

    anchor: str
    caption: str
    corner: str
    rows: tuple[HeatRow, ...]
    together: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AreaHead:
    """An area as the head of a column: its number, its name, and its page."""

    number: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class SupportRow:
    """What one area rests on, and what it would fall without."""

    area: Anchor
    quotes: int
    organisation_types: str
    independent_ways: int
    rests_on: tuple[tuple[str, Anchor | None], ...]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How many quotes of a kind of organisation lead to an area at all."""

    name: str
    quotes: int
    reaching: int
    share: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the page: on whose word, what reaches what, what rests on one alone, what leads nowhere."""

    by_type: HeatTable | None
    by_theme: HeatTable | None
    alone: str
    support: tuple[SupportRow, ...]
    nowhere: str
    shares: tuple[ShareRow, ...]
    orphans: tuple[Anchor, ...]
    more_orphans: int
    ways: tuple[ReachView, ...]


@dataclass(frozen=True, slots=True)
class InfluencePage:
    """Everything the page "Whose voice counts" shows; `read` is the second figure, where there are readings."""

    frame: Frame
    areas: tuple[AreaHead, ...]
    silent: str
    stated: Figure
    read: Figure | None
    download: str


@dataclass(frozen=True, slots=True)
class _Naming:
    """What items are called on the page, and where they lead."""

    names: QuoteNames
    versions: Versions
    here: Address

    def anchor(self, item: VoiceItem) -> Anchor | None:
        """A link to an item, None where it has no page."""
        if item.kind == QUOTE:
            path = self.names.paths.get(item.key)
            return Anchor(f"“{shortened(item.label)}”", self.here.to(path, quote_anchor(item.key))) if path else None
        if item.kind == AREA:
            return Anchor(f"{item.ordinal}. {item.label}", self.here.to(area_path(item.key)))
        if item.kind == "version" and item.key in self.versions:
            return version_link(self.versions[item.key], self.here)
        if item.kind == "hypothesis":
            return Anchor(item.label, self.here.to(hypothesis_path(item.key)))
        return None


def _level(ways: int, most: int) -> int:
    return -(-LEVELS * ways // most) if most else 0


def _heat(
    basis: str,
    voices: Sequence[VoiceItem],
    reaches: Sequence[Reach],
    areas: Sequence[VoiceItem],
    together: Sequence[int],
) -> HeatTable | None:
    if not reaches:
        return None
    most = max(len(each.ways) for each in reaches)
    found = {(each.voice.iri, each.area.iri): each for each in reaches}
    kind = reaches[0].voice.kind
    name = "theme" if kind == THEME else "kind of organisation"
    rows = [
        HeatRow(voice.label, tuple(_cell(basis, found.get((voice.iri, area.iri)), most) for area in areas))
        for voice in voices
    ]
    return HeatTable(
        f"heat-{basis}-{kind.replace(' ', '-')}",
        f"Independent ways from each {name} to each area",
        capital(name),
        tuple(rows),
        tuple(together),
    )


def _cell(basis: str, reach: Reach | None, most: int) -> HeatCell:
    if reach is None:
        return HeatCell(0, "", 0, "")
    ways = len(reach.ways)
    return HeatCell(ways, count(len(reach.quotes), "quote"), _level(ways, most), f"#{reach_anchor(basis, reach)}")


def _support_row(support: AreaSupport, naming: _Naming) -> SupportRow:
    area = naming.anchor(support.area)
    rests_on = [
        (f"the kind of organisation {each.label}", None)
        if each.kind == ORGANISATION_TYPE
        else (f"the {each.kind}", naming.anchor(each))
        for each in support.rests_on
    ]
    return SupportRow(
        area or Anchor(support.area.label, naming.here.path),
        len(support.quotes),
        listed([each.label for each in support.organisation_types]),
        support.independent_ways,
        tuple(rests_on),
    )


def _so_many_rest(areas: Sequence[AreaSupport]) -> str:
    number = len(areas)
    return f"{in_words(number) if number else 'none'} {'rests' if number < 2 else 'rest'}"


def _alone(found: Influence) -> str:
    """How many areas rest on one quote, and on one kind of organisation, as a sentence."""
    areas = [each for each in found.areas if each.quotes]
    one_quote = [each for each in areas if any(item.kind == QUOTE for item in each.rests_on)]
    one_type = [each for each in areas if any(item.kind == ORGANISATION_TYPE for item in each.rests_on)]
    total = len(found.areas)
    if not total:
        return ""
    nothing = total - len(areas)
    last = f" No way at all leads to {in_words(nothing)} of them." if nothing else ""
    return (
        f"Of {count(total, 'area')} {_so_many_rest(one_quote)} on a single quote, and {_so_many_rest(one_type)} on a "
        f"single kind of organisation.{last}"
    )


def _nowhere(found: Influence) -> str:
    if not found.quotes:
        return "The study has no quotes."
    verb = "leads" if len(found.orphans) == 1 else "lead"
    orphans = len(found.orphans) or "No"
    return f"{orphans} of {count(found.quotes, 'quote')} {verb} to no area." if found.orphans else (
        f"Every one of {count(found.quotes, 'quote')} leads to an area."
    )  # fmt: skip


def _figure(basis: str, found: Influence, naming: _Naming, areas: Sequence[VoiceItem]) -> Figure:
    together = [each.independent_ways for each in found.areas]
    link: Callable[[VoiceItem], Anchor | None] = naming.anchor
    reaches = (*found.organisation_types, *found.themes)
    ways = sum(len(each.ways) for each in reaches)
    most = FEW_WAYS if ways > MANY_WAYS else ways
    orphans = tuple(anchor for each in found.orphans if (anchor := link(each)) is not None)
    return Figure(
        _heat(
            basis, [each.organisation_type for each in found.shares], found.organisation_types, areas, together,
        ),
        _heat(basis, tuple({each.voice.iri: each.voice for each in found.themes}.values()), found.themes, areas, ()),
        _alone(found),
        tuple(_support_row(each, naming) for each in found.areas),
        _nowhere(found),
        tuple(
            ShareRow(each.organisation_type.label, each.quotes, each.reaching,
                     f"{round(100 * each.reaching / each.quotes)}%")
            for each in found.shares
        ),
        orphans[:MOST_ORPHANS],
        len(orphans[MOST_ORPHANS:]),
        tuple(reach_view(basis, each, link, most) for each in reaches),
    )  # fmt: skip


def _silent(links: VoiceLinks, found: Influence) -> str:
    heard = {each.organisation_type.iri for each in found.shares}
    silent = [each.label.lower() for each in links.of_kind(ORGANISATION_TYPE) if each.iri not in heard]
    return f"No quote comes from a {listed(silent).replace(' and ', ' or a ')}." if silent else ""


def influence_page(study: Named, links: VoiceLinks, names: QuoteNames, versions: Versions) -> InfluencePage:
    """The page "Whose voice counts".

    Args:
        study: the study.
        links: the links by which words can reach an area.
        names: what every quote is called and where it stands.
        versions: all versions of the study by key.
    """
    here = Address(INFLUENCE)
    naming = _Naming(names, versions, here)
    stated = influence(links)
    areas = [each.area for each in stated.areas]
    return InfluencePage(
        frame(study.label, here, "Whose voice counts"),
        tuple(AreaHead(str(each.ordinal), each.label, here.to(area_path(each.key))) for each in areas),
        _silent(links, stated),
        _figure("stated", stated, naming, areas),
        _figure("read", influence(links, WITH_READINGS), naming, areas) if links.has_readings else None,
        here.to(INFLUENCE_TABLE),
    )


def influence_table(links: VoiceLinks) -> str:
    """The same as a table of comma-separated values: one record a basis, voice and area that any way joins."""
    rows = [
        [
            basis, each.voice.kind, each.voice.key, each.voice.label, each.area.key, each.area.label,
            str(len(each.quotes)), str(len(each.ways)),
        ]
        for basis, include in _BASES
        for found in [influence(links, include)]
        for each in (*found.organisation_types, *found.themes)
    ]  # fmt: skip
    return csv_text(_CSV, rows)
