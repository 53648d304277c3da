"""Which route a request took, as one of a few names."""

from __future__ import annotations

from typing import Final

from starlette.types import Scope

UNROUTED: Final = "none"


def route_of(scope: Scope) -> str | None:
    """The template of the path that the router chose; None where the request was answered ahead of the router."""
    template = getattr(scope.get("route"), "path", None)
    return template if isinstance(template, str) else None
