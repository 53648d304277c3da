"""Clients that others wrote, against a running server."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graphstore import open_for_reading

COMMAND = str(Path(sys.executable).with_name("hypothread"))
HERE = Path(__file__).parent
PREFIX = "PREFIX ht: <https://w3id.org/hypothread/ns#> PREFIX dcterms: <http://purl.org/dc/terms/> "
TITLES = PREFIX + "SELECT ?key { ?hypothesis a ht:Hypothesis ; dcterms:identifier ?key }"
Ask = Callable[[str, str], list[Any]]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, _bundled_once: Path) -> Iterator[str]:
    """Where a server with the bundled study answers."""
    store = shutil.copytree(_bundled_once, tmp_path_factory.mktemp("served") / "store")
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0", "--store", store], stdout=subprocess.PIPE, text=True, cwd=store.parent
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[3] + "/sparql"
        process.terminate()
        assert process.wait(30) == 0


@pytest.fixture(scope="module")
def keys(_bundled_once: Path) -> set[str]:
    """The keys of the study's hypotheses, asked without HTTP."""
    with open_for_reading(str(_bundled_once)) as store:
        rows = store.query(TITLES)
        return {str(row["key"].value) for row in rows}  # type: ignore[union-attr] # no triple term


@pytest.fixture(scope="module")
def comunica(tmp_path_factory: pytest.TempPathFactory, address: str) -> Ask:
    """Asks through Comunica, installed from the lock in a folder of its own."""
    folder = tmp_path_factory.mktemp("comunica")
    for name in ("package.json", "package-lock.json", "ask.mjs"):
        shutil.copy(HERE / name, folder)
    npm = shutil.which("npm")
    words = [npm or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if npm is None or subprocess.run(words, cwd=folder, capture_output=True, timeout=300).returncode:
        pytest.skip("npm could not install Comunica here; nothing was asked through it.")

    def ask(form: str, query: str) -> list[Any]:
        done = subprocess.run(
            ["node", "ask.mjs", address, form, query], cwd=folder, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return ask


@pytest.mark.npm
@pytest.mark.long
def test_comunica_reads_rows(comunica: Ask, keys: set[str]) -> None:
    """SELECT through Comunica gives what the engine gives."""
    assert {row["key"] for row in comunica("rows", TITLES)} == keys
    assert keys


@pytest.mark.npm
@pytest.mark.long
def test_comunica_asks_and_constructs(comunica: Ask, keys: set[str]) -> None:
    """ASK gives a truth value, CONSTRUCT a graph."""
    assert comunica("truth", PREFIX + "ASK { ?hypothesis a ht:Hypothesis }") == [True]
    assert comunica("truth", PREFIX + "ASK { ?hypothesis a ht:NoSuchThing }") == [False]
    query = PREFIX + "CONSTRUCT { ?h dcterms:identifier ?key } WHERE { ?h a ht:Hypothesis ; dcterms:identifier ?key }"
    assert {each[2] for each in comunica("graph", query)} == keys


def curl(*words: str) -> str:
    """What curl prints; it fails for an answer that is no success."""
    done = subprocess.run(["curl", "--silent", "--fail", *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_curl_by_get_and_by_post(address: str, keys: set[str]) -> None:
    """The three ways to send a query (SPARQL 1.1 Protocol, section 2.1) give the same rows."""
    text, csv = f"query={TITLES}", "Accept: text/csv"
    answers = [
        curl("--get", "--data-urlencode", text, "-H", csv, address),
        curl("--data-urlencode", text, "-H", csv, address),
        curl("-H", "Content-Type: application/sparql-query", "-H", csv, "--data-binary", TITLES, address),
    ]
    for answer in answers:
        header, *rows = answer.splitlines()
        assert header == "key"
        assert set(rows) == keys
