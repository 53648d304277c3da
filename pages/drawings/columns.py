"""Boxes in columns and the links between them: the records, and where everything goes.

The layout knows nothing of hypotheses: `pages.drawings.lineage` draws what is placed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pages.drawings.svg import LINE_HEIGHT, Area
from pages.drawings.text import wrap

HEADING_SIZE = 13.5
TEXT_SIZE = 13
NOTE_SIZE = 11.5
PADDING = 9
GAP = 12
HEADING_HEIGHT = 40
LANE_HEIGHT = 26
MARGIN = 8


@dataclass(frozen=True, slots=True)
class Box:
    """A box: `key` is unique in its drawing, `text` is cut to `lines` lines, `note` stands under it in smaller type.

    `href` leads to its details; `bold` says how the text is set; `editorial` that only an editorial link puts it there.
    """

    key: str
    text: str
    note: str = ""
    href: str | None = None
    lines: int = 3
    bold: bool = False
    editorial: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what its boxes are (a class in the style sheet), its width, and its boxes.

    `ordered` keeps the boxes in the order given; otherwise each goes near what it is linked to.
    """

    heading: str
    kind: str
    width: float
    boxes: tuple[Box, ...]
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Connection:
    """A link from one box to another of a later column; `stated` where a source says so, else it is a reading."""

    start: str
    end: str
    stated: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ColumnDrawing:
    """A drawing of columns; `key` makes its ids unique on a page, `title` and `description` are read aloud."""

    key: str
    title: str
    description: str
    columns: tuple[Column, ...]
    connections: tuple[Connection, ...]
    width: float = 1120


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box with its place and its broken lines."""

    box: Box
    kind: str
    area: Area
    text: tuple[str, ...]
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A column's heading; `editorial` where all its boxes are."""

    text: str
    area: Area
    editorial: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything goes: headings, boxes by key, and the size of the whole."""

    headings: tuple[PlacedHeading, ...]
    boxes: Mapping[str, PlacedBox]
    column_of: Mapping[str, int]
    size: tuple[float, float]


def _box_height(text: Sequence[str], note: Sequence[str]) -> float:
    return 2 * PADDING + LINE_HEIGHT * (len(text) * TEXT_SIZE + len(note) * NOTE_SIZE)


def _stack(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Tops for boxes of `heights` as near to the middles `wanted` as order, gaps and the space allow."""
    tops: list[float] = []
    free = top
    for middle, height in zip(wanted, heights, strict=True):
        tops.append(max(middle - height / 2, free))
        free = tops[-1] + height + GAP
    limit = bottom
    for place in range(len(tops) - 1, -1, -1):
        tops[place] = min(tops[place], limit - heights[place])
        limit = tops[place] - GAP
    return tops


def _column_heights(columns: Sequence[Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]) -> list[float]:
    return [sum(_box_height(text, note) for text, note in column) + GAP * max(len(column) - 1, 0) for column in columns]


def _wanted(box: Box, drawing: ColumnDrawing, placed: Mapping[str, PlacedBox], middle: float) -> float:
    """Where the middle of `box` would best be: level with the boxes before it that it is linked to."""
    before = [
        placed[each.start].area.middle for each in drawing.connections if each.end == box.key and each.start in placed
    ]
    return sum(before) / len(before) if before else middle


def place(drawing: ColumnDrawing) -> Layout:
    """Find a place for every box of `drawing`.

    Columns are spread evenly over the width; boxes never overlap and keep their order where the column is `ordered`.
    Above the boxes a lane stays free where links skip a column.

    Raises:
        ValueError: Two boxes have one key, a connection names a box that is not there, or one does not run forwards.
    """
    column_of = {box.key: place for place, column in enumerate(drawing.columns) for box in column.boxes}
    if len(column_of) != sum(len(column.boxes) for column in drawing.columns):
        raise ValueError(f"two boxes of the drawing {drawing.key!r} have the same key")
    for each in drawing.connections:
        if each.start not in column_of or each.end not in column_of:
            raise ValueError(f"the link {each.start!r} to {each.end!r} names a box that is not in the drawing")
        if column_of[each.start] >= column_of[each.end]:
            raise ValueError(f"the link {each.start!r} to {each.end!r} does not lead to a later column")
    broken = [
        [
            (
                wrap(box.text, column.width - 2 * PADDING, TEXT_SIZE, bold=box.bold, lines=box.lines),
                wrap(box.note, column.width - 2 * PADDING, NOTE_SIZE),
            )
            for box in column.boxes
        ]
        for column in drawing.columns
    ]
    skipping = any(column_of[each.end] - column_of[each.start] > 1 for each in drawing.connections)
    top = HEADING_HEIGHT + (LANE_HEIGHT if skipping else 0)
    bottom = top + max(_column_heights(broken), default=0)
    room = drawing.width - 2 * MARGIN - sum(column.width for column in drawing.columns)
    space = room / max(len(drawing.columns) - 1, 1)
    headings: list[PlacedHeading] = []
    placed: dict[str, PlacedBox] = {}
    x: float = MARGIN
    for column, texts in zip(drawing.columns, broken, strict=True):
        editorial = bool(column.boxes) and all(box.editorial for box in column.boxes)
        headings.append(PlacedHeading(column.heading, Area(x, 0, column.width, HEADING_HEIGHT), editorial))
        middle = (top + bottom) / 2
        rows = list(zip(column.boxes, texts, strict=True))
        if not column.ordered:
            rows.sort(key=lambda row: _wanted(row[0], drawing, placed, middle))
        heights = [_box_height(*lines) for _, lines in rows]
        if column.ordered and len(rows) > 1:
            spare = bottom - top - sum(heights) - GAP * (len(rows) - 1)
            edges, edge = [], top + spare / 2
            for height in heights:
                edges.append(edge + height / 2)
                edge += height + GAP
            wanted = edges
        else:
            wanted = [_wanted(box, drawing, placed, middle) for box, _ in rows]
        for (box, lines), y, height in zip(rows, _stack(wanted, heights, top, bottom), heights, strict=True):
            placed[box.key] = PlacedBox(box, column.kind, Area(x, y, column.width, height), *lines)
        x += column.width + space
    return Layout(tuple(headings), placed, column_of, (drawing.width, bottom + MARGIN))
