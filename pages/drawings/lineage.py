"""The lineage of a hypothesis as a drawing: wording, quotes, themes, next wording, blueprint, from left to right.

A solid line is what a source states, a dashed one a reading of the editors. Everything that is there by a reading only
bears the class ``editorial``, so that the page's switch can hide it without a script.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup

from pages.drawings.columns import (
    HEADING_HEIGHT,
    HEADING_SIZE,
    LANE_HEIGHT,
    NOTE_SIZE,
    PADDING,
    TEXT_SIZE,
    Box,
    ColumnDrawing,
    Connection,
    Layout,
    PlacedBox,
    PlacedHeading,
    place,
)
from pages.drawings.svg import LINE_HEIGHT, Area, curve, drawing, element, number, text_lines
from pages.drawings.text import shorten

EDITORIAL = "editorial"
TOLD = 90


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """One link as a row of the table beside the drawing; `stated` says whose word it is."""

    start_column: str
    start: str
    end_column: str
    end: str
    stated: bool
    note: str


def _told(box: Box) -> str:
    text = shorten(box.text, TOLD)
    return f"{text} ({box.note})" if box.note else text


def connection_rows(columns: ColumnDrawing) -> tuple[ConnectionRow, ...]:
    """The drawing's links as rows, in the order of the columns and boxes they start from."""
    heading = {box.key: column.heading for column in columns.columns for box in column.boxes}
    text = {box.key: _told(box) for column in columns.columns for box in column.boxes}
    order = {key: place for place, key in enumerate(text)}
    ordered = sorted(columns.connections, key=lambda each: (order[each.start], order[each.end]))
    return tuple(
        ConnectionRow(heading[each.start], text[each.start], heading[each.end], text[each.end], each.stated, each.note)
        for each in ordered
    )


def _heading(heading: PlacedHeading) -> Element:
    area = heading.area
    return element(
        "g",
        element(
            "text",
            f"{heading.text} ",
            x=area.x,
            y=16,
            font_size=HEADING_SIZE,
            font_weight="bold",
            class_="drawing__heading",
        ),
        element("path", d=f"M{number(area.x)} 26H{number(area.right)}", class_="drawing__rule"),
        class_=EDITORIAL if heading.editorial else None,
    )


def _box(placed: PlacedBox) -> Element:
    area, box = placed.area, placed.box
    x = area.x + PADDING
    y = area.y + PADDING + TEXT_SIZE
    note_y = y + len(placed.text) * TEXT_SIZE * LINE_HEIGHT - (TEXT_SIZE - NOTE_SIZE)
    parts = [
        element("rect", x=area.x, y=area.y, width=area.width, height=area.height, rx=4, class_="drawing__box"),
        text_lines(placed.text, x, y, TEXT_SIZE, class_="drawing__text", font_weight="bold" if box.bold else None),
    ]
    if placed.note:
        parts.append(text_lines(placed.note, x, note_y, NOTE_SIZE, class_="drawing__note"))
    classes = " ".join(["drawing__node", f"drawing__node--{placed.kind}", *([EDITORIAL] if box.editorial else [])])
    if box.href is None:
        return element("g", *parts, class_=classes, data_box=box.key)
    return element("a", *parts, href=box.href, class_=classes, data_box=box.key)


def _line(link: Connection, layout: Layout) -> Element:
    start, end = layout.boxes[link.start].area, layout.boxes[link.end].area
    skipped = layout.column_of[link.end] - layout.column_of[link.start] - 1
    data = _over_the_top(start, end) if skipped else curve(start.right, start.middle, end.x, end.middle)
    classes = "drawing__line" if link.stated else f"drawing__line drawing__line--reading {EDITORIAL}"
    return element("path", d=data, class_=classes, data_from=link.start, data_to=link.end)


def _over_the_top(start: Area, end: Area) -> str:
    """A line that skips a column: up from the box, along the free lane under the headings, and down again."""
    lane = HEADING_HEIGHT + LANE_HEIGHT / 3
    bend = 30
    leave, arrive = start.right + bend, end.x - bend
    up = curve(start.right, start.middle, leave, lane)
    down = curve(arrive, lane, end.x, end.middle)
    return f"{up}H{number(arrive)}{down.replace('M', 'L', 1)}"


def draw_columns(columns: ColumnDrawing) -> Markup:
    """The SVG of `columns`: lines first, boxes over them, every box with an `href` a link.

    Raises:
        ValueError: The drawing's boxes and links do not fit together (see `pages.drawings.columns.place`).
    """
    layout = place(columns)
    return drawing(
        columns.key,
        columns.title,
        columns.description,
        layout.size,
        element("g", *map(_heading, layout.headings)),
        element("g", *(_line(each, layout) for each in columns.connections), class_="drawing__lines"),
        element("g", *(_box(each) for each in layout.boxes.values())),
        interactive=any(each.box.href for each in layout.boxes.values()),
    )
