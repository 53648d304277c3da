"""Bars of 100 per cent with two parts, those counted and all other answers, labelled directly."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markupsafe import Markup

from pages.drawings.svg import LINE_HEIGHT, drawing, element, text_lines
from pages.drawings.text import width, wrap

SIZE = 14
WIDEST_LABEL = 250
BAR_WIDTH = 480
VALUE_WIDTH = 150
NARROW_WIDTH = 330
SPACE = 12
BAR_HEIGHT = 26
ROW_GAP = 14
LEGEND_HEIGHT = 40
MARGIN = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `count` of `denominator`, with the percentage as it is to be shown; `href` leads to its details."""

    key: str
    label: str
    count: int
    denominator: int
    percentage: str
    href: str | None = None

    @property
    def others(self) -> int:
        """How many gave another answer."""
        return self.denominator - self.count


@dataclass(frozen=True, slots=True)
class BarDrawing:
    """A drawing of bars; `counted` and `other` name the two parts."""

    key: str
    title: str
    description: str
    counted: str
    other: str
    bars: tuple[Bar, ...]


def _label_width(bars: BarDrawing) -> float:
    """As wide as the longest label, within bounds."""
    return min(max((width(bar.label, SIZE) for bar in bars.bars), default=0) + 1, WIDEST_LABEL)


def _legend(bars: BarDrawing, bar_x: float, *, stacked: bool = False) -> Element:
    """What the two parts are, side by side or one under the other."""
    x, y = bar_x, 0.0
    parts = []
    for name, kind in ((bars.counted, "counted"), (bars.other, "other")):
        parts.append(element("rect", x=x, y=y + 8, width=14, height=14, class_=f"drawing__part--{kind}"))
        parts.append(element("text", f"{name} ", x=x + 20, y=y + 20, font_size=SIZE, class_="drawing__text"))
        if stacked:
            y += SIZE * LINE_HEIGHT + 4
        else:
            x += 20 + width(name, SIZE) + 28
    return element("g", *parts)


def _value(bar: Bar) -> tuple[Element, Element]:
    return (
        element("tspan", f"{bar.percentage} ", font_weight="bold"),
        element("tspan", f"({bar.count} of {bar.denominator}) "),
    )


def _part(count: int, x: float, y: float, size: float, kind: str) -> list[Element]:
    """One part of a bar, with its count in it where there is room."""
    if count == 0:
        return []
    parts = [
        element("rect", x=x, y=y, width=size, height=BAR_HEIGHT, class_=f"drawing__part--{kind}", data_count=count)
    ]
    if width(str(count), SIZE, bold=True) + 6 <= size:
        label = element(
            "text", f"{count} ", x=x + size / 2, y=y + BAR_HEIGHT / 2 + SIZE * 0.36, font_size=SIZE,
            text_anchor="middle", class_=f"drawing__count--{kind}",
        )  # fmt: skip
        parts.append(label)
    return parts


def _row(bar: Bar, label: tuple[str, ...], bar_x: float, top: float, height: float) -> Element:
    middle = top + height / 2
    label_y = middle - (len(label) - 1) * SIZE * LINE_HEIGHT / 2 + SIZE * 0.36
    bar_y = middle - BAR_HEIGHT / 2
    split = BAR_WIDTH * bar.count / bar.denominator
    value_x = bar_x + BAR_WIDTH + SPACE
    name = text_lines(label, bar_x - SPACE, label_y, SIZE, text_anchor="end", class_="drawing__text")
    value = element(
        "text",
        *_value(bar),
        x=value_x, y=middle + SIZE * 0.36, font_size=SIZE, class_="drawing__text",
    )  # fmt: skip
    return element(
        "g",
        element("a", name, href=bar.href, class_="drawing__link") if bar.href else name,
        *_part(bar.count, bar_x, bar_y, split, "counted"),
        *_part(bar.others, bar_x + split, bar_y, BAR_WIDTH - split, "other"),
        value,
        data_bar=bar.key,
    )


def _narrow_row(bar: Bar, label: tuple[str, ...], top: float) -> Element:
    """Name and figures above, the bar below."""
    baseline = top + SIZE
    bar_y = top + len(label) * SIZE * LINE_HEIGHT + 6
    split = NARROW_WIDTH * bar.count / bar.denominator
    name = text_lines(label, 0, baseline, SIZE, class_="drawing__text")
    value = element("text", *_value(bar), x=NARROW_WIDTH, y=baseline, font_size=SIZE, text_anchor="end")
    value.set("class", "drawing__text")
    return element(
        "g",
        element("a", name, href=bar.href, class_="drawing__link") if bar.href else name,
        value,
        *_part(bar.count, 0, bar_y, split, "counted"),
        *_part(bar.others, split, bar_y, NARROW_WIDTH - split, "other"),
        data_bar=bar.key,
    )


def _checked(bars: BarDrawing) -> None:
    for bar in bars.bars:
        if not 0 <= bar.count <= bar.denominator or bar.denominator == 0:
            raise ValueError(f"{bar.label}: {bar.count} of {bar.denominator} is not a share")


def draw_narrow_bars(bars: BarDrawing) -> Markup:
    """The same bars for a narrow screen: each under its label; the ids in it end in ``-narrow``.

    Raises:
        ValueError: A denominator is not positive, or a count lies outside it.
    """
    _checked(bars)
    rows: list[Element] = []
    y: float = LEGEND_HEIGHT + SIZE * LINE_HEIGHT
    for bar in bars.bars:
        label = wrap(bar.label, NARROW_WIDTH - VALUE_WIDTH, SIZE, lines=2)
        rows.append(_narrow_row(bar, label, y))
        y += len(label) * SIZE * LINE_HEIGHT + 6 + BAR_HEIGHT + ROW_GAP
    return drawing(
        f"{bars.key}-narrow",
        bars.title,
        bars.description,
        (NARROW_WIDTH, y),
        _legend(bars, 0, stacked=True),
        *rows,
        interactive=any(bar.href for bar in bars.bars),
        kind="narrow",
    )


def draw_wide_bars(bars: BarDrawing) -> Markup:
    """The bars for a wide screen, one row each in the order given: label, bar, figures.

    Raises:
        ValueError: A denominator is not positive, or a count lies outside it.
    """
    _checked(bars)
    rows: list[Element] = []
    label_width = _label_width(bars)
    bar_x = MARGIN + label_width + SPACE
    y: float = LEGEND_HEIGHT
    for bar in bars.bars:
        label = wrap(bar.label, label_width, SIZE, lines=2)
        height = max(BAR_HEIGHT, len(label) * SIZE * LINE_HEIGHT)
        rows.append(_row(bar, label, bar_x, y, height))
        y += height + ROW_GAP
    return drawing(
        bars.key,
        bars.title,
        bars.description,
        (bar_x + BAR_WIDTH + SPACE + VALUE_WIDTH + MARGIN, y + MARGIN - ROW_GAP),
        _legend(bars, bar_x),
        *rows,
        interactive=any(bar.href for bar in bars.bars),
        kind="wide",
    )


def draw_bars(bars: BarDrawing) -> Markup:
    """The SVG of `bars` twice, for wide and for narrow screens; the style sheet shows one of them.

    Raises:
        ValueError: A denominator is not positive, or a count lies outside it.
    """
    return draw_wide_bars(bars) + draw_narrow_bars(bars)
