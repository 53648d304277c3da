"""Who asks: the token of a request (RFC 6750, section 2.1: the `Authorization` field and nowhere else)."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from api.access.roles import ANYBODY, Caller
from api.access.tokens import TokenStore
from api.errors import TokenRequired


async def caller_of(request: Request, tokens: TokenStore) -> Caller:
    """Who sent the request. Without the field: anybody, and no file is opened.

    Raises:
        TokenRequired: when a token is sent that does not count; it is never taken for none.
    """
    given = request.headers.get("authorization")
    if given is None:
        return ANYBODY
    scheme, _, token = given.partition(" ")
    role = await asyncio.to_thread(tokens.role_of, token.strip()) if scheme.lower() == "bearer" else None
    if role is None:
        raise TokenRequired(
            "The token does not count: it is unknown, revoked, or not sent as Authorization: Bearer TOKEN."
        )
    return Caller(role, token.strip().partition(".")[0])
