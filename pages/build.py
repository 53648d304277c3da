"""All pages of a study: which there are, and each one rendered by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from types import MappingProxyType
from typing import Protocol, TypeVar

from lineage.answer_records import StudyAnswers
from lineage.answered import study_answers
from lineage.records import AreaEvidence, HypothesisLineage, Named, StudyAccount, StudyOverview
from lineage.reviewing import review_links
from lineage.stored import StoredStudy
from pages.addresses import (
    ABOUT,
    ANSWERED,
    CHANGES,
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
from pages.contexts.quotes import QuoteNames
from pages.contexts.readings import readings_page, readings_table
from pages.contexts.reconciliation import reconciliation_page, reconciliation_table
from pages.contexts.slope import in_newest_order
from pages.contexts.versions import Versions, all_versions
from pages.contexts.vocabulary import vocabulary_page
from pages.contexts.workbench import workbench_page
from pages.environment import render
from pages.errors import UnknownPageError
from pages.open_data import QUADS, OpenData, open_data
from pages.vocabulary_files import vocabulary_files
from queries.library import QUERIES

Item = TypeVar("Item")


class LineageSource(Protocol):
    """Where pages get their facts: whatever answers these two questions about one study."""

    def overview(self) -> StudyOverview:
        """Every hypothesis' lineage, every area, and the totals."""

    def account(self) -> StudyAccount:
        """Where the data come from and what does not add up."""


