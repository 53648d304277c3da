"""The state that a request for a graph or a SPARQL answer is about."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from api.access.roles import Caller
from api.parameters import Parameters
from api.past.moments import AS_OF, Moment, accept_datetime, asked_moment
from api.serving import Serving


async def moment_of(serving: Serving, request: Request, parameters: Parameters, caller: Caller) -> Moment | None:
    """The state that is asked for, as the caller may see it; None for the present one.

    Raises:
        UnusableValue: when ``as_of`` names neither a changeset nor an instant.
        NothingThere: when there is no such changeset, or none so old.
        MalformedRequest: when it is given twice, or `Accept-Datetime` is no date.
    """
    as_of, accepted = parameters.one(AS_OF), accept_datetime(request)
    if as_of is None and accepted is None:
        return None
    found = await asyncio.to_thread(asked_moment, serving.store, as_of, accepted)
    return None if found is None else found.seen_by(caller)


async def graphs_at(serving: Serving, moment: Moment | None) -> tuple[str, ...]:
    """The names of the graphs that held something then, or hold something now."""
    if moment is None or moment.state is None:
        return serving.known_graphs()
    return await asyncio.to_thread(serving.pasts.graphs, moment)
