"""The least that an ASGI application can do: the same bytes to every request. Its file is named by ``BARE_BODY``."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.types import Receive, Scope, Send

_BODY = Path(os.environ.get("BARE_BODY", os.devnull)).read_bytes()
_HEADERS = [
    (b"content-type", b"application/sparql-results+json"),
    (b"content-length", str(len(_BODY)).encode()),
]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers."""
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": message["type"] + ".complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": _BODY})
