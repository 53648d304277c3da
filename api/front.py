"""FastAPI, with what every request meets first put ahead of its own machinery.

Most requests are answered before a router is needed: from what is kept, or by the endpoints of SPARQL and the graph
store, which are plain ASGI. FastAPI's layers cost them as much as the answer itself does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from fastapi import FastAPI
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override

from api.fresh import FreshAnswers
from api.immediate import ImmediateAnswers

Ahead = Callable[[ASGIApp], ASGIApp]


class FrontedApplication(FastAPI):
    """FastAPI behind a stack of our own.

    Attributes:
        ahead: makes the stack around what is left to FastAPI. It must answer for errors that nobody foresaw: the layer
            that does so in FastAPI would send its own answer first.
        immediate: what a server that can do without the event loop may ask before the application.
        fresh: what a server that can do without a task may ask next, on the event loop.
    """

    ahead: Ahead | None = None
    immediate: ImmediateAnswers | None = None
    fresh: FreshAnswers | None = None

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request (ASGI), past what FastAPI looks up in the environment for each."""
        if scope["type"] != "http" or self.middleware_stack is None:
            await super().__call__(scope, receive, send)
            return
        scope["app"] = self
        await self.middleware_stack(scope, receive, send)

    @override
    def build_middleware_stack(self) -> ASGIApp:
        stack = super().build_middleware_stack()
        if self.ahead is None or not isinstance(stack, ServerErrorMiddleware):
            return stack
        return self.ahead(stack.app)


class PlainRoutes:
    """Hands a request to a plain route by its whole path, and anything else on."""

    def __init__(self, application: ASGIApp, routes: Mapping[str, Route]) -> None:
        self._application = application
        self._routes: Final = dict(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or lets it be answered."""
        route = self._routes.get(scope["path"]) if scope["type"] == "http" else None
        if route is None:
            await self._application(scope, receive, send)
            return
        scope["endpoint"], scope["route"] = route.endpoint, route
        await route.app(scope, receive, send)
