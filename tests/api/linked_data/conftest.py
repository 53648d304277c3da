"""Applications over stores of a known state, asked in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphstore import open_store
from ingest.importing import import_study
from ontology.iris import DEFAULT_BASE
from tests.api.rest.conftest import Api, serving_api

ANOTHER_BASE = "https://example.org/things/"


def imported(sheets: Path, folder: Path, base: str = DEFAULT_BASE) -> Path:
    """The folder of a store into which a study was brought."""
    with open_store(str(folder)) as store:
        import_study(sheets, store, base=base)
    return folder


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory, bundled_folder: Path) -> Iterator[Api]:
    """The bundled study; nobody writes to it."""
    folder = imported(bundled_folder, tmp_path_factory.mktemp("linked") / "store")
    with serving_api(folder, "innovation-ecosystem", bundled_folder) as api:
        yield api


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory, reading_rooms_folder: Path) -> Iterator[Api]:
    """The invented study with a merge, a split and a withdrawal; nobody writes to it."""
    folder = imported(reading_rooms_folder, tmp_path_factory.mktemp("rooms") / "store")
    with serving_api(folder, "reading-rooms", reading_rooms_folder) as api:
        yield api


@pytest.fixture(scope="module")
def two_studies(
    tmp_path_factory: pytest.TempPathFactory, bundled_folder: Path, reading_rooms_folder: Path
) -> Iterator[Api]:
    """The bundled study, and the invented one under another base: no study is the only one."""
    folder = imported(bundled_folder, tmp_path_factory.mktemp("two") / "store")
    imported(reading_rooms_folder, folder, base=ANOTHER_BASE)
    with serving_api(folder, "reading-rooms", reading_rooms_folder) as api:
        yield api


@pytest.fixture
def nothing_stored(tmp_path: Path) -> Iterator[Api]:
    """An application over an empty store."""
    with serving_api(tmp_path / "own", "innovation-ecosystem", tmp_path) as api:
        yield api
