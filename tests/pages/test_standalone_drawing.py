"""A drawing as a file of its own has the look and the words of the one on the page, and nothing of the page."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest

from pages.drawings.columns import Box, Column, ColumnDrawing, Connection
from pages.drawings.lineage import draw_columns
from pages.drawings.standalone import standalone

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawing() -> ColumnDrawing:
    """A wording, a quote with markup in it, and a theme that it is read as speaking to."""
    return ColumnDrawing(
        "small",
        "A small drawing",
        "From left to right.",
        (
            Column("Iteration 1", "wording", 140, (Box("v", "Utility", "27 of 33", "#iteration-1", bold=True),)),
            Column("Said", "quote", 264, (Box("q", "“<b>Yes</b> & no”", "Quote 1", "#quote-1"),)),
            Column("Themes (our reading)", "theme", 164, (Box("t", "Culture", "", "about.html", editorial=True),)),
        ),
        (Connection("v", "q", stated=True), Connection("q", "t", stated=False)),
        760,
    )


def words(root: Element) -> list[str]:
    """All text in the order it stands."""
    return " ".join(root.itertext()).split()


def test_it_says_the_same(drawing: ColumnDrawing) -> None:
    """Every word of the page's drawing is there, and it is named first."""
    root = fromstring(standalone(draw_columns(drawing)))  # noqa: S314 - our own drawing
    assert words(root) == words(fromstring(str(draw_columns(drawing))))  # noqa: S314 - our own drawing
    assert [each.tag for each in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "small-title"


def test_it_needs_nothing_of_the_page(drawing: ColumnDrawing) -> None:
    """No class, no style sheet, no script, no link; every shape and text has its own colour."""
    text = standalone(draw_columns(drawing)).decode()
    assert not re.search(r'\b(class|style|href|data-\w+)="', text)
    assert "<script" not in text
    assert "<a " not in text
    root = fromstring(text.encode())  # noqa: S314 - our own drawing
    for shape in (*root.iter(f"{SVG}rect"), *root.iter(f"{SVG}text")):
        assert shape.get("fill"), shape.attrib
    for line in root.iter(f"{SVG}path"):
        assert line.get("stroke"), line.attrib


def test_readings_are_dashed(drawing: ColumnDrawing) -> None:
    """The line and the box of a reading are dashed, those of what is stated are not."""
    root = fromstring(standalone(draw_columns(drawing)))  # noqa: S314 - our own drawing
    dashed = [each.tag.removeprefix(SVG) for each in root.iter() if each.get("stroke-dasharray")]
    assert sorted(dashed) == ["path", "rect"]


def test_white_words_stand_on_dark_ground(drawing: ColumnDrawing) -> None:
    """A wording's box is dark and its words are white; a quote's the other way round."""
    root = fromstring(standalone(draw_columns(drawing)))  # noqa: S314 - our own drawing
    colours = {
        " ".join("".join(group.itertext()).split()): (
            group.findall(f"{SVG}rect")[0].get("fill"), group.findall(f"{SVG}text")[0].get("fill"),
        )
        for group in root.iter(f"{SVG}g")
        if group.findall(f"{SVG}rect")
    }  # fmt: skip
    assert colours["Utility 27 of 33"] == ("#005eb8", "#ffffff")
    assert colours["“<b>Yes</b> & no” Quote 1"] == ("#ffffff", "#212b32")
