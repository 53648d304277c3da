"""Problem documents (RFC 9457): one shape for everything that goes wrong.

Members beside the standard ones: ``line`` and ``column`` (from 1) of a mistake in a text, ``allowed`` (what would have
been taken), ``report`` (the SHACL results that stop a write), ``errors`` (one entry a wrong parameter), ``request_id``
(where the server's log says more).

A worker that was killed answers for itself: text it crashed on is the client's (400: nested too deeply), a deadline is
504, and memory 507, whose words fit: the server cannot store what it needs to complete the request. A full disk is the
same; it is answered so and yet logged as a failure, because only whoever runs the server can help.
"""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse

from api import errors as ours
from graphstore import errors as stores
from graphstore.history import errors as histories
from graphstore.query_mistakes import plain_mistake
from graphstore.readers import errors as readers
from lineage.errors import LineageError, NotInStore
from lineage.search import errors as searches
from ontology.errors import OntologyError, UnusableKeyError
from pages.errors import PagesError, UnknownPageError
from queries.errors import QueryError, UnknownQueryError

MEDIA_TYPE: Final = "application/problem+json"
TYPE_BASE: Final = "https://w3id.org/hypothread/problem/"
NO_PAGE: Final = f"{TYPE_BASE}no-such-page"
"""The type of a problem document that says no more than that there is no such page."""

_BUSY_SECONDS: Final = 2
_LONGEST_PATH: Final = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem document, and the header fields that go with it.

    Attributes:
        kind: the last part of the document's type.
        title: what the type means, the same for each of its kind.
        status: the HTTP status.
        detail: what is wrong with this request, and what would be right.
        members: further members.
        headers: header fields of the response.
    """

    kind: str
    title: str
    status: int
    detail: str
    members: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self, instance: str) -> dict[str, Any]:
        """The document for a request to the path `instance`."""
        given = {key: value for key, value in self.members.items() if value not in (None, ())}
        return {
            "type": f"{TYPE_BASE}{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            **given,
        }


Translate: TypeAlias = Callable[[Any], Problem]


class _ProblemResponse(JSONResponse):
    media_type = MEDIA_TYPE


def problem_of(error: Exception) -> Problem:
    """How an error is answered; one that nobody foresaw is 500, and nothing of it is told."""
    for kind in type(error).__mro__:
        if kind in _TABLE:
            return _TABLE[kind](error)
    if _disk_is_full(error):
        return _FULL
    return Problem(
        "internal-error",
        "The server failed",
        500,
        "The server made a mistake with this request. It is noted in the server's log.",
    )


def _disk_is_full(error: BaseException | None) -> bool:
    """Whether an error, or one that led to it, says so: an operating system's, the engine's or SQLite's."""
    if error is None:
        return False
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    if isinstance(error, (OSError, sqlite3.OperationalError)) and _SAYS_FULL.search(str(error)):
        return True
    return _disk_is_full(error.__cause__)


def is_foreseen(error: Exception) -> bool:
    """Whether the table names the error or one of its bases."""
    return any(kind in _TABLE for kind in type(error).__mro__)


def problem_response(error: Exception, instance: str, request_id: str | None = None) -> JSONResponse:
    """The answer to a request that ended in `error`; `instance` is the request's path.

    `request_id` is given where the log says more than the answer.
    """
    problem = problem_of(error)
    named = {} if request_id is None else {"request_id": request_id}
    return _ProblemResponse(problem.document(instance) | named, problem.status, dict(problem.headers))


def _of(kind: str, title: str, status: int) -> Translate:
    def translate(error: Exception) -> Problem:
        allowed = tuple(getattr(error, "allowed", ()))
        return Problem(kind, title, status, str(error), {"allowed": allowed})

    return translate


def _text(kind: str, title: str, status: int = 400) -> Translate:
    def translate(error: stores.TextError | ours.ContactRefused) -> Problem:
        # The engine's message begins with the place, which has members of its own.
        detail = plain_mistake(str(error))
        return Problem(kind, title, status, detail, {"line": error.line, "column": error.column})

    return translate


