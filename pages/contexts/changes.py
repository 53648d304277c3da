"""How they changed: where each hypothesis stands in every iteration, and what happened to its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lineage.records import HypothesisLineage, StudyOverview, Version
from pages.addresses import CHANGES, Address, area_path, hypothesis_path
from pages.contexts.change import change_words, comparison_views
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.home import renumbered_sentence
from pages.contexts.versions import Versions, all_versions, short_name
from pages.contexts.wordings import verdicts_by_reading
from pages.drawings.slope import AreaPlace, Place, SlopeColumn, SlopeDrawing, draw_slope


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change as a row; `removed` and `added` count words between the canonical wordings, where there are two."""

    href: str
    before: str
    after: str
    types: tuple[str, ...]
    removed: int | None
    added: int | None
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """One hypothesis as a row of the drawing's table: its number and name in every iteration, and its areas."""

    hypothesis: Anchor
    places: tuple[str, ...]
    areas: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Everything the page "How they changed" shows."""

    frame: Frame
    renumbered: str
    drawing: Markup
    iterations: tuple[str, ...]
    places: tuple[PlacesRow, ...]
    rows: tuple[ChangeRow, ...]
    has_readings: bool


def slope_drawing(overview: StudyOverview, here: Address) -> SlopeDrawing:
    """The study's hypotheses in every iteration, and the areas they are read as feeding."""
    columns = []
    for iteration in overview.iterations:
        places = [
            Place(
                each.hypothesis.key,
                version.number,
                short_name(version, each.hypothesis.label),
                here.to(hypothesis_path(each.hypothesis.key)),
            )
            for each in overview.lineages
            for version in each.versions
            if version.iteration == iteration.ordinal
        ]
        columns.append(SlopeColumn(iteration.label, tuple(places)))
    areas = tuple(
        AreaPlace(
            area.area.key,
            area.ordinal,
            area.area.label,
            tuple(
                each.hypothesis.key
                for each in overview.lineages
                if any(link.to.key == area.area.key for link in each.areas)
            ),
            here.to(area_path(area.area.key)),
        )
        for area in overview.areas
    )
    derived = tuple(
        dict.fromkeys(
            (earlier.partition("/")[0], each.hypothesis.key) for each in overview.lineages for earlier in each.ancestors
        )
    )
    return SlopeDrawing(
        "renumbering",
        "The number of each hypothesis in every iteration",
        "Boxes stand in the order of their numbers, one column an iteration; a line joins what is the same hypothesis. "
        "Dashed lines to the areas of the blueprint are our reading.",
        tuple(columns),
        areas if any(area.hypotheses for area in areas) else (),
        derived,
        1120 if len(columns) + bool(areas) <= 3 else 340.0 * (len(columns) + bool(areas)),
    )


def _places(lineage: HypothesisLineage, overview: StudyOverview, here: Address) -> PlacesRow:
    versions = {version.iteration: version for version in lineage.versions}
    told = [
        f"{versions[each.ordinal].number} {short_name(versions[each.ordinal], lineage.hypothesis.label)}"
        if each.ordinal in versions
        else "—"
        for each in overview.iterations
    ]
    areas = tuple(Anchor(link.to.label, here.to(area_path(link.to.key))) for link in lineage.areas)
    return PlacesRow(
        Anchor(lineage.hypothesis.label, here.to(hypothesis_path(lineage.hypothesis.key))), tuple(told), areas
    )


def _told(versions: Sequence[Version], labels: Mapping[str, str]) -> str:
    return ", ".join(f"{each.number} {short_name(each, labels[each.key.partition('/')[0]])}" for each in versions)


def _rows(lineage: HypothesisLineage, versions: Versions, labels: Mapping[str, str], here: Address) -> list[ChangeRow]:
    """The changes that led to this hypothesis' versions, and that which ended it with nothing after it."""
    own = {version.key for version in lineage.versions}
    rows = []
    for change in lineage.changes:
        if change.after and not own & set(change.after):
            continue
        before = [versions[key] for key in change.before if key in versions]
        after = [versions[key] for key in change.after if key in versions]
        views = comparison_views(change.comparisons, before, after)
        rows.append(
            ChangeRow(
                here.to(hypothesis_path(lineage.hypothesis.key)),
                _told(before, labels) or "new",
                _told(after, labels) or "withdrawn",
                change_words(change.types),
                views[0].removed if views else None,
                views[0].added if views else None,
                verdicts_by_reading(views) if len(views) > 1 else (),
            )
        )
    return rows


def changes_page(overview: StudyOverview) -> ChangesPage:
    """The page "How they changed" of the study, hypotheses in the order of the newest iteration."""
    here = Address(CHANGES)
    versions = all_versions(overview.lineages)
    labels = {each.hypothesis.key: each.hypothesis.label for each in overview.lineages}
    ordered = sorted(overview.lineages, key=lambda each: each.latest.number)
    return ChangesPage(
        frame(overview.study.label, here, "How they changed"),
        renumbered_sentence(overview),
        draw_slope(slope_drawing(overview, here)),
        tuple(each.label for each in overview.iterations),
        tuple(_places(each, overview, here) for each in ordered),
        tuple(row for each in ordered for row in _rows(each, versions, labels, here)),
        any(link.status != "asserted" for each in overview.lineages for link in each.areas),
    )
