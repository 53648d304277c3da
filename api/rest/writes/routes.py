"""The routes that write: POST to a list, PUT, PATCH and DELETE of one of its items."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.rest.router import PREFIX, guarded
from api.rest.writes.asking import JSON_ONLY, MESSAGE, WriteRequests, joined
from api.rest.writes.collections import COLLECTIONS, Collection
from api.rest.writes.committing import Write, carry_out
from api.rest.writes.documentation import documented_write
from api.rest.writes.editing import Editing
from api.rest.writes.sent import SentRow, read_sent
from api.serving import Serving
from ontology.edits import Deed

_METHODS: Final[Mapping[Deed, str]] = {
    Deed.create: "POST", Deed.put: "PUT", Deed.amend: "PATCH", Deed.remove: "DELETE",
}  # fmt: skip
_TAKEN: Final[Mapping[Deed, tuple[str, ...]]] = {
    Deed.create: JSON_ONLY, Deed.put: JSON_ONLY, Deed.amend: ("application/merge-patch+json", *JSON_ONLY),
}  # fmt: skip
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
        requests: those who ask, and what was carried out for them.

    Attributes:
        router: the routes; it goes before those of the look-ups, which answer whatever else is asked there.
    """

    def __init__(self, serving: Serving, editing: Editing, requests: WriteRequests) -> None:
        self._serving = serving
        self._editing = editing
        self._requests = requests
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
        asked = await self._requests.read(request, None if deed is Deed.remove else _TAKEN[deed])
        places = request.path_params
        write = Write(
            collection,
            deed,
            places["study"],
            "" if deed is Deed.create else "/".join(places[name] for name in collection.places),
            _NOTHING if deed is Deed.remove else await asyncio.to_thread(read_sent, asked.body, collection.sheet),
            joined(request, "if-match"),
            joined(request, "if-none-match"),
        )
        return await self._requests.carry_out(
            request, asked, lambda by, note: carry_out(self._serving, self._editing, write, by, note)
        )


def _path(collection: Collection) -> str:
    return f"/studies/{{study}}/{collection.sheet}"


def _item_path(collection: Collection) -> str:
    return "/".join((_path(collection), *(f"{{{name}}}" for name in collection.places)))
