"""Whether the server is alive, whether it can answer, and how it fares."""

from __future__ import annotations

import asyncio
from importlib.resources import files
from typing import Any, Final

from fastapi import APIRouter
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.responses import Response

from api.errors import NotReady
from api.operations.metrics import Metrics
from api.serving import Serving
from graphstore.errors import GraphStoreError
from graphstore.readers.answers import Chunks
from graphstore.readers.records import ReadRequest

_SECONDS: Final = 5.0
_NUMBERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "Prometheus text.", "content": {"text/plain": {"schema": {"type": "string"}}}}
}


def health_router(serving: Serving, metrics: Metrics) -> APIRouter:
    """The three addresses that whoever runs the server watches. They read nothing of any study."""
    router = APIRouter(tags=["Operations"])
    text = files("api").joinpath("probe.rq").read_text("utf-8")
    probe = ReadRequest(text, (), (), "application/sparql-results+json", None)

    @router.get("/healthz", operation_id="get_health", summary="Whether the process answers.")
    async def healthz() -> dict[str, str]:
        """Says that the process answers."""
        return {"status": "ok"}

    @router.get("/readyz", operation_id="get_readiness", summary="Whether questions are answered.")
    async def readyz() -> dict[str, str]:
        """Says that the store is open and that a reader process has just answered a question of its own."""
        await _must_be_ready(serving, probe)
        return {"status": "ready"}

    @router.get(
        "/metrics",
        operation_id="get_metrics",
        summary="Numbers for Prometheus.",
        response_class=Response,
        responses=_NUMBERS,
    )
    async def numbers() -> Response:
        """Requests and how long they took, reader processes, the newest commit, and answers that are kept."""
        return Response(generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return router


async def _must_be_ready(serving: Serving, probe: ReadRequest) -> None:
    """Asks a reader process something.

    Raises:
        NotReady: when no answer comes in time, or the store is closed.
    """
    try:
        serving.store.is_empty()
        async with asyncio.timeout(_SECONDS):
            answer = await serving.pool.query(probe)
            if isinstance(answer.chunks, Chunks):
                await answer.chunks.aclose()
    except TimeoutError as error:
        raise NotReady(f"No reader process answered within {_SECONDS:g} s.") from error
    except GraphStoreError as error:
        raise NotReady("No reader process can be asked, or the store is closed.") from error
