"""The whole API against its own OpenAPI document, by a tool that knows nothing of how it was made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.api.sparql.conftest import hypothread, serving

SCHEMATHESIS = str(Path(sys.executable).parent / "schemathesis")
SECONDS = 240


def test_no_request_fails_and_every_answer_is_as_documented(tmp_path: Path) -> None:
    """Generated requests, right and wrong, to a real server: no 5xx, no status, format or body but those documented.

    One check is left out: that what fits the schema is taken. Whether two parameters exclude one another, or there is
    such a key, is more than a schema says.
    """
    store = tmp_path / "store"
    hypothread("import", "innovation-ecosystem", "--store", str(store))
    with serving(store, {}) as server:
        done = subprocess.run(
            [
                SCHEMATHESIS, "run", f"{server.address}/api/v1/openapi.json",
                "--include-path-regex", "^/api/v1/", "--phases", "examples,coverage,fuzzing",
                "--exclude-checks", "positive_data_acceptance", "--max-examples", "6", "--seed", "1", "--no-color",
            ],
            capture_output=True, text=True, cwd=tmp_path, timeout=SECONDS,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "Tested: " in done.stdout
