"""Applications over stores of a known state, asked in this process, and the studies' own CSV files."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pyoxigraph import Literal, QuerySolutions

from api.access.roles import Role
from api.access.tokens import TokenStore
from api.application import create_application
from api.serving import Serving
from benchmarks.generated import STUDY as GENERATED
from benchmarks.generated import Size, write_generated
from graphstore import open_store
from graphstore.disk import DiskStore
from graphstore.readers.records import ReaderLimits
from hypothread.editing import SheetEditing
from hypothread.review_writes import StoreReviewing
from ingest.deriving import StudyDerivation
from ingest.importing import import_study
from tests.api.rest.in_process import InProcess

ROOT = Path(__file__).parents[3]
SIZES = (
    Size(hypotheses=5, iterations=3, quotes=40, themes=12, areas=3, links=20),
    Size(hypotheses=7, iterations=1, quotes=11, themes=6, areas=4, links=0),
    Size(hypotheses=1, iterations=4, quotes=63, themes=9, areas=1, links=35),
)
Rows = list[Mapping[str, str]]


class Api:
    """One study of an application, and the store below it for questions put another way."""

    def __init__(self, client: InProcess, application: FastAPI, store: DiskStore, study: str, folder: Path) -> None:
        self.client = client
        self.application = application
        self.store = store
        self.study = study
        self.folder = folder
        self.iri = f"https://w3id.org/hypothread/id/{study}"
        self.reader = TokenStore(store.folder).create(Role.reader, "The reader")

    def get(self, path: str, **asked: Any) -> Any:
        """What a look-up below the study answers; it must be 200."""
        response = self.client.get(f"/api/v1/studies/{self.study}{path}", **asked)
        assert response.status_code == 200, response.text
        return response.json()

    def status(self, path: str, **asked: Any) -> tuple[int, Any]:
        """The status and the document of a look-up below the study."""
        response = self.client.get(f"/api/v1/studies/{self.study}{path}", **asked)
        return response.status_code, response.json()

    def walk(self, path: str, **params: Any) -> list[Any]:
        """The items of every page of a list, which must tell the same total on each."""
        items: list[Any] = []
        response = self.client.get(f"/api/v1/studies/{self.study}{path}", params=params or None)
        for _ in range(1000):
            assert response.status_code == 200, response.text
            page = response.json()
            items += page["items"]
            if page["next"] is None:
                assert len(items) == page["total"]
                return items
            response = self.client.get(page["next"])
        raise AssertionError("The pages do not end.")

    def ask(self, pattern: str) -> list[tuple[Any, ...]]:
        """The rows of a question in SPARQL, written by the test and not by the library; sorted."""
        prefixes = (
            "PREFIX ht: <https://w3id.org/hypothread/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
            "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX oa: <http://www.w3.org/ns/oa#> "
            "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX org: <http://www.w3.org/ns/org#> "
        )
        found = self.store.query(prefixes + pattern)
        assert isinstance(found, QuerySolutions)
        names = [each.value for each in found.variables]
        rows = [tuple(None if row[name] is None else _plain(row[name]) for name in names) for row in found]
        return sorted(rows, key=repr)

    def rows(self, sheet: str) -> Rows:
        """The rows of a sheet."""
        with (self.folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def _plain(term: Any) -> Any:
    is_whole = isinstance(term, Literal) and term.datatype.value.endswith("#integer")
    return int(term.value) if is_whole else term.value


@contextmanager
def serving_api(folder: Path, study: str, sheets: Path, shown: str | None = None) -> Iterator[Api]:
    """An application over the store in a folder; `shown` is the study whose pages it serves."""
    with open_store(str(folder)) as store:
        assert isinstance(store, DiskStore)
        serving = Serving(
            store,
            TokenStore(folder),
            reader_limits=ReaderLimits(workers=1, extra=1),
            derivation=StudyDerivation(),
            editing=SheetEditing(),
            reviewing=StoreReviewing(),
        )
        application = create_application(serving, study=shown)
        with InProcess(application) as client:
            yield Api(client, application, store, study, sheets)


def _imported(sheets: Path, folder: Path) -> Path:
    with open_store(str(folder)) as store:
        import_study(sheets, store)
    return folder


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory, bundled_folder: Path) -> Iterator[Api]:
    """The bundled study; nobody writes to it."""
    folder = _imported(bundled_folder, tmp_path_factory.mktemp("bundled") / "store")
    with serving_api(folder, "innovation-ecosystem", bundled_folder) as api:
        yield api


@pytest.fixture(scope="session")
def _generated_folders(tmp_path_factory: pytest.TempPathFactory) -> Sequence[tuple[Path, Path]]:
    found = []
    for number, size in enumerate(SIZES):
        folder = tmp_path_factory.mktemp(f"generated-{number}")
        write_generated(folder / "study", size, seed=number + 1)
        found.append((_imported(folder / "study", folder / "store"), folder / "study"))
    return found


@pytest.fixture(scope="module", params=range(len(SIZES) + 1), ids=["bundled", "generated", "one-iteration", "one-idea"])
def any_study(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    bundled_folder: Path,
    _generated_folders: Sequence[tuple[Path, Path]],
) -> Iterator[Api]:
    """The bundled study, then each of three generated ones."""
    own = tmp_path_factory.mktemp("any") / "store"
    if request.param == 0:
        with serving_api(_imported(bundled_folder, own), "innovation-ecosystem", bundled_folder) as api:
            yield api
        return
    store, sheets = _generated_folders[request.param - 1]
    with serving_api(Path(shutil.copytree(store, own)), GENERATED, sheets) as api:
        yield api


@pytest.fixture
def writable(tmp_path: Path, _generated_folders: Sequence[tuple[Path, Path]]) -> Iterator[Api]:
    """A generated study of 40 quotes; the test's own copy, to be written to."""
    store, sheets = _generated_folders[0]
    with serving_api(Path(shutil.copytree(store, tmp_path / "own")), GENERATED, sheets) as api:
        yield api


@pytest.fixture
def rooms(tmp_path: Path, reading_rooms_folder: Path) -> Iterator[Api]:
    """The invented study with a merge, a split and a withdrawal."""
    with serving_api(_imported(reading_rooms_folder, tmp_path / "own"), "reading-rooms", reading_rooms_folder) as api:
        yield api


@pytest.fixture
def nothing_stored(tmp_path: Path) -> Iterator[Api]:
    """An application over an empty store."""
    with serving_api(tmp_path / "own", "innovation-ecosystem", tmp_path) as api:
        yield api
