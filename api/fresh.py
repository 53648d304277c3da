"""Short queries that come with nothing else, asked and answered without a task of their own.

Nearly every query is a GET with a text that names no graph, and nearly every answer comes in one piece. The way through
the application, made for all the others, costs such a query more processor time than the engine does. So it is read,
asked and answered by plain calls on the event loop; whatever needs more is left to the application, unread. What the
application does for it is done here too: it is named, limited, counted, noted and kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import Any, Final, Protocol

from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.answering import AnswerResponse
from api.cache import Asking, KeptAnswer
from api.departure import departure, watch_no_more
from api.endpoint import READABLE_ELSEWHERE, address_in
from api.errors import ApiError, NothingAcceptable
from api.formats import GRAPHS, RESULTS, serialised_as, wanted_for_yes_or_no, wanted_formats
from api.negotiation import MediaType
from api.operations.forwarded import Forwarded
from api.operations.headers import completed
from api.operations.identity import HEADER, request_identity
from api.operations.limiting import RateLimited
from api.operations.logs import Answered, RequestLog
from api.operations.metrics import Metrics
from api.operations.observing import BEGUN, Observed
from api.parameters import Parameters
from api.past.memento import VARY
from api.problems import is_foreseen, problem_response
from api.serving import Serving
from graphstore.readers.answers import Chunks
from graphstore.readers.errors import NoAcceptableFormat, ReaderError
from graphstore.readers.inquiry import Inquiry, Told
from graphstore.readers.records import ReadAnswer, ReadRequest

VARYING: Final = f"Accept, {VARY}, Authorization"
"""What an answer to a query depends on besides its address (RFC 9110, section 12.5.5)."""

_OK: Final = 200
_ALONE: Final = b"query="
_SHORT_TEXT: Final = 1 << 11
# A text without these letters names no graph and contacts nobody, in whatever way it is read.
_LOOKED_AT: Final = ("from", "graph", "service")
_SOON: Final = 0.05


class Transport(Protocol):
    """Where a request's body comes from and its answer goes to (ASGI)."""

    receive: Receive
    send: Send


