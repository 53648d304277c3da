"""The reader processes of one store: requests in, answers out, and nothing that can bring the server down."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Final, Self

from graphstore.disk import DiskStore
from graphstore.errors import StoreUnavailable
from graphstore.past import PastState
from graphstore.readers.answers import Chunks
from graphstore.readers.crew import Crew
from graphstore.readers.errors import AnswerTooLarge
from graphstore.readers.exchange import Exchange
from graphstore.readers.frames import Kind, frame
from graphstore.readers.inquiry import Inquiry, Told
from graphstore.readers.pipes import Heard
from graphstore.readers.records import (
    ParseRequest,
    PoolStatistics,
    ReadAnswer,
    ReaderLimits,
    ReadRequest,
    TriedUpdate,
    UpdateRequest,
)
from graphstore.snapshots import TakenSnapshot

_ENCODER: Final = json.JSONEncoder(check_circular=False)
_HELD_BACK: Final = 1 << 19
_ATTEMPTS: Final = 5
_REMOVAL_WAITS: Final = (0.0, 0.1, 0.5, 2.0)


class ReaderPool:
    """Answers SPARQL and RDF text from outside in processes that can be killed.

    A request sees the snapshot that is the newest when a worker takes it, so every commit made before it was asked.
    `Crew` says how many processes there are and who waits for whom.
    """

    def __init__(self, store: DiskStore, limits: ReaderLimits = ReaderLimits()) -> None:  # noqa: B008  frozen
        self._store = store
        self._limits = limits
        self._crew = Crew(limits)
        self._removals: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Starts the warm workers without waiting for them, for who has other work before it enters the pool."""
        await self._crew.begin()

    async def __aenter__(self) -> Self:
        """Starts the warm workers and waits until they are ready.

        Raises:
            ReaderCrashed: when none comes up.
        """
        await self._crew.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends every worker, and removes what private copies they leave."""
        await self._crew.end()
        await asyncio.gather(*self._removals)

    def hurry(self) -> None:
        """Says that the server stops: requests are answered still, but who asks for seconds of work is told so."""
        self._crew.hurry()

    async def query(self, request: ReadRequest) -> ReadAnswer:
        """Begins to answer a query; the answer is free of failure as far as its first half MiB or its end can tell.

        Raises:
            QuerySyntaxError: with line and column.
            QueryEvaluationError: when the engine gave up.
            ServiceRefused: when the query would contact another server.
            NoAcceptableFormat: when no format fits this form of query.
            ReaderError: when it took too long, too much memory, is too large, or too many are waiting.
        """
        head = _fields(request) | {"task": "query", "limit": self._limits.result_bytes}
        text = request.text.encode("utf-8", "surrogatepass")
        exchange, begin = await self._begin(head, text, request.deadline, request.as_of)
        return await _answer(exchange, begin)

    def ask(self, request: ReadRequest, then: Callable[[Told], None]) -> Inquiry:
        """Begins to answer a query as `query` does, without a task of its own.

        Args:
            request: about the present state, and with the pool's own deadline.
            then: is told the answer, or the error that `query` would raise; on the event loop, later, once.

        Returns:
            What may still be cancelled.

        Raises:
            ReaderError: when too many are waiting, or the pool ends.
        """
        text = request.text.encode("utf-8", "surrogatepass")
        inquiry = Inquiry(
            self._crew, self._limits.deadline,
            request=partial(self._framed, request, text), whole=_whole_answer, rest=_first_to_last,
            again=partial(self.query, request), then=then,
        )  # fmt: skip
        inquiry.begin()
        return inquiry

    def _framed(self, request: ReadRequest, text: bytes) -> bytes:
        taken = self._store.newest_snapshot
        return _query_head(
            request.default_graphs, request.named_graphs, request.results_media_type, request.graph_media_type,
            request.ask_media_type, request.base, self._limits.result_bytes, taken,
        ) + frame(Kind.BODY, text)  # fmt: skip

    async def try_update(self, request: UpdateRequest) -> TriedUpdate:
        """Works out what an update would remove and add, and changes nothing.

        Raises:
            QuerySyntaxError: with line and column.
            QueryEvaluationError: when an operation fails, as ``CREATE`` of a graph that there is.
            ServiceRefused: for ``SERVICE`` and ``LOAD``.
            AnswerTooLarge: for a difference over the limit.
            ReaderError: as in `query`.
        """
        copies = await asyncio.to_thread(self._folder_for_copies)
        try:
            head = _fields(request) | {
                "task": "update", "limit": self._limits.result_bytes, "difference": self._limits.difference,
                "copies": str(copies),
            }  # fmt: skip
            exchange, begin = await self._begin(head, request.text.encode("utf-8", "surrogatepass"), request.deadline)
            both = await _whole(exchange, self._limits.result_bytes)
        finally:
            removal = asyncio.create_task(_remove(copies))
            self._removals.add(removal)
            removal.add_done_callback(self._removals.discard)
        removed = int(begin["removed_bytes"])
        return TriedUpdate(int(begin["commit_number"]), both[:removed], both[removed:])

    def _folder_for_copies(self) -> Path:
        return Path(tempfile.mkdtemp(prefix="trial-", dir=self._store.trials))

    async def parse(self, request: ParseRequest) -> bytes:
        """Reads RDF text into N-Quads whose blank nodes have labels that nothing else bears.

        Raises:
            DataSyntaxError: with line and column; also for RDF/XML with a DOCTYPE and JSON-LD with a remote context.
            ReaderError: as in `query`.
        """
        head = {
            "task": "parse", "media_type": request.media_type, "base": request.base,
            "limit": min(self._limits.result_bytes, self._limits.memory // 4),
        }  # fmt: skip
        exchange, _ = await self._begin(head, request.data, request.deadline)
        return await _whole(exchange, self._limits.result_bytes)

    def statistics(self) -> PoolStatistics:
        """What the pool is doing, and what it has done."""
        return self._crew.statistics()

    async def _begin(
        self, says: Mapping[str, Any], body: bytes, deadline: float | None, as_of: PastState | None = None
    ) -> tuple[Exchange, Mapping[str, Any]]:
        for attempt in range(_ATTEMPTS):
            past = None if as_of is None else await asyncio.to_thread(self._store.past_states.folder, as_of)
            worker = await self._crew.take()
            taken: TakenSnapshot = self._store.newest_snapshot
            seconds = min(deadline or self._limits.deadline, self._limits.deadline)
            exchange = Exchange(worker, seconds, self._crew.give_back)
            try:
                head = {**says, "snapshot": str(past or taken.path), "commit_number": taken.commit_number}
                await exchange.send(_request(head, body))
                kind, payload = await exchange.receive()
            except StoreUnavailable:
                # It was removed before the worker opened it, so there is a newer one, or it can be made again.
                if attempt + 1 == _ATTEMPTS:
                    raise
                continue
            except BaseException:
                exchange.cancel()
                raise
            return exchange, _said(payload) if kind is Kind.BEGIN else {}
        raise StoreUnavailable("No snapshot of the store could be opened.")


@lru_cache(maxsize=64)
def _query_head(  # all of a request but its text, which in most is all that differs
    default_graphs: tuple[str, ...] | None, named_graphs: tuple[str, ...], results: str | None, graph: str | None,
    ask: str | None, base: str | None, limit: int, taken: TakenSnapshot,
) -> bytes:  # fmt: skip
    request = ReadRequest("", default_graphs, named_graphs, results, graph, base, ask_media_type=ask)
    head = _fields(request) | {"task": "query", "limit": limit}
    return _head({**head, "snapshot": str(taken.path), "commit_number": taken.commit_number})


@lru_cache(maxsize=64)
def _said(payload: bytes) -> Mapping[str, Any]:
    return MappingProxyType(json.loads(payload))


def _request(head: Mapping[str, Any], body: bytes) -> bytes:
    return _head(head) + frame(Kind.BODY, body)


def _head(says: Mapping[str, Any]) -> bytes:
    return frame(Kind.REQUEST, _ENCODER.encode(says).encode("ascii"))


def _whole_answer(heard: Heard) -> ReadAnswer:
    begin = _said(heard.begin)
    return ReadAnswer(begin["form"], begin["media_type"], Chunks(heard.body, None))


async def _first_to_last(exchange: Exchange) -> ReadAnswer:
    _, payload = await exchange.receive()
    return await _answer(exchange, _said(payload))


async def _answer(exchange: Exchange, begin: Mapping[str, Any]) -> ReadAnswer:
    held_back, over = await _hold_back(exchange, _HELD_BACK)
    return ReadAnswer(begin["form"], begin["media_type"], Chunks(held_back, None if over else exchange))


def _fields(request: ReadRequest | UpdateRequest) -> dict[str, Any]:
    """What the request says besides its text, which goes as it is, and its time, which says what is opened."""
    return {name: getattr(request, name) for name in request.__slots__ if name not in ("text", "as_of")}


async def _remove(folder: Path) -> None:
    """Removes a private copy; while its engine closes, or its process dies, new files may still come."""
    for wait in _REMOVAL_WAITS:
        await asyncio.sleep(wait)
        await asyncio.to_thread(shutil.rmtree, folder, True)
        if not folder.exists():
            return


async def _hold_back(exchange: Exchange, most: int) -> tuple[bytes, bool]:
    """Gathers the answer's first bytes, and says whether they are all."""
    held = bytearray()
    try:
        while len(held) < most:
            kind, payload = await exchange.receive()
            if kind is Kind.END:
                return bytes(held), True
            held += payload
    except BaseException:
        exchange.cancel()
        raise
    return bytes(held), False


async def _whole(exchange: Exchange, most: int) -> bytes:
    """Gathers all of an answer."""
    gathered, over = await _hold_back(exchange, most)
    if not over:
        exchange.cancel()
        raise AnswerTooLarge(f"The answer has more than {most:,} bytes. Send or ask for less at a time.")
    return gathered
