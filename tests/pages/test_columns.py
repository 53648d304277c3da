"""The drawing of columns: nothing overlaps, and it says the same as its table."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.drawings.columns import Box, Column, ColumnDrawing, Connection, place
from pages.drawings.lineage import connection_rows, draw_columns
from pages.drawings.text import width

SVG = "{http://www.w3.org/2000/svg}"
TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["Cc"]), max_size=120)


def parsed(svg: str) -> ElementTree.Element:
    """The tree of a drawing; a parser that is not ours decides whether it is well-formed."""
    return ElementTree.fromstring(svg)  # noqa: S314 - our own output


@st.composite
def column_drawings(draw: st.DrawFn) -> ColumnDrawing:
    """Two to six columns of up to nine boxes, with links that run forwards."""
    columns = []
    keys: list[list[str]] = []
    for place_in_row in range(draw(st.integers(2, 6))):
        own = [f"box-{place_in_row}-{number}" for number in range(draw(st.integers(0, 9)))]
        boxes = tuple(
            Box(key, draw(TEXT), draw(TEXT), f"#{key}" if draw(st.booleans()) else None, draw(st.integers(1, 4)))
            for key in own
        )
        columns.append(
            Column(f"Column {place_in_row}", "quote", draw(st.floats(80, 300)), boxes, ordered=draw(st.booleans()))
        )
        keys.append(own)
    pairs = [(start, end) for first, second in combinations(keys, 2) for start in first for end in second]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12)) if pairs else []
    links = tuple(Connection(start, end, draw(st.booleans())) for start, end in chosen)
    total = sum(column.width for column in columns) + 60 * len(columns)
    return ColumnDrawing("drawn", "A title & more", "What <it> shows", tuple(columns), links, total)


@settings(deadline=None)
@given(column_drawings())
def test_boxes_do_not_overlap(columns: ColumnDrawing) -> None:
    """No two boxes share more than an edge, and all lie within the drawing below the headings."""
    layout = place(columns)
    areas = [each.area for each in layout.boxes.values()]
    assert not any(one.overlaps(other) for one, other in combinations(areas, 2))
    for area in areas:
        assert area.x >= 0
        assert area.right <= layout.size[0] + 0.01
        assert area.y >= layout.headings[0].area.bottom - 0.01
        assert area.bottom <= layout.size[1] + 0.01


@settings(deadline=None)
@given(column_drawings())
def test_text_stays_inside_its_box(columns: ColumnDrawing) -> None:
    """Every line is narrower than its box, and the lines together are no taller."""
    for each in place(columns).boxes.values():
        assert all(width(line, 13, bold=each.box.bold) <= each.area.width or len(line) == 1 for line in each.text)
        assert 1.3 * (13 * len(each.text) + 11.5 * len(each.note)) <= each.area.height


@settings(deadline=None)
@given(column_drawings())
def test_ordered_columns_keep_their_order(columns: ColumnDrawing) -> None:
    """Where the order is part of what is said, boxes stand in it from top to bottom."""
    layout = place(columns)
    for column in columns.columns:
        if column.ordered:
            tops = [layout.boxes[box.key].area.y for box in column.boxes]
            assert tops == sorted(tops)


@settings(deadline=None)
@given(column_drawings())
def test_the_drawing_and_its_table_say_the_same(columns: ColumnDrawing) -> None:
    """The drawing is well-formed, has every box once, and as many stated and read lines as the table has rows."""
    root = parsed(draw_columns(columns))
    boxes = [each.get("data-box") for each in root.iter() if each.get("data-box")]
    assert sorted(filter(None, boxes)) == sorted(box.key for column in columns.columns for box in column.boxes)
    lines = [each for each in root.iter(f"{SVG}path") if each.get("data-from")]
    drawn = {
        (each.get("data-from"), each.get("data-to"), "editorial" not in (each.get("class") or "")) for each in lines
    }
    assert drawn == {(each.start, each.end, each.stated) for each in columns.connections}
    rows = connection_rows(columns)
    assert len(rows) == len(lines)
    assert sorted(row.stated for row in rows) == sorted(each.stated for each in columns.connections)


def test_a_drawing_has_a_name_and_links_that_can_be_reached() -> None:
    """Title and description name the drawing; one with links is a group, because links in an image are out of reach."""
    linked = ColumnDrawing("k", "Name", "More", (Column("A", "quote", 100, (Box("a", "x", href="#x"),)),), (), 200)
    plain = ColumnDrawing("k", "Name", "More", (Column("A", "quote", 100, (Box("a", "x"),)),), (), 200)
    root = parsed(draw_columns(linked))
    assert root.get("role") == "group"
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")  # type: ignore[union-attr] # no triple term
    assert root.find(f".//{SVG}a").get("href") == "#x"  # type: ignore[union-attr] # no triple term
    assert parsed(draw_columns(plain)).get("role") == "img"


def test_every_line_of_text_ends_with_a_space() -> None:
    """So that a screen reader does not run two lines together."""
    box = Box("a", "many words that need several lines to stand in", "and a note of some length", lines=4)
    columns = ColumnDrawing("k", "Name", "More", (Column("A", "quote", 100, (box,)),), (), 200)
    spans = list(parsed(draw_columns(columns)).iter(f"{SVG}tspan"))
    assert len(spans) > 3
    assert all((span.text or "").endswith(" ") for span in spans)


@pytest.mark.parametrize(
    ("links", "complaint"),
    [
        ((Connection("a", "nowhere", stated=True),), "names a box that is not in the drawing"),
        ((Connection("b", "a", stated=True),), "does not lead to a later column"),
    ],
)
def test_links_that_lead_nowhere_are_refused(links: tuple[Connection, ...], complaint: str) -> None:
    """A link to a box that is not there, or backwards, is a mistake of the caller."""
    columns = (Column("A", "quote", 100, (Box("a", "x"),)), Column("B", "quote", 100, (Box("b", "y"),)))
    with pytest.raises(ValueError, match=complaint):
        place(ColumnDrawing("k", "Name", "More", columns, links, 300))


def test_two_boxes_with_one_key_are_refused() -> None:
    """Keys tell boxes apart."""
    columns = (Column("A", "quote", 100, (Box("a", "x"), Box("a", "y"))),)
    with pytest.raises(ValueError, match="the same key"):
        place(ColumnDrawing("k", "Name", "More", columns, (), 300))
