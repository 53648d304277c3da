"""The embedded engine: a pyoxigraph store in this process, in memory; `disk` adds the folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse, serialize
from typing_extensions import override

from graphstore.attribution import UNATTRIBUTED, Attribution
from graphstore.datasets import OPEN_DATASET, GraphName, QueryDataset
from graphstore.errors import (
    DataSyntaxError,
    ReadOnlyStore,
    StoreClosed,
    StoreNotEmpty,
    translated,
)
from graphstore.layout import (
    BOOKKEEPING,
    MERGED,
    engine_difference,
    engine_graph,
    engine_quad,
    fill,
    is_told,
    named_graphs,
    port_quads,
)
from graphstore.port import Difference, GraphStore, QueryResults, Term
from graphstore.query_mistakes import explained
from graphstore.query_text import names_dataset, refuse_service
from graphstore.update_text import update_text


class EmbeddedStore(GraphStore):
    """A pyoxigraph store in this process.

    pyoxigraph makes each call atomic but not a read followed by a write, so one re-entrant lock keeps writers apart.
    """

    def __init__(self, engine: Store, *, read_only: bool = False) -> None:
        self._engine: Store | None = engine
        self._read_only = read_only
        self._write_lock = threading.RLock()
        self._commit_number = 0
        self._named: tuple[int, list[NamedNode | BlankNode]] | None = None

    @property
    def engine(self) -> Store:
        """The engine itself, for this package alone.

        Raises:
            StoreClosed: after `close`.
        """
        if self._engine is None:
            raise StoreClosed("This store is closed. Open it again with open_store().")
        return self._engine

    def _named_graphs(self) -> list[NamedNode | BlankNode]:
        # Listing the graphs costs more than a look-up, and they change only with a commit.
        if self._named is None or self._named[0] != self._commit_number:
            self._named = (self._commit_number, list(named_graphs(self.engine)))
        return self._named[1]

    @override
    def query(self, text: str, *, dataset: QueryDataset = OPEN_DATASET) -> QueryResults:
        refuse_service(text)
        if dataset == OPEN_DATASET and names_dataset(text):
            with explained(text):
                return self.engine.query(text)
        default: list[GraphName] = [MERGED] if dataset.default is None else list(map(engine_graph, dataset.default))
        named = self._named_graphs() if dataset.named is None else list(dataset.named)
        with explained(text):
            return self.engine.query(text, default_graph=default, named_graphs=named)

    @override
    def graphs(self) -> tuple[NamedNode, ...]:
        names = [name for name in named_graphs(self.engine) if isinstance(name, NamedNode)]
        return tuple(sorted((name for name in names if self._holds(name)), key=lambda name: name.value))

    def _holds(self, graph: GraphName | None) -> bool:
        return next(self.engine.quads_for_pattern(None, None, None, graph), None) is not None

    @override
    def quads(
        self,
        graph: GraphName,
        *,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        obj: Term | None = None,
    ) -> Iterator[Quad]:
        return port_quads(self.engine.quads_for_pattern(subject, predicate, obj, engine_graph(graph)))

    @override
    def contains(self, quad: Quad) -> bool:
        return engine_quad(quad) in self.engine

    @override
    def apply(self, difference: Difference, *, by: Attribution = UNATTRIBUTED) -> None:
        if len(difference):
            self._commit(difference, by)

    def _commit(self, difference: Difference, by: Attribution) -> None:  # noqa: ARG002  (a store on disk remembers it)
        self._write(lambda: self._step(engine_difference(self.engine, difference)))

    def _step(self, difference: Difference) -> None:
        if difference.removed:
            update = update_text(difference)
            self.engine.update(update.text, custom_functions=update.functions())
        else:
            self.engine.extend(difference.added)

    @override
    def load_first(
        self,
        graphs: Mapping[GraphName, bytes],
        *,
        permission: Callable[[], object] = lambda: None,
        by: Attribution = UNATTRIBUTED,
    ) -> None:
        with self.writing():
            if not self.is_empty():
                raise StoreNotEmpty("A first load needs an empty store; write a difference instead.")
            permission()
            self._write(lambda: fill(self.engine, graphs))

    @override
    def load(
        self,
        data: bytes,
        rdf_format: RdfFormat,
        *,
        to_graph: GraphName | None = None,
        by: Attribution = UNATTRIBUTED,
    ) -> None:
        with translated(DataSyntaxError):
            added = set(_parsed(data, rdf_format, to_graph))
        self._commit(Difference(added=added), by)

    def _write(self, step: Callable[[], None]) -> None:
        if self._read_only:
            raise ReadOnlyStore("This is a snapshot of a store; write to the store itself.")
        with self.writing(), translated(DataSyntaxError):
            self._before_write()
            step()
            self._commit_number += 1
            self._after_write()

    def _before_write(self) -> None:
        """What a store on disk does before the engine writes."""

    def _after_write(self) -> None:
        """What a store on disk does once the engine has written and before the writer is answered."""

    @override
    def dump(self, output: IO[bytes], rdf_format: RdfFormat, *, graph: GraphName | None = None) -> None:
        with translated(DataSyntaxError):
            if graph is None:
                serialize(port_quads(self.engine), output, rdf_format)
            else:
                self.engine.dump(output, rdf_format, from_graph=engine_graph(graph))

    @override
    def is_empty(self) -> bool:
        if self._holds(MERGED):
            return False
        names = (each for each in self.engine.named_graphs() if each != BOOKKEEPING)
        return not any(self._holds_more_than_history(each) for each in names)

    def _holds_more_than_history(self, graph: NamedNode | BlankNode) -> bool:
        return any(not is_told(quad) for quad in self.engine.quads_for_pattern(None, None, None, graph))

    @override
    def snapshot(self) -> GraphStore:
        copy = Store()
        with self.writing():
            copy.bulk_extend(self.engine.quads_for_pattern(None, None, None, None))
        return EmbeddedStore(copy, read_only=True)

    @override
    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._write_lock:
            yield

    @property
    @override
    def commit_number(self) -> int:
        return self._commit_number

    @override
    def close(self) -> None:
        self._engine = None


def _parsed(data: bytes, rdf_format: RdfFormat, to_graph: GraphName | None) -> Iterator[Quad]:
    found = parse(data, rdf_format, without_named_graphs=to_graph is not None, rename_blank_nodes=True)
    return found if to_graph is None else (Quad(each.subject, each.predicate, each.object, to_graph) for each in found)
