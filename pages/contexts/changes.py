"""How they changed: where each hypothesis stands in every iteration, and what happened to its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lineage.records import Change, HypothesisLineage, Iteration, StudyOverview, Version
from pages.addresses import CHANGES, HOME, Address, area_path, hypothesis_path
from pages.contexts.change import change_words, comparison_views
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.home import renumbered_sentence
from pages.contexts.many import FIRST_CHANGES, MOST_CHANGES
from pages.contexts.slope import in_newest_order, shown_of, slope_drawing
from pages.contexts.versions import Versions, all_versions, short_name
from pages.contexts.wordings import verdicts_by_reading
from pages.drawings.slope import draw_slope


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change as a row; `removed` and `added` count words between the canonical wordings, where there are two.

    `counted_for` names the hypothesis whose words are counted, where several take part.
    """

    href: str
    before: str
    after: str
    types: tuple[str, ...]
    removed: int | None
    added: int | None
    verdicts: tuple[str, ...]
    counted_for: str = ""


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """One hypothesis as a row of the drawing's table: its number and name in every iteration, and its areas."""

    hypothesis: Anchor
    places: tuple[str, ...]
    areas: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Everything the page "How they changed" shows; of very many changes, `more_rows` are folded away."""

    frame: Frame
    renumbered: str
    drawing: Markup
    iterations: tuple[str, ...]
    places: tuple[PlacesRow, ...]
    rows: tuple[ChangeRow, ...]
    more_rows: tuple[ChangeRow, ...]
    has_readings: bool
    more_iterations: int
    more_hypotheses: int
    more_changes: int
    home_href: str


def _places(lineage: HypothesisLineage, iterations: Sequence[Iteration], here: Address) -> PlacesRow:
    versions = {version.iteration: version for version in lineage.versions}
    told = [
        f"{versions[each.ordinal].number} {short_name(versions[each.ordinal], lineage.hypothesis.label)}"
        if each.ordinal in versions
        else "—"
        for each in iterations
    ]
    areas = tuple(Anchor(link.to.label, here.to(area_path(link.to.key))) for link in lineage.areas)
    return PlacesRow(
        Anchor(lineage.hypothesis.label, here.to(hypothesis_path(lineage.hypothesis.key))), tuple(told), areas
    )


def _told(versions: Sequence[Version], labels: Mapping[str, str]) -> str:
    return ", ".join(f"{each.number} {short_name(each, labels[each.key.partition('/')[0]])}" for each in versions)


def _rows(
    lineage: HypothesisLineage,
    changes: Sequence[Change],
    versions: Versions,
    labels: Mapping[str, str],
    here: Address,
) -> list[ChangeRow]:
    """Those of some changes that led to this hypothesis' versions, and that which ended it with nothing after it."""
    own = {version.key for version in lineage.versions}
    rows = []
    for change in changes:
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
                lineage.hypothesis.label if views and len(before) + len(after) > 2 else "",
            )
        )
    return rows


def _latest_changes(lineages: Sequence[HypothesisLineage]) -> frozenset[str]:
    """The changes (IRIs) that led to the newest iterations, as many whole iterations as a table can show.

    Of an iteration with more changes than that, those of the first hypotheses in the order of its numbers.
    """
    of_iteration: dict[int, dict[str, None]] = defaultdict(dict)
    for lineage in lineages:
        for change in lineage.changes:
            led_to = [int(key.rpartition("/")[2]) for key in change.after]
            ended = [int(key.rpartition("/")[2]) + 1 for key in change.before]
            of_iteration[max(led_to or ended)][change.iri] = None
    found: dict[str, None] = {}
    for iteration in sorted(of_iteration, reverse=True):
        if found and len(found) + len(of_iteration[iteration]) > MOST_CHANGES:
            break
        found |= dict.fromkeys(list(of_iteration[iteration])[:MOST_CHANGES])
    return frozenset(found)


def _without_repeats(rows: Iterable[ChangeRow]) -> tuple[ChangeRow, ...]:
    """A change of several hypotheses once where no words are counted for each of them."""
    found: dict[tuple[object, ...], ChangeRow] = {}
    for row in rows:
        found.setdefault((row.before, row.after, row.types, row.removed is None or row.href), row)
    return tuple(found.values())


def changes_page(overview: StudyOverview) -> ChangesPage:
    """The page "How they changed" of the study, hypotheses in the order of the newest iteration."""
    here = Address(CHANGES)
    versions = all_versions(overview.lineages)
    labels = {each.hypothesis.key: each.hypothesis.label for each in overview.lineages}
    ordered = in_newest_order(overview.lineages)
    shown = shown_of(overview)
    latest = _latest_changes(ordered)
    every = {change.iri for each in ordered for change in each.changes}
    rows = _without_repeats(
        row
        for each in ordered
        for row in _rows(each, [one for one in each.changes if one.iri in latest], versions, labels, here)
    )
    first = FIRST_CHANGES if len(rows) > MOST_CHANGES // 2 else len(rows)
    return ChangesPage(
        frame(overview.study.label, here, "How they changed"),
        renumbered_sentence(overview),
        draw_slope(slope_drawing(overview, here)),
        tuple(each.label for each in shown.iterations),
        tuple(_places(each, shown.iterations, here) for each in ordered),
        rows[:first],
        rows[first:],
        any(link.status != "asserted" for each in overview.lineages for link in each.areas),
        shown.more_iterations,
        shown.more_hypotheses,
        len(every - latest),
        here.to(HOME),
    )
