"""The home page: what this is, the hypotheses and how far each resonated, and where to go from there."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lineage.reconciliation import Reconciliation
from lineage.records import HypothesisLineage, Resonance, StudyOverview, Version
from pages.addresses import CHANGES, HOME, INFLUENCE, READINGS, RECONCILIATION, Address, area_path, hypothesis_path
from pages.anchors import anchor_of_iri
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.many import MOST_HYPOTHESES
from pages.contexts.reconciliation import in_one_line
from pages.contexts.resonance import bar_drawing, headline, percentage, resonance_bar
from pages.contexts.versions import Versions, all_versions, short_name, wording_anchor
from pages.drawings.bars import draw_bars
from pages.words import capital, count, in_a_sentence, in_words, listed


@dataclass(frozen=True, slots=True)
class HypothesisRow:
    """One hypothesis as a row: where it began, how far it resonated, where it stands now.

    `since` names the iteration in which it began, where that is not the first one. `resonance` and `quotes` lead to
    what they count; their addresses are empty where there is nothing to lead to.
    """

    first: Anchor
    since: str
    resonance: Anchor
    latest: str
    quotes: Anchor


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with what it counts, and where that is."""

    number: str
    counts: str
    href: str


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
    more_bars: int
    renumbered: str
    changes_href: str
    numbers: str
    numbers_href: str
    readings: str
    readings_href: str
    areas: tuple[Anchor, ...]


def _row(lineage: HypothesisLineage, overview: StudyOverview, versions: Versions, here: Address) -> HypothesisRow:
    first, label = lineage.first, lineage.hypothesis.label
    href = here.to(hypothesis_path(lineage.hypothesis.key))
    rated = rated_version(lineage)
    shown = Anchor("not stated", "")
    if rated is not None:
        version, found = rated
        where = "" if version is first else f", {in_a_sentence(version.iteration_label)}"
        shown = Anchor(
            f"{percentage(found)} ({found.count} of {found.denominator}{where})",
            f"{href}#{anchor_of_iri('resonance', found.iri)}",
        )
    began = overview.iterations[0].ordinal
    since = "" if first.iteration == began else f"since {in_a_sentence(first.iteration_label)}"
    return HypothesisRow(
        Anchor(f"{first.number} {short_name(first, label)}", href),
        since,
        shown,
        standing(lineage, overview.iterations[-1].ordinal, versions),
        _to_quotes(lineage, href),
    )


def _to_quotes(lineage: HypothesisLineage, href: str) -> Anchor:
    about = [version for version in lineage.versions if version.quotes]
    return Anchor(str(len(lineage.quotes)), f"{href}#{wording_anchor(about[0].iteration)}" if about else "")


def rated_version(lineage: HypothesisLineage) -> tuple[Version, Resonance] | None:
    """The newest version of which it is told how far it resonated, and how far; None where it is told of none."""
    for version in reversed(lineage.versions):
        found = headline(version)
        if found is not None:
            return version, found
    return None


def standing(lineage: HypothesisLineage, newest: int, versions: Versions) -> str:
    """Where a hypothesis stands in the newest iteration, or what became of it."""
    latest, label = lineage.latest, lineage.hypothesis.label
    here = f"{latest.number} {short_name(latest, label)}"
    if latest.iteration == newest:
        return here
    later = (versions[key] for key in lineage.descendants if key in versions)
    became = [each for each in later if latest.key in each.derived_from]
    if became:
        told = [f"{each.number} {each.title or each.alt_label or each.key.partition('/')[0]}" for each in became]
        return f"became {listed(told)}"
    if any("withdrawn" in change.types and latest.key in change.before for change in lineage.changes):
        return "withdrawn"
    return f"not in it; {here} in {in_a_sentence(latest.iteration_label)}"


