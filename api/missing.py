"""What a person gets at an address that leads nowhere: a page with ways on. Programs get the problem document."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.negotiation import MediaType, choose
from api.problems import MEDIA_TYPE, NO_PAGE

_OFFERED: Final = (MediaType(MEDIA_TYPE), MediaType("text/html"))
_FOR_PROGRAMS: Final = ("/api/", "/data/", "/static/")

Page = Callable[[str, str], str]


class MissingPages:
    """Puts a page in place of a problem document that says there is nothing, where the client would rather have one.

    Args:
        application: what answers.
        page: makes the page, of the path that was asked for (without its first slash) and what is said of it.
    """

    def __init__(self, application: ASGIApp, page: Page) -> None:
        self._application = application
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request (ASGI)."""
        if not _is_for_a_person(scope):
            await self._application(scope, receive, send)
            return
        answer = _Answer(send)
        await self._application(scope, receive, answer.take)
        if answer.missing:
            path = scope["path"].removeprefix("/")
            html = await asyncio.to_thread(self._page, path, answer.said)
            await HTMLResponse(html, 404, {"Vary": "Accept"})(scope, receive, send)


class _Answer:
    """Lets an answer pass, and holds one back that says there is nothing."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._body = b""
        self.missing = False

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            self.missing = message["status"] == 404 and kind.startswith(MEDIA_TYPE)
        if self.missing:
            self._body += message.get("body", b"")
        else:
            await self._send(message)

    @property
    def said(self) -> str:
        """What the problem document says beyond that there is no such page."""
        document = json.loads(self._body or b"{}")
        return "" if document.get("type") == NO_PAGE else str(document.get("detail", ""))


def _is_for_a_person(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or scope["path"].startswith(_FOR_PROGRAMS):
        return False
    accept = ", ".join(Headers(scope=scope).getlist("accept"))
    return choose(_OFFERED, accept or None) == _OFFERED[1]
