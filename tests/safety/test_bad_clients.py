"""Clients that hold connections, send slowly or send too much."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

from tests.safety.watching import Attacked, watched

CONNECTIONS = 1_000


def connected(server: Attacked) -> socket.socket:
    """A connection to the server."""
    parts = urlsplit(server.address)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30)


def rest(connection: socket.socket) -> bytes:
    """Everything up to the end of a connection."""
    gathered = bytearray()
    try:
        while part := connection.recv(1 << 16):
            gathered += part
    except ConnectionResetError:
        pass
    return bytes(gathered)


def test_a_thousand_idle_connections(attacked: Attacked) -> None:
    """A thousand connections that say nothing, or begin a header, keep nobody out and are ended in time."""
    with ExitStack() as stack, watched(attacked):
        held = [stack.enter_context(connected(attacked)) for _ in range(CONNECTIONS)]
        for each in held[::2]:
            each.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        begun = time.monotonic()
        for each in held:
            rest(each)
        assert time.monotonic() - begun < 10, "a header may take two seconds here"


def test_a_header_that_comes_byte_by_byte(attacked: Attacked) -> None:
    """Bytes that trickle in do not make the time for a header longer."""
    with watched(attacked), connected(attacked) as connection:
        begun = time.monotonic()
        try:
            while time.monotonic() - begun < 15:
                connection.sendall(b"X")
                time.sleep(0.2)
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert time.monotonic() - begun < 10


def test_bodies_that_come_slowly(attacked: Attacked) -> None:
    """A body that is not there in time is refused with 408."""
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\n"
    with ExitStack() as stack, watched(attacked):
        held = [stack.enter_context(connected(attacked)) for _ in range(50)]
        for each in held:
            each.sendall(head + b"SELECT")
        for each in held:
            each.settimeout(15)
            assert each.recv(100).startswith(b"HTTP/1.1 408 ")


def test_a_body_of_a_hundred_megabytes(attacked: Attacked) -> None:
    """A body far over the limit is refused with 413, whether or not its length was announced, and is never held."""
    announced = b"Content-Length: 104857600\r\n\r\n"
    chunked = b"Transfer-Encoding: chunked\r\n\r\n"
    for length in (announced, chunked):
        with watched(attacked) as watch, connected(attacked) as connection:
            connection.sendall(
                b"PUT /data?graph=http://x/g HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\n"
                b"Authorization: Bearer " + attacked.analyst.encode() + b"\r\n" + length
            )
            part = b"# " + b"x" * (1 << 20) + b"\n"
            try:
                for _ in range(100):
                    connection.sendall(part if length is announced else b"%x\r\n%b\r\n" % (len(part), part))
            except (BrokenPipeError, ConnectionResetError):
                pass
            answer = rest(connection)
        assert not answer or answer.startswith(b"HTTP/1.1 413 ")
        assert watch.server_memory < 512 << 20


def test_an_address_that_is_too_long(attacked: Attacked) -> None:
    """A header that never ends is refused, and is never held."""
    with watched(attacked), connected(attacked) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(b"GET /sparql?query=" + b"x" * (8 << 20))
        answer = rest(connection)
        assert not answer or answer.split()[1] in {b"414", b"431"}
