"""Where each hypothesis stands in every iteration: one line a hypothesis, boxes in the order of their numbers.

The order is the message, so nothing is moved to avoid crossings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from markupsafe import Markup

from pages.drawings.lineage import EDITORIAL
from pages.drawings.svg import LINE_HEIGHT, Area, curve, drawing, element, number, text_lines
from pages.drawings.text import wrap

SIZE = 14
HEADING_HEIGHT = 40
BOX_HEIGHT = 54
AREA_HEIGHT = 70
BOX_WIDTH = 264
AREA_WIDTH = 270
BADGE_WIDTH = 42
GAP = 12
MARGIN = 6
COLOURS = 9
NOTE_SIZE = 12
STUB = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A hypothesis in one iteration: its number and the name it goes by there; `href` leads to its details.

    `begins` and `ends` say in a word why no line leads to it or on from it: new, withdrawn.
    """

    hypothesis: str
    number: int
    name: str
    href: str | None = None
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class SlopeColumn:
    """One iteration; the places are drawn in the order of their numbers."""

    heading: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class AreaPlace:
    """An area of the blueprint, and the hypotheses read as feeding it."""

    key: str
    number: int
    name: str
    hypotheses: tuple[str, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """A step from the hypothesis `start` in a column (counted from 0) to `end` in the column after it."""

    column: int
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class SlopeDrawing:
    """Iterations from the first to the last, and (our reading) the areas of the blueprint.

    `derived` are steps by which a hypothesis grew from another one (merge, split, a part that moved).
    """

    key: str
    title: str
    description: str
    columns: tuple[SlopeColumn, ...]
    areas: tuple[AreaPlace, ...] = ()
    derived: tuple[Derivation, ...] = ()
    width: float = 1120


def _colours(slope: SlopeDrawing) -> Mapping[str, int]:
    """A colour number from 1 for every hypothesis, in the order of the first column it stands in."""
    keys: dict[str, int] = {}
    for column in slope.columns:
        for place in sorted(column.places, key=lambda each: each.number):
            keys.setdefault(place.hypothesis, len(keys) % COLOURS + 1)
    return keys


def _labelled_box(area: Area, badge: str, name: str, href: str | None, classes: str, key: str) -> Element:
    lines = wrap(name, area.width - BADGE_WIDTH - 18, SIZE, lines=int((area.height - 12) / (SIZE * LINE_HEIGHT)))
    text_y = area.middle - (len(lines) - 1) * SIZE * LINE_HEIGHT / 2 + SIZE * 0.36
    parts = [
        element("rect", x=area.x, y=area.y, width=area.width, height=area.height, rx=4, class_="drawing__box"),
        element("rect", x=area.x, y=area.y, width=BADGE_WIDTH, height=area.height, rx=4, class_="drawing__badge"),
        element(
            "text", f"{badge} ", x=area.x + BADGE_WIDTH / 2, y=area.middle + SIZE * 0.36, font_size=SIZE + 1,
            font_weight="bold", text_anchor="middle", class_="drawing__badge-text",
        ),
        text_lines(lines, area.x + BADGE_WIDTH + 9, text_y, SIZE, class_="drawing__text"),
    ]  # fmt: skip
    if href is None:
        return element("g", *parts, class_=classes, data_box=key)
    return element("a", *parts, href=href, class_=classes, data_box=key)


def slope_areas(slope: SlopeDrawing) -> tuple[Mapping[str, Area], ...]:
    """Where the boxes of each column stand (by hypothesis), and last those of the blueprint's areas (by key)."""
    columns = len(slope.columns) + (1 if slope.areas else 0)
    boxes = BOX_WIDTH * len(slope.columns) + (AREA_WIDTH if slope.areas else 0)
    step = (slope.width - 2 * MARGIN - boxes) / max(columns - 1, 1)
    rows = max([len(column.places) for column in slope.columns] + [len(slope.areas)], default=0)
    height = rows * BOX_HEIGHT + max(rows - 1, 0) * GAP
    found: list[Mapping[str, Area]] = []
    for place, column in enumerate(slope.columns):
        x = MARGIN + place * (BOX_WIDTH + step)
        found.append(
            {
                each.hypothesis: Area(x, HEADING_HEIGHT + row * (BOX_HEIGHT + GAP), BOX_WIDTH, BOX_HEIGHT)
                for row, each in enumerate(sorted(column.places, key=lambda each: each.number))
            }
        )
    if slope.areas:
        room = max(height, len(slope.areas) * (AREA_HEIGHT + GAP) - GAP)
        spread = (room - AREA_HEIGHT) / max(len(slope.areas) - 1, 1)
        x = slope.width - MARGIN - AREA_WIDTH
        found.append(
            {
                each.key: Area(x, HEADING_HEIGHT + row * spread, AREA_WIDTH, AREA_HEIGHT)
                for row, each in enumerate(sorted(slope.areas, key=lambda each: each.number))
            }
        )
    return tuple(found)


def _cased(data: str, classes: str, start: str, end: str) -> list[Element]:
    """A line over a wider one in the colour of the ground, so that crossings can be told apart."""
    extra = EDITORIAL if EDITORIAL in classes else ""
    return [
        element("path", d=data, class_=f"drawing__casing {extra}".strip()),
        element("path", d=data, class_=f"drawing__slope {classes}", data_from=start, data_to=end),
    ]


def _lines(slope: SlopeDrawing, areas: tuple[Mapping[str, Area], ...], colours: Mapping[str, int]) -> list[Element]:
    lines: list[Element] = []
    for column, (before, after) in enumerate(pairwise(areas[: len(slope.columns)])):
        joined = [(key, key) for key in before]
        joined += [(each.start, each.end) for each in slope.derived if each.column == column]
        for key, next_key in joined:
            if key in before and next_key in after:
                start, end = before[key], after[next_key]
                data = curve(start.right, start.middle, end.x, end.middle)
                lines += _cased(data, f"drawing__colour--{colours[key]}", key, next_key)
    if slope.areas and slope.columns:
        last, ends = areas[len(slope.columns) - 1], areas[-1]
        for each in slope.areas:
            feeding = sorted((key for key in each.hypotheses if key in last), key=lambda key: last[key].y)
            for place, key in enumerate(feeding, start=1):
                end = ends[each.key]
                y = end.y + end.height * place / (len(feeding) + 1)
                data = curve(last[key].right, last[key].middle, end.x, y)
                lines += _cased(
                    data, f"drawing__colour--{colours[key]} drawing__slope--reading {EDITORIAL}", key, each.key
                )
    return lines


def _notes(place: Place, area: Area) -> list[Element]:
    """Why no line leads to a box or on from it: a short stub and a word."""
    return [
        element(
            "g",
            element("path", d=f"M{number(x)} {number(area.middle)}h{number(step)}", class_="drawing__stub"),
            element(
                "text", f"{text} ", x=x + 1.5 * step, y=area.middle + NOTE_SIZE * 0.36, font_size=NOTE_SIZE,
                text_anchor="start" if step > 0 else "end", class_="drawing__note drawing__note--over",
            ),
            data_note=place.hypothesis,
        )
        for text, x, step in ((place.begins, area.x, -STUB), (place.ends, area.right, STUB))
        if text
    ]  # fmt: skip


def draw_slope(slope: SlopeDrawing) -> Markup:
    """The SVG of `slope`: numbered boxes a column, a line a hypothesis; lines to the blueprint are dashed."""
    areas = slope_areas(slope)
    colours = _colours(slope)
    boxes: list[Element] = []
    headings: list[Element] = []
    for column, found in zip(slope.columns, areas, strict=False):
        x = next((area.x for area in found.values()), MARGIN)
        headings.append(
            element(
                "text",
                f"{column.heading} ",
                x=x,
                y=18,
                font_size=SIZE + 1,
                font_weight="bold",
                class_="drawing__heading",
            )
        )
        boxes += [
            _labelled_box(
                found[each.hypothesis], str(each.number), each.name, each.href,
                f"drawing__node drawing__colour--{colours[each.hypothesis]}", each.hypothesis,
            )
            for each in sorted(column.places, key=lambda each: each.number)
        ]  # fmt: skip
        boxes += [note for each in column.places for note in _notes(each, found[each.hypothesis])]
    if slope.areas:
        x = slope.width - MARGIN - AREA_WIDTH
        headings.append(
            element(
                "text", "Blueprint area (our reading) ", x=x, y=18, font_size=SIZE + 1, font_weight="bold",
                class_=f"drawing__heading {EDITORIAL}",
            )
        )  # fmt: skip
        boxes += [
            _labelled_box(
                areas[-1][each.key], str(each.number), each.name, each.href,
                f"drawing__node drawing__node--area {EDITORIAL}", each.key,
            )
            for each in sorted(slope.areas, key=lambda each: each.number)
        ]  # fmt: skip
    bottom = max((area.bottom for found in areas for area in found.values()), default=HEADING_HEIGHT)
    return drawing(
        slope.key,
        slope.title,
        slope.description,
        (slope.width, bottom + MARGIN),
        *headings,
        element("g", *_lines(slope, areas, colours), class_="drawing__lines"),
        element("g", *boxes),
        interactive=any(each.href for column in slope.columns for each in column.places),
    )
