"""The lineages of a whole study, read at once: the same records as of each hypothesis alone, however many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generated import STUDY as GENERATED
from benchmarks.generated import Size, write_generated
from graphstore import GraphStore, QueryDataset, QueryResults, open_store
from graphstore.datasets import OPEN_DATASET
from ingest.importing import import_study
from lineage.asking import ask
from lineage.overview import study_overview
from lineage.records import HypothesisLineage
from lineage.studies import find_study
from lineage.tracing import lineage_of


def one_by_one(store: GraphStore, study: str) -> list[HypothesisLineage]:
    """The lineage of every hypothesis, each asked for alone, in the order of first appearance and number."""
    found = find_study(store, study)
    traced = [
        lineage_of(store, found, row.named("hypothesis", "key", "label"))
        for row in ask(store, "hypotheses/in-order", study=found.iri)
    ]
    return sorted(
        (each for each in traced if each.versions), key=lambda each: (each.first.iteration, each.first.number)
    )


@pytest.mark.parametrize(
    ("stored", "study"),
    [
        ("study_store", "innovation-ecosystem"),
        ("reading_rooms_store", "reading-rooms"),
        ("night_library_store", "night-library"),
    ],
)
def test_read_at_once_they_are_those_read_one_by_one(request: pytest.FixtureRequest, stored: str, study: str) -> None:
    """Versions, wordings, resonance, quotes and their links, changes, motives, ancestors, descendants: all the same."""
    store: GraphStore = request.getfixturevalue(stored)
    alone = one_by_one(store, study)
    assert alone
    assert list(study_overview(store, study).lineages) == alone


def test_also_of_a_long_study_beside_another(tmp_path: Path, night_library_store: GraphStore) -> None:
    """Twelve iterations, with another study in the store: nothing of one is told of the other."""
    write_generated(tmp_path / "study", Size(hypotheses=6, iterations=12, quotes=60, themes=8, areas=3, links=30))
    before = study_overview(night_library_store, "night-library")
    import_study(tmp_path / "study", night_library_store)
    assert list(study_overview(night_library_store, GENERATED).lineages) == one_by_one(night_library_store, GENERATED)
    assert study_overview(night_library_store, "night-library") == before


class _Counting:
    """A store that counts the questions it is asked."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self.asked = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def query(self, text: str, *, dataset: QueryDataset = OPEN_DATASET) -> QueryResults:
        self.asked += 1
        return self._store.query(text, dataset=dataset)


def test_more_hypotheses_are_no_more_questions(tmp_path: Path) -> None:
    """The number of questions behind an overview does not depend on the number of hypotheses."""
    asked: list[int] = []
    for hypotheses in (3, 30):
        size = Size(hypotheses=hypotheses, iterations=2, quotes=10, themes=6, areas=2, links=5)
        write_generated(tmp_path / str(hypotheses), size)
        with open_store("memory:") as store:
            import_study(tmp_path / str(hypotheses), store)
            counting = _Counting(store)
            study_overview(counting, GENERATED)  # type: ignore[arg-type] # it hands on everything else
            asked.append(counting.asked)
    assert asked[0] == asked[1] > 0