def _with_neighbours(items: Sequence[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    """Every item between the one before it and the one after it."""
    return zip([None, *items[:-1]], items, [*items[1:], None], strict=True) if items else iter(())


def _hypothesis_html(
    lineage: HypothesisLineage,
    versions: Versions,
    names: QuoteNames,
    answers: Callable[[], StudyAnswers],
    before: HypothesisLineage | None,
    after: HypothesisLineage | None,
) -> str:
    return render("hypothesis", hypothesis_page(lineage, versions, names, answers(), before, after))


def _area_html(
    area: AreaEvidence,
    lineages: Mapping[str, HypothesisLineage],
    names: QuoteNames,
    before: AreaEvidence | None,
    after: AreaEvidence | None,
) -> str:
    return render("area", area_page(area, lineages, names, before, after))


def _history_makers(study: Named, stored: StoredStudy | None) -> Mapping[str, Callable[[], str]]:
    history = stored.history() if stored is not None else None
    newest = block_of(history.newest if history is not None else 0)

    def html(block: int) -> str:
        return render("history", history_page(study, history, block))

    return {history_path(block, newest): cache(partial(html, block)) for block in range(newest, 0, -1)}


def _page_makers(
    overview: StudyOverview, account: StudyAccount, answers: Callable[[], StudyAnswers], stored: StoredStudy | None
) -> Mapping[str, Callable[[], str]]:
    lineages = in_newest_order(overview.lineages)
    areas = sorted(overview.areas, key=lambda each: each.ordinal)
    names = QuoteNames.of(
        [
            *((hypothesis_path(each.hypothesis.key), each.quotes) for each in lineages),
            *((area_path(each.area.key), each.quotes) for each in areas),
        ]
    )
    by_key = {each.hypothesis.key: each for each in lineages}
    versions = all_versions(lineages)
    makers: dict[str, Callable[[], str]] = {
        HOME: lambda: render("home", home_page(overview, account.reconciliation, len(account.readings))),
        CHANGES: lambda: render("changes", changes_page(overview)),
        ANSWERED: lambda: render("answered", answered_page(answers(), names, versions)),
        INFLUENCE: lambda: render("influence", influence_page(overview.study, account.voices, names, versions)),
        RECONCILIATION: lambda: render(
            "reconciliation", reconciliation_page(overview.study, account.reconciliation, versions)
        ),
        READINGS: lambda: render(
            "readings",
            readings_page(overview.study, review_links(overview, account.readings, answers()), names, versions),
        ),
        WORKBENCH: lambda: render("workbench", workbench_page(overview, account, names, QUERIES)),
        ABOUT: lambda: render("about", about_page(account, versions, QUADS if stored is not None else None)),
        VOCABULARY: lambda: render("vocabulary", vocabulary_page(overview.study.label, VOCABULARY)),
    }
    makers |= _history_makers(overview.study, stored)
    for before, lineage, after in _with_neighbours(lineages):
        makers[hypothesis_path(lineage.hypothesis.key)] = partial(
            _hypothesis_html, lineage, versions, names, answers, before, after
        )
    for earlier, area, later in _with_neighbours(areas):
        makers[area_path(area.area.key)] = partial(_area_html, area, by_key, names, earlier, later)
    return MappingProxyType(makers)


def _table_makers(
    overview: StudyOverview, account: StudyAccount, answers: Callable[[], StudyAnswers]
) -> Mapping[str, Callable[[], str]]:
    return MappingProxyType(
        {
            YOU_SAID_TABLE: lambda: you_said_table(answers()),
            WE_DID_TABLE: lambda: we_did_table(answers()),
            INFLUENCE_TABLE: lambda: influence_table(account.voices),
            RECONCILIATION_TABLE: lambda: reconciliation_table(account.reconciliation),
            READINGS_TABLE: lambda: readings_table(review_links(overview, account.readings, answers())),
        }
    )


@dataclass(frozen=True)
class SitePages:
    """The pages of one study as it stands in `overview` and `account`; nothing is rendered before it is asked for.

    `stored` is the study in its store, where its open data can be had as files: without it there are only pages.
    """

    overview: StudyOverview
    account: StudyAccount
    stored: StoredStudy | None = None
    _makers: Mapping[str, Callable[[], str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find out which pages there are."""
        makers = _page_makers(self.overview, self.account, lambda: self.answers, self.stored)
        object.__setattr__(self, "_makers", makers)

    @classmethod
    def of(cls, source: LineageSource) -> SitePages:
        """The pages of what `source` tells now."""
        return cls(source.overview(), source.account(), source if isinstance(source, StoredStudy) else None)

    def paths(self) -> tuple[str, ...]:
        """The path of every page from the root of the site, the home page first."""
        return tuple(self._makers)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What pages are called, by path: those of the menu, of the hypotheses and of the areas."""
        hypotheses = {hypothesis_path(each.hypothesis.key): each.hypothesis.label for each in self.overview.lineages}
        areas = {area_path(each.area.key): each.area.label for each in self.overview.areas}
        return MappingProxyType({**menu_titles(), **hypotheses, **areas})

    def render(self, path: str) -> str:
        """The HTML of the page at `path`.

        Raises:
            UnknownPageError: There is no such page.
        """
        maker = self._makers.get(path)
        if maker is None:
            raise UnknownPageError(path)
        return maker()

    @cached_property
    def answers(self) -> StudyAnswers:
        """What people said and what was done, worked out when first asked for."""
        themes = (each for codebook in self.account.codebooks for each in codebook.themes)
        return study_answers(self.overview, {each.theme.iri: each.definition for each in themes if each.definition})

    @property
    def tables(self) -> Mapping[str, Callable[[], str]]:
        """What makes each table of comma-separated values that a page offers, by its path from the root of the site."""
        return _table_makers(self.overview, self.account, lambda: self.answers)

    @cached_property
    def data(self) -> OpenData | None:
        """The study's open data, read from the store when first asked for; None where there is no store."""
        return open_data(self.stored.store, self.stored.study, base=self.stored.base) if self.stored else None

    def data_files(self) -> Mapping[str, str]:
        """The content of the files that hold the open data, by their path from the root of the site."""
        return MappingProxyType(self.data.files() if self.data else {})


def site_pages(source: LineageSource) -> Iterator[tuple[str, str]]:
    """Every page of what `source` tells, then the files that they link to, as pairs of path and content, one a time."""
    pages = SitePages.of(source)
    for path in pages.paths():
        yield path, pages.render(path)
    for path, table in pages.tables.items():
        yield path, table()
    yield from pages.data_files().items()
    yield from vocabulary_files().items()
