"""The OpenAPI document, the reference made from it, and a page to try requests out on."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.endpoint import EXPOSED
from api.operations.headers import policy_field
from api.serving import Serving
from lineage.errors import NotInStore
from lineage.studies import find_study, only_study
from pages.addresses import DOCUMENT, REFERENCE, TRY_OUT
from pages.policies import TRYING_OUT

_WITHOUT_A_STUDY: Final = "Hypothread"
_READABLE_ELSEWHERE: Final = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}


class Documentation:
    """What the server says of its own addresses; it comes before every other route below ``/api/v1``.

    Args:
        serving: the store, for the title of the study.
        study: the study shown at the root; the store's only one where None.
    """

    def __init__(self, serving: Serving, study: str | None) -> None:
        self._serving = serving
        self._study = study
        self._made: tuple[str, str] | None = None
        self.router = APIRouter(include_in_schema=False)
        for path, answer in ((DOCUMENT, self.document), (REFERENCE, self.reference), (TRY_OUT, self.try_out)):
            self.router.add_api_route(f"/{path}", answer, methods=["GET", "HEAD"])

    def document(self, request: Request) -> Response:
        """The OpenAPI document."""
        return JSONResponse(_document(request), headers=_READABLE_ELSEWHERE)

    def reference(self, request: Request) -> Response:
        """The reference, which needs no JavaScript; made once for each title."""
        from pages.contexts.reference import reference_page  # with all that a first page needs, loaded for that
        from pages.environment import render, render_served

        title = self._title()
        if self._made is None or self._made[0] != title:
            drawn = render if title == _WITHOUT_A_STUDY else render_served
            self._made = (title, drawn("reference", reference_page(_document(request), title)))
        return HTMLResponse(self._made[1])

    def try_out(self) -> Response:
        """Swagger UI, on the server's own document."""
        from pages.contexts.reference import try_out_page  # loaded for the first page, like the above
        from pages.environment import render, render_served

        title = self._title()
        drawn = render if title == _WITHOUT_A_STUDY else render_served
        page = HTMLResponse(drawn("try-out", try_out_page(title)))
        page.raw_headers.append(policy_field(TRYING_OUT))
        return page

    def _title(self) -> str:
        store, base = self._serving.store, self._serving.base
        try:
            return (find_study(store, self._study, base=base) if self._study else only_study(store)).label
        except NotInStore:
            return _WITHOUT_A_STUDY


def _document(request: Request) -> dict[str, Any]:
    application: FastAPI = request.app
    return application.openapi()
