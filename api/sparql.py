"""``/sparql``: the SPARQL 1.1 Protocol, queries and updates.

Section numbers are those of the W3C Recommendation of 21 March 2013.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import Response

from api.access.calling import caller_of
from api.access.graphs import is_protected, must_be_readable, must_be_writable, visible
from api.access.roles import Caller, Role
from api.answering import AnswerResponse, unless_gone
from api.bodies import body_media_type, decoded, read_body
from api.cache import Asking, KeptAnswer, matches
from api.datasets import ScannedText, scan_query, scan_update
from api.description import describe
from api.endpoint import READABLE_ELSEWHERE, Endpoint, own_address
from api.errors import ContentTooLarge, MalformedRequest, NothingAcceptable
from api.formats import GRAPHS, RESULTS, serialised_as, wanted_for_yes_or_no, wanted_formats
from api.fresh import VARYING
from api.iris import absolute_iri
from api.negotiation import MediaType, choose
from api.parameters import Parameters
from api.past.asking import graphs_at, moment_of
from api.past.memento import MEMENTO_DATETIME, memento_fields
from api.past.moments import AS_OF, Moment
from api.serving import Serving
from api.writing import commit_update
from graphstore.attribution import Attribution, Channel
from graphstore.readers.answers import Chunks
from graphstore.readers.errors import NoAcceptableFormat
from graphstore.readers.records import ReadRequest, UpdateRequest

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

QUERY_DATASET: Final = ("default-graph-uri", "named-graph-uri")
UPDATE_DATASET: Final = ("using-graph-uri", "using-named-graph-uri")
_HTML: Final = MediaType("text/html")
_LARGE_TEXT: Final = 1 << 11
_LONGEST_LINKED: Final = 2000
"""Characters of a query's address that an answer repeats three times in its header, which clients hold to 8 KB."""
_VARY: Final = {"Vary": VARYING}
Workbench = Callable[[Request], Awaitable[Response]]
"""What a browser gets that asks for a page and sends no query."""


