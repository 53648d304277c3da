"""Which route a request took, as one of a few names."""

from __future__ import annotations

from typing import Final

from starlette.types import Scope

KEPT: Final = "kept"
"""Stands for the route of a request that a kept answer was given to, ahead of the router."""

UNROUTED: Final = "none"
"""Stands for that of a request which was turned away ahead of the router."""


def route_of(scope: Scope) -> str:
    """The template of the path that the router chose."""
    route = scope.get("route")
    if route is None:
        # FastAPI names its own routes, and of plain ones only what answers them.
        endpoint, routes = scope["endpoint"], scope["app"].routes
        route = next((each for each in routes if getattr(each, "endpoint", None) is endpoint), None)
    return str(getattr(route, "path", UNROUTED))
