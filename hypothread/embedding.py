"""The web server within this process, past its public arguments in two places.

It listens on a socket that is open already, so that a taken port is found before the store opens. And a request whose
answer is kept is answered in the server's own thread; all others go to the event loop, as the server itself has it,
but for short queries, which need no task there.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from granian import _futures, asgi
from granian._granian import ASGIWorker, CallbackScheduler, SocketHolder, WorkerSignal
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from api.front import FrontedApplication

FINISHING_SECONDS: Final = 10
"""Seconds that requests in hand have when the server is stopped."""
_WAITING_CONNECTIONS: Final = 1024
_OTHER_HEADER_BYTES: Final = 1 << 14
_LARGEST_ADDRESS: Final = 1 << 16

_LOG: Final = logging.getLogger("hypothread.server")

_Scheduling = Callable[[Any], None]


class OneProcessServer(Server):
    """granian's embedded server for one application.

    Args:
        application: what is served.
        listener: the socket, which listens.
        header_seconds: how long a client may take over the header of a request.
        connections: how many are taken at a time.
    """

    def __init__(
        self, application: FrontedApplication, listener: socket.socket, header_seconds: float, connections: int
    ) -> None:
        super().__init__(
            application,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(
                header_read_timeout=max(1, round(header_seconds * 1000)),
                max_buffer_size=_LARGEST_ADDRESS + _OTHER_HEADER_BYTES,
            ),
            backpressure=connections,
            websockets=False,
            log_enabled=False,
        )
        self.workers_kill_timeout = FINISHING_SECONDS
        self._listener = listener

    def _init_shared_socket(self) -> None:
        self._ssp = None
        holder: Any = SocketHolder  # its stub leaves the arguments out
        self._shd = holder(os.dup(self._listener.fileno()), False, _WAITING_CONNECTIONS)  # it closes its own

    async def run(self) -> None:
        """Serves until it is stopped."""
        work: Any = _work  # its stub has it return nothing, where it runs what is returned
        await self.serve(work)


class _Scheduler(CallbackScheduler):
    """What the server calls with each request, in a thread of its own."""

    _schedule_fn: _Scheduling

    def __init__(self, *_: object) -> None:
        super().__init__()


async def _work(  # one argument for each that the server hands over
    number: int,
    stopping: WorkerSignal,
    application: FrontedApplication,
    sockets: tuple[object, object],
    runtime_threads: int,
    runtime_blocking_threads: int,
    blocking_threads: int,
    blocking_threads_idle: int,
    backpressure: int,
    _tasks: object,
    http: HTTPModes,
    http1: HTTP1Settings,
    http2: object,
    websockets: bool,
    static_files: object,
    _access_log: object,
    encryption: tuple[object, ...],
    scope_options: dict[str, Any],
) -> None:
    """What granian's own worker does, with another way of scheduling."""
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[None] = loop.create_future()
    stopping.add_cb(partial(loop.call_soon_threadsafe, _has_stopped, stopped))
    untyped_worker: Any = ASGIWorker  # its stub has fewer arguments than it takes
    untyped_asgi: Any = asgi
    untyped_futures: Any = _futures
    worker = untyped_worker(
        number, sockets, None, runtime_threads, runtime_blocking_threads, blocking_threads, blocking_threads_idle,
        backpressure, http, http1, http2, websockets, static_files, *encryption, (None, None),
    )  # fmt: skip
    watched = untyped_futures._future_watcher_wrapper(untyped_asgi._callback_wrapper(application, scope_options, {}))
    entering, leaving = (partial(each, loop) for each in (asyncio.tasks._enter_task, asyncio.tasks._leave_task))
    scheduler = _Scheduler(loop, watched, None, entering, leaving)
    on_the_loop = untyped_futures._cbsched_aioschedule(loop, scheduler._ctx, watched)
    scheduler._schedule_fn = _answering_first(application, loop, on_the_loop)  # which can be set only once
    worker.serve_async(scheduler, loop, stopping)
    await stopped


def _has_stopped(stopped: asyncio.Future[None]) -> None:
    if not stopped.done():  # given up after `FINISHING_SECONDS`, or told to stop twice
        stopped.set_result(None)


def _answering_first(
    application: FrontedApplication, loop: asyncio.AbstractEventLoop, on_the_loop: _Scheduling
) -> _Scheduling:
    """Answers a request where it is, if it can be, and hands it to the loop otherwise."""
    immediate, fresh = application.immediate, application.fresh
    if immediate is None or fresh is None:
        return on_the_loop

    def ask(watcher: Any) -> None:
        try:
            asked = fresh.ask(watcher)
        except Exception:
            _LOG.exception("A query could not be asked at once")
            asked = False
        if not asked:
            on_the_loop(watcher)

    def schedule(watcher: Any) -> None:
        try:
            answered = immediate.answer(watcher.scope, watcher.proto.send)
        except Exception:
            # The process would not outlive an error that left this function.
            _LOG.exception("A kept answer could not be sent at once")
            answered = False
        if answered:
            watcher.done()
        elif fresh.may_ask(watcher.scope):
            loop.call_soon_threadsafe(ask, watcher)
        else:
            on_the_loop(watcher)

    return schedule
