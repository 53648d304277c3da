"""Running the application in this one process, which holds the store, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvloop

from api.operations.logs import noting_all
from api.operations.options import Operations
from api.serving import Serving
from hypothread.errors import CallError
from hypothread.terminal import Terminal

_WAITING_CONNECTIONS: Final = 1024
_MOST_FILES: Final = 1 << 16
_FILES_KEPT: Final = 256
_BETWEEN_COLLECTIONS: Final = 20_000
_PROBE: Final = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """A socket that listens, and the address it answers at.

    Raises:
        CallError: when the address cannot be listened on.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=_WAITING_CONNECTIONS)
    except OSError as error:
        raise CallError(
            f"Cannot listen on {host}, port {port}: {error.strerror}. Choose another with --port."
        ) from error
    with listener:
        shown = f"[{host}]" if ":" in host else host
        yield listener, f"http://{shown}:{listener.getsockname()[1]}"


@dataclass(frozen=True, slots=True)
class Site:
    """What is served, and how.

    Attributes:
        serving: the store with its readers and limits.
        study: the study shown at the root; the store's only one where None.
        operations: what is noted, who is believed, and how much one client may ask.
    """

    serving: Serving
    study: str | None
    operations: Operations


def run(site: Site, listener: socket.socket, address: str, terminal: Terminal) -> None:
    """Serves until an interrupt; requests in hand are finished."""
    with suppress(asyncio.CancelledError), noting_all():
        uvloop.run(_serve(site, listener, lambda: terminal.answer(_greeting(address))))


def _greeting(address: str) -> str:
    return f"Hypothread answers at {address} (stop with Ctrl-C)"


async def _serve(site: Site, listener: socket.socket, announce: Callable[[], None]) -> None:
    # Reader processes come up on another processor while this one loads what answers requests.
    await site.serving.pool.begin()
    from api.application import create_application
    from hypothread.embedding import FINISHING_SECONDS, OneProcessServer

    application = create_application(site.serving, study=site.study, operations=site.operations)
    # All that is loaded stays, and need not be looked through for garbage.
    gc.freeze()
    # An answer is made of thousands of objects that its end frees without any search. Looked for garbage every few
    # hundred, they cost a lineage 4 to 7 ms and had everything that is remembered searched again and again.
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    gc.enable()
    server = OneProcessServer(application, listener, site.serving.limits.header_seconds, _connections())
    loop = asyncio.get_running_loop()
    serving_all = asyncio.current_task()

    def stop() -> None:
        # The server closes its own copy; while this one is open, the system would still take connections.
        listener.close()
        server.stop()  # type: ignore[no-untyped-call] # granian leaves it bare
        # Whoever asked what takes long is told so, rather than cut off when there is no more time.
        site.serving.pool.hurry()
        if serving_all is not None:
            # Whatever still waits then waits for something that will not come; reader processes end with this one.
            loop.call_later(2 * FINISHING_SECONDS, serving_all.cancel)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    async with application.router.lifespan_context(application):
        announcing = asyncio.create_task(_announce_once_it_answers(listener, announce))
        try:
            # A request that is not finished in time is given up; its client sees the connection end.
            with suppress(TimeoutError):
                await server.run()
        finally:
            announcing.cancel()


async def _announce_once_it_answers(listener: socket.socket, announce: Callable[[], None]) -> None:
    host, port = listener.getsockname()[:2]
    own = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not listened on)
    reader, writer = await asyncio.open_connection(own, port)
    writer.write(_PROBE)
    answered = await reader.read(1)
    writer.close()
    if answered:
        announce()


def _connections() -> int:
    """How many connections are taken at a time; each is an open file, and the system's soft limit is often low."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft == resource.RLIM_INFINITY or soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    used = len(list(Path("/proc/self/fd").iterdir()))
    return max(_FILES_KEPT, soft - used - _FILES_KEPT)
