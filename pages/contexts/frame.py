"""What every page has around its content: title, navigation, breadcrumbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pages.addresses import (
    ABOUT,
    ANSWERED,
    CHANGES,
    HISTORY,
    HOME,
    INFLUENCE,
    READINGS,
    RECONCILIATION,
    SEARCH,
    STATIC,
    VOCABULARY,
    WORKBENCH,
    Address,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: its words and where it leads."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An item of the service navigation; `current` on the page itself, `inside` on pages below it."""

    text: str
    href: str
    current: bool
    inside: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page; all addresses are relative to it. `static` is the folder of styles and script.

    `menu` stands above the page and at its foot, `further` at its foot alone. `search` is where a server answers
    searches; empty in a folder, where nobody would.
    """

    study_title: str
    page_title: str
    home: str
    static: str
    menu: tuple[MenuItem, ...]
    further: tuple[Anchor, ...]
    breadcrumbs: tuple[Anchor, ...]
    search: str = ""


_MENU = (
    (HOME, "Hypotheses"),
    (CHANGES, "How they changed"),
    (ANSWERED, "You said, we did"),
    (INFLUENCE, "Whose voice counts"),
    (RECONCILIATION, "Do the numbers add up?"),
    (HISTORY, "What changed when"),
    (WORKBENCH, "Query workbench"),
    (ABOUT, "About the data"),
)
_FURTHER = ((READINGS, "Our readings"), (VOCABULARY, "Vocabulary"))


def menu_titles() -> Mapping[str, str]:
    """What the pages are called that every study has, by path."""
    return dict((*_MENU, *_FURTHER))


def bare_frame(title: str, here: Address, page_title: str) -> Frame:
    """The frame of a page where there is no study, so no other page to lead to."""
    return Frame(title, page_title, here.to(HOME), here.to(STATIC), (), (), ())


def frame(study_title: str, here: Address, page_title: str, *, section: str | None = None) -> Frame:
    """The frame of the page at `here`; `section` is the path of the menu's page it belongs to."""
    menu = tuple(MenuItem(text, here.to(path), path == here.path, path == section) for path, text in _MENU)
    further = tuple(Anchor(text, here.to(path)) for path, text in _FURTHER)
    above = tuple(Anchor(text, here.to(path)) for path, text in _MENU if path == section)
    return Frame(study_title, page_title, here.to(HOME), here.to(STATIC), menu, further, above)


def with_search(plain: Frame) -> Frame:
    """The same frame on a server, with a field to search in."""
    return replace(plain, search=plain.home.removesuffix(HOME) + SEARCH)
