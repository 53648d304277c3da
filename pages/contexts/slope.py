"""Where each hypothesis stands in the iterations: what the drawing of "How they changed" shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lineage.records import HypothesisLineage, Iteration, StudyOverview, Version
from pages.addresses import Address, area_path, hypothesis_path
from pages.contexts.many import MOST_HYPOTHESES, first_and_last
from pages.contexts.versions import short_name
from pages.drawings.slope import AreaPlace, Derivation, Place, SlopeColumn, SlopeDrawing

_WIDTH = 1120
_COLUMN = 340.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a study is drawn: iterations in order, hypotheses as the newest one has them, how many are left out."""

    iterations: tuple[Iteration, ...]
    lineages: tuple[HypothesisLineage, ...]
    more_iterations: int
    more_hypotheses: int


def in_newest_order(lineages: Sequence[HypothesisLineage]) -> tuple[HypothesisLineage, ...]:
    """Hypotheses in the order of their numbers in the newest iteration; then those that ended, the last to go first."""
    return tuple(sorted(lineages, key=lambda each: (-each.latest.iteration, each.latest.number, each.hypothesis.key)))


def shown_of(overview: StudyOverview) -> Shown:
    """What is drawn of a study: all of it, unless there is too much to be read."""
    iterations = first_and_last(overview.iterations)
    lineages = in_newest_order(overview.lineages)[:MOST_HYPOTHESES]
    return Shown(
        iterations,
        lineages,
        len(overview.iterations) - len(iterations),
        len(overview.lineages) - len(lineages),
    )


def slope_drawing(overview: StudyOverview, here: Address) -> SlopeDrawing:
    """The study's hypotheses in the iterations, and the areas they are read as feeding."""
    shown = shown_of(overview)
    ordinals = [each.ordinal for each in shown.iterations]
    columns = tuple(
        SlopeColumn(
            _heading(iteration, shown, place),
            tuple(
                _place(lineage, version, ordinals, here)
                for lineage in shown.lineages
                for version in lineage.versions
                if version.iteration == iteration.ordinal
            ),
        )
        for place, iteration in enumerate(shown.iterations)
    )
    areas = tuple(
        AreaPlace(
            area.area.key,
            area.ordinal,
            area.area.label,
            tuple(
                each.hypothesis.key
                for each in shown.lineages
                if any(link.to.key == area.area.key for link in each.areas)
            ),
            here.to(area_path(area.area.key)),
        )
        for area in overview.areas
    )
    drawn = areas if any(area.hypotheses for area in areas) else ()
    count = len(columns) + bool(drawn)
    return SlopeDrawing(
        "renumbering",
        "The number of each hypothesis in every iteration",
        "Boxes stand in the order of their numbers, one column an iteration; a line joins what is the same hypothesis, "
        "or leads to what grew from it. Dashed lines to the areas of the blueprint are our reading.",
        columns,
        drawn,
        _derivations(shown, ordinals),
        _WIDTH if count <= 3 else _COLUMN * count,
    )


def _heading(iteration: Iteration, shown: Shown, place: int) -> str:
    if place == 1 and shown.more_iterations:
        return f"… {iteration.label}"
    return iteration.label


def _place(lineage: HypothesisLineage, version: Version, ordinals: Sequence[int], here: Address) -> Place:
    return Place(
        lineage.hypothesis.key,
        version.number,
        short_name(version, lineage.hypothesis.label),
        here.to(hypothesis_path(lineage.hypothesis.key)),
        _begins(lineage, version, ordinals),
        _ends(lineage, version, ordinals),
    )


def _begins(lineage: HypothesisLineage, version: Version, ordinals: Sequence[int]) -> str:
    place = ordinals.index(version.iteration)
    if place == 0:
        return ""
    earlier = [each.iteration for each in lineage.versions if each.iteration < version.iteration]
    if earlier:
        return "" if ordinals[place - 1] in earlier else "again"
    if any("introduced" in change.types and version.key in change.after for change in lineage.changes):
        return "new"
    return ""


def _ends(lineage: HypothesisLineage, version: Version, ordinals: Sequence[int]) -> str:
    if any("withdrawn" in change.types and version.key in change.before for change in lineage.changes):
        return "withdrawn"
    place = ordinals.index(version.iteration)
    later = [each.iteration for each in lineage.versions if each.iteration > version.iteration]
    if not later or place + 1 == len(ordinals) or ordinals[place + 1] in later:
        return ""
    return "later again"


def _derivations(shown: Shown, ordinals: Sequence[int]) -> tuple[Derivation, ...]:
    found = []
    for lineage in shown.lineages:
        for version in lineage.versions:
            for earlier in version.derived_from:
                hypothesis, _, iteration = earlier.rpartition("/")
                if version.iteration not in ordinals or int(iteration) not in ordinals:
                    continue
                column = ordinals.index(int(iteration))
                if ordinals.index(version.iteration) == column + 1:
                    found.append(Derivation(column, hypothesis, lineage.hypothesis.key))
    return tuple(dict.fromkeys(found))
