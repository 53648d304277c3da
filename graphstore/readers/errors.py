"""How a reader process can fail a request; each names what the client can do."""

from __future__ import annotations

from graphstore.errors import GraphStoreError


class ReaderError(GraphStoreError):
    """The root of what a reader process can answer instead of a result."""


class ReaderTimedOut(ReaderError):
    """The request took longer than its deadline; its worker was killed."""


class ReaderOutOfMemory(ReaderError):
    """The request needed more memory than one may use; its worker was killed."""


class ReaderCrashed(ReaderError):
    """The worker ended under the request, as on text nested too deeply."""


class ReadersStopping(ReaderError):
    """The server stops, and the request with it."""

    def __init__(self) -> None:
        super().__init__("The server is stopping. Ask again when it is back.")


class AnswerTooLarge(ReaderError):
    """The answer, or the difference of an update, is larger than one may be."""


class NoAcceptableFormat(ReaderError):
    """The client takes none of the formats that this form of query has."""


class ReadersBusy(ReaderError):
    """Too many requests are waiting.

    Attributes:
        retry_after: whole seconds after which it is worth asking again.
    """

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