def _no_page(error: UnknownPageError) -> Problem:
    shown = "".join(each if each.isprintable() else "�" for each in error.path[:_LONGEST_PATH])
    begin = "The pages of the study begin at /; what programs can ask for is described at /docs."
    return Problem(NO_PAGE.removeprefix(TYPE_BASE), "There is no such page", 404, f"There is no page /{shown}. {begin}")


def _unauthorised(error: ours.TokenRequired) -> Problem:
    # RFC 6750, section 3: where no token was sent, no error code is given either.
    return Problem(
        "token-required",
        "A token is needed",
        401,
        str(error),
        headers={"WWW-Authenticate": 'Bearer realm="hypothread"'},
    )


def _busy(error: readers.ReadersBusy) -> Problem:
    return Problem(
        "busy", "The server is busy", 503, str(error), headers={"Retry-After": str(max(1, error.retry_after))}
    )


def _stopping(error: readers.ReadersStopping) -> Problem:
    return Problem("stopping", "The server is stopping", 503, str(error), headers={"Retry-After": str(_BUSY_SECONDS)})


def _too_often(error: ours.AskedTooOften) -> Problem:
    return Problem(
        "too-often", "The client asks too often", 429, str(error), headers={"Retry-After": str(error.retry_after)}
    )


def _not_ready(error: ours.NotReady) -> Problem:
    return Problem("not-ready", "Not ready", 503, str(error), headers={"Retry-After": str(_BUSY_SECONDS)})


def _unavailable(error: Exception) -> Problem:
    # The message names files of the server, so it is not told.
    if _disk_is_full(error):
        return _FULL
    return Problem(
        "unavailable",
        "The store cannot be used now",
        503,
        "The store cannot be used at the moment. Ask again shortly.",
        headers={"Retry-After": str(_BUSY_SECONDS)},
    )


def _not_allowed(error: ours.MethodNotAllowed) -> Problem:
    return Problem(
        "method-not-allowed",
        "There is no such method here",
        405,
        str(error),
        {"allowed": error.allowed},
        {"Allow": ", ".join(error.allowed)},
    )


def _unsupported(error: ours.UnsupportedMediaType) -> Problem:
    return Problem(
        "unsupported-media-type",
        "The body is in a format that cannot be read",
        415,
        str(error),
        {"allowed": error.allowed},
        {"Accept-Post": ", ".join(error.allowed)},
    )


def _too_slow(error: ours.BodyTooSlow) -> Problem:
    return Problem("request-timeout", "The body took too long", 408, str(error), headers={"Connection": "close"})


def _violated(error: ours.ShapesViolated) -> Problem:
    results = [asdict(each) for each in (*error.report.violations, *error.report.warnings)]
    report = {"conforms": error.report.conforms, "results": results}
    return Problem("shapes-violated", "The data is not as the shapes ask", 422, str(error), {"report": report})


def _touched_since(error: histories.StatementsTouchedSince) -> Problem:
    allowed = tuple(map(str, error.later))
    return Problem("touched-since", "Others built upon it", 409, str(error), {"allowed": allowed})


def _row_refused(error: ours.RowRefused) -> Problem:
    mistakes = tuple(asdict(each) for each in error.mistakes)
    members = {"mistakes": mistakes, "allowed": error.allowed}
    return Problem("row-refused", "The row cannot be written", 422, str(error), members)


def _http(error: HTTPException) -> Problem:
    title = HTTPStatus(error.status_code).phrase
    allowed = tuple(each.strip() for each in (error.headers or {}).get("Allow", "").split(",") if each.strip())
    detail = error.detail if error.detail != title else f"{title}. See /docs for what there is."
    kind = title.lower().replace(" ", "-")
    return Problem(kind, title, error.status_code, detail, {"allowed": allowed}, dict(error.headers or {}))


def _invalid(error: RequestValidationError) -> Problem:
    wrong = [{"at": ".".join(map(str, each["loc"])), "detail": each["msg"]} for each in error.errors()]
    detail = "; ".join(f"{each['at']}: {each['detail']}" for each in wrong) + "."
    return Problem("malformed-request", "The request cannot be understood", 400, detail, {"errors": wrong})


_SAYS_FULL: Final = re.compile(r"No space left on device|disk is full")
_FULL: Final = Problem(
    "disk-full",
    "The server's disk is full",
    507,
    "Nothing was written, because the server's disk is full. Whoever runs the server must make room first.",
)
_MALFORMED: Final = _of("malformed-request", "The request cannot be understood", 400)
_TOO_LARGE: Final = _of("too-large", "It is too large", 413)
_NOT_FOUND: Final = _of("not-found", "There is no such thing", 404)

