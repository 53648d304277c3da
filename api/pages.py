"""The lineage pages and what they load, at the addresses they have as files."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Callable
from importlib.resources.abc import Traversable
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.routing import Route

from api.errors import NothingThere
from api.operations.headers import policy_field
from api.rest.facts import Facts
from graphstore import GraphStore
from graphstore.disk import DiskStore
from graphstore.history import HistoryReader
from lineage.errors import NotInStore
from lineage.stored import StoredStudy
from lineage.studies import find_study, only_study
from pages.addresses import HOME, STATIC, WORKBENCH
from pages.contexts.workbench import CONTENT_SECURITY_POLICY
from pages.open_data import QUADS, SCRIPT
from pages.site import static_files

if TYPE_CHECKING:
    from pages.build import SitePages

Result = TypeVar("Result")

_DATA_TYPES: Final = {QUADS: "application/n-quads", SCRIPT: "text/javascript"}


class PageRoutes:
    """Answers for the pages of one study; they are made anew after each commit, never from an older state.

    After a commit a page waits for what it shows (`pages.parts`), not for what other pages do. All of it is read from
    one snapshot, so that no page mixes two commits.

    Args:
        store: the store.
        study: the study's key; the only one of the store where None.
        base: the instance base.
        facts: what opens the last commit of a store on disk, where others ask it too.
    """

    def __init__(self, store: GraphStore, study: str | None, base: str, facts: Facts | None = None) -> None:
        self._store = store
        self._facts = facts or (Facts(store, base) if isinstance(store, DiskStore) else None)
        self._study = study
        self._base = base
        self._made: tuple[int, SitePages] | None = None
        self._making = Lock()
        self.router = APIRouter()
        self.router.add_api_route("/{path:path}", self.page, methods=["GET", "HEAD"], include_in_schema=False)

    def page(self, path: str) -> Response:
        """A page, or a file that pages load.

        Raises:
            NotInStore: when there is no study to show.
            UnknownPageError: when it has no such page.
            NothingThere: when there is no such file.
        """
        if path.startswith(f"{STATIC}/"):
            return _asset(path.removeprefix(f"{STATIC}/"))
        return self._reading(lambda pages: _page(pages, path))

    def missing(self, path: str, said: str) -> str:
        """The page that stands where there is none.

        Args:
            path: the path that was asked for, from the root of the site.
            said: why there is nothing, in a sentence; empty where that says nothing more.
        """
        from pages.contexts.missing import missing_page  # loaded for the first page, like all of them
        from pages.environment import render

        try:
            study, titles = self._reading(lambda pages: (pages.parts.study().label, pages.titles))
        except NotInStore as nothing:
            return render("missing", missing_page(None, path, str(nothing), {}))
        return render("missing", missing_page(study, path, said, titles))

    async def workbench(self, _: Request) -> Response:
        """The query workbench, for a browser at the SPARQL endpoint's own address."""
        try:
            page = await asyncio.to_thread(self.page, WORKBENCH)
        except NotInStore as nothing:
            page = HTMLResponse(await asyncio.to_thread(self.missing, "sparql", str(nothing)), 404)
        page.headers["Vary"] = "Accept, Authorization"
        return page

    def data_routes(self) -> list[Route]:
        """Where the study's open data stand as files; they come before the Graph Store, which has the same folder."""
        return [Route(f"/{path}", self._data_file, methods=["GET", "HEAD"]) for path in (QUADS, SCRIPT)]

    def _data_file(self, request: Request) -> Response:
        path = request.url.path.removeprefix("/")
        return Response(self._reading(lambda pages: pages.data_files()[path]), media_type=_DATA_TYPES[path])

    def _reading(self, work: Callable[[SitePages], Result]) -> Result:
        """The result of work on the pages, begun again where their snapshot went while it was read."""
        if self._facts is None:
            return work(self._pages(self._store, self._store.commit_number, None))
        return self._facts.reading(lambda last: work(self._pages(last.store, last.number, last.history)))

    def _pages(self, store: GraphStore, number: int, journal: HistoryReader | None) -> SitePages:
        with self._making:
            # Loaded for the first page: it is a fifth of the time that a server would take to start.
            from pages.build import SitePages

            if self._made is None or self._made[0] != number:
                meant = find_study(store, self._study, base=self._base) if self._study else only_study(store)
                stored = StoredStudy(store, meant.key, self._base, journal)
                self._made = (number, SitePages.of(stored, is_served=True))
            return self._made[1]


def _page(pages: SitePages, path: str) -> Response:
    if path in pages.tables:
        return Response(pages.tables[path](), media_type="text/csv")
    return _with_policy(HTMLResponse(pages.render(path or HOME)), path)


def _with_policy(page: Response, path: str) -> Response:
    if path == WORKBENCH:
        page.raw_headers.append(policy_field(CONTENT_SECURITY_POLICY))
    return page


def _asset(path: str) -> Response:
    found: Traversable = static_files()
    for part in path.split("/"):
        if part in {"", ".", ".."}:
            raise NothingThere("There is no such file.")
        found = found.joinpath(part)
    if not _is_file(found):
        raise NothingThere("There is no such file.")
    return Response(found.read_bytes(), media_type=mimetypes.guess_type(path)[0] or "application/octet-stream")


def _is_file(found: Traversable) -> bool:
    try:
        return found.is_file()
    except (OSError, ValueError):  # a name that no file system would take
        return False
