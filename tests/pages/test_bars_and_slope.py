"""Bars of 100 per cent, and the drawing of renumbering."""

from __future__ import annotations

from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.drawings.bars import Bar, BarDrawing, draw_bars, draw_narrow_bars, draw_wide_bars
from pages.drawings.slope import AreaPlace, Derivation, Place, SlopeColumn, SlopeDrawing, draw_slope, slope_areas

SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["Cc"]), max_size=80)


def parsed(svg: str) -> ElementTree.Element:
    """The tree of a drawing; a parser that is not ours decides whether it is well-formed."""
    return ElementTree.fromstring(svg)  # noqa: S314 - our own output


@st.composite
def bar_drawings(draw: st.DrawFn) -> BarDrawing:
    """Up to eight bars."""
    bars = []
    for number in range(draw(st.integers(0, 8))):
        whole = draw(st.integers(1, 500))
        part = draw(st.integers(0, whole))
        bars.append(Bar(f"bar-{number}", draw(NAMES), part, whole, f"{100 * part / whole:.2f}%", "#x"))
    return BarDrawing("bars", "Bars", "What they show", "Yes", "Other answers", tuple(bars))


@settings(deadline=None)
@given(bar_drawings())
def test_parts_are_in_proportion_and_labelled(bars: BarDrawing) -> None:
    """In both drawings the parts of a bar are as wide as its shares, and its figures stand beside it."""
    for drawn in (draw_wide_bars(bars), draw_narrow_bars(bars)):
        rows = [each for each in parsed(drawn).iter(f"{SVG}g") if each.get("data-bar")]
        assert [row.get("data-bar") for row in rows] == [bar.key for bar in bars.bars]
        for row, bar in zip(rows, bars.bars, strict=True):
            parts = [each for each in row.iter(f"{SVG}rect") if each.get("data-count")]
            counts = [int(each.get("data-count") or 0) for each in parts]
            assert counts == [count for count in (bar.count, bar.others) if count]
            whole = sum(float(each.get("width") or 0) for each in parts)
            for part, count in zip(parts, counts, strict=True):
                assert abs(float(part.get("width") or 0) - whole * count / bar.denominator) <= 0.2
            said = "".join(row.itertext())
            assert f"({bar.count} of {bar.denominator})" in said
            assert bar.percentage in said


@pytest.mark.parametrize(("count", "denominator"), [(3, 2), (-1, 2), (0, 0)])
def test_shares_that_are_none_are_refused(count: int, denominator: int) -> None:
    """A count outside its denominator, or no denominator, is not drawn."""
    bars = BarDrawing("b", "B", "B", "Yes", "No", (Bar("a", "A", count, denominator, "?"),))
    with pytest.raises(ValueError, match="is not a share"):
        draw_bars(bars)


@st.composite
def slope_drawings(draw: st.DrawFn) -> SlopeDrawing:
    """Two or three iterations of up to nine hypotheses, some of them only in one, and up to six areas."""
    keys = [f"h{number}" for number in range(draw(st.integers(1, 9)))]
    columns = []
    for place in range(draw(st.integers(2, 3))):
        there = [key for key in keys if draw(st.booleans())]
        order = draw(st.permutations(there))
        places = tuple(Place(key, number, draw(NAMES), "#x") for number, key in enumerate(order, start=1))
        columns.append(SlopeColumn(f"Round {place + 1}", places))
    areas = tuple(
        AreaPlace(f"a{number}", number, draw(NAMES), tuple(key for key in keys if draw(st.booleans())), "#y")
        for number in range(1, draw(st.integers(0, 6)) + 1)
    )
    derived = tuple(
        Derivation(place, one, other)
        for place in range(len(columns) - 1)
        for one in keys
        for other in keys
        if one != other and draw(st.integers(0, 9)) == 0
    )
    width = 340.0 * (len(columns) + 1)
    return SlopeDrawing("slope", "Slope", "What it shows", tuple(columns), areas, derived, width)


@settings(deadline=None)
@given(slope_drawings())
def test_boxes_stand_in_the_order_of_their_numbers(slope: SlopeDrawing) -> None:
    """No boxes overlap, and from top to bottom each column counts upwards."""
    columns = slope_areas(slope)
    areas = [area for column in columns for area in column.values()]
    assert not any(one.overlaps(other) for one, other in combinations(areas, 2))
    for column, found in zip(slope.columns, columns, strict=False):
        numbers = {each.hypothesis: each.number for each in column.places}
        shown = sorted(found, key=lambda key: found[key].y)
        assert [numbers[key] for key in shown] == sorted(numbers.values())


@settings(deadline=None)
@given(slope_drawings())
def test_a_line_joins_each_hypothesis_with_itself(slope: SlopeDrawing) -> None:
    """A line joins a hypothesis with itself and what grew from it, a dashed one with the areas it is read to feed."""
    root = parsed(draw_slope(slope))
    lines = [each for each in root.iter(f"{SVG}path") if each.get("data-from")]
    solid = sorted(
        (each.get("data-from"), each.get("data-to")) for each in lines if "editorial" not in (each.get("class") or "")
    )
    dashed = sorted(
        (each.get("data-from"), each.get("data-to")) for each in lines if "editorial" in (each.get("class") or "")
    )
    standing = [{each.hypothesis for each in column.places} for column in slope.columns]
    kept = [(key, key) for one, following in pairwise(standing) for key in one & following]
    grown = [
        (each.start, each.end)
        for each in slope.derived
        if each.start in standing[each.column] and each.end in standing[each.column + 1]
    ]
    assert solid == sorted(kept + grown)
    assert dashed == sorted((key, area.key) for area in slope.areas for key in area.hypotheses if key in standing[-1])
