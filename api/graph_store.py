"""``/data``: the SPARQL 1.1 Graph Store HTTP Protocol.

Section numbers are those of the W3C Recommendation of 21 March 2013. A graph is named by ``?graph=IRI`` or
``?default`` (section 4.2), or by its own address under ``/data/`` (section 4.1).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.resources import files
from typing import ClassVar, Final
from uuid import uuid4

from pyoxigraph import DefaultGraph, NamedNode, Quad
from starlette.requests import Request
from starlette.responses import Response

from api.access.calling import caller_of
from api.access.graphs import must_be_readable, must_be_writable
from api.access.roles import Caller, Role
from api.answering import AnswerResponse, unless_gone
from api.bodies import body_media_type, decoded, read_body
from api.datasets import scan_update
from api.endpoint import Endpoint, own_address
from api.errors import GraphNotFound, MalformedRequest, NothingAcceptable
from api.formats import GRAPHS, READABLE, serialised_as, wanted_formats
from api.iris import absolute_iri
from api.parameters import Parameters
from api.past.asking import graphs_at, moment_of
from api.past.memento import VARY, memento_fields
from api.past.moments import AS_OF
from api.patching import update_of_graph
from api.serving import Serving
from api.sparql import UPDATE, accept_of, timeout_of
from api.writing import commit_planned, commit_update, quads_of
from graphstore import Difference
from graphstore.attribution import Attribution, Channel
from graphstore.readers.records import ParseRequest, ReadRequest, UpdateRequest

PATH: Final = "/data"


class GraphStoreEndpoint(Endpoint):
    """Reads and writes whole graphs."""

    methods: ClassVar[tuple[str, ...]] = ("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH")
    takes: ClassVar[tuple[str, ...]] = READABLE

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    async def respond(self, request: Request) -> Response:
        """Finds the graph that is meant and does what the method says."""
        caller = await caller_of(request, self._serving.tokens)
        parameters = Parameters.parse(request.scope["query_string"], "the address")
        graph = _graph_meant(request, parameters)
        if request.method in {"GET", "HEAD"}:
            must_be_readable((graph,), caller)
            return await self._get(request, graph, parameters, caller)
        caller.must_be(Role.analyst, "Writing")
        if AS_OF in parameters:
            raise MalformedRequest("The past cannot be written. Leave as_of out.")
        must_be_writable((graph,))
        by = Attribution(await asyncio.to_thread(self._serving.tokens.called, caller.token), Channel.graph_store)
        match request.method:
            case "PUT":
                return await self._put(request, graph, by)
            case "POST":
                return await self._post(request, graph, by, created=_is_service(request, parameters))
            case "DELETE":
                return await self._delete(graph, by)
            case _:
                return await self._patch(request, graph, by, parameters)

    async def _get(self, request: Request, graph: str, parameters: Parameters, caller: Caller) -> Response:
        """Section 5.2; HEAD is the same without the body (section 5.6)."""
        chosen = wanted_formats(accept_of(request), parameters.one("format"))[1]
        if chosen is None:
            raise NothingAcceptable("A graph comes in other formats. See allowed.", tuple(each.name for each in GRAPHS))
        moment = await moment_of(self._serving, request, parameters, caller)
        if graph and graph not in await graphs_at(self._serving, moment):
            raise _not_found(graph)
        text = files("api").joinpath("graph.rq").read_text("utf-8")
        asked = ReadRequest(
            text, (graph,), (), None, serialised_as(None, chosen)[1], deadline=timeout_of(parameters),
            as_of=None if moment is None else moment.state,
        )  # fmt: skip
        answer = await unless_gone(self._serving.pool.query(asked), request)
        fields = {"Vary": f"Accept, {VARY}, Authorization"}
        if moment is not None:
            fields |= memento_fields(moment, request.url.path, parameters.grouped())
        return AnswerResponse(answer, chosen.content_type, fields)

    async def _put(self, request: Request, graph: str, by: Attribution) -> Response:
        """Section 5.3: the graph holds just what was sent; 201 where it is new."""
        wanted = await self._payload(request, graph)
        held = await self._written(graph, lambda before: Difference.between(before, wanted), by)
        return Response(status_code=204 if held else 201)

    async def _post(self, request: Request, graph: str, by: Attribution, *, created: bool) -> Response:
        """Section 5.5: what was sent is merged in; without a graph, a new one is made and `Location` names it."""
        wanted = await self._payload(request, graph)
        held = await self._written(graph, lambda before: Difference(added=wanted - before), by)
        headers = {"Location": graph} if created else {}
        return Response(status_code=204 if held and not created else 201, headers=headers)

    async def _delete(self, graph: str, by: Attribution) -> Response:
        """Section 5.4: 404 where there is no such graph; the unnamed graph is there always, and is emptied."""

        def emptied(before: set[Quad]) -> Difference:
            if graph and not before:
                raise _not_found(graph)
            return Difference(removed=before)

        await self._written(graph, emptied, by)
        return Response(status_code=204)

    async def _patch(self, request: Request, graph: str, by: Attribution, parameters: Parameters) -> Response:
        """Section 5.7: an update that touches this graph alone."""
        body_media_type(request, (UPDATE,))
        limits = self._serving.limits
        body = await read_body(request, limits.update_bytes, limits.body_seconds, "An update")
        text, base = decoded(body, "The update"), graph or own_address(request)
        await asyncio.to_thread(scan_update, text, base)
        known = self._serving.known_graphs()
        asked = UpdateRequest(
            text=update_of_graph(text, graph),
            using_default=None if graph else ("",),
            using_named=None if graph else (),
            default_graphs=(graph,),
            protected_graphs=tuple(each for each in known if each != graph),
            base=base,
            deadline=timeout_of(parameters),
        )
        await unless_gone(commit_update(self._serving, asked, only=graph, by=by), request)
        return Response(status_code=204 if not graph or graph in known else 201)

    async def _payload(self, request: Request, graph: str) -> set[Quad]:
        """What was sent, as statements of the graph; its blank nodes are nobody else's (section 5.5)."""
        media_type = body_media_type(request, READABLE)
        limits = self._serving.limits
        data = await read_body(request, limits.body_bytes, limits.body_seconds, "A graph")
        # Section 4.1: relative IRIs are resolved against the graph's own.
        asked = ParseRequest(data, media_type, graph or own_address(request) or "")
        parsed = await unless_gone(self._serving.pool.parse(asked), request)
        name = _term(graph)
        found = await asyncio.to_thread(quads_of, parsed)
        if any(not isinstance(quad.graph_name, DefaultGraph) for quad in found):
            raise MalformedRequest("The data names graphs of its own. Send the triples of one graph.")
        return {Quad(quad.subject, quad.predicate, quad.object, name) for quad in found}

    async def _written(self, graph: str, plan: Callable[[set[Quad]], Difference], by: Attribution) -> bool:
        """Writes what `plan` makes of the graph's statements; says whether there was such a graph before."""
        store, name = self._serving.store, _term(graph)
        held = not graph

        def planned() -> Difference:
            nonlocal held
            before = set(store.quads(name))
            held = held or bool(before)
            return plan(before)

        await asyncio.to_thread(commit_planned, self._serving, planned, only=graph, by=by)
        return held


