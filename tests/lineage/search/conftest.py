"""Search indexes by the state of their store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphstore import GraphStore, open_store
from ingest.importing import import_study
from lineage.search import SearchAnswer, SearchIndex, SearchRequest
from lineage.search.records import MOST_A_PAGE

Look = Callable[..., SearchAnswer]


@pytest.fixture(scope="module")
def both_studies(bundled_folder: Path, reading_rooms_folder: Path) -> Iterator[GraphStore]:
    """A store in memory that holds the bundled and the invented study; nobody writes to it."""
    with open_store("memory:") as store:
        import_study(bundled_folder, store)
        import_study(reading_rooms_folder, store)
        yield store


@pytest.fixture(scope="module")
def both_index(both_studies: GraphStore) -> Iterator[SearchIndex]:
    """The index of both studies."""
    with SearchIndex(both_studies) as index:
        yield index


@pytest.fixture(scope="module")
def look(both_index: SearchIndex) -> Look:
    """Searches both studies; every hit on one page unless said otherwise."""

    def search(text: str, **wanted: object) -> SearchAnswer:
        return both_index.search(SearchRequest(text, **({"limit": MOST_A_PAGE} | wanted)))  # type: ignore[arg-type] # mypy loses the types

    return search
