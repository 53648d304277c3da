"""Running the application under uvicorn until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from api.application import create_application
from graphstore import GraphStore
from hypothread.errors import CallError
from hypothread.terminal import Terminal


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


def run(
    store: GraphStore, listener: socket.socket, address: str, study: str | None, base: str, terminal: Terminal
) -> None:
    """Serves until an interrupt; requests in hand are finished."""
    application = create_application(store, study=study, base=base)
    config = uvicorn.Config(application, log_level="warning", access_log=False, timeout_graceful_shutdown=10)
    server = _AnnouncingServer(config, lambda: terminal.answer(f"Hypothread answers at {address} (stop with Ctrl-C)"))
    server.run(sockets=[listener])
