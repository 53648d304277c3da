"""A running server with settings of its own, whose log can be read."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest


@dataclass(frozen=True)
class OperatedServer:
    """A server, its process and what it has written to standard error."""

    address: str
    process: subprocess.Popen[str]
    errors: Path

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.address.rpartition(":")[2])

    def client(self) -> httpx.Client:
        """A client of it."""
        return httpx.Client(base_url=self.address, timeout=40, trust_env=False)

    def log(self, *, until: int = 1) -> list[dict[str, Any]]:
        """The lines of its log, when there are so many: a line is written when its answer has been sent."""
        last = time.monotonic() + 5
        while len(lines := self.errors.read_text("utf-8").splitlines()) < until and time.monotonic() < last:
            time.sleep(0.01)
        return [json.loads(line) for line in lines]


@contextmanager
def _operating(
    script: Path, environment: dict[str, str], store: Path, settings: dict[str, str]
) -> Iterator[OperatedServer]:
    errors = store.with_name(f"{store.name}-errors")
    with (
        errors.open("w", encoding="utf-8") as stream,
        subprocess.Popen(
            [script, "serve", "--port", "0", "--store", store],
            env=environment | {f"HYPOTHREAD_{name.upper()}": value for name, value in settings.items()},
            cwd=store.parent,
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert "answers at http" in said, (said, errors.read_text("utf-8"))
            yield OperatedServer(said.split()[3], process, errors)
        finally:
            process.terminate()


Operate = Callable[..., OperatedServer]


@pytest.fixture
def operate(tmp_path: Path, hypothread_script: Path, plain_environment: dict[str, str]) -> Iterator[Operate]:
    """Starts a server on an empty store, with the settings given by name; it ends with the test."""
    with ExitStack() as servers:

        def start(**settings: str) -> OperatedServer:
            store = tmp_path / "store"
            return servers.enter_context(_operating(hypothread_script, plain_environment, store, settings))

        yield start


@pytest.fixture(scope="module")
def quiet_server(
    tmp_path_factory: pytest.TempPathFactory, hypothread_script: Path, plain_environment: dict[str, str]
) -> Iterator[OperatedServer]:
    """A server on an empty store without any settings."""
    folder = tmp_path_factory.mktemp("quiet")
    with _operating(hypothread_script, plain_environment, folder / "store", {}) as server:
        yield server
