"""“What changed when”: every open change in words, and nothing of what is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from graphstore import Difference
from graphstore.history import History
from lineage.stored import StoredStudy
from pages.build import SitePages
from pages.contexts.history import block_of, changeset_place
from tests.pages.changed_study import (
    CONFIDENTIAL,
    EDITORIAL,
    OTHER_QUOTE,
    QUOTE,
    RESTRICTED,
    changed_study,
    text,
    words_of_quote,
)
from tests.pages.test_site_pages import check_site, words

NEWEST, OLDER = "what-changed-when.html", "what-changed-when/1.html"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredStudy]:
    """A study of 52 changesets, of which one concerns a single response."""
    with changed_study(tmp_path_factory.mktemp("changed") / "store") as found:
        yield found


@pytest.fixture(scope="module")
def pages(study: StoredStudy) -> SitePages:
    """Its pages."""
    return SitePages.of(study)


def section(html: str, number: int) -> str:
    """What a page tells of one changeset, in words."""
    (found,) = re.findall(rf'<article class="change" id="changeset-{number}".*?</article>', html, re.DOTALL)
    return words(found)


def test_fifty_changes_a_page(pages: SitePages) -> None:
    """Changes 1 to 50 have a page of their own, which stays; the newest stand on the page that the menu leads to."""
    check_site(pages)
    newest, older = pages.render(NEWEST), pages.render(OLDER)
    assert re.findall(r'id="changeset-(\d+)"', newest) == ["52", "51"]
    assert re.findall(r'id="changeset-(\d+)"', older) == [str(each) for each in range(50, 0, -1) if each != 3]
    assert "Changes 1 to 50" in words(newest)
    for number in (1, 50, 51, 52):
        path, anchor = changeset_place(number, 52)
        assert f'id="{anchor}"' in pages.render(path)
    assert [block_of(each) for each in (0, 1, 50, 51, 100, 101)] == [1, 1, 1, 2, 2, 3]


def test_a_change_is_told_in_words(pages: SitePages) -> None:
    """When, who, how and what for; words that came are marked, and what was taken back says what."""
    html = pages.render(OLDER)
    reworded = section(html, 2)
    assert "Heard again" in reworded
    assert "Ada, over the programming interface" in reworded
    assert "[added: Indeed.]" in reworded
    assert "https://" not in reworded
    assert "It takes back change 2" in section(html, 5)
    assert "[removed: Indeed.]" in section(html, 5)
    assert "Ada, by a SPARQL update" in section(html, 6)
    assert "Somebody who gave no name" in section(html, 4)


def test_a_large_change_is_counted_and_can_be_opened(pages: SitePages) -> None:
    """An import is told by how many of each kind came; each of them by name below."""
    imported = section(pages.render(OLDER), 1)
    assert "The published report" in imported
    assert "Programme team, by an import" in imported
    for told in ("52 quotes", "18 wordings", "17 figures", "5 blueprint areas"):
        assert told in imported
    assert "Show each of them" in imported


def test_nothing_closed_is_told(pages: SitePages, study: StoredStudy) -> None:
    """Neither words nor message of a change to single responses, nor that there was one."""
    for path in (NEWEST, OLDER):
        assert CONFIDENTIAL not in pages.render(path)
        assert "Change 3" not in re.findall(r"Change \d+", words(pages.render(path)))
        assert "r1" not in re.findall(r"[a-z0-9]+", words(pages.render(path)))
    assert study.journal is not None
    assert any(each.message == CONFIDENTIAL for each in study.journal.changesets())


def test_names_are_never_markup(pages: SitePages) -> None:
    """What a theme is called stands there as text."""
    assert "<script>alert(" not in pages.render(OLDER)
    assert "alert('waiting')" in words(pages.render(OLDER))


def test_what_was_open_and_is_closed_today_is_not_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Words that stand in the restricted graph now are gone from the page, though they once stood in the open."""
    with changed_study(tmp_path_factory.mktemp("closed") / "store") as found:
        spoken = words_of_quote(found, OTHER_QUOTE)
        other = {text(OTHER_QUOTE, spoken, RESTRICTED)}
        found.store.apply(Difference(removed={text(OTHER_QUOTE, spoken)}, added=other))
        html = SitePages.of(found).render(OLDER)
        assert spoken not in words(html)
        found.store.apply(Difference(added={text(QUOTE, "Ours.", EDITORIAL)}))
        assert "our reading" in words(SitePages.of(found).render(NEWEST))
        assert isinstance(found.journal, History)
        found.journal.redact(OTHER_QUOTE.value, "They asked for it")
        redacted = section(SitePages.of(found).render(NEWEST), 55)
        assert "Words of quote q05 taken out" in redacted
        assert spoken not in "".join(SitePages.of(found).render(path) for path in (NEWEST, OLDER))


def test_without_a_history_the_page_says_so(study: StoredStudy) -> None:
    """A study whose store keeps no journal has the page still."""
    pages = SitePages.of(replace(study, journal=None))
    assert "No change to the open data of this study is on record" in words(pages.render(NEWEST))
    assert OLDER not in pages.paths()
