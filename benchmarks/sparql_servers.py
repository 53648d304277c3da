"""Starting our server and its peers on free ports of this machine, and ending each by its process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

_PROGRAMS: Final = Path(sys.executable).parent
_PATIENCE: Final = 180.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers.

    Attributes:
        name: what it is.
        address: where it answers.
        path: the path of its SPARQL endpoint.
        process: its process.
        seconds: from its start until it answered.
    """

    name: str
    address: str
    path: str
    process: int
    seconds: float


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=30):  # noqa: S310 (our own address)
            return True
    except URLError as error:
        return hasattr(error, "code")  # peers have no health check, but say so
    except OSError:
        return False


@contextmanager
def running(
    name: str, words: Sequence[str | Path], port: int, path: str, settings: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """Runs a server until the end of the block.

    Raises:
        RuntimeError: when it does not answer.
    """
    begun = time.perf_counter()
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [_PROGRAMS / words[0], *words[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | (settings or {}),
    ) as process:
        try:
            while not _answers(f"{address}/healthz"):
                if process.poll() is not None or time.perf_counter() - begun > _PATIENCE:
                    raise RuntimeError(f"{name} does not answer.")
                time.sleep(0.01)
            yield Running(name, address, path, process.pid, time.perf_counter() - begun)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def hypothread(store: Path, settings: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Our server on a store."""
    port = free_port()
    words = ("hypothread", "serve", "--store", store, "--port", str(port))
    with running("hypothread", words, port, "/sparql", settings) as server:
        yield server


@contextmanager
def oxigraph(folder: Path) -> Iterator[Running]:
    """The engine's own server on a folder of its own."""
    port = free_port()
    words = ("oxigraph", "serve", "--location", folder, "--bind", f"127.0.0.1:{port}")
    with running("oxigraph serve", words, port, "/query") as server:
        yield server


@contextmanager
def rdflib_endpoint(data: Path) -> Iterator[Running]:
    """rdflib-endpoint on a file."""
    port = free_port()
    words = ("rdflib-endpoint", "serve", "--host", "127.0.0.1", "--port", str(port), data)
    with running("rdflib-endpoint", words, port, "/") as server:
        yield server


@contextmanager
def bare(body: Path) -> Iterator[Running]:
    """An ASGI application on granian that does nothing but send the bytes of a file."""
    port = free_port()
    words = (
        "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--loop", "uvloop", "--no-ws", "benchmarks.bare:application",
    )  # fmt: skip
    with running("bare ASGI", words, port, "/sparql", {"BARE_BODY": str(body)}) as server:
        yield server
