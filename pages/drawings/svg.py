"""The few elements the drawings are made of, built as a tree so that they are always well-formed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

LINE_HEIGHT = 1.3


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: its top left corner and its size, in the drawing's units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the bottom edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The y halfway down."""
        return self.y + self.height / 2

    def overlaps(self, other: Area) -> bool:
        """Whether the two share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


def number(value: float) -> str:
    """`value` with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def element(tag: str, *children: Element | str, **attributes: str | float | None) -> Element:
    """An SVG element; ``class_`` gives ``class``, other underscores hyphens; an attribute that is None is left out."""
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            spelled = name.rstrip("_").replace("_", "-")
            made.set(spelled, value if isinstance(value, str) else number(value))
    for child in children:
        if isinstance(child, str):
            if len(made):
                made[-1].tail = (made[-1].tail or "") + child
            else:
                made.text = (made.text or "") + child
        else:
            made.append(child)
    return made


def text_lines(lines: Sequence[str], x: float, y: float, size: float, **attributes: str | float | None) -> Element:
    """`lines` one under the other, the first one's baseline at `y`.

    Each line ends with a space, so that a screen reader does not run the words of two lines together.
    """
    made = element("text", x=x, y=y, font_size=size, **attributes)
    for place, line in enumerate(lines):
        made.append(element("tspan", f"{line} ", x=x, dy=None if place == 0 else size * LINE_HEIGHT))
    return made


def curve(start_x: float, start_y: float, end_x: float, end_y: float) -> str:
    """The path data of a line that leaves and arrives level, bending halfway."""
    half = (start_x + end_x) / 2
    places = (start_x, start_y, half, start_y, half, end_y, end_x, end_y)
    a, b, c, d, e, f, g, h = map(number, places)
    return f"M{a} {b}C{c} {d} {e} {f} {g} {h}"


def drawing(
    key: str,
    title: str,
    description: str,
    size: tuple[float, float],
    *children: Element,
    interactive: bool,
    kind: str = "scrolling",
) -> Markup:
    """A whole drawing with its accessible name and description.

    `key` makes the ids in it unique on a page. A drawing with links is a group, because the links in an image could not
    be reached; one without is an image. `kind` is for the style sheet: ``scrolling`` keeps its size on a narrow screen,
    ``wide`` and ``narrow`` are two drawings of the same of which one is shown.
    """
    width, height = size
    root = element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-description"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"drawing__svg drawing__svg--{kind}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="group" if interactive else "img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-description",
    )
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704 - the tree's own serialiser escapes