class SparqlEndpoint(Endpoint):
    """Answers queries and carries out updates.

    Args:
        serving: the store and its reader processes.
        workbench: the page for browsers; without one they get the service description as text.
    """

    methods: ClassVar[tuple[str, ...]] = ("GET", "HEAD", "POST")
    readable_elsewhere: ClassVar[tuple[str, ...]] = ("GET", "HEAD", "POST")
    takes: ClassVar[tuple[str, ...]] = (FORM, QUERY, UPDATE)

    def __init__(self, serving: Serving, workbench: Workbench | None = None) -> None:
        self._serving = serving
        self._workbench = workbench
        # Scanning is work for this process: one large text at a time, or a few would keep it from everything else.
        self._one_large_text = asyncio.Semaphore(1)

    async def respond(self, request: Request) -> Response:
        """Tells the operations apart (sections 2.1 and 2.2)."""
        caller = await caller_of(request, self._serving.tokens)
        address = Parameters.parse(request.scope["query_string"], "the address")
        if request.method != "POST":
            return await self._get(request, address, caller)
        _refuse_in_address(address)
        limits = self._serving.limits
        match body_media_type(request, self.takes):
            case "application/sparql-update":
                caller.must_be(Role.analyst, "Writing")
                body = await read_body(request, limits.update_bytes, limits.body_seconds, "An update")
                return await self._update(request, decoded(body, "The update"), address, caller)
            case "application/sparql-query":
                body = await read_body(request, limits.query_bytes, limits.body_seconds, "A query")
                return await self._query(request, decoded(body, "The query"), address, caller)
            case _:
                # A form may take three bytes for one.
                most = 3 * (limits.update_bytes if (caller.role or 0) >= Role.analyst else limits.query_bytes)
                body = await read_body(request, most, limits.body_seconds, "The form")
                return await self._form(request, Parameters.parse(body, "the form"), address, caller)

    async def _get(self, request: Request, address: Parameters, caller: Caller) -> Response:
        if "update" in address:
            raise MalformedRequest("An update is sent by POST, never by GET (SPARQL 1.1 Protocol, section 2.2).")
        text = address.one("query")
        if text is not None:
            return await self._query(request, text, address, caller)
        given = address.any_of((*QUERY_DATASET, *UPDATE_DATASET, "timeout", AS_OF))
        if given is not None:
            raise MalformedRequest(f"There is {given} but no query. Send the parameter query.")
        return await self._describe(request, address, caller)

    async def _form(self, request: Request, form: Parameters, address: Parameters, caller: Caller) -> Response:
        query, update = form.one("query"), form.one("update")
        if query is not None and update is not None:
            raise MalformedRequest("A request is a query or an update, not both.")
        if query is not None:
            return await self._query(request, query, form + address, caller)
        if update is not None:
            return await self._update(request, update, form + address, caller)
        raise MalformedRequest("The form has neither query nor update.", ("query", "update"))

    async def _scanned(
        self, scan: Callable[[str, str | None], ScannedText], text: str, base: str | None
    ) -> ScannedText:
        if len(text) < _LARGE_TEXT:
            return scan(text, base)
        async with self._one_large_text:
            return await asyncio.to_thread(scan, text, base)

    async def _query(self, request: Request, text: str, parameters: Parameters, caller: Caller) -> Response:
        """Section 2.1: the query operation."""
        _refuse_other(parameters, UPDATE_DATASET, "a query", QUERY_DATASET)
        if len(text) > self._serving.limits.query_bytes:
            raise ContentTooLarge(f"A query may have {self._serving.limits.query_bytes:,} characters.")
        results, graph = wanted_formats(accept_of(request), parameters.one("format"))
        allowed = tuple(each.name for each in (*RESULTS, *GRAPHS))
        if results is None and graph is None:
            raise NothingAcceptable("No answer comes in any format you take. See allowed.", allowed)
        base = own_address(request)
        scanned = await self._scanned(scan_query, text, base)
        moment = await moment_of(self._serving, request, parameters, caller)
        default, named = await self._dataset(scanned, parameters, caller, moment)
        yes_or_no = wanted_for_yes_or_no(accept_of(request), parameters.one("format")) or results
        results_type, graph_type = serialised_as(results, graph)
        asked = ReadRequest(
            scanned.text, default, named, results_type, graph_type, base, timeout_of(parameters),
            serialised_as(yes_or_no, None)[0], None if moment is None else moment.state,
        )  # fmt: skip
        fields = _VARY if moment is None else {**_VARY, **_past_fields(moment, request, parameters)}
        answers = self._serving.answers
        kept = answers.find(asked)
        if kept is not None:
            return self._whole(request, asked, kept, fields)
        commit_number = answers.commit()
        try:
            answer = await unless_gone(self._serving.pool.query(asked), request)
        except NoAcceptableFormat as error:
            raise NothingAcceptable(str(error), allowed) from error
        chosen = {"SELECT": results, "ASK": yes_or_no}.get(answer.form, graph)
        content_type = answer.media_type if chosen is None else chosen.content_type
        whole = answer.chunks.whole if isinstance(answer.chunks, Chunks) else None
        if whole is None:
            return AnswerResponse(
                answer,
                content_type,
                fields,
                most=answers.most_each,
                when_whole=lambda body: answers.keep(asked, KeptAnswer.of(body, content_type), commit_number),
            )
        kept = KeptAnswer.of(whole, content_type)
        answers.keep(asked, kept, commit_number)
        return self._whole(request, asked, kept, fields)

    def _whole(self, request: Request, asked: ReadRequest, answer: KeptAnswer, always: Mapping[str, str]) -> Response:
        if matches(request.headers.get("if-none-match"), answer.etag) and request.method != "POST":
            return Response(status_code=304, headers={**always, "ETag": answer.etag})
        headers = {**always, "ETag": answer.etag, "Content-Type": answer.content_type}
        response = Response(answer.body, headers=headers)
        asking = Asking.of(request.scope, request.scope["path"])
        if asking is not None:
            self._serving.answers.know(asking, asked, [*response.raw_headers, *READABLE_ELSEWHERE])
        return response

    async def _dataset(
        self, scanned: ScannedText, parameters: Parameters, caller: Caller, moment: Moment | None
    ) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        """Section 2.1.4: the protocol's dataset stands above the query's, that above the open default."""
        default, named = (_graphs(parameters, each) for each in QUERY_DATASET)
        if not default and not named:
            default, named = scanned.of("FROM"), scanned.of("FROM NAMED")
        must_be_readable((*default, *named, *scanned.of("GRAPH")), caller)
        if default or named:
            return default, named
        if not scanned.may_name_graphs:
            return None, ()
        return None, visible(await graphs_at(self._serving, moment), caller)

    async def _update(self, request: Request, text: str, parameters: Parameters, caller: Caller) -> Response:
        """Section 2.2: the update operation."""
        caller.must_be(Role.analyst, "Writing")
        _refuse_other(parameters, QUERY_DATASET, "an update", UPDATE_DATASET)
        if AS_OF in parameters:
            raise MalformedRequest("The past cannot be written. Leave as_of out, or send a query.")
        if len(text) > self._serving.limits.update_bytes:
            raise ContentTooLarge(f"An update may have {self._serving.limits.update_bytes:,} characters.")
        base = own_address(request)
        scanned = await self._scanned(scan_update, text, base)
        must_be_writable(each.iri for each in scanned.graphs if each.writes)
        default, named = (_graphs(parameters, each) for each in UPDATE_DATASET)
        given = bool(default or named)
        if given and scanned.of("USING", "USING NAMED", "WITH"):
            raise MalformedRequest(
                "The update names its dataset by USING or WITH, and the request names another. Keep one of the two "
                "(SPARQL 1.1 Protocol, section 2.2.3)."
            )
        asked = UpdateRequest(
            text=scanned.text,
            using_default=default if given else None,
            using_named=named if given else None,
            default_graphs=None,
            protected_graphs=tuple(each for each in self._serving.known_graphs() if is_protected(each)),
            base=base,
            deadline=timeout_of(parameters),
        )
        by = Attribution(await asyncio.to_thread(self._serving.tokens.called, caller.token), Channel.sparql_update)
        await unless_gone(commit_update(self._serving, asked, by=by), request)
        return Response(status_code=204)

    async def _describe(self, request: Request, parameters: Parameters, caller: Caller) -> Response:
        """SPARQL 1.1 Service Description, section 2: what the endpoint's address itself answers with."""
        short_name, accept = parameters.one("format"), accept_of(request)
        if short_name is None and choose((*GRAPHS, _HTML), accept) == _HTML:
            if self._workbench is not None:
                return await self._workbench(request)
            chosen, sent_as = GRAPHS[0], "text/plain; charset=utf-8"
        else:
            found = wanted_formats(accept, short_name)[1]
            if found is None:
                names = tuple(each.name for each in GRAPHS)
                raise NothingAcceptable("The service description comes in other formats. See allowed.", names)
            chosen, sent_as = found, found.content_type
        media_type = serialised_as(None, chosen)[1] or chosen.name
        data = await describe(self._serving, own_address(request) or "/sparql", caller, media_type)
        return Response(data, headers={"Content-Type": sent_as, "Vary": "Accept, Authorization"})


