"""What several folders of tests share: studies, stores by state, and the real command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from graphstore import GraphStore, open_store
from hatch_build import find_tools, install_packages
from ingest.importing import import_study

ROOT = Path(__file__).parents[1]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


CHROMIUM_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
)  # fmt: skip


@pytest.fixture(scope="session")
def bundled_folder() -> Path:
    """The folder of the bundled study."""
    return ROOT / "studies" / "innovation-ecosystem"


@pytest.fixture(scope="session")
def reading_rooms_folder() -> Path:
    """An invented study that uses every sheet, with a merge and a split."""
    return ROOT / "tests" / "ingest" / "data" / "reading-rooms"


@pytest.fixture(scope="session")
def night_library_folder() -> Path:
    """A made-up study of three iterations.

    The third merges two hypotheses, splits one, withdraws one, introduces one, moves a part of one to another, and
    gives the numbers to others.
    """
    return ROOT / "tests" / "studies" / "night-library"


@pytest.fixture
def small_study(tmp_path: Path, reading_rooms_folder: Path) -> Path:
    """A copy of the invented study, to be broken."""
    return Path(shutil.copytree(reading_rooms_folder, tmp_path / "study"))


@pytest.fixture
def empty_store() -> Iterator[GraphStore]:
    """A store in memory that holds nothing."""
    with open_store("memory:") as store:
        yield store


def _imported(study: Path, folder: Path) -> Path:
    with open_store(str(folder)) as store:
        import_study(study, store)
    return folder


@pytest.fixture(scope="session")
def _bundled_once(tmp_path_factory: pytest.TempPathFactory, bundled_folder: Path) -> Path:
    return _imported(bundled_folder, tmp_path_factory.mktemp("bundled") / "store")


@pytest.fixture(scope="session")
def _reading_rooms_once(tmp_path_factory: pytest.TempPathFactory, reading_rooms_folder: Path) -> Path:
    return _imported(reading_rooms_folder, tmp_path_factory.mktemp("reading-rooms") / "store")


@pytest.fixture
def study_store_folder(tmp_path: Path, _bundled_once: Path) -> Path:
    """The folder of a store that holds the bundled study; the test's own copy."""
    return Path(shutil.copytree(_bundled_once, tmp_path / "store"))


@pytest.fixture
def study_store(study_store_folder: Path) -> Iterator[GraphStore]:
    """A store that holds the bundled study, open for writing; the test's own copy."""
    with open_store(str(study_store_folder)) as store:
        yield store


@pytest.fixture
def reading_rooms_store(tmp_path: Path, _reading_rooms_once: Path) -> Iterator[GraphStore]:
    """A store that holds the invented study, open for writing; the test's own copy."""
    with open_store(str(shutil.copytree(_reading_rooms_once, tmp_path / "rooms-store"))) as store:
        yield store


@pytest.fixture(scope="session")
def _night_library_once(tmp_path_factory: pytest.TempPathFactory, night_library_folder: Path) -> Path:
    return _imported(night_library_folder, tmp_path_factory.mktemp("night-library") / "store")


@pytest.fixture
def night_library_store_folder(tmp_path: Path, _night_library_once: Path) -> Path:
    """The folder of a store that holds the made-up study of three iterations; the test's own copy."""
    return Path(shutil.copytree(_night_library_once, tmp_path / "night-store"))


@pytest.fixture
def night_library_store(night_library_store_folder: Path) -> Iterator[GraphStore]:
    """A store that holds the made-up study of three iterations, open for writing; the test's own copy."""
    with open_store(str(night_library_store_folder)) as store:
        yield store


@pytest.fixture(scope="session")
def hypothread_script() -> Path:
    """The installed command."""
    return Path(sys.executable).with_name("hypothread")


@pytest.fixture(scope="session")
def plain_environment() -> dict[str, str]:
    """This process's environment without settings, and with a fixed width of the terminal."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HYPOTHREAD_")}
    return kept | {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}


@pytest.fixture(scope="session")
def _forking_commands(plain_environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, ROOT / "tests" / "forking_commands.py"],
        env=plain_environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        yield server
        assert server.stdin is not None
        server.stdin.close()


@pytest.fixture
def run(tmp_path: Path, _forking_commands: subprocess.Popen[str], plain_environment: dict[str, str]) -> Run:
    """Runs the command line in a process of its own, in an empty working folder."""
    working = tmp_path / "working"
    working.mkdir()
    streams = {name: tmp_path / f"working-{name}" for name in ("stdin", "stdout", "stderr")}
    assert _forking_commands.stdin is not None
    assert _forking_commands.stdout is not None
    to_server, from_server = _forking_commands.stdin, _forking_commands.stdout

    def call(
        *words: str | Path, env: dict[str, str] | None = None, stdin: str | bytes = "", cwd: Path = working
    ) -> subprocess.CompletedProcess[str]:
        streams["stdin"].write_bytes(stdin.encode() if isinstance(stdin, str) else stdin)
        streams["stdout"].write_bytes(b"")
        streams["stderr"].write_bytes(b"")
        request = {
            "words": [str(word) for word in words],
            "environment": plain_environment | (env or {}),
            "folder": str(cwd),
            **{name: str(path) for name, path in streams.items()},
        }
        to_server.write(f"{json.dumps(request)}\n")
        to_server.flush()
        code = int(from_server.readline())
        return subprocess.CompletedProcess(
            [str(word) for word in words],
            code,
            streams["stdout"].read_bytes().decode("utf-8"),
            streams["stderr"].read_bytes().decode("utf-8"),
        )

    return call


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves browser tests out where there is no Chromium and says so; ``REQUIRE_BROWSER=1`` makes that a failure."""
    if shutil.which("chromium"):
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if not left_out:
        return
    if os.environ.get("REQUIRE_BROWSER"):
        raise pytest.UsageError("REQUIRE_BROWSER is set and Chromium is not installed: install the package chromium.")
    items[:] = [item for item in items if not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=left_out)
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.write_line(f"Chromium is not installed: {len(left_out)} browser tests are left out.")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. It ends with the module: while Playwright runs, nothing else can run an event loop."""
    program = shutil.which("chromium")
    assert program, "the hook above leaves these tests out where there is none"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> Path:
    """The accessibility checker's script, as the lock pins it."""
    frontend = Path(__file__).parents[1] / "frontend"
    script = frontend / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        install_packages(frontend, find_tools())
    return script
