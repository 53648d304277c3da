"""The lineage pages and what they load, at the addresses they have as files."""

from __future__ import annotations

import asyncio
import mimetypes
from importlib.resources.abc import Traversable
from threading import Lock
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from api.operations.headers import policy_field
from graphstore import GraphStore
from graphstore.disk import DiskStore
from graphstore.history import HistoryReader
from lineage.errors import NotInStore
from lineage.stored import StoredStudy
from lineage.studies import find_study, only_study
from pages.addresses import HOME, STATIC, WORKBENCH
from pages.contexts.workbench import CONTENT_SECURITY_POLICY
from pages.errors import UnknownPageError
from pages.open_data import QUADS, SCRIPT
from pages.site import static_files

if TYPE_CHECKING:
    from pages.build import SitePages

_LONGEST: Final = 200
_NO_PAGE: Final = """There is no page /{path}

The pages of the study begin at /
What programs can ask for is described at /docs
"""
_DATA_TYPES: Final = {QUADS: "application/n-quads", SCRIPT: "text/javascript"}


class PageRoutes:
    """Answers for the pages of one study; they are made anew after each commit, never from an older state."""

    def __init__(self, store: GraphStore, study: str | None, base: str) -> None:
        self._store = store
        self._journal = HistoryReader(store.folder) if isinstance(store, DiskStore) else None
        self._study = study
        self._base = base
        self._made: tuple[int, SitePages] | None = None
        self._making = Lock()
        self.router = APIRouter()
        self.router.add_api_route("/{path:path}", self.page, methods=["GET", "HEAD"], include_in_schema=False)

    def page(self, path: str) -> Response:
        """A page, or a file that pages load."""
        if path.startswith(f"{STATIC}/"):
            return _asset(path.removeprefix(f"{STATIC}/"))
        try:
            pages = self._pages()
            if path in pages.tables:
                return Response(pages.tables[path](), media_type="text/csv")
            return _with_policy(HTMLResponse(pages.render(path or HOME)), path)
        except NotInStore as nothing:
            return PlainTextResponse(f"{nothing}\n", status_code=404)
        except UnknownPageError:
            shown = "".join(each if each.isprintable() else "�" for each in path[:_LONGEST])
            return PlainTextResponse(_NO_PAGE.format(path=shown), status_code=404)

    async def workbench(self, _: Request) -> Response:
        """The query workbench, for a browser at the SPARQL endpoint's own address."""
        page = await asyncio.to_thread(self.page, WORKBENCH)
        page.headers["Vary"] = "Accept, Authorization"
        return page

    def data_routes(self) -> list[Route]:
        """Where the study's open data stand as files; they come before the Graph Store, which has the same folder."""
        return [Route(f"/{path}", self._data_file, methods=["GET", "HEAD"]) for path in (QUADS, SCRIPT)]

    def _data_file(self, request: Request) -> Response:
        path = request.url.path.removeprefix("/")
        try:
            return Response(self._pages().data_files()[path], media_type=_DATA_TYPES[path])
        except NotInStore as nothing:
            return PlainTextResponse(f"{nothing}\n", status_code=404)

    def _pages(self) -> SitePages:
        with self._making:
            # Loaded for the first page: it is a fifth of the time that a server would take to start.
            from pages.build import SitePages

            number = self._store.commit_number
            if self._made is None or self._made[0] != number:
                meant = (
                    find_study(self._store, self._study, base=self._base) if self._study else only_study(self._store)
                )
                self._made = (number, SitePages.of(StoredStudy(self._store, meant.key, self._base, self._journal)))
            return self._made[1]


def _with_policy(page: Response, path: str) -> Response:
    if path == WORKBENCH:
        page.raw_headers.append(policy_field(CONTENT_SECURITY_POLICY))
    return page


def _asset(path: str) -> Response:
    found: Traversable = static_files()
    for part in path.split("/"):
        if part in {"", ".", ".."}:
            return PlainTextResponse("There is no such file.\n", status_code=404)
        found = found.joinpath(part)
    if not _is_file(found):
        return PlainTextResponse("There is no such file.\n", status_code=404)
    return Response(found.read_bytes(), media_type=mimetypes.guess_type(path)[0] or "application/octet-stream")


def _is_file(found: Traversable) -> bool:
    try:
        return found.is_file()
    except (OSError, ValueError):  # a name that no file system would take
        return False
