"""The routes that write: POST to a list, PUT, PATCH and DELETE of one of its items."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.access.calling import caller_of
from api.access.roles import Role
from api.bodies import body_media_type, read_body
from api.rest.parameters import Parameter, read_given
from api.rest.router import PREFIX, guarded
from api.rest.writes.collections import COLLECTIONS, Collection
from api.rest.writes.committing import Write, carry_out
from api.rest.writes.documentation import documented_write
from api.rest.writes.editing import Editing
from api.rest.writes.requests import Answer, KnownRequests, RequestKey
from api.rest.writes.sent import SentRow, read_sent
from api.serving import Serving
from graphstore.attribution import Attribution, Channel
from ontology.edits import Deed

_JSON: Final = ("application/json",)
_MERGE_PATCH: Final = ("application/merge-patch+json", "application/json")
_METHODS: Final[Mapping[Deed, str]] = {
    Deed.create: "POST", Deed.put: "PUT", Deed.amend: "PATCH", Deed.remove: "DELETE",
}  # fmt: skip
MESSAGE: Final = Parameter(
    "message", "What the write is for, kept in its changeset.", "Agreed at the analysis meeting."
)
_NOTHING: Final = SentRow({}, ())


def writable_methods() -> Mapping[str, tuple[str, ...]]:
    """By path below the prefix, the methods that write there."""
    of_items = tuple(method for deed, method in _METHODS.items() if deed is not Deed.create)
    lists = {_path(each): ("POST",) for each in COLLECTIONS}
    return lists | {_item_path(each): of_items for each in COLLECTIONS}


class RowWrites:
    """The routes that write to one store.

    Args:
        serving: the store, its tokens, and what a write is held against.
        editing: works out what a row changes.

    Attributes:
        router: the routes; it goes before those of the look-ups, which answer whatever else is asked there.
    """

    def __init__(self, serving: Serving, editing: Editing) -> None:
        self._serving = serving
        self._editing = editing
        self._requests = KnownRequests(serving.store.folder)
        self.router = APIRouter(prefix=PREFIX)
        for collection in COLLECTIONS:
            self._add(collection, Deed.create, _path(collection))
            for deed in (Deed.put, Deed.amend, Deed.remove):
                self._add(collection, deed, _item_path(collection))

    def _add(self, collection: Collection, deed: Deed, path: str) -> None:
        async def write(request: Request) -> Response:
            return await guarded(request, lambda: self._respond(request, collection, deed))

        self.router.add_api_route(
            path, write, methods=[_METHODS[deed]], **documented_write(collection, deed, path, MESSAGE)
        )

    async def _respond(self, request: Request, collection: Collection, deed: Deed) -> Response:
        caller = await caller_of(request, self._serving.tokens)
        caller.must_be(Role.analyst, "Writing")
        given = read_given(request.scope["query_string"], (MESSAGE,))
        body = await self._body(request, deed)
        places = request.path_params
        write = Write(
            collection,
            deed,
            places["study"],
            "" if deed is Deed.create else "/".join(places[name] for name in collection.places),
            _NOTHING if deed is Deed.remove else await asyncio.to_thread(read_sent, body, collection.sheet),
            _joined(request, "if-match"),
            _joined(request, "if-none-match"),
        )
        who = await asyncio.to_thread(self._serving.tokens.called, caller.token)
        by = Attribution(who, Channel.rest, given.one("message") or "")
        sent_key = request.headers.get("idempotency-key")
        if sent_key is None:
            return await self._answered(lambda: carry_out(self._serving, self._editing, write, by, lambda _: None))
        asked = (request.method, request.url.path, given.canonical)
        key = RequestKey.of(sent_key.strip(), caller.token, asked, body)
        return await self._answered(lambda: self._once(key, write, by))

    async def _answered(self, work: Callable[[], Answer]) -> Response:
        waiting: Awaitable[Answer] = asyncio.to_thread(work)
        # A client that hangs up does not end it: whoever sends the key again shall find it whole or not begun.
        answer = await asyncio.shield(waiting)
        return Response(answer.body or None, answer.status, dict(answer.headers))

    def _once(self, key: RequestKey, write: Write, by: Attribution) -> Answer:
        with self._requests.carrying_out(key) as before:
            if before is not None:
                return before
            known = Attribution(by.who, by.how, by.message, request=key.digest)
            answer = carry_out(
                self._serving, self._editing, write, known, lambda coming: self._requests.note(key, coming)
            )
            self._requests.finish(key)
            return answer

    async def _body(self, request: Request, deed: Deed) -> bytes:
        limits = self._serving.limits
        if deed is Deed.remove:
            return b""
        body_media_type(request, _MERGE_PATCH if deed is Deed.amend else _JSON)
        return await read_body(request, limits.row_bytes, limits.body_seconds, "A row")


def _path(collection: Collection) -> str:
    return f"/studies/{{study}}/{collection.sheet}"


def _item_path(collection: Collection) -> str:
    return "/".join((_path(collection), *(f"{{{name}}}" for name in collection.places)))


def _joined(request: Request, field: str) -> str | None:
    return ", ".join(request.headers.getlist(field)) or None
