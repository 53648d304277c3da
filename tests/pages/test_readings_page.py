"""Our readings: every link that no source states is on its page, with its reason and what was decided."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from graphstore import GraphStore
from ingest.importing import import_study
from lineage.stored import StoredStudy
from pages.addresses import HOME, READINGS, READINGS_TABLE, hypothesis_path
from pages.build import SitePages


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
