"""Everything that this package itself refuses a request for; `api.problems` says how each is answered."""

from __future__ import annotations

from ontology.edits import RowMistake
from ontology.validation import ValidationReport


class ApiError(Exception):
    """The root of every error this package raises. The message is for the client: what is wrong and what would do."""


class MalformedRequest(ApiError):
    """The request cannot be understood: a parameter missing, repeated, in conflict, or wrongly encoded."""

    def __init__(self, message: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.allowed = allowed


class TokenRequired(ApiError):
    """What was asked for needs a token, and none, or none that counts, was sent."""


class RoleTooLow(ApiError):
    """The token's role does not allow this."""


class GraphReadOnly(ApiError):
    """The graph cannot be written from outside."""


class ContactRefused(ApiError):
    """The text would make the server contact another one (``SERVICE``, ``LOAD``).

    Attributes:
        line: where the clause begins, from 1.
        column: likewise.
    """

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class GraphNotFound(ApiError):
    """There is no such graph, or none that the caller may know of."""


class NothingAcceptable(ApiError):
    """None of the media types that there are is one the client takes (RFC 9110, section 15.5.7)."""

    def __init__(self, message: str, allowed: tuple[str, ...]) -> None:
        super().__init__(message)
        self.allowed = allowed


class UnsupportedMediaType(ApiError):
    """The body is in a format or a character set that cannot be read (RFC 9110, section 15.5.16)."""

    def __init__(self, message: str, allowed: tuple[str, ...]) -> None:
        super().__init__(message)
        self.allowed = allowed


class MethodNotAllowed(ApiError):
    """The resource has no such method (RFC 9110, section 15.5.6)."""

    def __init__(self, message: str, allowed: tuple[str, ...]) -> None:
        super().__init__(message)
        self.allowed = allowed


class ContentTooLarge(ApiError):
    """The body, or what it would change, is larger than one may be."""


class BodyTooSlow(ApiError):
    """The body did not come within its time."""


class AskedTooOften(ApiError):
    """The client asks more often than one may.

    Attributes:
        retry_after: seconds until its next request is answered.
    """

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotReady(ApiError):
    """The server lives and cannot answer questions now."""


class CommitConflict(ApiError):
    """Others kept writing between the trial of an update and its commit."""


class ShapesViolated(ApiError):
    """The state to come would not be as the SHACL shapes ask; nothing was written."""

    def __init__(self, message: str, report: ValidationReport) -> None:
        super().__init__(message)
        self.report = report


class NothingThere(ApiError):
    """There is no such study, item or address; `allowed` names those there are, where they are few."""

    def __init__(self, message: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.allowed = allowed


class UnknownParameter(ApiError):
    """A look-up has no parameter of that name."""

    def __init__(self, message: str, allowed: tuple[str, ...]) -> None:
        super().__init__(message)
        self.allowed = allowed


class RowRefused(ApiError):
    """A row cannot be written as it was sent.

    Attributes:
        mistakes: everything that is wrong with it.
    """

    def __init__(self, mistakes: tuple[RowMistake, ...], allowed: tuple[str, ...] = ()) -> None:
        count = len(mistakes)
        super().__init__(f"{count} mistake{'' if count == 1 else 's'}. Nothing was written. See mistakes.")
        self.mistakes = mistakes
        self.allowed = allowed


class ItemPresent(ApiError):
    """There is such an item already."""


class PreconditionFailed(ApiError):
    """The item is not, or no longer, as the client takes it to be (RFC 9110, section 15.5.13)."""


class RequestInHand(ApiError):
    """A request of the same key is being carried out at this moment."""


class RequestKeyReused(ApiError):
    """The key belongs to another request."""


class UnusableValue(ApiError):
    """A parameter's value is none that it may have; `allowed` names those where they can be counted."""

    def __init__(self, message: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.allowed = allowed
