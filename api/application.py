"""The HTTP application, made by a factory for one store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.responses import Response
from starlette.routing import Route

from api import health
from api.cache import RepeatedAnswers
from api.graph_store import PATH as DATA
from api.graph_store import GraphStoreEndpoint
from api.openapi import document_protocols
from api.pages import PageRoutes
from api.problems import PROBLEM_ERRORS, problem_response
from api.rest.router import PREFIX, RestApi
from api.rest.routes import ROUTES
from api.serving import Serving
from api.sparql import SparqlEndpoint, Workbench

SPARQL = "/sparql"


def create_application(serving: Serving, *, study: str | None = None, workbench: Workbench | None = None) -> FastAPI:
    """Makes the application. Its lifespan starts the reader processes and ends them.

    Args:
        serving: the store, its reader processes, tokens and limits.
        study: the study shown at the root; the store's only one where None.
        workbench: the page that a browser gets at ``/sparql``; that of the study's pages where None.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with serving.pool:
            yield

    application = FastAPI(title="Hypothread", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    for error in PROBLEM_ERRORS:
        application.add_exception_handler(error, _problem)
    # These are hot: plain ASGI, described by hand in the OpenAPI document.
    data = GraphStoreEndpoint(serving)
    pages = PageRoutes(serving.store, study, serving.base)
    application.router.routes += [
        Route(SPARQL, SparqlEndpoint(serving, workbench or pages.workbench)),
        *pages.data_routes(),
        Route(DATA, data),
        Route(f"{DATA}/{{path:path}}", data),
    ]
    application.add_middleware(RepeatedAnswers, cache=serving.answers, paths=(SPARQL, f"{PREFIX}/"))
    document_protocols(application)
    application.include_router(health.router)
    rest = RestApi(serving)
    rest.add(*ROUTES)
    application.include_router(rest.router)
    application.include_router(rest.nothing_else)  # after every other route below /api/v1
    application.include_router(pages.router)
    return application


async def _problem(request: Request, error: Exception) -> Response:
    return problem_response(error, request.url.path)
