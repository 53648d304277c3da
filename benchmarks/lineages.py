"""A lineage through the product against the same queries on the engine itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Store

from benchmarks.generated import STUDY
from benchmarks.measuring import Compared, compare, seconds
from graphstore import GraphStore, QueryDataset, QueryResults, open_for_reading
from graphstore.datasets import OPEN_DATASET
from graphstore.embedded import EmbeddedStore
from graphstore.layout import MERGED
from lineage.records import Named
from lineage.tracing import lineage_of
from ontology.iris import DEFAULT_BASE, StudyIris

GOAL = 1 / 1.5


class _Recording(EmbeddedStore):
    """A store that notes the text of every query it is asked."""

    def __init__(self, engine: Store) -> None:
        super().__init__(engine, read_only=True)
        self.texts: list[str] = []

    def query(self, text: str, *, dataset: QueryDataset = OPEN_DATASET) -> QueryResults:
        self.texts.append(text)
        return super().query(text, dataset=dataset)


def measure(store: Path, triples: int) -> Iterator[Compared]:
    """A lineage of every version of one hypothesis: records made, against rows read."""
    iris = StudyIris(DEFAULT_BASE, STUDY)
    study = Named(iris.study, STUDY, STUDY)
    hypothesis = Named(iris.hypothesis("h3"), "h3", "Hypothesis 3")
    with open_for_reading(str(store)) as opened:
        engine = _engine(opened)
        recording = _Recording(engine)
        found = lineage_of(recording, study, hypothesis)
        named = list(engine.named_graphs())

        def raw() -> float:
            return seconds(
                lambda: [
                    [tuple(row) for row in engine.query(text, default_graph=[MERGED], named_graphs=named)]  # type: ignore[union-attr] # SELECT queries only
                    for text in recording.texts
                ]
            )

        yield compare(
            f"lineage, {len(found.versions)} versions, {len(found.quotes)} quotes, {triples:,} triples",
            GOAL,
            lambda: seconds(lambda: lineage_of(opened, study, hypothesis)),
            raw,
            rounds=10,
        )


def _engine(store: GraphStore) -> Store:
    if not isinstance(store, EmbeddedStore):
        raise TypeError("The benchmark reads the embedded engine.")
    return store.engine
