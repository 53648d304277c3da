"""One HTTP resource whose methods are told apart here, thin and without a framework's machinery on the way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import ClassVar, Final

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.errors import MethodNotAllowed
from api.problems import is_foreseen, problem_response

EXPOSED: Final = (
    "Content-Type, ETag, Link, Location, Memento-Datetime, Retry-After, Vary, WWW-Authenticate, X-Request-ID"
)
"""What pages of other origins may read of an answer's header, besides what the Fetch standard lets them read always."""

READABLE_ELSEWHERE: Final = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED.encode()),
)
"""Header fields of an answer that pages of other origins may read."""


class Endpoint(ABC):
    """An ASGI application that answers one address.

    `methods` are those it has; `readable_elsewhere` whether pages of other origins may read its answers
    (Fetch standard, CORS protocol). A page elsewhere may never send a token: `Authorization` is not among the header
    fields allowed to it.
    """

    methods: ClassVar[tuple[str, ...]] = ()
    readable_elsewhere: ClassVar[tuple[str, ...]] = ("GET", "HEAD")
    takes: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    async def respond(self, request: Request) -> Response:
        """Answers every method but OPTIONS; what it raises becomes a problem document."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        request = Request(scope, receive, send)
        try:
            response = await self._response(request)
        except Exception as error:
            if not is_foreseen(error):
                raise
            response = problem_response(error, scope["path"])
        if request.method in self.readable_elsewhere and "authorization" not in request.headers:
            response.raw_headers += READABLE_ELSEWHERE
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return self._options(request)
        if request.method not in self.methods:
            allowed = (*self.methods, "OPTIONS")
            raise MethodNotAllowed(f"{request.method} is no method of {request.url.path}.", allowed)
        return await self.respond(request)

    def _options(self, request: Request) -> Response:
        headers = {"Allow": ", ".join((*self.methods, "OPTIONS"))}
        if self.takes:
            headers["Accept-Post"] = ", ".join(self.takes)
        if "access-control-request-method" in request.headers:
            headers |= {
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Allow-Methods": ", ".join(self.readable_elsewhere),
                "Access-Control-Allow-Headers": "Accept, Content-Type",
                "Access-Control-Max-Age": "86400",
            }
        return Response(status_code=204, headers=headers)


def own_address(request: Request) -> str | None:
    """The address that was asked, without parameters; None where the client's `Host` makes none.

    It is what relative IRIs are resolved against (RFC 3986, section 5.1.3).
    """
    return address_in(request.scope)


def address_in(scope: Scope) -> str | None:
    """The address that a request asks at, as `own_address` has it."""
    host = tuple(each for each in scope["headers"] if each[0] == b"host")
    return _address(scope["scheme"], scope.get("server"), host, scope["path"])


@lru_cache(maxsize=64)
def _address(
    scheme: str, server: tuple[str, int] | None, host: tuple[tuple[bytes, bytes], ...], path: str
) -> str | None:
    # Most requests ask at one of a few addresses, and to put one together takes longer than to read a query's text.
    asked = {"scheme": scheme, "server": server, "headers": [*host], "path": path, "query_string": b""}
    try:
        url = URL(scope=asked)
        address = f"{url.scheme}://{url.netloc}{url.path}"
        return address if url.hostname and not set(address) & set(' <>"{}|\\^`') else None
    except ValueError:
        return None
