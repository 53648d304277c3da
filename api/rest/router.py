"""Answers look-ups: reads the request, finds the format, asks the store in a thread, keeps the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.access.calling import caller_of
from api.cache import AnswerCache, Asking, KeptAnswer, LookUp, Question, matches
from api.endpoint import EXPOSED, own_address
from api.errors import MethodNotAllowed, NothingAcceptable, NothingThere, UnusableValue
from api.negotiation import choose
from api.past.memento import VARY, memento_fields, with_links
from api.past.moments import AS_OF, Moment, accept_datetime, asked_moment
from api.problems import is_foreseen, problem_response
from api.rest.documentation import documented
from api.rest.facts import Committed, Facts
from api.rest.operations import Asked, Format, Operation
from api.rest.parameters import Given, must_be_among, read_given
from api.rest.programme import studies_of
from api.serving import Serving

PREFIX: Final = "/api/v1"
METHODS: Final = ("GET", "HEAD", "OPTIONS")
EVERY_METHOD: Final = ["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
READABLE_ELSEWHERE: Final = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}
_ALWAYS: Final = {"Vary": f"Accept, {VARY}", "Cache-Control": "no-cache"}
_FOR_FEW: Final = {"Vary": "Accept, Authorization", "Cache-Control": "private, no-cache"}


class RestApi:
    """The look-ups of one application.

    Args:
        serving: the store and the answers that are kept.

    Attributes:
        router: the look-ups that were added.
        nothing_else: what answers every other address below the prefix; it goes last.
    """

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self.facts = Facts(serving.store, serving.base)
        self._writing: Mapping[str, tuple[str, ...]] = {}
        self._long: list[Operation] = []
        self.router = APIRouter(prefix=PREFIX)
        self.nothing_else = APIRouter(prefix=PREFIX)
        for path in ("", "/{path:path}"):
            self.nothing_else.add_api_route(
                path, self._nothing, methods=["GET", *EVERY_METHOD], include_in_schema=False
            )

    def make_ready(self) -> None:
        """Works out what searches and long lists of the last commit need.

        Raises:
            GraphStoreError: when the store cannot be read.
            SearchUnavailable: when Python's SQLite cannot search.
        """
        self.facts.search_index().prepare()
        self.facts.reading(self._put_in_order)

    def _put_in_order(self, committed: Committed) -> None:
        for study in studies_of(committed):
            for each in self._long:
                # The first page has its list put in order, which is remembered until the next commit.
                address = f"{PREFIX}/studies/{study.key}"
                given = Given({"limit": ("1",)})
                each.answer(Asked(each, {"study": study.key}, given, committed, self._serving.base, address))

    def also_takes(self, methods: Mapping[str, tuple[str, ...]]) -> None:
        """Says which methods other routes answer at the addresses of look-ups, by path below the prefix."""
        self._writing = methods

    def add(self, *operations: Operation) -> None:
        """Adds look-ups, each at its address and at one for each format: ``…/quotes`` and ``…/quotes.csv``."""
        self._long += [each for each in operations if each.is_long]
        for operation in operations:
            self._add(operation, f"{operation.path}.{{suffix}}", in_a_format=True)
        for operation in operations:
            self._add(operation, operation.path, in_a_format=False)

    def _add(self, operation: Operation, path: str, *, in_a_format: bool) -> None:
        async def look_up(request: Request) -> Response:
            return await guarded(request, lambda: self._respond(request, operation, in_a_format))

        async def other_methods(request: Request) -> Response:
            return await look_up(request)

        look_up.__doc__ = operation.description
        if in_a_format:
            self.router.add_api_route(path, look_up, methods=["GET", *EVERY_METHOD], include_in_schema=False)
            return
        self.router.add_api_route(path, look_up, methods=["GET"], **documented(operation))
        self.router.add_api_route(path, other_methods, methods=EVERY_METHOD, include_in_schema=False)

    async def _nothing(self, request: Request) -> Response:
        async def work() -> Response:
            raise NothingThere(f"There is no {request.url.path[:200]}. {PREFIX}/openapi.json lists what there is.")

        return await guarded(request, work)

    async def _moment(self, request: Request, operation: Operation, given: Given) -> Moment | None:
        as_of, accepted = given.one(AS_OF), accept_datetime(request) if operation.has_past else None
        if as_of is None and accepted is None:
            return None
        return await asyncio.to_thread(asked_moment, self._serving.store, as_of, accepted)

    def _reading(self, moment: Moment | None, make: Callable[[Committed], KeptAnswer]) -> KeptAnswer:
        if moment is None or moment.state is None:
            return self.facts.reading(make)
        return self._serving.pasts.reading(moment.state, make)

    async def _respond(self, request: Request, operation: Operation, in_a_format: bool) -> Response:
        if operation.role is not None and request.method != "OPTIONS":
            # Before anything else, so that nothing of the data is told to whom it does not concern.
            caller = await caller_of(request, self._serving.tokens)
            caller.must_be(operation.role, "Reading this")
        path = {name: value for name, value in request.path_params.items() if name != "suffix"}
        found = _format(request, operation, request.path_params.get("suffix") if in_a_format else None)
        methods = METHODS if in_a_format else (*METHODS, *self._writing.get(operation.path, ()))
        if request.method == "OPTIONS":
            return preflight(methods, request)
        if request.method not in METHODS:
            raise MethodNotAllowed(f"{request.method} is no method of {request.url.path}.", methods)
        given = read_given(request.scope["query_string"], operation.takes)
        _refuse_of_other_formats(given, operation, found)
        moment = await self._moment(request, operation, given)
        if moment is not None and given.one(AS_OF) is None:
            given = given.with_value(AS_OF, str(moment.number))
        address = own_address(request) or request.url.path
        look_up = LookUp(f"{address}?{given.canonical}", found.suffix)
        answers = self._serving.answers
        kept = answers.find(look_up)
        if kept is None:
            number = answers.commit()

            def make(committed: Committed) -> KeptAnswer:
                asked = Asked(operation, path, given, committed, self._serving.base, address)
                reply = operation.answer(asked)
                body = found.write(reply, asked)
                headers = reply.headers
                if moment is not None:
                    headers = with_links(memento_fields(moment, request.url.path, given.values), headers)
                return KeptAnswer.of(body, found.media_type.content_type, headers, reply.item)

            kept = await asyncio.to_thread(self._reading, moment, make)
            answers.keep(look_up, kept, number)
        return whole_answer(request, look_up, kept, _ALWAYS if operation.role is None else _FOR_FEW, answers)


def whole_answer(
    request: Request, question: Question, kept: KeptAnswer, always: Mapping[str, str], answers: AnswerCache
) -> Response:
    """The response that sends a kept answer, which is known from then on by how it was asked.

    Args:
        request: how it was asked.
        question: what was asked.
        kept: the answer.
        always: header fields that go with every answer of this kind.
        answers: the answers that are kept.
    """
    headers = {**always, **dict(kept.headers), "ETag": kept.etag}
    if matches(request.headers.get("if-none-match"), kept.etag):
        return Response(status_code=304, headers=headers)
    headers |= {"Content-Type": kept.content_type, "Content-Length": str(len(kept.body))}
    if request.method == "HEAD":
        return Response(headers=headers)
    response = Response(kept.body, headers=headers)
    asking = Asking.of(request.scope, request.scope["path"])
    if asking is not None:
        elsewhere = [(name.lower().encode(), value.encode()) for name, value in READABLE_ELSEWHERE.items()]
        answers.know(asking, question, [*response.raw_headers, *elsewhere])
    return response


async def guarded(request: Request, work: Callable[[], Awaitable[Response]]) -> Response:
    """The answer that some work gives, or the problem it ends in, which pages of other origins may read."""
    try:
        response = await work()
    except Exception as error:
        if not is_foreseen(error):
            raise
        response = problem_response(error, request.url.path)
    response.headers.update(READABLE_ELSEWHERE)
    return response


def preflight(methods: tuple[str, ...], request: Request) -> Response:
    """The answer to OPTIONS (RFC 9110, section 9.3.7; Fetch standard, CORS preflight)."""
    headers = {"Allow": ", ".join(methods)}
    if "access-control-request-method" in request.headers:
        headers |= {
            "Access-Control-Allow-Methods": "GET, HEAD",
            "Access-Control-Allow-Headers": "Accept, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
    return Response(status_code=204, headers=headers)


def _format(request: Request, operation: Operation, suffix: str | None) -> Format:
    named = (
        request.query_params.getlist("format") if any(each.name == "format" for each in operation.parameters) else []
    )
    if named and suffix is None:
        must_be_among("format", named, [each.suffix for each in operation.formats])
        suffix = named[0]
    elif named and suffix not in named:
        raise UnusableValue(f"The address ends with .{suffix}, and format says otherwise. Give one of them.")
    if suffix is not None:
        for each in operation.formats:
            if each.suffix == suffix:
                return each
        suffixes = tuple(f".{each.suffix}" for each in operation.formats)
        raise NothingThere(
            "There is no such address. See allowed for the formats that an address may end with.", suffixes
        )
    accept = ", ".join(request.headers.getlist("accept")) or None
    chosen = choose([each.media_type for each in operation.formats], accept)
    if chosen is None:
        names = tuple(each.media_type.name for each in operation.formats)
        raise NothingAcceptable("It comes in none of the formats you take. See allowed.", names)
    return next(each for each in operation.formats if each.media_type == chosen)


def _refuse_of_other_formats(given: Given, operation: Operation, chosen: Format) -> None:
    for each in operation.formats:
        for name in each.only_with:
            if each != chosen and given.all(name):
                raise UnusableValue(f"{name} is for {each.media_type.name} only, and this is {chosen.media_type.name}.")
