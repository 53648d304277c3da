"""What stands in place of a page that does not exist: what was looked for, what is like it, and ways on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from pages.addresses import ABOUT, CHANGES, HOME, SEARCH, WORKBENCH, Address
from pages.contexts.frame import Anchor, Frame, bare_frame, frame

_LONGEST: Final = 120
_MOST_LIKE: Final = 3
_LIKENESS: Final = 0.6
_WAYS: Final = (
    (HOME, "All hypotheses, from the first wording to the newest"),
    (CHANGES, "How the hypotheses changed"),
    (WORKBENCH, "Ask a question of your own in the query workbench"),
    (ABOUT, "About the data"),
)
_WITHOUT_A_STUDY: Final = "Hypothread"


@dataclass(frozen=True, slots=True)
class MissingPage:
    """Everything the page shows that says there is no such page.

    `path` is what was asked for, `said` what is known of why it is not there; `like` are pages at addresses like it,
    `search` is where a search is answered, empty where there is no study to search.
    """

    frame: Frame
    path: str
    said: str
    like: tuple[Anchor, ...]
    ways: tuple[Anchor, ...]
    search: str


def missing_page(study_title: str | None, path: str, said: str, titles: Mapping[str, str]) -> MissingPage:
    """The page that is shown where there is none.

    Args:
        study_title: the title of the study; None where there is none to show.
        path: the path that was asked for, from the root of the site.
        said: why it is not there, in a sentence; empty where that says nothing more.
        titles: what the study's pages are called, by path.
    """
    # Only how deep it is matters for the ways to other pages: whatever it holds, they must not climb out of the site.
    here = Address("-/" * path.count("/") + "-")
    shown = "".join(each if each.isprintable() else "�" for each in path[:_LONGEST])
    shown = f"/{shown}…" if len(path) > _LONGEST else f"/{shown}"
    if study_title is None:
        return MissingPage(bare_frame(_WITHOUT_A_STUDY, here, "Nothing here yet"), shown, said, (), (), "")
    close = get_close_matches(path[:_LONGEST].lower(), titles, _MOST_LIKE, _LIKENESS)
    return MissingPage(
        frame(study_title, here, "Page not found"),
        shown,
        said,
        tuple(Anchor(titles[each], here.to(each)) for each in close),
        tuple(Anchor(text, here.to(each)) for each, text in _WAYS),
        here.to(SEARCH),
    )
