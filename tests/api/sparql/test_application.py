"""What the application as a whole promises: its description, and a store that does not last."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx

from api.access.tokens import TokenStore
from api.application import create_application
from api.openapi import document_protocols
from api.serving import Serving
from graphstore.disk import open_disk_store


def test_openapi_describes_the_protocols(tmp_path: Path) -> None:
    """Every method of both addresses stands in the document, with its parameters and the shape of problems."""
    with open_disk_store(tmp_path / "store") as store:
        application = create_application(Serving(store, TokenStore(tmp_path / "store")))
        document_protocols(application)
        document = application.openapi()
    assert set(document["paths"]["/sparql"]) == {"get", "post"}
    assert set(document["paths"]["/data"]) == {"get", "head", "put", "post", "delete", "patch"}
    names = {each["name"] for each in document["paths"]["/sparql"]["post"]["parameters"]}
    assert {"default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri", "timeout"} <= names
    assert {"type", "title", "status", "detail", "instance"} == set(
        document["components"]["schemas"]["Problem"]["required"]
    )
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_a_server_in_memory_answers_and_leaves_nothing(tmp_path: Path) -> None:
    """Serve --store memory: uses a temporary folder, which is gone afterwards."""
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "hypothread"), "serve", "--port", "0", "--store", "memory:"],
        stdout=subprocess.PIPE,
        text=True,
        env={"TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().split()[3]
        answer = httpx.get(f"{address}/sparql", params={"query": "ASK {}"}, trust_env=False, timeout=20)
        assert answer.json()["boolean"] is True
        assert [each for each in tmp_path.iterdir() if each.name.startswith("hypothread-")]
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("hypothread-")]
