"""A writer that is killed between any two lines of its work leaves a store and a journal that agree."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import open_for_reading, open_store
from graphstore.history import HistoryReader
from tests.graphstore.history.conftest import WISH

# Counts the lines of the store's own code that one write runs through, and kills itself at the one that is named.
WRITER = """
import os, signal, sys
from pathlib import Path
from pyoxigraph import NamedNode
from graphstore import Difference, open_store
from graphstore.disk import open_disk_store
from graphstore.history import History
from tests.graphstore.history.test_killed import GRAPH, ITEM, block

kind, folder, number, last = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
lines = 0
own = os.sep + "graphstore" + os.sep

def trace(frame, event, argument):
    global lines
    if own not in frame.f_code.co_filename:
        return None
    if event == "line":
        lines += 1
        if lines == last:
            os.kill(os.getpid(), signal.SIGKILL)
    return trace

with open_disk_store(Path(folder)) as store:
    sys.settrace(trace)
    if kind == "apply":
        store.apply(Difference(removed=set(store.quads(GRAPH)), added=block(number)))
    elif kind == "first":
        store.load_first({GRAPH: b"".join(f"{quad.triple} .\\n".encode() for quad in block(number))})
    else:
        History(store).redact(ITEM.value, "Asked for.")
    sys.settrace(None)
    print(lines, flush=True)
"""
GRAPH = NamedNode("https://example.org/rooms/graph")
ITEM = NamedNode("https://example.org/0")
ROOT = Path(__file__).parents[3]


def block(number: int) -> set[Quad]:
    """Ten statements of one number, which are there together or not at all."""
    text = NamedNode("https://w3id.org/hypothread/ns#text")
    return {
        Quad(NamedNode(f"https://example.org/{each}"), text, Literal(f"{WISH} {number} {each}"), GRAPH)
        for each in range(10)
    }


def write(kind: str, folder: Path, number: int, last: int) -> int | None:
    """Runs one write in a process of its own; how many lines it ran through, or None when it was killed."""
    done = subprocess.run(
        [sys.executable, "-c", WRITER, kind, str(folder), str(number), str(last)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return int(done.stdout) if done.returncode == 0 else None


def points(lines: int, count: int) -> list[int]:
    """So many moments, spread over all the lines."""
    return sorted({1 + round(each * (lines - 1) / (count - 1)) for each in range(count)})


def held(folder: Path) -> set[Quad]:
    """What the store holds, by a reader; the same when it is opened for writing, and the journal agrees."""
    with open_for_reading(str(folder)) as reader:
        seen = set(reader.quads(GRAPH))
    with open_store(str(folder)) as store:
        assert set(store.quads(GRAPH)) == seen
    assert HistoryReader(folder).verify() == []
    assert not list((folder / "journal").glob("*.unfinished"))
    return seen


def many(number: int) -> pytest.MarkDecorator:
    """A short form for every run and a long one."""
    return pytest.mark.parametrize("count", [number, pytest.param(30 * number, marks=pytest.mark.long)])


@many(8)
def test_a_commit_is_whole_or_not_there(tmp_path: Path, count: int) -> None:
    """Killed at any line, store and journal hold the old block or the new one, and the same one."""
    folder = tmp_path / "store"
    lines = write("apply", folder, 0, 0)
    assert lines is not None
    number, kills = 0, 0
    for last in points(lines, count):
        killed = write("apply", folder, number + 1, last) is None
        kills += killed
        seen = held(folder)
        assert seen in (block(number), block(number + 1))
        assert killed or seen == block(number + 1)
        number += seen == block(number + 1)
    assert kills >= count - 3
    assert [each.number for each in HistoryReader(folder).changesets()] == list(range(1, number + 2))


@many(4)
def test_a_first_load_is_whole_or_not_there(tmp_path: Path, count: int) -> None:
    """Killed at any line, the store is empty with an empty journal, or holds all of it with one changeset."""
    lines = write("first", tmp_path / "timed", 1, 0)
    assert lines is not None
    for last in points(lines, count):
        folder = tmp_path / f"store-{last}"
        write("first", folder, 1, last)
        seen = held(folder)
        assert seen in (set(), block(1))
        assert len(HistoryReader(folder).changesets()) == bool(seen)


@many(4)
def test_a_redaction_is_finished_or_not_begun(tmp_path: Path, count: int) -> None:
    """Killed at any line, the next opening leaves the words everywhere or nowhere, and never half a history."""
    timed = tmp_path / "timed"
    write("apply", timed, 1, 0)
    lines = write("redact", timed, 0, 0)
    assert lines is not None
    words = f"{WISH} 1 0".encode()
    for last in points(lines, count):
        folder = tmp_path / f"store-{last}"
        write("apply", folder, 1, 0)
        write("redact", folder, 0, last)
        begun = bool(held(folder) - block(1))
        changesets = HistoryReader(folder).changesets()
        assert len(changesets) == 1 + begun
        found = [each for each in folder.rglob("*") if each.is_file() and words in each.read_bytes()]
        assert bool(found) is not begun
