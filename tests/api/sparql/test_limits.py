"""What is too large, too slow or too much, on a server that allows little."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

TURTLE = {"Content-Type": "text/turtle"}


@pytest.fixture
def strict(strict_server: Any) -> Iterator[httpx.Client]:
    """A client that may write on the server that allows little."""
    with strict_server.client(strict_server.analyst) as client:
        yield client


@pytest.fixture
def stranger(strict_server: Any) -> Iterator[httpx.Client]:
    """A client without a token on the same server; that it still answers is asserted at the end of each test."""
    with strict_server.client() as client:
        yield client
        assert client.get("/healthz").status_code == 200
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def kind(response: httpx.Response) -> tuple[int, str]:
    """The status and the kind of problem."""
    return response.status_code, str(response.json()["type"]).rpartition("/")[2]


def resident_bytes(process: int) -> int:
    """The memory of a process, as the kernel tells it."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("The process is gone.")


def connected(address: str) -> socket.socket:
    """A bare connection."""
    parts = urlsplit(address)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20)


def test_too_large_texts_and_bodies_are_413(strict: httpx.Client, stranger: httpx.Client) -> None:
    """RFC 9110, 15.5.14: whether the length is announced or not."""
    long = "ASK {} #" + "x" * 50_000
    assert kind(stranger.post("/sparql", data={"query": long})) == (413, "too-large")
    direct = {"Content-Type": "application/sparql-query"}
    assert kind(stranger.post("/sparql", content=long, headers=direct)) == (413, "too-large")
    assert kind(stranger.get("/sparql", params={"query": long[:8000]})) == (413, "too-large")
    data = b"<a:b> <a:b> '%s' ." % (b"x" * 50_000)
    assert kind(strict.put("/data?graph=http://x/g", content=data, headers=TURTLE)) == (413, "too-large")
    unannounced = strict.put("/data?graph=http://x/g", content=iter([data]), headers=TURTLE)
    assert kind(unannounced) == (413, "too-large")
    assert strict.get("/data?graph=http://x/g").status_code == 404


def test_a_hundred_megabytes_are_not_held(strict_server: Any, strict: httpx.Client, stranger: httpx.Client) -> None:
    """A body far over the limit is refused without being gathered."""
    assert stranger.get("/healthz").status_code == 200
    before = resident_bytes(strict_server.process)
    block = b"#" * (1 << 20)
    for body in (iter([block] * 100), block * 100):
        assert kind(strict.put("/data?default", content=body, headers=TURTLE)) == (413, "too-large")
    assert resident_bytes(strict_server.process) - before < 30 << 20


def test_a_large_change_is_413_and_says_what_to_do(strict: httpx.Client, stranger: httpx.Client) -> None:
    """A difference over the limit goes by hypothread import, whichever way it came."""
    statements = " ".join(f"<a:b> <a:b> {number} ." for number in range(51))
    assert stranger.get("/healthz").status_code == 200
    text = f"INSERT DATA {{ {statements} }}"
    for refused in (
        strict.put("/data?default", content=statements, headers=TURTLE),
        strict.post("/sparql", data={"update": text}),
    ):
        assert kind(refused) == (413, "too-large")
        assert "import" in refused.json()["detail"]
    assert strict.get("/data?default", headers={"Accept": "application/n-triples"}).content == b""
    fits = " ".join(f"<a:b> <a:b> {number} ." for number in range(50))
    assert strict.put("/data?graph=http://x/fits", content=fits, headers=TURTLE).status_code == 201


@pytest.mark.parametrize(
    "beginning",
    [
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n",
    ],
)
def test_a_body_that_does_not_come_is_408(strict_server: Any, stranger: httpx.Client, beginning: bytes) -> None:
    """RFC 9110, 15.5.9: after its time, and the connection is closed."""
    assert stranger.get("/healthz").status_code == 200
    with connected(strict_server.address) as connection:
        connection.sendall(beginning)
        response = http.client.HTTPResponse(connection)
        response.begin()
        assert response.status == 408
        assert b"request-timeout" in response.read()


@pytest.mark.parametrize("beginning", [b"", b"GET /sparql HTTP/1.1\r\nHost:"])
def test_a_header_that_does_not_come_ends_the_connection(
    strict_server: Any, stranger: httpx.Client, beginning: bytes
) -> None:
    """A connection that says nothing, or stops in its header, is closed after its time."""
    assert stranger.get("/healthz").status_code == 200
    with connected(strict_server.address) as connection:
        connection.sendall(beginning)
        began = time.monotonic()
        assert connection.recv(1000) == b""
        assert 0.5 < time.monotonic() - began < 10


def test_a_query_that_takes_too_long_or_is_too_deep_is_told(strict: httpx.Client, stranger: httpx.Client) -> None:
    """The deadline is 504, text that a reader cannot take 400; neither hurts anybody else."""
    statements = " ".join(f"<a:b> <a:b> {number} ." for number in range(40))
    strict.put("/data?graph=http://x/some", content=statements, headers=TURTLE).raise_for_status()
    product = " ".join(f"GRAPH ?g{number} {{ ?s{number} ?p{number} ?o{number} }}" for number in range(6))
    text = f"SELECT (COUNT(*) AS ?n) {{ {product} FILTER(?o1 > ?o2 + ?o3 + ?o4 + ?o5) }}"
    assert kind(stranger.get("/sparql", params={"query": text})) == (504, "timed-out")
    deep = "ASK " + "{" * 2000 + "}" * 2000
    assert stranger.get("/sparql", params={"query": deep}).status_code in {200, 400}


def test_an_answer_that_breaks_off_is_never_taken_for_whole(strict: httpx.Client, stranger: httpx.Client) -> None:
    """RFC 9112, section 8: an answer over the limit ends without its last chunk, which the client sees as an error."""
    statements = " ".join(f"<a:{'b' * 100}{number}> <a:b> {number} ." for number in range(50))
    strict.put("/data?graph=http://x/wide", content=statements, headers=TURTLE).raise_for_status()
    product = " ".join(f"GRAPH <http://x/wide> {{ ?s{number} ?p{number} ?o{number} }}" for number in range(3))
    with pytest.raises(httpx.RemoteProtocolError):
        stranger.get("/sparql", params={"query": f"SELECT * {{ {product} }}"})


def test_a_client_that_hangs_up_ends_the_work(strict_server: Any, stranger: httpx.Client) -> None:
    """The readers are free again long before the deadline of what nobody waits for."""
    assert stranger.get("/healthz").status_code == 200
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    body = text.encode()
    for _ in range(8):
        with connected(strict_server.address) as connection:
            connection.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )
            time.sleep(0.05)
    began = time.monotonic()
    assert stranger.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    assert time.monotonic() - began < 8


def test_curl_is_refused_before_it_sends(strict_server: Any, stranger: httpx.Client, tmp_path: Path) -> None:
    """RFC 9110, 10.1.1: who asks first (Expect: 100-continue) is told at once and sends nothing."""
    assert stranger.get("/healthz").status_code == 200
    large = tmp_path / "large.ttl"
    with large.open("wb") as file:
        os.truncate(file.fileno(), 50 << 20)
    done = subprocess.run(
        ["curl", "--silent", "--max-time", "20", "--write-out", "%{http_code} %{size_upload}", "--output", "/dev/null",
         "--header", "Expect: 100-continue", "--header", "Content-Type: text/turtle",
         "--header", f"Authorization: Bearer {strict_server.analyst}", "--upload-file", str(large),
         f"{strict_server.address}/data?default"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["413", "0"]
