"""What a folder adds to the contract: other processes, leftovers, snapshots on disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graphstore import Difference, open_for_reading, open_store
from graphstore.errors import StoreLocked, StoreMissing, StoreNotEmpty, StoreUnavailable, UnsupportedLocation

GRAPH = NamedNode("https://example.org/graph")
HOLD = """
import sys
from graphstore import open_store
with open_store(sys.argv[1], address="http://127.0.0.1:4711"):
    print("open", flush=True)
    sys.stdin.read()
"""


def quad(number: int) -> Quad:
    """A statement about the thing of that number."""
    return Quad(NamedNode(f"https://example.org/{number}"), NamedNode("https://example.org/p"), Literal("x"), GRAPH)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "clock"  # the word "lock" in a path is no lock


@pytest.fixture
def one_statement(folder: Path) -> Path:
    """A closed store with one statement."""
    with open_store(str(folder)) as store:
        store.apply(Difference(added={quad(1)}))
    return folder


def test_a_second_process_is_told_who_holds_the_store(one_statement: Path) -> None:
    """Opening a store that another process holds is refused, naming the process and where it answers."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(one_statement)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreLocked, match="Wait for it to finish, or stop it") as caught:
            open_store(str(one_statement))
        assert caught.value.holder == f"process {holder.pid}, which answers at http://127.0.0.1:4711"
        assert caught.value.holder in str(caught.value)
        with open_for_reading(str(one_statement)) as reader:
            assert reader.contains(quad(1))
        holder.communicate("")
    assert not (one_statement / "lock").exists()
    open_store(str(one_statement)).close()


def test_the_lock_file_names_the_holder_while_it_is_open(folder: Path) -> None:
    """The note stands from opening to closing."""
    with open_store(str(folder), address="http://x"):
        assert json.loads((folder / "lock").read_text()) == {"process": os.getpid(), "address": "http://x"}
    assert not (folder / "lock").exists()


def test_a_reader_sees_the_last_commit_of_a_live_writer(folder: Path) -> None:
    """Beside a writer each opening shows all that was acknowledged before."""
    with open_store(str(folder)) as writer:
        for number in range(5):
            writer.apply(Difference(added={quad(number)}))
            with open_for_reading(str(folder)) as reader:
                assert all(reader.contains(quad(each)) for each in range(number + 1))


def test_a_reader_sees_a_first_load(folder: Path) -> None:
    """The fast path ends in a snapshot as well."""
    with open_store(str(folder)) as writer:
        writer.load_first({GRAPH: f"{quad(1).triple} .\n".encode()})
        with open_for_reading(str(folder)) as reader:
            assert reader.contains(quad(1))
        with pytest.raises(StoreNotEmpty):
            writer.load_first({})


def test_old_snapshots_are_removed(folder: Path) -> None:
    """However many commits, three snapshots stay, and an open one goes on working."""
    with open_store(str(folder)) as writer:
        writer.apply(Difference(added={quad(0)}))
        with writer.snapshot() as old:
            for number in range(1, 8):
                writer.apply(Difference(added={quad(number)}))
            assert (old.contains(quad(0)), old.contains(quad(1))) == (True, False)
        kept = sorted(int(each.name) for each in (folder / "snapshots").iterdir() if each.name.isdigit())
    assert len(kept) == 3
    assert kept == list(range(kept[0], kept[0] + 3))


def test_a_snapshot_that_was_never_finished_is_made_again(one_statement: Path) -> None:
    """The mark of a commit without its snapshot makes the next reader take it, and the leftover goes."""
    partial = one_statement / "snapshots" / "partial"
    partial.mkdir()
    (partial / "half").write_text("")
    engine = Store(str(one_statement / "triples"))
    engine.add(quad(2))
    engine.flush()
    del engine
    (one_statement / "snapshots" / "stale").touch()
    with open_for_reading(str(one_statement)) as reader:
        assert reader.contains(quad(2))
    assert not partial.exists()
    assert not (one_statement / "snapshots" / "stale").exists()


@pytest.mark.parametrize("left_over", ["triples.incoming", "triples.outgoing"])
def test_leftovers_of_an_interrupted_first_load_are_cleaned(folder: Path, left_over: str) -> None:
    """A folder that a killed first load left behind holds an empty store, and no trace after opening."""
    (folder / left_over).mkdir(parents=True)
    (folder / left_over / "half").write_text("half")
    with open_store(str(folder)) as store:
        assert store.is_empty()
        store.load_first({GRAPH: f"{quad(1).triple} .\n".encode()})
    assert not (folder / left_over).exists()


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    """Somebody's own folder is left exactly as it is."""
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreUnavailable, match="holds other files and no store"):
        open_store(str(tmp_path))
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A path that is a file is refused by name."""
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(StoreUnavailable, match="cannot be used as a store folder"):
        open_store(str(file))
    assert file.read_text() == "mine"


def test_a_damaged_store_is_no_locked_one(folder: Path) -> None:
    """Triples that the engine cannot open are told as that, whatever words the path holds."""
    folder.mkdir()
    (folder / "triples").write_text("no folder")
    with pytest.raises(StoreUnavailable) as caught:
        open_store(str(folder))
    assert not isinstance(caught.value, StoreLocked)


def test_reading_needs_a_store(folder: Path) -> None:
    """A reader makes nothing, and is told how a store comes to be."""
    with pytest.raises(StoreMissing, match="Import a study first: hypothread import PATH"):
        open_for_reading(str(folder))
    assert not folder.exists()


@pytest.mark.parametrize("location", ["http://localhost:7878", "https://example.org/sparql"])
def test_a_server_is_not_taken_for_a_folder(location: str) -> None:
    """A kind of location that is not known yet is refused by name, for reading and for writing."""
    for opening in (open_store, open_for_reading):
        with pytest.raises(UnsupportedLocation, match=location):
            opening(location)


def test_readers_open_while_snapshots_come_and_go(folder: Path) -> None:
    """Opening for reading never fails because the writer removes old snapshots meanwhile."""
    failures: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                with open_for_reading(str(folder)) as reader:
                    assert reader.contains(quad(0))
            except Exception as error:
                failures.append(error)

    with open_store(str(folder)) as writer:
        writer.apply(Difference(added={quad(0)}))
        reader = threading.Thread(target=read)
        reader.start()
        for number in range(1, 15):
            writer.apply(Difference(added={quad(number)}))
        stop.set()
        reader.join()
    assert failures == []
