"""All pages of a study: which there are, and each one rendered by its path when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from lineage.once import Once
from lineage.records import AreaEvidence, HypothesisLineage
from lineage.stored import StoredStudy
from pages.addresses import (
    ABOUT,
    ANSWERED,
    CHANGES,
    HISTORY,
    HOME,
    INFLUENCE,
    INFLUENCE_TABLE,
    READINGS,
    READINGS_TABLE,
    RECONCILIATION,
    RECONCILIATION_TABLE,
    VOCABULARY,
    WE_DID_TABLE,
    WORKBENCH,
    YOU_SAID_TABLE,
    area_path,
    history_path,
    hypothesis_path,
    readings_path,
)
from pages.contexts.about import about_page
from pages.contexts.answered import answered_page, we_did_table, you_said_table
from pages.contexts.area import area_page
from pages.contexts.changes import changes_page
from pages.contexts.frame import menu_titles
from pages.contexts.history import block_of, history_page
from pages.contexts.home import home_page
from pages.contexts.hypothesis import hypothesis_page
from pages.contexts.influence import influence_page, influence_table
from pages.contexts.readings import readings_in_pages, readings_page, readings_table
from pages.contexts.reconciliation import reconciliation_page, reconciliation_table
from pages.contexts.vocabulary import vocabulary_page
from pages.contexts.workbench import workbench_page
from pages.environment import Render, render, render_served
from pages.errors import UnknownPageError
from pages.open_data import QUADS, OpenData, open_data
from pages.parts import LineageSource, StudyParts
from pages.vocabulary_files import vocabulary_files
from queries.library import QUERIES

Maker: TypeAlias = Callable[[], str]
Makers: TypeAlias = Mapping[str, Maker]
Item = TypeVar("Item")


def _with_neighbours(items: Sequence[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    """Every item between the one before it and the one after it."""
    return zip([None, *items[:-1]], items, [*items[1:], None], strict=True) if items else iter(())


def _hypothesis_html(
    render: Render,
    parts: StudyParts,
    lineage: HypothesisLineage,
    before: HypothesisLineage | None,
    after: HypothesisLineage | None,
) -> str:
    page = hypothesis_page(lineage, parts.versions(), parts.names(), parts.answering(), before, after)
    return render("hypothesis", page)


def _hypothesis_makers(render: Render, parts: StudyParts) -> Makers:
    return {
        hypothesis_path(lineage.hypothesis.key): partial(_hypothesis_html, render, parts, lineage, before, after)
        for before, lineage, after in _with_neighbours(parts.lineages())
    }


def _area_html(
    render: Render, parts: StudyParts, area: AreaEvidence, before: AreaEvidence | None, after: AreaEvidence | None
) -> str:
    return render("area", area_page(area, parts.by_key(), parts.names(), before, after))


def _area_makers(render: Render, parts: StudyParts) -> Makers:
    return {
        area_path(area.area.key): partial(_area_html, render, parts, area, before, after)
        for before, area, after in _with_neighbours(parts.areas())
    }


def _history_makers(render: Render, parts: StudyParts) -> Makers:
    history = parts.history()
    newest = block_of(history.newest if history is not None else 0)

    def html(block: int) -> str:
        return render("history", history_page(parts.study(), history, block))

    return {history_path(block, newest): Once(partial(html, block)) for block in range(newest, 0, -1)}


def _readings_html(render: Render, parts: StudyParts, page: int = 1) -> str:
    paged = readings_in_pages(parts.links())
    shown = readings_page(parts.study(), parts.links(), paged, parts.names(), parts.versions(), page)
    return render("readings", shown)


def _further_readings_makers(render: Render, parts: StudyParts) -> Makers:
    pages = range(2, 1 + len(readings_in_pages(parts.links())))
    return {readings_path(page): partial(_readings_html, render, parts, page) for page in pages}


def _page_makers(render: Render, parts: StudyParts, data_file: str | None) -> Makers:
    """The pages that every study has, but for those of its history."""

    def home() -> str:
        overview = parts.overview()
        return render("home", home_page(overview, parts.reconciliation(), len(overview.readings)))

    def about() -> str:
        read = parts.overview().readings
        return render("about", about_page(parts.account(), parts.reconciliation(), read, parts.versions(), data_file))

    return {
        HOME: home,
        CHANGES: lambda: render("changes", changes_page(parts.overview())),
        ANSWERED: lambda: render("answered", answered_page(parts.answers(), parts.names(), parts.versions())),
        INFLUENCE: lambda: render(
            "influence", influence_page(parts.study(), parts.voices(), parts.names(), parts.versions())
        ),
        RECONCILIATION: lambda: render(
            "reconciliation", reconciliation_page(parts.study(), parts.reconciliation(), parts.versions())
        ),
        READINGS: partial(_readings_html, render, parts),
        WORKBENCH: lambda: render(
            "workbench", workbench_page(parts.overview(), parts.account(), parts.names(), QUERIES)
        ),
        ABOUT: about,
        VOCABULARY: lambda: render("vocabulary", vocabulary_page(parts.study().label, VOCABULARY)),
    }


def _table_makers(parts: StudyParts) -> Makers:
    return {
        YOU_SAID_TABLE: lambda: you_said_table(parts.answers()),
        WE_DID_TABLE: lambda: we_did_table(parts.answers()),
        INFLUENCE_TABLE: lambda: influence_table(parts.voices()),
        RECONCILIATION_TABLE: lambda: reconciliation_table(parts.reconciliation()),
        READINGS_TABLE: lambda: readings_table(parts.links()),
    }


class SitePages:
    """The pages of one study at one commit; nothing is read, worked out or rendered before a page needs it.

    Args:
        parts: what they are made from.
        stored: the study in its store, where its open data can be had as files: without it there are only pages.
        is_served: whether a server shows them, which can search.
    """

    def __init__(self, parts: StudyParts, stored: StoredStudy | None = None, *, is_served: bool = False) -> None:
        drawn = render_served if is_served else render
        self.parts = parts
        self._stored = stored
        self._pages = _page_makers(drawn, parts, QUADS if stored is not None else None)
        # Which of these there are is itself something to find out; the first part of a path tells where to look.
        self._more: Mapping[str, Once[Makers]] = {
            "history": Once(partial(_history_makers, drawn, parts)),
            "hypotheses": Once(partial(_hypothesis_makers, drawn, parts)),
            "readings": Once(partial(_further_readings_makers, drawn, parts)),
            "blueprint": Once(partial(_area_makers, drawn, parts)),
        }
        self.tables: Makers = MappingProxyType(_table_makers(parts))
        """What makes each table of comma-separated values that a page offers, by its path from the site's root."""

    @classmethod
    def of(cls, source: LineageSource, *, is_served: bool = False) -> SitePages:
        """The pages of what `source` tells; `is_served` where a server shows them."""
        stored = source if isinstance(source, StoredStudy) else None
        return cls(StudyParts.of(source), stored, is_served=is_served)

    def paths(self) -> tuple[str, ...]:
        """The path of every page from the root of the site, the home page first."""
        return tuple(path for makers in (self._pages, *(each() for each in self._more.values())) for path in makers)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What pages are called, by path: those of the menu, of the hypotheses and of the areas."""
        hypotheses = {hypothesis_path(each.hypothesis.key): each.hypothesis.label for each in self.parts.lineages()}
        areas = {area_path(each.area.key): each.area.label for each in self.parts.areas()}
        return MappingProxyType({**menu_titles(), **hypotheses, **areas})

    def render(self, path: str) -> str:
        """The HTML of the page at `path`.

        Raises:
            UnknownPageError: There is no such page.
        """
        maker = self._pages.get(path)
        if maker is None and (more := self._more.get(_room(path))) is not None:
            maker = more().get(path)
        if maker is None:
            raise UnknownPageError(path)
        return maker()

    @cached_property
    def data(self) -> OpenData | None:
        """The study's open data, read from the store when first asked for; None where there is no store."""
        return open_data(self._stored.store, self._stored.study, base=self._stored.base) if self._stored else None

    def data_files(self) -> Mapping[str, str]:
        """The content of the files that hold the open data, by their path from the root of the site."""
        return MappingProxyType(self.data.files() if self.data else {})


def _room(path: str) -> str:
    for room, first in (("history", HISTORY), ("readings", READINGS)):
        if path.startswith(first.removesuffix(".html")):
            return room
    return path.partition("/")[0]


def site_pages(source: LineageSource) -> Iterator[tuple[str, str]]:
    """Every page of what `source` tells, then the files that they link to, as pairs of path and content, one a time."""
    pages = SitePages.of(source)
    for path in pages.paths():
        yield path, pages.render(path)
    for path, table in pages.tables.items():
        yield path, table()
    yield from pages.data_files().items()
    yield from vocabulary_files().items()
