"""What is asked of a reader process and what it answers: frozen records that cross the process border."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from graphstore.past import PastState

QueryForm = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """What one request may use, and how many may wait.

    Attributes:
        workers: reader processes kept warm.
        extra: further processes that may be started while all others are busy; they end when nobody needs them.
        deadline: seconds a request may take from the moment a worker takes it until its last byte is handed over.
        memory: bytes of private memory one worker may take beyond what it holds when it is ready.
        result_bytes: bytes one answer may have.
        waiting: requests that may wait for a worker; the next one is refused.
        difference: statements one update may add and remove together.
        grace: seconds a request may go on after its client has gone. Most are over in a few milliseconds, and a process
            that takes another's place costs half a second of the processor.
    """

    workers: int = 2
    extra: int = 6
    deadline: float = 30.0
    memory: int = 1 << 30
    result_bytes: int = 2 << 30
    waiting: int = 64
    difference: int = 50_000
    grace: float = 0.1


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A query with the dataset it sees and the formats its answer may take.

    Attributes:
        text: SPARQL 1.1 without dataset clauses: the dataset is the one given here, whatever the text says.
        default_graphs: names of the graphs merged into the default graph, "" for the unnamed one; None for the open
            dataset.
        named_graphs: names of the graphs that ``GRAPH`` can reach.
        results_media_type: the format for SELECT and ASK, None where the client takes none that there is.
        graph_media_type: the format for CONSTRUCT and DESCRIBE, None likewise.
        base: the IRI that relative IRIs are resolved against.
        deadline: seconds, at most the pool's own; None for the pool's own.
        ask_media_type: the format for ASK where `results_media_type` is CSV or TSV, which are not defined for it; None
            where the client takes neither JSON nor XML.
        as_of: the state of the past that is asked; None for the present one.
    """

    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...]
    results_media_type: str | None
    graph_media_type: str | None
    base: str | None = None
    deadline: float | None = None
    ask_media_type: str | None = None
    as_of: PastState | None = None


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """An answer that has begun: its form and media type are known, its bytes come as they are made.

    `chunks` raises a `ReaderError` when the answer cannot be finished; whoever stops reading early closes the iterator
    (``aclose``), which frees or kills the worker.
    """

    form: QueryForm
    media_type: str
    chunks: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """A SPARQL update, tried on a private copy.

    Attributes:
        text: SPARQL 1.1 Update without ``USING`` clauses where the protocol gave a dataset.
        using_default: names for ``using-graph-uri`` ("" is the unnamed graph); None where the protocol gave none, then
            a ``WHERE`` sees `default_graphs`.
        using_named: names for ``using-named-graph-uri``; None where the protocol gave none.
        default_graphs: what a ``WHERE`` without dataset sees; None for the open dataset.
        protected_graphs: names of graphs whose statements are left as they are, whatever the update says.
        base: the IRI that relative IRIs are resolved against.
        deadline: seconds, at most the pool's own; None for the pool's own.
    """

    text: str
    using_default: tuple[str, ...] | None
    using_named: tuple[str, ...] | None
    default_graphs: tuple[str, ...] | None
    protected_graphs: tuple[str, ...]
    base: str | None = None
    deadline: float | None = None


@dataclass(frozen=True, slots=True)
class TriedUpdate:
    """What an update would remove and add, as N-Quads, and which commit it was tried on."""

    commit_number: int
    removed: bytes
    added: bytes


@dataclass(frozen=True, slots=True)
class ParseRequest:
    """RDF text to be read into N-Quads; blank nodes get new labels.

    Attributes:
        data: the bytes as sent.
        media_type: one of the RDF media types.
        base: the IRI that relative IRIs are resolved against.
        deadline: seconds; None for the pool's own.
    """

    data: bytes
    media_type: str
    base: str
    deadline: float | None = None


@dataclass(frozen=True, slots=True)
class PoolStatistics:
    """What a pool is doing, and what it has done since it was started.

    Attributes:
        workers: processes that are ready or at work.
        busy: those at work.
        starting: processes on their way up.
        waiting: requests that wait for a worker.
        answered: requests that ended well.
        refused: requests turned away because too many were waiting.
        timed_out: workers killed at their deadline.
        cancelled: workers killed because their client went away.
        crashed: workers that ended by themselves under a request.
    """

    workers: int
    busy: int
    starting: int
    waiting: int
    answered: int
    refused: int
    timed_out: int
    cancelled: int
    crashed: int

    @property
    def killed(self) -> int:
        """Workers that the pool has killed under a request."""
        return self.timed_out + self.cancelled
