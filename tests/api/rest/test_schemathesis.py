"""The whole API against its own OpenAPI document, by a tool that knows nothing of how it was made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.api.sparql.conftest import RunningServer, hypothread, serving

SCHEMATHESIS = str(Path(sys.executable).parent / "schemathesis")
SECONDS = 900


def asked(server: RunningServer, folder: Path, *more: str) -> str:
    """What the tool reports of a server; it must have found nothing.

    One check is left out: that what fits the schema is taken. Whether two parameters exclude one another, or there is
    such a key, is more than a schema says. A condition that does not hold comes before the body (412).
    """
    (folder / "schemathesis.toml").write_text(
        "[checks.negative_data_rejection]\n"
        "expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 429]\n"
    )
    done = subprocess.run(
        [
            SCHEMATHESIS, "run", f"{server.address}/api/v1/openapi.json", "--include-path-regex", "^/api/v1/",
            "--exclude-checks", "positive_data_acceptance", "--seed", "1", "--no-color", *more,
        ],
        capture_output=True, text=True, cwd=folder, timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "Tested: " in done.stdout
    return done.stdout


def test_no_request_fails_and_every_answer_is_as_documented(tmp_path: Path) -> None:
    """Generated look-ups, right and wrong, to a real server: no 5xx, no status, format or body but those documented."""
    store = tmp_path / "store"
    hypothread("import", "innovation-ecosystem", "--store", str(store))
    with serving(store, {}) as server:
        asked(
            server, tmp_path, "--include-method", "GET", "--phases", "examples,coverage,fuzzing", "--max-examples", "6"
        )


def test_no_write_fails_and_every_answer_is_as_documented(tmp_path: Path) -> None:
    """The same for writes, with a token that may write; afterwards the store is whole and its history true."""
    store = tmp_path / "store"
    hypothread("import", "innovation-ecosystem", "--store", str(store))
    with serving(store, {}) as server:
        told = asked(
            server, tmp_path, "--exclude-method", "GET", "--phases", "examples,fuzzing", "--max-examples", "5",
            "--header", f"Authorization: Bearer {server.analyst}",
        )  # fmt: skip
        assert "Authentication failed" not in told
    hypothread("history", "verify", "--store", str(store))
