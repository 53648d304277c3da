"""Running the application under uvicorn until it is told to stop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.application import create_application
from api.serving import Serving
from hypothread.errors import CallError
from hypothread.terminal import Terminal

_OTHER_HEADER_BYTES: Final = 1 << 14


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """A socket that listens, and the address it answers at.

    Raises:
        CallError: when the address cannot be listened on.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise CallError(
            f"Cannot listen on {host}, port {port}: {error.strerror}. Choose another with --port."
        ) from error
    with listener:
        shown = f"[{host}]" if ":" in host else host
        yield listener, f"http://{shown}:{listener.getsockname()[1]}"


class _AnnouncingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and says so only when requests are answered."""
        await super().startup(sockets)
        if self.started:
            self._announce()


def _timed(seconds: float) -> type[H11Protocol]:
    class TimedProtocol(H11Protocol):
        """HTTP/1.1 that waits for a request's header only so long.

        uvicorn hangs up on a connection that rests after an answer, but waits for ever for the first request and for
        the rest of a header; a thousand such connections would be all that it can hold.
        """

        _waiting: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
            super().connection_made(transport)
            self._wait_for_header()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.cycle is None or self.cycle.response_complete:
                self._wait_for_header()
            else:
                self._stop_waiting()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def on_response_complete(self) -> None:
            # From here on uvicorn's own clock for resting connections runs.
            self._stop_waiting()
            super().on_response_complete()

        def _wait_for_header(self) -> None:
            if self._waiting is None:
                self._waiting = self.loop.call_later(seconds, self.transport.close)

        def _stop_waiting(self) -> None:
            if self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None

    return TimedProtocol


def run(serving: Serving, listener: socket.socket, address: str, study: str | None, terminal: Terminal) -> None:
    """Serves until an interrupt; requests in hand are finished."""
    application = create_application(serving, study=study)
    config = uvicorn.Config(
        application,
        http=_timed(serving.limits.header_seconds),
        # A query may stand in the address, three bytes for one.
        h11_max_incomplete_event_size=3 * serving.limits.query_bytes + _OTHER_HEADER_BYTES,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=10,
    )
    server = _AnnouncingServer(config, lambda: terminal.answer(f"Hypothread answers at {address} (stop with Ctrl-C)"))
    server.run(sockets=[listener])