_TABLE: Final[Mapping[type, Translate]] = MappingProxyType(
    {
        ours.ApiError: _MALFORMED,
        ours.MalformedRequest: _MALFORMED,
        ours.TokenRequired: _unauthorised,
        ours.RoleTooLow: _of("role-too-low", "The token does not allow this", 403),
        ours.GraphReadOnly: _of("graph-read-only", "The graph cannot be written", 403),
        ours.ContactRefused: _text("contact-refused", "The server contacts no other", 403),
        ours.GraphNotFound: _NOT_FOUND,
        ours.NothingAcceptable: _of("not-acceptable", "There is no such format", 406),
        ours.UnsupportedMediaType: _unsupported,
        ours.MethodNotAllowed: _not_allowed,
        ours.ContentTooLarge: _TOO_LARGE,
        ours.BodyTooSlow: _too_slow,
        ours.AskedTooOften: _too_often,
        ours.NotReady: _not_ready,
        ours.CommitConflict: _of("conflict", "Others wrote meanwhile", 409),
        ours.ShapesViolated: _violated,
        ours.NothingThere: _NOT_FOUND,
        ours.RowRefused: _row_refused,
        ours.ItemPresent: _of("present", "It is there already", 409),
        ours.PreconditionFailed: _of("precondition-failed", "It is not as the condition asks", 412),
        ours.RequestInHand: _of("request-in-hand", "The request is being carried out", 409),
        ours.RequestKeyReused: _of("request-key-reused", "The key belongs to another request", 422),
        ours.UnknownParameter: _of("unknown-parameter", "There is no such parameter", 422),
        ours.UnusableValue: _of("unusable-value", "A parameter has a value that it cannot have", 422),
        readers.ReaderTimedOut: _of("timed-out", "It took too long", 504),
        readers.ReaderOutOfMemory: _of("out-of-memory", "It needs too much memory", 507),
        readers.ReaderCrashed: _of("too-complex", "The text cannot be worked on", 400),
        readers.AnswerTooLarge: _TOO_LARGE,
        readers.NoAcceptableFormat: _of("not-acceptable", "There is no such format", 406),
        readers.ReadersBusy: _busy,
        readers.ReadersStopping: _stopping,
        stores.ServiceRefused: _of("contact-refused", "The server contacts no other", 403),
        stores.QuerySyntaxError: _text("query-syntax", "The text is not SPARQL 1.1"),
        stores.DataSyntaxError: _text("data-syntax", "The data cannot be read"),
        stores.TextError: _text("syntax", "The text cannot be read"),
        stores.QueryEvaluationError: _of("query-failed", "The query or update cannot be carried out", 400),
        stores.UnsupportedDifference: _of("unsupported-difference", "The change cannot be written in one step", 409),
        stores.UntellableText: _of("untellable-character", "A text has a character that XML cannot tell", 422),
        stores.ReadOnlyStore: _of("graph-read-only", "The graph cannot be written", 403),
        histories.UnknownChangeset: _NOT_FOUND,
        histories.StatementsTouchedSince: _touched_since,
        histories.NothingToRevert: _of("nothing-to-revert", "There is nothing to take back", 409),
        stores.GraphStoreError: _unavailable,
        UnknownQueryError: _NOT_FOUND,
        QueryError: _MALFORMED,
        NotInStore: _NOT_FOUND,
        searches.SearchTookTooLong: _of("timed-out", "It took too long", 504),
        searches.SearchUnavailable: _of("unavailable", "It cannot be answered now", 503),
        LineageError: _MALFORMED,
        UnknownPageError: _no_page,
        PagesError: _MALFORMED,
        UnusableKeyError: _MALFORMED,
        OntologyError: _MALFORMED,
        RequestValidationError: _invalid,
        HTTPException: _http,
        ClientDisconnect: _of("client-gone", "The client hung up", 400),
    }
)

PROBLEM_ERRORS: Final = (*_TABLE, Exception)
"""What the application hands over to `problem_response`; the last is for what nobody foresaw."""
