"""Running servers, as a user starts them, and clients for them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from api.access.roles import Role
from api.access.tokens import TokenStore

COMMAND = str(Path(sys.executable).parent / "hypothread")
ROOT = Path(__file__).parents[3]
STUDY = "https://w3id.org/hypothread/id/innovation-ecosystem"
RESTRICTED = f"{STUDY}/graph/restricted"
CONFIDENTIAL = "http://example.org/said-in-confidence"


@dataclass(frozen=True)
class RunningServer:
    """A server, the folder of its store, and a token of each role."""

    address: str
    store: Path
    process: int
    reader: str
    analyst: str

    def client(self, token: str | None = None) -> httpx.Client:
        """A client that sends the token, or none."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.address, headers=headers, timeout=40, trust_env=False)


def hypothread(*arguments: str) -> str:
    """What a command prints."""
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def serving(store: Path, settings: Mapping[str, str]) -> Iterator[RunningServer]:
    """Serves a store until the end of the block."""
    store.mkdir(parents=True, exist_ok=True)
    reader, analyst = (TokenStore(store).create(role) for role in (Role.reader, Role.analyst))
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", "0", "--store", str(store)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **{f"HYPOTHREAD_{key.upper()}": value for key, value in settings.items()}},
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        yield RunningServer(said.split()[3], store, process.pid, reader, analyst)
    finally:
        process.terminate()
        process.wait(20)
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture(scope="session")
def study_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with the bundled study, and one statement in its restricted graph."""
    store = tmp_path_factory.mktemp("study") / "store"
    hypothread("import", "innovation-ecosystem", "--store", str(store))
    with serving(store, {}) as server:
        with server.client(server.analyst) as client:
            text = f"INSERT DATA {{ GRAPH <{RESTRICTED}> {{ <{CONFIDENTIAL}> <{CONFIDENTIAL}> 'words' }} }}"
            client.post("/sparql", data={"update": text}).raise_for_status()
        yield server


@pytest.fixture(scope="session")
def strict_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """An empty server that allows little: short times, small bodies, small changes."""
    limits = {
        "deadline": "2", "body_seconds": "1", "header_seconds": "1", "body_bytes": "20000", "query_bytes": "5000",
        "update_bytes": "20000", "difference": "50", "result_bytes": "3000000",
    }  # fmt: skip
    with serving(tmp_path_factory.mktemp("strict") / "store", limits) as server:
        yield server


@pytest.fixture
def anybody(study_server: RunningServer) -> Iterator[httpx.Client]:
    """A client without a token."""
    with study_server.client() as client:
        yield client


@pytest.fixture
def reader(study_server: RunningServer) -> Iterator[httpx.Client]:
    """A client that may read restricted graphs."""
    with study_server.client(study_server.reader) as client:
        yield client


@pytest.fixture
def analyst(study_server: RunningServer) -> Iterator[httpx.Client]:
    """A client that may write."""
    with study_server.client(study_server.analyst) as client:
        yield client
