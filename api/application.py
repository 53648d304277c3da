"""The HTTP application, made by a factory for one store."""

from __future__ import annotations

from fastapi import FastAPI

from api import health
from api.pages import PageRoutes
from graphstore import GraphStore
from ontology.iris import DEFAULT_BASE


def create_application(store: GraphStore, *, study: str | None = None, base: str = DEFAULT_BASE) -> FastAPI:
    """Makes the application.

    Args:
        store: where every answer comes from; whoever opened it closes it.
        study: the study shown at the root; the store's only one where None.
        base: the instance base.
    """
    application = FastAPI(title="Hypothread", docs_url=None, redoc_url=None, openapi_url=None)
    application.include_router(health.router)
    application.include_router(PageRoutes(store, study, base).router)
    return application
