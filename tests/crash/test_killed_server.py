"""A server or an import that is killed (SIGKILL) in the middle of writing: what was acknowledged is there, whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode

from graphstore import GraphStore, open_for_reading, open_store
from ingest.importing import import_study

COMMAND = str(Path(sys.executable).with_name("hypothread"))
EACH = 20
GRAPH = "http://x/counted"
KILLS = pytest.mark.parametrize("kills", [3, pytest.param(25, marks=pytest.mark.long)])


@dataclass
class Acknowledged:
    """The numbers whose updates were answered with success, the last of them, and the last that was sent.

    A number that was sent when the server was killed may be missing from `all`, and is not sent again.
    """

    answered: int
    sent: int
    all: set[int] = field(default_factory=set)


@contextmanager
def served(store: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server on a store, which the block may kill."""
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0", "--store", store], stdout=subprocess.PIPE, text=True, cwd=store.parent
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[3], process
        finally:
            process.kill()


def write(client: httpx.Client, noted: Acknowledged, over: threading.Event) -> None:
    """Replaces block by block for as long as the server answers; every block bears its number all through."""
    while not over.is_set():
        number = noted.sent + 1
        block = " ".join(f"<http://x/{each}> <http://x/number> {number} ." for each in range(EACH))
        texts = {
            "data": f"INSERT DATA {{ GRAPH <{GRAPH}/{number}> {{ {block} }} }}",
            "pattern": f"DROP SILENT GRAPH <{GRAPH}> ; INSERT DATA {{ GRAPH <{GRAPH}> {{ {block} }} }}",
        }
        noted.sent = number
        with suppress(httpx.TransportError):
            answers = [client.post("/sparql", data={"update": each}) for each in texts.values()]
            assert [each.status_code for each in answers] == [204, 204]
            noted.answered = number
            noted.all.add(number)


def statements(store: GraphStore) -> set[str]:
    """Everything in a store but its history, which says when."""
    told = [graph for graph in store.graphs() if not graph.value.endswith("/graph/history")]
    return {str(quad) for graph in told for quad in store.quads(graph)}


def numbers(store: Path) -> tuple[set[int], int]:
    """The blocks of their own graphs, and the one of the replaced graph; each is whole."""
    found: dict[str, list[int]] = {}
    with open_for_reading(str(store)) as opened:
        for graph in opened.graphs():
            if isinstance(graph, NamedNode) and graph.value.startswith(GRAPH):
                found[graph.value] = [int(quad.object.value) for quad in opened.quads(graph)]  # type: ignore[union-attr] # no triple term
    for values in found.values():
        assert len(values) == EACH, "a block is there whole or not at all"
        assert len(set(values)) == 1
    replaced = found.pop(GRAPH, [0])[0]
    return {values[0] for values in found.values()}, replaced


@KILLS
def test_updates(tmp_path: Path, kills: int) -> None:
    """Killed at any moment, a server has all that it acknowledged when it is started again, and nothing by half."""
    store = tmp_path / "store"
    with open_store(str(store)):
        pass
    token = subprocess.run(
        [COMMAND, "token", "create", "--role", "analyst", "--store", store], capture_output=True, text=True, check=True
    ).stdout.strip()
    chance = random.Random(20231211)  # noqa: S311 (moments to kill at, no secret)
    noted = Acknowledged(0, 0)
    for _ in range(kills):
        with (
            served(store) as (address, process),
            httpx.Client(
                base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=30, trust_env=False
            ) as client,
        ):
            before, over = noted.answered, threading.Event()
            writing = threading.Thread(target=write, args=(client, noted, over))
            writing.start()
            while noted.answered == before and writing.is_alive():
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.3))
            process.kill()
            over.set()
            writing.join()
        with open_store(str(store)):
            pass
        kept, replaced = numbers(store)
        assert noted.all <= kept <= set(range(1, noted.sent + 1))
        assert noted.answered <= replaced <= noted.sent
    assert noted.answered >= kills, "updates were acknowledged"


@KILLS
def test_imports(tmp_path: Path, bundled_folder: Path, kills: int) -> None:
    """Killed at any moment, an import has written all of the study or nothing, and the next one succeeds."""
    whole = tmp_path / "whole"
    with open_store(str(whole)) as store:
        import_study(bundled_folder, store)
        everything = statements(store)
    begun = time.monotonic()
    subprocess.run([COMMAND, "import", bundled_folder, "--store", tmp_path / "timed"], check=True, capture_output=True)
    seconds = time.monotonic() - begun
    chance = random.Random(20240111)  # noqa: S311 (moments to kill at, no secret)
    for number in range(kills):
        folder = tmp_path / f"store-{number}"
        with subprocess.Popen(
            [COMMAND, "import", bundled_folder, "--store", folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"NO_COLOR": "1"},
        ) as process:
            time.sleep(seconds * chance.uniform(0.3, 1.1))
            process.kill()
            finished = process.wait() == 0
        with open_store(str(folder)) as store:
            found = statements(store)
            assert found in ([everything] if finished else [set(), everything])
            import_study(bundled_folder, store)
            assert statements(store) == everything
