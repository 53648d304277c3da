"""The requests that a page shows as ``bash``: sent in order to a running server, with what comes back compared."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.access.roles import Role
from api.access.tokens import TokenStore
from tests.api.sparql.conftest import RunningServer, serving
from tests.docs.test_commands_in_pages import ROOT, blocks, shown_pattern

PAGES = {"write-by-api.md": 8, "review-readings.md": 2}
"""How-to pages, and how many answers each shows."""


@pytest.fixture
def server(study_store_folder: Path) -> Iterator[RunningServer]:
    """A server with the bundled study."""
    with serving(study_store_folder, {}) as running:
        yield running


@pytest.mark.parametrize("page", PAGES)
def test_requests_of_a_page_work_and_give_what_it_shows(server: RunningServer, page: str) -> None:
    """Pasted in order, each request ends well and prints what stands below it."""
    token = TokenStore(server.store).create(Role.analyst, "Analyst A")
    environment = {
        "PATH": "/usr/bin:/bin", "TOKEN": token, "STUDY": f"{server.address}/api/v1/studies/innovation-ecosystem",
    }  # fmt: skip
    printed: str | None = None
    shown = 0
    for block in blocks(ROOT / "docs" / "how-to" / page):
        if block.language == "bash":
            done = subprocess.run(
                ["bash", "-euc", block.text], env=environment, capture_output=True, text=True, timeout=60, check=False
            )
            assert done.returncode == 0, f"line {block.line}: {done.stderr}"
            printed = f"{done.stdout.rstrip()}\n"
        elif block.language == "sh":
            printed = None
        elif block.language == "json" and printed is not None:
            assert shown_pattern(block.text).fullmatch(printed), f"line {block.line}: {printed}"
            printed, shown = None, shown + 1
    assert shown == PAGES[page]
