"""A client for an application in this process, whose event loop and lifespan last as long as the client."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from fastapi import FastAPI

Result = TypeVar("Result")
_SECONDS = 60


class InProcess:
    """Asks an application as a client elsewhere would; what it fails to foresee is answered by 500."""

    def __init__(self, application: FastAPI) -> None:
        self._application = application
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        transport = httpx.ASGITransport(application, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://localhost")
        self._lifespan = application.router.lifespan_context(application)

    def __enter__(self) -> Self:
        self._thread.start()
        self._wait(self._lifespan.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wait(self._client.aclose())
        self._wait(self._lifespan.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait(self, work: Coroutine[Any, Any, Result] | Any) -> Result:
        async def done() -> Result:
            found: Result = await work
            return found

        return asyncio.run_coroutine_threadsafe(done(), self._loop).result(_SECONDS)

    def request(self, method: str, path: str, **asked: Any) -> httpx.Response:
        """The answer to a request."""
        return self._wait(self._client.request(method, path, **asked))

    def get(self, path: str, **asked: Any) -> httpx.Response:
        """The answer to a GET."""
        return self.request("GET", path, **asked)

    def bare(self, path: str, query: str) -> tuple[int, bytes]:
        """The status and the body for an address longer than a client lets one send."""
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1), "server": ("localhost", 80), "state": {},
        }  # fmt: skip
        self._wait(self._application(scope, receive, send))
        return sent[0]["status"], b"".join(each.get("body", b"") for each in sent[1:])
