"""The HTTP application, made by a factory for one store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from api.cache import RepeatedAnswers
from api.documentation import Documentation
from api.fresh import FreshAnswers
from api.front import FrontedApplication, PlainRoutes
from api.graph_store import PATH as DATA
from api.graph_store import GraphStoreEndpoint
from api.health import health_router
from api.immediate import ImmediateAnswers
from api.keeping_ready import kept_ready
from api.linked_data.identifiers import Identifiers
from api.linked_data.relations import IDENTIFIERS
from api.linked_data.vocabulary import Vocabulary
from api.missing import MissingPages
from api.openapi import document_protocols
from api.operations.forwarded import Forwarded
from api.operations.limiting import RateLimited
from api.operations.logs import RequestLog
from api.operations.metrics import Metrics
from api.operations.observing import Observed
from api.operations.options import Operations
from api.pages import PageRoutes
from api.problems import PROBLEM_ERRORS, problem_response
from api.rest.items import ITEM
from api.rest.lineage import LINEAGE
from api.rest.results import QuestionResults
from api.rest.reverting import Reverts
from api.rest.router import PREFIX, RestApi
from api.rest.routes import ROUTES
from api.rest.search import SEARCH
from api.rest.trace import TRACE
from api.rest.writes.asking import WriteRequests
from api.rest.writes.deciding import DECIDING_METHODS, Decisions
from api.rest.writes.reading import row_look_ups
from api.rest.writes.routes import RowWrites, writable_methods
from api.search_page import PATH as SEARCH_PATH
from api.search_page import SearchPages
from api.serving import Serving
from api.sparql import SparqlEndpoint, Workbench
from pages.addresses import STATIC

SPARQL = "/sparql"


def create_application(
    serving: Serving,
    *,
    study: str | None = None,
    workbench: Workbench | None = None,
    operations: Operations | None = None,
) -> FrontedApplication:
    """Makes the application. Its lifespan starts the reader processes and ends them.

    Args:
        serving: the store, its reader processes, tokens and limits.
        study: the study shown at the root; the store's only one where None.
        workbench: the page that a browser gets at ``/sparql``; that of the study's pages where None.
        operations: what is noted, who is believed, and how much one client may ask.
    """
    rest = RestApi(serving)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with serving.pool, kept_ready(serving.store, rest.make_ready):
            yield

    application = FrontedApplication(
        title="Hypothread", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    for error in PROBLEM_ERRORS:
        application.add_exception_handler(error, _problem)
    # These are hot: plain ASGI, described by hand in the OpenAPI document.
    data = GraphStoreEndpoint(serving)
    pages = PageRoutes(serving.store, study, serving.base, rest.facts)
    sparql = Route(SPARQL, SparqlEndpoint(serving, workbench or pages.workbench))
    graphs = Route(DATA, data)
    application.router.routes += [sparql, *pages.data_routes(), graphs, Route(f"{DATA}/{{path:path}}", data)]
    metrics = Metrics(serving)
    plain = {SPARQL: sparql, DATA: graphs}
    _put_ahead(application, serving, metrics, operations or Operations(), plain, pages)
    document_protocols(application)
    application.include_router(Documentation(serving, study).router)
    _add_writes(application, serving, rest)
    rest.add(*ROUTES, LINEAGE, TRACE, ITEM, SEARCH)
    application.include_router(rest.router)
    application.include_router(QuestionResults(serving).router)
    application.include_router(Reverts(serving, rest.facts).router)
    application.include_router(rest.nothing_else)  # after every other route below /api/v1
    identifiers = Identifiers(rest.facts, serving.base, study)
    application.router.routes += [
        Route(IDENTIFIERS, identifiers),
        Route(f"{IDENTIFIERS}/{{path:path}}", identifiers),
        *Vocabulary(rest.facts, study).routes(),
        Route(SEARCH_PATH, SearchPages(rest.facts, serving.answers, serving.base, study)),
    ]
    application.include_router(health_router(serving, metrics))
    application.include_router(pages.router)  # it answers whatever is left
    # Otherwise made at the first request, and `immediate` with it.
    application.middleware_stack = application.build_middleware_stack()
    return application


def _add_writes(application: FastAPI, serving: Serving, rest: RestApi) -> None:
    requests = WriteRequests(serving)
    methods: dict[str, tuple[str, ...]] = {}
    if serving.editing is not None:
        application.include_router(RowWrites(serving, serving.editing, requests).router)
        rest.add(*row_look_ups(serving.editing))
        methods |= writable_methods()
    if serving.reviewing is not None:
        application.include_router(Decisions(serving, serving.reviewing, requests).router)
        methods |= DECIDING_METHODS
    rest.also_takes(methods)


def _put_ahead(
    application: FrontedApplication,
    serving: Serving,
    metrics: Metrics,
    operations: Operations,
    plain: Mapping[str, Route],
    pages: PageRoutes,
) -> None:
    """Puts ahead of FastAPI what a request meets first, made from the inside outwards."""
    log = RequestLog(operations.noted, operations.slow_seconds)

    def stack(inner: ASGIApp) -> ASGIApp:
        answers: ASGIApp
        answers = repeated = RepeatedAnswers(
            PlainRoutes(MissingPages(inner, pages.missing), plain), cache=serving.answers, paths=(SPARQL, f"{PREFIX}/")
        )
        limited = forwarded = None
        if operations.rate is not None:
            answers = limited = RateLimited(answers, rate=operations.rate, free=f"/{STATIC}/")
        answers = Observed(answers, metrics=metrics, log=log)
        if operations.trusted_proxies:
            answers = forwarded = Forwarded(
                answers, trusted=operations.trusted_proxies, header=operations.forwarding_header
            )
        application.immediate = ImmediateAnswers(repeated, metrics, log, limited, forwarded)
        application.fresh = FreshAnswers(serving, metrics, log, plain[SPARQL], limited, forwarded)
        return answers

    application.ahead = stack


async def _problem(request: Request, error: Exception) -> Response:
    return problem_response(error, request.url.path)
