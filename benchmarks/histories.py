"""What the journal costs a writer, and what looking back costs a reader."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store
from typing_extensions import override

from benchmarks.generated import STUDY, Size, write_generated
from benchmarks.measuring import Compared, compare, seconds
from graphstore import Difference, GraphStore, open_for_reading
from graphstore.attribution import UNATTRIBUTED, Attribution
from graphstore.datasets import GraphName
from graphstore.disk import DiskStore
from graphstore.embedded import EmbeddedStore
from graphstore.history import open_history
from graphstore.layout import fill
from ingest.importing import import_study
from ontology.iris import DEFAULT_BASE, StudyIris
from ontology.terms import HT

JOURNAL_GOAL = 1 / 1.2
AS_OF_GOAL = 1 / 3
CHANGESETS = 1_000
_ASKED = 20


class _WithoutJournal(DiskStore):
    """A store on disk that remembers nothing: what the journal's cost is measured against."""

    @override
    def _commit(self, difference: Difference, by: Attribution) -> None:
        EmbeddedStore._commit(self, difference, by)

    @override
    def load_first(
        self,
        graphs: Mapping[GraphName, bytes],
        *,
        permission: Callable[[], object] = lambda: None,
        by: Attribution = UNATTRIBUTED,
    ) -> None:
        incoming = self.folder / "triples.incoming"
        filled = Store(str(incoming))
        fill(filled, graphs)
        filled.flush()
        del filled
        permission()
        self._write(lambda: self._take_place(incoming))


def measure(folder: Path, work: Path, triples: int) -> Iterator[Compared]:
    """A first and a changed import with the journal and without, and a question as of then and now."""
    work.mkdir()
    larger = work / "larger"
    size = Size.of_triples(triples)
    write_generated(larger, size, more_quotes=size.quotes // 2)
    for what, study in (("first", None), ("changed", larger)):
        yield compare(
            f"{what} import, {triples:,} triples, with journal against without",
            JOURNAL_GOAL,
            lambda study=study: _imported(DiskStore, folder, study, work / "with"),  # type: ignore[misc] # mypy cannot infer
            lambda study=study: _imported(_WithoutJournal, folder, study, work / "without"),  # type: ignore[misc] # mypy cannot infer
            rounds=3,
        )
    store = work / "with"
    _imported(DiskStore, folder, None, store)
    _change_often(store)
    reader = open_history(str(store))
    with open_for_reading(str(store)) as now, reader.as_of(CHANGESETS // 2) as then:
        yield compare(
            f"a question as of {CHANGESETS // 2} of {CHANGESETS:,} changesets, {triples:,} triples, against now",
            AS_OF_GOAL,
            lambda: seconds(lambda: _ask(then)),
            lambda: seconds(lambda: _ask(now)),
        )


def _imported(kind: type[DiskStore], first: Path, then: Path | None, store: Path) -> float:
    shutil.rmtree(store, ignore_errors=True)
    store.mkdir()
    with kind(store, None) as opened:
        taken = seconds(lambda: import_study(first, opened))
        return taken if then is None else seconds(lambda: import_study(then, opened))


def _change_often(store: Path) -> None:
    graph, predicate = NamedNode(StudyIris(DEFAULT_BASE, STUDY).graph()), NamedNode(HT.rationale)
    with DiskStore(store, None) as opened:
        for number in range(CHANGESETS - 1):
            subject = NamedNode(f"{DEFAULT_BASE}{STUDY}/quote/q{number % 100 + 1}")
            held = {quad for quad in opened.quads(graph, subject=subject) if quad.predicate == predicate}
            opened.apply(Difference(removed=held, added={Quad(subject, predicate, Literal(f"As of {number}."), graph)}))


def _ask(store: GraphStore) -> None:
    for _ in range(_ASKED):
        answer = store.query(
            f"SELECT ?type (COUNT(*) AS ?quotes) {{ ?quote <{HT.text}> ?text ; <{HT.organisationType}> ?type }}"
            " GROUP BY ?type"
        )
        if not isinstance(answer, QuerySolutions) or not list(answer):
            raise TypeError("The question has no answer.")
