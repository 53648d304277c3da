"""A client that is there gets the whole of its answer, whoever looked meanwhile whether it had gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat
from starlette.types import Message, Receive, Scope, Send

from api.access.tokens import TokenStore
from api.application import create_application
from api.fresh import Transport
from api.front import FrontedApplication
from api.serving import Serving
from graphstore.disk import open_disk_store

THINGS = 4000
# Slow enough to be looked after, and longer than what is sent in one piece.
LONG = 'SELECT * { ?s ?p ?o FILTER(STRLEN(REPLACE(STR(?o), "([a-z]+) ", "$1")) > 0) }'


class Connection:
    """A client that stays, on a server like granian: who gives up waiting for the request is told that it has gone."""

    def __init__(self, query_string: str) -> None:
        self.scope: Scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": "/sparql", "raw_path": b"/sparql", "root_path": "", "query_string": query_string.encode(),
            "headers": [(b"host", b"localhost"), (b"accept", b"text/csv")], "client": ("127.0.0.1", 1), "state": {},
            "server": ("127.0.0.1", 80),
        }  # fmt: skip
        self.proto: Transport = self
        self.sent: list[Message] = []
        self.ended = asyncio.Event()
        self.failed: list[BaseException] = []
        self.done: Callable[[], None] = self.ended.set
        self.err: Callable[[BaseException], None] = self._has_failed
        self._given_up = False
        self.receive: Receive = self._receive
        self.send: Send = self._send

    def _has_failed(self, error: BaseException) -> None:
        self.failed.append(error)
        self.ended.set()

    async def _receive(self) -> Message:
        """Nothing comes; but where it was given up before, the server takes the client for gone."""
        if self._given_up:
            return {"type": "http.disconnect"}
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self._given_up = True
            raise
        raise AssertionError

    def _send(self, message: Message) -> asyncio.Future[None]:
        """Takes a message at once; it may be awaited."""
        self.sent.append(message)
        future = asyncio.get_running_loop().create_future()
        future.set_result(None)
        return future


async def by_the_application(application: FrontedApplication, connection: Connection) -> None:
    """As a request with parameters is answered."""
    await application(connection.scope, connection.receive, connection.send)


async def ahead_of_it(application: FrontedApplication, connection: Connection) -> None:
    """As a short query alone is answered."""
    assert application.fresh is not None
    assert application.fresh.ask(connection)
    await connection.ended.wait()


@pytest.mark.parametrize(("more", "answered"), [("&timeout=20", by_the_application), ("", ahead_of_it)])
def test_a_long_answer_is_sent_to_its_end(tmp_path: Path, more: str, answered: Callable[..., Any]) -> None:
    """A wait for the client's departure that is begun is never given up and begun anew: the answer would break off."""
    lines = "".join(f'<urn:s:{each}> <urn:p> "{"some words " * 20}{each}" .\n' for each in range(THINGS))

    async def answer() -> Connection:
        with open_disk_store(tmp_path / "store") as store:
            store.load(lines.encode(), RdfFormat.N_QUADS)
            application = create_application(Serving(store, TokenStore(tmp_path / "store")))
            connection = Connection(f"query={quote(LONG, safe='')}{more}")
            async with application.router.lifespan_context(application):
                async with asyncio.timeout(20):
                    await answered(application, connection)
                await asyncio.sleep(0)
                assert not [each for each in asyncio.all_tasks() if "gone" in repr(each.get_coro())]
            return connection

    connection = asyncio.run(answer())
    assert connection.failed == []
    begin, *pieces = connection.sent
    assert begin["status"] == 200
    assert pieces[-1].get("more_body", False) is False
    assert b"".join(each["body"] for each in pieces).count(b"\r\n") == THINGS + 1
