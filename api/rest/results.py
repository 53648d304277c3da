"""Answers a question of the library with the parameters of the address, as the SPARQL endpoint would."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.access.calling import caller_of
from api.access.graphs import must_be_readable, visible
from api.answering import AnswerResponse, unless_gone
from api.cache import KeptAnswer
from api.datasets import scan_query
from api.endpoint import own_address
from api.errors import MethodNotAllowed, NothingAcceptable, UnknownParameter, UnusableValue
from api.formats import GRAPHS, RESULTS, serialised_as, wanted_formats
from api.parameters import Parameters
from api.past.asking import graphs_at, moment_of
from api.past.memento import VARY, memento_fields
from api.past.moments import AS_OF
from api.problems import MEDIA_TYPE
from api.rest.operations import AS_OF_PARAMETER
from api.rest.resources.questions import AREA, NAME, question_of
from api.rest.router import EVERY_METHOD, METHODS, PREFIX, guarded, preflight, whole_answer
from api.serving import Serving
from graphstore.readers.answers import Chunks
from graphstore.readers.errors import NoAcceptableFormat
from graphstore.readers.records import ReadRequest
from queries.errors import ParameterTextError
from queries.library import LibraryQuery
from queries.parameters import parse_parameter
from queries.terms import Term

_PATH: Final = "/queries/{area}/{name}/results"
_FORMAT: Final = "format"
_OTHERS: Final = (_FORMAT, AS_OF)
_VARY: Final = {"Vary": f"Accept, {VARY}, Authorization", "Cache-Control": "no-cache"}
_ALLOWED: Final = tuple(dict.fromkeys(each.name for each in (*RESULTS, *GRAPHS)))


class QuestionResults:
    """The address that answers questions.

    Args:
        serving: the store and its reader processes.

    Attributes:
        router: the route.
    """

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self.router = APIRouter(prefix=PREFIX)

        async def answer(request: Request) -> Response:
            return await guarded(request, lambda: self._respond(request))

        async def other_methods(request: Request) -> Response:
            return await answer(request)

        self.router.add_api_route(_PATH, answer, methods=["GET"], **_documented())
        self.router.add_api_route(_PATH, other_methods, methods=EVERY_METHOD, include_in_schema=False)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return preflight(METHODS, request)
        if request.method not in METHODS:
            raise MethodNotAllowed(f"{request.method} is no method of {request.url.path}.", METHODS)
        query = question_of(request.path_params["area"], request.path_params["name"])
        given = Parameters.parse(request.scope["query_string"], "the address")
        short_name = _one_value(given, _FORMAT)
        _one_value(given, AS_OF)
        accept = ", ".join(request.headers.getlist("accept")) or None
        results, graph = wanted_formats(accept, short_name)
        if results is None and graph is None:
            raise NothingAcceptable("No answer comes in any format you take. See allowed.", _ALLOWED)
        results_type, graph_type = serialised_as(results, graph)
        text = query.bind(_terms(query, given))
        caller = await caller_of(request, self._serving.tokens)
        must_be_readable(scan_query(text, None).of("GRAPH"), caller)
        moment = await moment_of(self._serving, request, given, caller)
        named = visible(await graphs_at(self._serving, moment), caller)
        asked = ReadRequest(
            text, None, named, results_type, graph_type, own_address(request),
            as_of=None if moment is None else moment.state,
        )  # fmt: skip
        always = _VARY if moment is None else _VARY | memento_fields(moment, request.url.path, given.grouped())
        answers = self._serving.answers
        kept = answers.find(asked)
        if kept is None:
            number = answers.commit()
            try:
                answer = await unless_gone(self._serving.pool.query(asked), request)
            except NoAcceptableFormat as error:
                raise NothingAcceptable(str(error), _ALLOWED) from error
            chosen = results if answer.form in {"SELECT", "ASK"} else graph
            content_type = answer.media_type if chosen is None else chosen.content_type
            whole = answer.chunks.whole if isinstance(answer.chunks, Chunks) else None
            if whole is None:
                return AnswerResponse(answer, content_type, always)
            kept = KeptAnswer.of(whole, content_type)
            answers.keep(asked, kept, number)
        return whole_answer(request, asked, kept, always, answers)


def _one_value(given: Parameters, name: str) -> str | None:
    found = given.all(name)
    if len(found) > 1:
        raise UnusableValue(f"{name} is given {len(found)} times. Give it once.")
    return found[0] if found else None


def _terms(query: LibraryQuery, given: Parameters) -> dict[str, list[Term]]:
    wanted = tuple(query.header.parameters)
    for name, _ in given.pairs:
        if name not in (*wanted, *_OTHERS):
            raise UnknownParameter(f"{query.name} has no parameter “{name[:60]}”. See allowed.", (*wanted, *_OTHERS))
    terms = {name: [_term(query, name, value) for value in given.all(name)] for name in wanted}
    for name, values in terms.items():
        if not values:
            raise UnusableValue(f"{query.name} wants to be told {name}. Add {name}=… to the address.", wanted)
    return terms


def _term(query: LibraryQuery, name: str, value: str) -> Term:
    try:
        return parse_parameter(query, name, value)
    except ParameterTextError as error:
        raise UnusableValue(str(error)[:300]) from error


def _documented() -> dict[str, Any]:
    problem = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    formats = {name: {"schema": {"type": "string"}} for name in _ALLOWED}
    rows = {"head": {"vars": ["theme"]}, "results": {"bindings": []}}
    places = [AREA.documented("path"), NAME.documented("path")]
    answered = {
        "name": _FORMAT,
        "in": "query",
        "required": False,
        "description": "A short name in place of `Accept`: json, csv, xml, tsv; turtle, jsonld.",
        "schema": {"type": "string"},
        "examples": {"study": {"value": "json"}},
    }
    others = {
        "name": "parameters",
        "in": "query",
        "required": False,
        "description": "The question's own parameters by name, each an IRI or a short key, such as "
        "`theme=plain-language`; a parameter may be repeated.",
        "style": "form",
        "explode": True,
        "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        "examples": {"study": {"value": {"theme": "plain-language"}}},
    }
    return {
        "name": "get_question_results",
        "operation_id": "get_question_results",
        "summary": "The answer to a question.",
        "description": "Answers a question of the library as `/sparql` would: rows as SPARQL results in JSON, XML, CSV "
        "or TSV, triples as Turtle, JSON-LD and their like. A question that names the graph of single responses needs "
        "a token to find anything.",
        "tags": ["Questions"],
        "response_class": Response,
        "responses": {
            200: {
                "description": "The rows or triples.",
                "content": formats
                | {"application/sparql-results+json": {"schema": {"type": "object"}, "example": rows}},
            },
            304: {"description": "The client holds this answer already (`If-None-Match`)."},
            400: {"description": "The request cannot be understood.", **problem},
            401: {"description": "The token does not count.", **problem},
            404: {"description": "There is no such question.", **problem},
            406: {"description": "There is no such format.", **problem},
            422: {"description": "A parameter is missing, unknown, or has a value that it cannot have.", **problem},
            503: {"description": "Too many requests are waiting.", **problem},
            504: {"description": "It took too long.", **problem},
        },
        "openapi_extra": {"parameters": [*places, answered, AS_OF_PARAMETER.documented(), others]},
    }
