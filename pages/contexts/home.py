"""The home page: what this is, the hypotheses and how far each resonated, and where to go from there."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lineage.reconciliation import Reconciliation
from lineage.records import HypothesisLineage, StudyOverview
from pages.addresses import CHANGES, HOME, RECONCILIATION, Address, area_path, hypothesis_path
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.reconciliation import in_one_line
from pages.contexts.resonance import bar_drawing, headline, percentage, resonance_bar
from pages.contexts.versions import short_name
from pages.drawings.bars import draw_bars
from pages.words import capital, count, in_words


@dataclass(frozen=True, slots=True)
class HypothesisRow:
    """One hypothesis as a row: where it began, how far it resonated, where it stands now."""

    first: Anchor
    resonance: str
    latest: str
    quotes: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with what it counts."""

    number: str
    counts: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything the home page shows."""

    frame: Frame
    heading: str
    description: str
    tiles: tuple[Tile, ...]
    drawing: Markup | None
    answer: str
    overall: str
    first_iteration: str
    latest_iteration: str
    rows: tuple[HypothesisRow, ...]
    renumbered: str
    changes_href: str
    numbers: str
    numbers_href: str
    areas: tuple[Anchor, ...]


def _row(lineage: HypothesisLineage, here: Address) -> HypothesisRow:
    first, latest, label = lineage.first, lineage.latest, lineage.hypothesis.label
    href = here.to(hypothesis_path(lineage.hypothesis.key))
    found = headline(first)
    shown = f"{percentage(found)} ({found.count} of {found.denominator})" if found else "not stated"
    later = f"{latest.number} {short_name(latest, label)}" if latest is not first else "not in a later iteration"
    return HypothesisRow(Anchor(f"{first.number} {short_name(first, label)}", href), shown, later, len(lineage.quotes))


def renumbered_sentence(overview: StudyOverview) -> str:
    """How many hypotheses bear another number in the newest iteration than in the first, as a sentence."""
    moved = sum(1 for each in overview.lineages if each.first.number != each.latest.number)
    total = len(overview.lineages)
    if not moved or len(overview.iterations) < 2:
        return ""
    label = overview.iterations[-1].label.lower()
    return f"{capital(in_words(moved))} of the {in_words(total)} bear another number in {label}."


def _tiles(overview: StudyOverview) -> tuple[Tile, ...]:
    quotes = overview.quote_counts
    tiles = [
        Tile(str(len(overview.lineages)), "hypotheses" if len(overview.lineages) != 1 else "hypothesis"),
        Tile(str(len(overview.iterations)), "iterations" if len(overview.iterations) != 1 else "iteration"),
        Tile(str(quotes.all), f"quotes, {quotes.not_contained} of them standing on their own"),
        Tile(
            str(len(overview.areas)), "areas of the blueprint" if len(overview.areas) != 1 else "area of the blueprint"
        ),
    ]
    return tuple(tile for tile in tiles if tile.number != "0")


def home_page(overview: StudyOverview, reconciled: Reconciliation) -> HomePage:
    """The home page of the study; `reconciled` is what its sources print, held against each other."""
    here = Address(HOME)
    by_number = sorted(overview.lineages, key=lambda each: (each.first.iteration, each.first.number))
    rated = [(each, found) for each in by_number if (found := headline(each.first))]
    rated.sort(key=lambda pair: -(pair[1].count / pair[1].denominator))
    bars = [
        resonance_bar(
            found,
            each.hypothesis.key,
            f"{each.first.number} {short_name(each.first, each.hypothesis.label)}",
            here.to(hypothesis_path(each.hypothesis.key)),
        )
        for each, found in rated
    ]
    answers = [found.resonance.label for _, found in rated]
    drawing = draw_bars(bar_drawing("resonance", "How far each hypothesis resonated", bars, answers)) if bars else None
    overall = overview.resonance
    heading = (
        f"{capital(in_words(len(overview.lineages)))} {'hypotheses' if len(overview.lineages) != 1 else 'hypothesis'}"
    )
    return HomePage(
        frame(overview.study.label, here, "Hypotheses"),
        f"{heading} and how they changed" if len(overview.lineages) != 1 else f"{heading} and how it changed",
        overview.description or "",
        _tiles(overview),
        drawing,
        " / ".join(dict.fromkeys(answers)).lower(),
        f"Over all hypotheses {overall.count} of {count(overall.denominator, 'answer')}, {overall.percentage}%."
        if overall
        else "",
        overview.iterations[0].label if overview.iterations else "First iteration",
        overview.iterations[-1].label if overview.iterations else "Latest iteration",
        tuple(_row(each, here) for each in by_number),
        renumbered_sentence(overview),
        here.to(CHANGES),
        in_one_line(reconciled),
        here.to(RECONCILIATION),
        tuple(
            Anchor(f"{each.ordinal}. {each.area.label}", here.to(area_path(each.area.key))) for each in overview.areas
        ),
    )