def _is_service(request: Request, parameters: Parameters) -> bool:
    return request.scope["path"].rstrip("/") == PATH and parameters.any_of(("graph", "default")) is None


def _graph_meant(request: Request, parameters: Parameters) -> str:
    graph, default = parameters.one("graph"), parameters.one("default")
    if graph is not None and default is not None:
        raise MalformedRequest("The request names a graph and asks for the default one too. Keep one of the two.")
    if default:
        raise MalformedRequest(f"default={default}: default takes no value. Write ?default.")
    direct = request.scope["path"].rstrip("/") != PATH
    if direct and (graph is not None or default is not None):
        raise MalformedRequest(f"The address is a graph itself. Name another graph at {PATH}?graph=IRI.")
    if graph is not None:
        return absolute_iri(graph, "graph")
    if default is not None:
        return ""
    own = own_address(request)
    if own is None:
        raise MalformedRequest("The field Host is not as it should be.")
    if direct:
        return absolute_iri(own, "The address")
    if request.method == "POST":
        return f"{own.rstrip('/')}/{uuid4().hex}"
    raise MalformedRequest(f"Say which graph is meant: {PATH}?graph=IRI or {PATH}?default.", ("graph", "default"))


def _term(graph: str) -> NamedNode | DefaultGraph:
    return NamedNode(graph) if graph else DefaultGraph()


def _not_found(graph: str) -> GraphNotFound:
    return GraphNotFound(f"There is no graph <{graph}>, or it holds nothing.")
