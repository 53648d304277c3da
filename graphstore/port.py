"""The one narrow port through which everything else reads and writes triples."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Self

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

from graphstore.attribution import UNATTRIBUTED, Attribution
from graphstore.datasets import OPEN_DATASET, GraphName, QueryDataset

Term = NamedNode | BlankNode | Literal | Triple
"""What a statement may be about, or say."""
QueryResults = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class Difference:
    """What one commit removes and adds. A quad never stands on both sides."""

    removed: Set[Quad] = field(default_factory=frozenset)
    added: Set[Quad] = field(default_factory=frozenset)

    def __len__(self) -> int:
        """How many quads it touches."""
        return len(self.removed) + len(self.added)

    @classmethod
    def between(cls, before: Set[Quad], after: Set[Quad]) -> Difference:
        """The difference that turns `before` into `after`."""
        return cls(removed=before - after, added=after - before)


class GraphStore(ABC):
    """Triples in named graphs. Opened by `open_store`, closed with ``with``.

    Readers see either none or all of a commit. Whoever reads in order to write does both inside `writing()`.
    """

    @abstractmethod
    def query(self, text: str, *, dataset: QueryDataset = OPEN_DATASET) -> QueryResults:
        """Answers a SPARQL 1.1 query of any of the four forms, as the engine's own result object.

        `dataset` stands above one that the query names itself (SPARQL 1.1 Protocol, section 2.1.4); where it is the
        store's own choice, the query's ``FROM`` and ``FROM NAMED`` are followed.

        Raises:
            ServiceRefused: when the query would contact another server.
            QuerySyntaxError: with line and column.
            QueryEvaluationError: when the engine gave up.
        """

    @abstractmethod
    def graphs(self) -> tuple[NamedNode, ...]:
        """The names of the graphs that hold something, in order of name."""

    @abstractmethod
    def quads(
        self,
        graph: GraphName,
        *,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        obj: Term | None = None,
    ) -> Iterator[Quad]:
        """The quads of one graph, or those in it with one subject, property or object, or several of these."""

    @abstractmethod
    def contains(self, quad: Quad) -> bool:
        """Whether the quad stands in the store."""

    @abstractmethod
    def apply(self, difference: Difference, *, by: Attribution = UNATTRIBUTED) -> None:
        """Removes and adds in one atomic step, on disk before it returns.

        A store on disk remembers it as a changeset of `by`; one that would change nothing is none.

        A blank node is the one of that label in this store, as `quads` gives it; one that is not there yet is made.

        Raises:
            UnsupportedDifference: when the engine is elsewhere and the difference holds blank nodes.
            ReadOnlyStore: when this is a snapshot.
        """

    @abstractmethod
    def load_first(
        self,
        graphs: Mapping[GraphName, bytes],
        *,
        permission: Callable[[], object] = lambda: None,
        by: Attribution = UNATTRIBUTED,
    ) -> None:
        """Fills an empty store in one atomic step, by the engine's fast path.

        `graphs` gives the triples of each as canonical N-Triples (RDF 1.1 N-Triples, section 4: a space before the
        full stop that ends a line, and nothing but triples).
        `permission` is asked when all is loaded and nothing is visible yet; what it raises undoes the load.

        Raises:
            StoreNotEmpty: when it already holds something.
            DataSyntaxError: with line and column; nothing is written.
        """

    @abstractmethod
    def load(
        self,
        data: bytes,
        rdf_format: RdfFormat,
        *,
        to_graph: GraphName | None = None,
        by: Attribution = UNATTRIBUTED,
    ) -> None:
        """Adds data to the store in one atomic step.

        Raises:
            DataSyntaxError: with line and column; nothing is written.
        """

    @abstractmethod
    def dump(self, output: IO[bytes], rdf_format: RdfFormat, *, graph: GraphName | None = None) -> None:
        """Writes one graph, or (with a format for datasets) all of them."""

    @abstractmethod
    def is_empty(self) -> bool:
        """Whether no graph holds anything; what a history tells of writes that were all taken back does not count."""

    @abstractmethod
    def snapshot(self) -> GraphStore:
        """The state as of now, which later writes do not touch; to be closed like any store."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """Keeps every other writer of this process out while it is held; may be nested."""

    @property
    @abstractmethod
    def commit_number(self) -> int:
        """Grows by one with each write through this object; equal numbers mean equal content."""

    @abstractmethod
    def close(self) -> None:
        """Gives everything back; closing twice does no harm."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