def renumbered_sentence(overview: StudyOverview) -> str:
    """How many of the hypotheses in the newest iteration bear another number than before it, as a sentence."""
    if len(overview.iterations) < 2:
        return ""
    newest = overview.iterations[-1]
    carried = [each for each in overview.lineages if each.latest.iteration == newest.ordinal and len(each.versions) > 1]
    moved = sum(1 for each in carried if each.versions[-2].number != each.latest.number)
    if not moved:
        return ""
    of = "" if len(carried) == len(overview.lineages) else " carried on"
    verb = "bears" if moved == 1 else "bear"
    label = in_a_sentence(newest.label)
    if moved == len(carried):
        who = {1: "The one", 2: "Both"}.get(moved, f"All {in_words(moved)}")
        return f"{who}{of} {verb} another number in {label}."
    return f"{capital(in_words(moved))} of the {in_words(len(carried))}{of} {verb} another number in {label}."


def _tiles(overview: StudyOverview, here: Address) -> tuple[Tile, ...]:
    quotes = overview.quote_counts
    tiles = [
        Tile(str(len(overview.lineages)), "hypotheses" if len(overview.lineages) != 1 else "hypothesis", "#hypotheses"),
        Tile(
            str(len(overview.iterations)),
            "iterations" if len(overview.iterations) != 1 else "iteration",
            here.to(CHANGES),
        ),
        Tile(str(quotes.all), f"quotes, {quotes.not_contained} of them standing on their own", here.to(INFLUENCE)),
        Tile(
            str(len(overview.areas)),
            "areas of the blueprint" if len(overview.areas) != 1 else "area of the blueprint",
            "#blueprint",
        ),
    ]
    return tuple(tile for tile in tiles if tile.number != "0")


def home_page(overview: StudyOverview, reconciled: Reconciliation, readings: int = 0) -> HomePage:
    """The home page of the study; `reconciled` is what its sources print, held against each other.

    `readings` is how many links are the editors' reading and not what a source states.
    """
    here = Address(HOME)
    by_number = sorted(overview.lineages, key=lambda each: (each.first.iteration, each.first.number))
    versions = all_versions(overview.lineages)
    rated = [(each, *found) for each in by_number if (found := rated_version(each))]
    rated.sort(key=lambda each: -(each[2].count / each[2].denominator))
    several = len({version.iteration for _, version, _ in rated}) > 1
    bars = [
        resonance_bar(
            found,
            each.hypothesis.key,
            f"{version.number} {short_name(version, each.hypothesis.label)}"
            + (f" ({in_a_sentence(version.iteration_label)})" if several else ""),
            here.to(hypothesis_path(each.hypothesis.key)),
        )
        for each, version, found in rated[:MOST_HYPOTHESES]
    ]
    answers = [found.resonance.label for _, _, found in rated]
    drawing = draw_bars(bar_drawing("resonance", "How far each hypothesis resonated", bars, answers)) if bars else None
    overall = overview.resonance
    heading = (
        f"{capital(in_words(len(overview.lineages)))} {'hypotheses' if len(overview.lineages) != 1 else 'hypothesis'}"
    )
    return HomePage(
        frame(overview.study.label, here, "Hypotheses"),
        f"{heading} and how they changed" if len(overview.lineages) != 1 else f"{heading} and how it changed",
        overview.description or "",
        _tiles(overview, here),
        drawing,
        " / ".join(dict.fromkeys(answers)).lower(),
        f"Over all hypotheses {overall.count} of {count(overall.denominator, 'answer')}, {overall.percentage}%."
        if overall
        else "",
        overview.iterations[0].label if overview.iterations else "First iteration",
        overview.iterations[-1].label if overview.iterations else "Latest iteration",
        tuple(_row(each, overview, versions, here) for each in by_number),
        len(rated) - len(bars),
        renumbered_sentence(overview),
        here.to(CHANGES),
        in_one_line(reconciled),
        here.to(RECONCILIATION),
        f"{capital(count(readings, 'link'))} {'is' if readings == 1 else 'are'} our reading, not the report’s."
        if readings
        else "",
        here.to(READINGS),
        tuple(
            Anchor(f"{each.ordinal}. {each.area.label}", here.to(area_path(each.area.key))) for each in overview.areas
        ),
    )