def accept_of(request: Request) -> str | None:
    """The `Accept` field, all its lines joined; None where there is none."""
    return ", ".join(request.headers.getlist("accept")) or None


def timeout_of(parameters: Parameters) -> float | None:
    """The deadline that the client asks for, in seconds; the server's own stands where it is shorter.

    Raises:
        MalformedRequest: when it is no positive number.
    """
    given = parameters.one("timeout")
    if given is None:
        return None
    try:
        seconds = float(given)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise MalformedRequest(f"timeout={given} is no number of seconds. Write, say, timeout=2.5.")
    return seconds


def _past_fields(moment: Moment, request: Request, parameters: Parameters) -> Mapping[str, str]:
    """What the answer says of the past; a query too long for a field of a header has no address that others can use."""
    if request.method != "POST" and len(request.scope["query_string"]) <= _LONGEST_LINKED:
        return memento_fields(moment, request.url.path, parameters.grouped())
    return {MEMENTO_DATETIME: moment.http_date}


def _graphs(parameters: Parameters, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(absolute_iri(each, name) for each in parameters.all(name)))


def _refuse_other(parameters: Parameters, wrong: tuple[str, ...], what: str, right: tuple[str, ...]) -> None:
    found = parameters.any_of(wrong)
    if found is not None:
        raise MalformedRequest(
            f"{found} is no parameter of {what}. Its dataset is named by {' and '.join(right)}.", right
        )


def _refuse_in_address(address: Parameters) -> None:
    found = address.any_of(("query", "update"))
    if found is not None:
        raise MalformedRequest(f"With POST the {found} goes into the body, not into the address.")
