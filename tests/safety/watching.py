"""Watching a server while it is attacked, through its health check and the system's own figures."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from graphstore.readers.worker import STACK_BYTES

DEADLINE = 3.0
READER_MEMORY = 256 << 20
OWN_MEMORY = 128 << 20
"""What a worker holds before its first request; its stack comes on top, and fills as far as texts are nested."""
SERVER_MEMORY = 1 << 30
LOOK_UP = "SELECT ?p ?o { <https://w3id.org/hypothread/id/innovation-ecosystem> ?p ?o } LIMIT 5"


def children(process: int) -> tuple[int, ...]:
    """The processes that a process started."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread may end meanwhile
            found += map(int, (task / "children").read_text("ascii").split())
    return tuple(found)


def resident(process: int) -> int:
    """Bytes of anonymous memory that a process holds; 0 when it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("RssAnon:"))


def command_line(process: int) -> str:
    """What a process was started with; empty when it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text("utf-8").replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


@dataclass(frozen=True)
class Attacked:
    """A server that tests do harm to."""

    address: str
    process: int
    analyst: str

    def client(self) -> httpx.Client:
        """A client that may write."""
        headers = {"Authorization": f"Bearer {self.analyst}"}
        return httpx.Client(base_url=self.address, headers=headers, timeout=60, trust_env=False)

    def workers(self) -> tuple[int, ...]:
        """The reader processes."""
        return tuple(each for each in children(self.process) if "graphstore.readers.worker" in command_line(each))


@dataclass
class Watch:
    """What was seen while an attack went on."""

    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    worker_memory: int = 0
    server_memory: int = 0


@contextmanager
def watched(server: Attacked, *, slowest: float = 5.0) -> Iterator[Watch]:
    """Asks for the health all the while; at the end everything must be as it was before.

    The server answers throughout, memory stays under its limits, no worker is at work longer than its deadline and
    5 seconds, and a look-up works.
    """
    watch, over = Watch(), threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=server.address, timeout=30, trust_env=False) as client:
            while True:
                begun = time.monotonic()
                try:
                    assert client.get("/healthz").status_code == 200
                except (httpx.HTTPError, AssertionError) as error:
                    watch.failures.append(repr(error))
                watch.waits.append(time.monotonic() - begun)
                watch.worker_memory = max([watch.worker_memory, *map(resident, server.workers())])
                watch.server_memory = max(watch.server_memory, resident(server.process))
                if over.wait(0.05):
                    return

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield watch
    finally:
        over.set()
        asking.join()
    assert watch.failures == []
    assert max(watch.waits) < slowest
    assert watch.worker_memory < READER_MEMORY + STACK_BYTES + OWN_MEMORY
    assert watch.server_memory < SERVER_MEMORY
    with server.client() as client:
        answer = client.get("/sparql", params={"query": LOOK_UP + f" # {time.monotonic_ns()}"})
        assert answer.status_code == 200
        assert answer.json()["results"]["bindings"]
