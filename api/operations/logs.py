"""What the server notes on standard error: a line a request, or only those that matter.

For people on a terminal, as JSON anywhere else. No address is noted with its parameters, and no header field: a query
may hold what nobody should read there, and `Authorization` does.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TextIO

import structlog
from structlog.typing import FilteringBoundLogger, Processor

from api.operations.options import Noted

SERVER_ERROR: Final = 500
_COME_AGAIN: Final = 503
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Answered:
    """One request and how it ended.

    Attributes:
        request_id: what it is called.
        method: its method.
        path: its path, without parameters.
        status: of the answer; 0 where the client went away before there was one.
        seconds: how long it took.
        sent: bytes of the answer's body.
        client: the address it came from; None where it has none.
    """

    request_id: str
    method: str
    path: str
    status: int
    seconds: float
    sent: int
    client: str | None


class RequestLog:
    """Notes requests.

    Args:
        noted: which.
        slow_seconds: from how many seconds on a request is noted in any case.
        stream: where; standard error where None.

    Attributes:
        noted_from: from how many seconds on a request is noted; one that failed always is.
    """

    def __init__(self, noted: Noted, slow_seconds: float, stream: TextIO | None = None) -> None:
        stream = stream or sys.stderr
        self._slow_seconds = slow_seconds
        self.noted_from = 0.0 if noted is Noted.requests else slow_seconds
        self._logger: FilteringBoundLogger = structlog.wrap_logger(
            structlog.PrintLogger(stream),
            processors=[*_processors(), *_renderers(stream)],
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
            cache_logger_on_first_use=True,
        )

    def note(self, request: Answered) -> None:
        """Notes a request; what failed as an error, what was slow or was told to come again (503) as a warning."""
        if request.status == _COME_AGAIN or (request.status < SERVER_ERROR and request.seconds >= self._slow_seconds):
            tell = self._logger.warning
        else:
            tell = self._logger.error if request.status >= SERVER_ERROR else self._logger.info
        tell(
            "request",
            request_id=request.request_id,
            method=request.method,
            path=request.path,
            status=request.status,
            seconds=round(request.seconds, _DIGITS),
            bytes=request.sent,
            client=request.client,
        )

    def failed(self, request_id: str, error: BaseException) -> None:
        """Notes an error that nobody foresaw, with its traceback."""
        self._logger.error("failed", request_id=request_id, exc_info=error)


@contextmanager
def noting_all(stream: TextIO | None = None) -> Iterator[None]:
    """Lets what libraries and this process itself log, warnings and worse, come out in the same form meanwhile."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *_processors()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(stream)],
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


def _processors() -> list[Processor]:
    return [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True, key="time")]


def _renderers(stream: TextIO) -> list[Processor]:
    if stream.isatty():
        return [structlog.dev.ConsoleRenderer(timestamp_key="time")]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
