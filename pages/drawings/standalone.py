"""A drawing as a file of its own: it brings its look with it, as attributes, and leads nowhere.

A page styles its drawings by classes. A file that is opened, printed or put into a document alone has no style sheet,
and a strict content security policy would refuse one inside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

from markupsafe import Markup

_SVG: Final = "http://www.w3.org/2000/svg"
_FONT: Final = "Arial, Helvetica, sans-serif"
_DARK: Final = frozenset({"wording", "next", "this-area"})
_BOXES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "wording": ("#005eb8", "#005eb8"),
        "next": ("#007f3b", "#007f3b"),
        "this-area": ("#330072", "#330072"),
        "quote": ("#ffffff", "#005eb8"),
        "theme": ("#fff9c4", "#806600"),
        "area": ("#f1ebfa", "#330072"),
        "hypothesis": ("#f1ebfa", "#330072"),
    }
)
"""The colours of a box by what it stands for: its ground and its edge, as on the pages."""

_DASHES: Final = "5 4"


def standalone(drawing: Markup) -> bytes:
    """A drawing of columns (`pages.drawings.lineage.draw_columns`) as an SVG file in UTF-8."""
    register_namespace("", _SVG)
    root = fromstring(str(drawing))  # noqa: S314 - our own drawing
    root.set("font-family", _FONT)
    root.set("role", "img")
    for each, kind, read in _elements(root, "", read=False):
        for name, value in _look(each, kind, read=read).items():
            each.set(name, value)
        _plain(each)
    root.insert(0, Element(f"{{{_SVG}}}rect", {"width": "100%", "height": "100%", "fill": "#ffffff"}))
    _names_first(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _elements(element: Element, kind: str, *, read: bool) -> Iterator[tuple[Element, str, bool]]:
    """Every element with what the box around it stands for, and whether that is there by a reading only."""
    classes = element.get("class", "").split()
    kind = next((each.partition("drawing__node--")[2] for each in classes if "drawing__node--" in each), kind)
    read = read or ("drawing__node" in classes and "editorial" in classes)
    yield element, kind, read
    for child in element:
        yield from _elements(child, kind, read=read)


def _look(element: Element, kind: str, *, read: bool) -> Mapping[str, str]:
    classes = frozenset(element.get("class", "").split())
    if "drawing__box" in classes:
        ground, edge = _BOXES.get(kind, ("#ffffff", "#768692"))
        return {"fill": ground, "stroke": edge, "stroke-width": "1.2"} | ({"stroke-dasharray": _DASHES} if read else {})
    if "drawing__line--reading" in classes:
        return {"fill": "none", "stroke": "#768692", "stroke-width": "1.4", "stroke-dasharray": _DASHES}
    if "drawing__line" in classes:
        return {"fill": "none", "stroke": "#4c6272", "stroke-width": "1.4"}
    if "drawing__rule" in classes:
        return {"stroke": "#aeb7bd", "stroke-width": "1"}
    if classes & {"drawing__text", "drawing__note", "drawing__heading"}:
        plain = "#4c6272" if "drawing__note" in classes else "#212b32"
        return {"fill": "#ffffff" if kind in _DARK else plain}
    return {}


def _plain(element: Element) -> None:
    for name in ("class", "data-box", "data-from", "data-to", "href"):
        element.attrib.pop(name, None)
    if element.tag == f"{{{_SVG}}}a":
        element.tag = f"{{{_SVG}}}g"


def _names_first(root: Element) -> None:
    """A title that names the whole drawing must be its first child (SVG 1.1, section 5.4)."""
    for place, name in enumerate(("title", "desc")):
        found = root.find(f"{{{_SVG}}}{name}")
        if found is not None:
            root.remove(found)
            root.insert(place, found)
