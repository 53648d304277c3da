"""A writer that is killed in the middle of its work loses nothing it acknowledged and leaves nothing half done."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store

from graphstore import GraphStore, open_for_reading, open_store
from graphstore.disk import DiskStore
from graphstore.history.mark import applied
from graphstore.history.verification import problems_of_store

GRAPH = NamedNode("https://example.org/graph")
OPEN = NamedNode("https://example.org/study/graph")
EACH = 10
TRIALS = 6
WRITER = f"""
import sys
from itertools import count
from pyoxigraph import Literal, NamedNode, Quad
from graphstore import Difference, open_store

def block(number):
    return {{
        Quad(NamedNode(f"https://example.org/{{each}}"), NamedNode("https://example.org/p"), Literal(str(number)),
             NamedNode("{GRAPH.value}"))
        for each in range({EACH})
    }}

with open_store(sys.argv[1]) as store:
    first = int(sys.argv[2])
    for number in count(first):
        with store.writing():
            store.apply(Difference(removed=set(store.quads(NamedNode("{GRAPH.value}"))), added=block(number)))
        print(number, flush=True)
"""
FIRST_LOAD = """
import sys
from pyoxigraph import NamedNode
from graphstore import open_store

data = "".join(f'<https://example.org/{n}> <https://example.org/p> "x" .\\n'
               for n in range(20000)).encode()
with open_store(sys.argv[1]) as store:
    print("loading", flush=True)
    store.load_first({NamedNode("https://example.org/graph"): data})
    print("loaded", flush=True)
    sys.stdin.read()
"""
MANY = 6000
ADDER = f"""
import sys
from itertools import count
from pyoxigraph import Literal, NamedNode, Quad
from graphstore import Difference, open_store

with open_store(sys.argv[1]) as store:
    for number in count(int(sys.argv[2])):
        store.apply(Difference(added={{
            Quad(NamedNode(f"https://example.org/{{number}}/{{each}}"), NamedNode("https://example.org/p"),
                 Literal(str(number)), NamedNode("{OPEN.value}"))
            for each in range({MANY})
        }}))
        print(number, flush=True)
"""


def state(store: GraphStore) -> int:
    """The number of the block that the store holds; anything but one whole block is half a commit."""
    values = [quad.object.value for quad in store.quads(GRAPH)]  # type: ignore[union-attr] # no triple term
    assert len(values) == EACH
    assert len(set(values)) == 1
    return int(values[0])


def killed_after(seconds: float, folder: Path, first: int, program: str = WRITER) -> int:
    """Kills a writer so long after its first commit; the last number it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder), str(first)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == f"{first}\n"
        time.sleep(seconds)
        writer.kill()
        rest = writer.stdout.read().split("\n")
    return max([first, *(int(each) for each in rest[:-1])])


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(tmp_path: Path) -> None:
    """After each kill the store holds the last acknowledged commit, or the one that was being written, whole."""
    folder = tmp_path / "store"
    chance = random.Random(20240111)  # noqa: S311 - moments to kill at, no secret
    first = 0
    for _ in range(TRIALS):
        acknowledged = killed_after(chance.uniform(0.01, 0.25), folder, first)
        with open_for_reading(str(folder)) as reader:
            seen = state(reader)
        assert seen in {acknowledged, acknowledged + 1}
        with open_store(str(folder)) as store:
            assert state(store) == seen
        first = seen + 1
    assert first > TRIALS, "the writers did commit"


def test_much_that_is_added_at_once_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """After each kill the engine itself, before anybody mends it, holds whole commits: in their graph and merged."""
    folder = tmp_path / "store"
    first = 1
    for seconds in (0.05, 0.15, 0.25, 0.35):
        acknowledged = killed_after(seconds, folder, first, ADDER)
        engine = Store(str(folder / "triples"))
        held = Counter(quad.object.value for quad in engine.quads_for_pattern(None, None, None, OPEN))  # type: ignore[union-attr] # no triple term
        merged = Counter(quad.object.value for quad in engine.quads_for_pattern(None, None, None, DefaultGraph()))  # type: ignore[union-attr] # no triple term
        told = applied(engine).number
        del engine
        assert told in {acknowledged, acknowledged + 1}
        assert held == merged == {str(number): MANY for number in range(1, told + 1)}
        with open_store(str(folder)) as store:
            assert isinstance(store, DiskStore)
            first = sum(1 for _ in store.quads(OPEN)) // MANY + 1
            assert first - 1 in {acknowledged, acknowledged + 1}
            assert not list(problems_of_store(store.journal, store.engine))
    assert first > 4, "the writers did commit"


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05, 0.1])
def test_a_first_load_is_all_or_nothing(tmp_path: Path, seconds: float) -> None:
    """Killed at any moment, a first load leaves an empty store or a full one, and room for another try."""
    folder = tmp_path / "store"
    with subprocess.Popen(
        [sys.executable, "-c", FIRST_LOAD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "loading\n"
        time.sleep(seconds)
        writer.kill()
        acknowledged = "loaded" in writer.stdout.read()
    with open_store(str(folder)) as store:
        count = sum(1 for _ in store.quads(GRAPH))
    assert count in ({20000} if acknowledged else {0, 20000})
    assert {each.name for each in folder.iterdir()} - {"journal"} == {"layout", "snapshots", "triples"}
