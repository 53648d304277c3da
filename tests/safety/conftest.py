"""A running server to be attacked."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.watching import DEADLINE, READER_MEMORY, Attacked

COMMAND = str(Path(sys.executable).with_name("hypothread"))


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory, _bundled_once: Path) -> Iterator[Attacked]:
    """A server with the bundled study, a short deadline and little memory for each request."""
    store = shutil.copytree(_bundled_once, tmp_path_factory.mktemp("attacked") / "store")
    settings = {
        "HYPOTHREAD_DEADLINE": str(DEADLINE),
        "HYPOTHREAD_READER_MEMORY": str(READER_MEMORY),
        "HYPOTHREAD_HEADER_SECONDS": "2",
        "HYPOTHREAD_BODY_SECONDS": "2",
        "HYPOTHREAD_QUERY_BYTES": str(1 << 20),
    }
    token = subprocess.run(
        [COMMAND, "token", "create", "--role", "analyst", "--store", store], capture_output=True, text=True, check=True
    ).stdout.strip()
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0", "--store", store],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | settings,
        cwd=store.parent,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[3]
        yield Attacked(address, process.pid, token)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
