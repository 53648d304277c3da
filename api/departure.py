"""Whether the client of a request has hung up: watched for once a request, however many ask.

Whoever begins to watch goes on with what was begun, instead of giving that up and beginning anew: granian takes a
`receive` that is given up before the request itself has come by it for a client that has hung up, and says so to the
next one. The answer that is being sent then would be broken off.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.types import Receive, Scope

_WATCHED: Final = "hypothread.departure"


def departure(scope: Scope, receive: Receive) -> asyncio.Task[None]:
    """The task of a request that ends when its client hangs up; the request's body must have been read.

    It is the same one each time, and not to be cancelled but by `watch_no_more`.
    """
    watched: asyncio.Task[None] | None = scope.get(_WATCHED)
    if watched is None:
        watched = scope[_WATCHED] = asyncio.create_task(_until_gone(receive))
    return watched


def watch_no_more(scope: Scope) -> None:
    """Ends the task at the end of the request, where there is one."""
    watched: asyncio.Task[None] | None = scope.get(_WATCHED)
    if watched is not None:
        watched.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