class Requested(Protocol):
    """A request as the server hands it over; `done` or `err` is called once it is answered."""

    scope: Scope
    proto: Transport
    done: Callable[[], None]
    err: Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The formats that a client gets, by form of query, and the names that the engine has for them."""

    results: MediaType | None
    yes_or_no: MediaType | None
    graph: MediaType | None
    results_type: str | None
    ask_type: str | None
    graph_type: str | None

    def content_type(self, answer: ReadAnswer) -> str:
        chosen = {"SELECT": self.results, "ASK": self.yes_or_no}.get(answer.form, self.graph)
        return answer.media_type if chosen is None else chosen.content_type


@lru_cache(maxsize=128)
def _wanted(accept: str | None) -> _Wanted | None:
    results, graph = wanted_formats(accept, None)
    if results is None and graph is None:
        return None
    yes_or_no = wanted_for_yes_or_no(accept, None) or results
    return _Wanted(
        results, yes_or_no, graph, serialised_as(results, None)[0], serialised_as(yes_or_no, None)[0],
        serialised_as(None, graph)[1],
    )  # fmt: skip


class FreshAnswers:
    """Asks and answers short queries.

    Args:
        serving: the store with its reader processes and kept answers.
        metrics: where requests are counted.
        log: where they are noted.
        route: of the SPARQL endpoint.
        limited: how much one client may ask; None for as much as it likes.
        forwarded: whom to believe about who asks; None for nobody.
    """

    def __init__(
        self,
        serving: Serving,
        metrics: Metrics,
        log: RequestLog,
        route: Route,
        limited: RateLimited | None = None,
        forwarded: Forwarded | None = None,
    ) -> None:
        self.serving = serving
        self.metrics = metrics
        self.log = log
        self.route = route
        self._limited = limited
        self._forwarded = forwarded

    def may_ask(self, scope: Scope) -> bool:
        """Whether it is worth asking `ask`; any thread may call it."""
        return bool(scope.get("path") == self.route.path and scope.get("method") == "GET")

    def ask(self, requested: Requested) -> bool:
        """Asks a query, if it is one that goes this way; called on the event loop.

        Returns:
            Whether it will be answered. If not, nothing has been done, and the application must be asked.
        """
        begun = perf_counter()
        scope = requested.scope if self._forwarded is None else self._forwarded.seen(requested.scope)
        asking = Asking.of(scope, self.route.path)
        if asking is None or not asking.query_string.startswith(_ALONE) or b"&" in asking.query_string:
            return False
        wanted = _wanted(asking.accepted)
        if wanted is None:
            return False
        try:
            text = Parameters.parse(asking.query_string, "the address").one("query")
        except ApiError:
            return False
        if text is None or len(text) >= min(_SHORT_TEXT, self.serving.limits.query_bytes):
            return False
        lowered = text.lower()
        if any(each in lowered for each in _LOOKED_AT):
            return False
        asked = ReadRequest(
            text, None, (), wanted.results_type, wanted.graph_type, address_in(scope), None, wanted.ask_type
        )
        commit_number = self.serving.answers.commit()
        if self.serving.answers.find(asked) is not None:
            return False
        if self._limited is not None and self._limited.seconds_to_wait(scope):
            return False
        _Query(self, requested, scope, asking, asked, wanted, commit_number, begun).begin()
        return True


class _Query:
    """One query from its coming to the end of its answer."""

    def __init__(
        self,
        fresh: FreshAnswers,
        requested: Requested,
        scope: Scope,
        asking: Asking,
        asked: ReadRequest,
        wanted: _Wanted,
        commit_number: int,
        begun: float,
    ) -> None:
        self._fresh = fresh
        self._requested = requested
        self._scope = scope
        self._asking = asking
        self._asked = asked
        self._wanted = wanted
        self._commit_number = commit_number
        self._begun = begun
        self._inquiry: Inquiry | None = None
        self._watching: asyncio.Task[None] | None = None
        self._answering: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Asks a reader."""
        self._fresh.metrics.in_hand += 1
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(_SOON, self._watch)
        try:
            self._inquiry = self._fresh.serving.pool.ask(self._asked, self._told)
        except ReaderError as error:
            loop.call_soon(self._told, error)

    def _watch(self) -> None:
        """Looks whether the client hangs up, now that it takes longer than most."""
        self._watching = departure(self._scope, self._requested.proto.receive)
        self._watching.add_done_callback(self._gone)

    def _gone(self, watching: asyncio.Task[None]) -> None:
        if watching.cancelled() or watching.exception() is not None or self._inquiry is None:
            return
        self._inquiry.cancel()
        self._ended(0, 0)
        self._requested.done()

    def _told(self, told: Told) -> None:
        self._timer.cancel()
        if self._watching is not None:
            self._watching.remove_done_callback(self._gone)
        body = told.chunks.whole if isinstance(told, ReadAnswer) and isinstance(told.chunks, Chunks) else None
        if body is None or not isinstance(told, ReadAnswer):
            # Observed counts it anew.
            self._fresh.metrics.in_hand -= 1
            self._answering = asyncio.get_running_loop().create_task(self._answer(told))
            return
        try:
            self._send(body, self._wanted.content_type(told))
        except Exception as error:
            self._fresh.log.failed(request_identity(self._scope["headers"]).decode(), error)
            self._requested.err(error)
        else:
            self._requested.done()
        finally:
            watch_no_more(self._scope)

    def _send(self, body: bytes, content_type: str) -> None:
        answers = self._fresh.serving.answers
        kept = KeptAnswer.of(body, content_type)
        headers = completed(
            [
                (b"vary", VARYING.encode("ascii")),
                (b"etag", kept.etag.encode("ascii")),
                (b"content-type", content_type.encode("ascii")),
                (b"content-length", b"%d" % len(body)),
                *READABLE_ELSEWHERE,
            ]
        )
        identity = request_identity(self._scope["headers"])
        send: Callable[[Any], object] = self._requested.proto.send
        send({"type": "http.response.start", "status": _OK, "headers": [*headers, (HEADER, identity)]})
        send({"type": "http.response.body", "body": body})
        answers.keep(self._asked, kept, self._commit_number)
        answers.know(self._asking, self._asked, headers)
        self._ended(_OK, len(body), identity)

    def _ended(self, status: int, sent: int, identity: bytes | None = None) -> None:
        seconds = perf_counter() - self._begun
        metrics, log = self._fresh.metrics, self._fresh.log
        metrics.in_hand -= 1
        metrics.answered(self._fresh.route.path, "GET", status, seconds)
        if seconds >= log.noted_from:
            client = self._scope.get("client")
            name = identity or request_identity(self._scope["headers"])
            log.note(Answered(name.decode(), "GET", self._scope["path"], status, seconds, sent, client and client[0]))

    async def _answer(self, told: Told) -> None:
        """Answers by the ordinary way what takes more than one step: a long answer, or an error."""
        fresh, route = self._fresh, self._fresh.route
        scope = {**self._scope, BEGUN: self._begun, "endpoint": route.endpoint, "route": route}

        async def respond(scope: Scope, receive: Receive, send: Send) -> None:
            response = self._response(told)
            response.raw_headers += READABLE_ELSEWHERE
            await response(scope, receive, send)

        proto = self._requested.proto
        try:
            await Observed(respond, fresh.metrics, fresh.log)(scope, proto.receive, proto.send)
        except Exception as error:
            self._requested.err(error)
        else:
            self._requested.done()

    def _response(self, told: Told) -> Response:
        if isinstance(told, NoAcceptableFormat):
            told = NothingAcceptable(str(told), tuple(each.name for each in (*RESULTS, *GRAPHS)))
        if isinstance(told, Exception):
            if not is_foreseen(told):
                raise told
            return problem_response(told, self._scope["path"])
        answers, content_type = self._fresh.serving.answers, self._wanted.content_type(told)
        return AnswerResponse(
            told, content_type, {"Vary": VARYING},
            most=answers.most_each,
            when_whole=lambda body: answers.keep(self._asked, KeptAnswer.of(body, content_type), self._commit_number),
        )  # fmt: skip
