"""Our readings: every link that no source states is on its page, with its reason and what was decided."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from graphstore import GraphStore
from ingest.importing import import_study
from lineage.records import Named
from lineage.review_records import LinkEnd, LinkKind, ReviewLink
from lineage.stored import StoredStudy
from pages.addresses import HOME, READINGS, READINGS_TABLE, hypothesis_path
from pages.build import SitePages
from pages.contexts.quotes import QuoteNames
from pages.contexts.readings import readings_in_pages, readings_page
from pages.environment import render


def test_every_link_is_on_the_page(study_store: GraphStore) -> None:
    """Each with its reason; the table holds the same; the home page leads there."""
    source = StoredStudy(study_store, "innovation-ecosystem")
    pages = SitePages.of(source)
    page = pages.render(READINGS)
    links = source.links()
    assert len(links) == 147
    assert [each.key for each in links if f'id="{each.key}"' not in page] == []
    assert page.count("Not reviewed") == 147
    table = list(csv.DictReader(io.StringIO(pages.tables[READINGS_TABLE]())))
    assert [(row["key"], row["reason"]) for row in table] == [(each.key, each.reason) for each in links]
    assert READINGS in pages.render(HOME)


def test_decisions_are_told(reading_rooms_folder: Path, empty_store: GraphStore) -> None:
    """Who decided when, and why a link was rejected; an analyst's motive is told in their name, not the report's."""
    import_study(reading_rooms_folder, empty_store)
    pages = SitePages.of(StoredStudy(empty_store, "reading-rooms"))
    page = pages.render(READINGS)
    assert "Confirmed by Reviewer B, 1 October 2024" in page
    assert "Rejected by Reviewer B, 1 October 2024: A stove is no door." in page
    assert "Rejected by Reviewer A, 2 October 2024: It is about the morning." in page
    hours = pages.render(hypothesis_path("hours"))
    assert "Reviewer A names" in hours
    assert "Whoever works by day reads in the evening." in hours


@pytest.fixture(scope="module")
def many_links() -> tuple[ReviewLink, ...]:
    """A thousand links that nobody decided on and ten that somebody did, of all kinds, in no order."""
    item = Named("https://example.org/a", "a", "Said so")
    end = LinkEnd("theme", item)
    kinds: tuple[LinkKind, ...] = ("reading", "motive", "reading", "revision")
    return tuple(
        ReviewLink(
            key=f"link-{number}",
            kind=kinds[number % 4],
            status="rejected" if number % 101 == 100 else "open",
            start=end,
            end=end,
            amendment="",
            label="A theme",
            hypothesis=None,
            reason="It says so.",
            attributed_to="The editors",
        )
        for number in range(1010)
    )


def test_every_link_is_on_one_page_of_many(many_links: tuple[ReviewLink, ...]) -> None:
    """Each once; those decided on and some of each kind on the first, whose numbers are those of all."""
    paged = readings_in_pages(many_links)
    assert [len(each) for each in paged] == [410, 400, 200]
    assert sorted(each.key for page in paged for each in page) == sorted(each.key for each in many_links)
    assert {each.key for each in many_links if each.status == "rejected"} <= {each.key for each in paged[0]}
    assert {each.kind for each in paged[0]} == {"reading", "motive", "revision"}
    assert readings_in_pages(many_links[:400]) == (many_links[:400],)


def test_pages_of_many_links_lead_to_each_other(many_links: tuple[ReviewLink, ...]) -> None:
    """From the first to the last and back, saying which links each shows."""
    study = Named("https://example.org/study", "study", "A study")
    paged = readings_in_pages(many_links)
    told = [
        render("readings", readings_page(study, many_links, paged, QuoteNames({}, {}), {}, page)) for page in (1, 2, 3)
    ]
    for text, shown in zip(told, paged, strict=True):
        assert [each.key for each in many_links if f'id="{each.key}"' in text] == [
            each.key for each in many_links if each in shown
        ]
    assert "600 that nobody has decided on follow on" in told[0]
    assert 'href="our-readings/2.html"' in told[0]
    assert "1 to 400 of 600 further ones" in told[1]
    assert 'href="../our-readings.html"' in told[1]
    assert 'href="3.html"' in told[1] or 'href="../our-readings/3.html"' in told[1]
    assert "401 to 600 of 600 further ones" in told[2]
    assert "Next" not in told[2]
