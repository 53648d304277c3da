"""Whoever changes a file of the journal, or the store behind its back, is found out."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from graphstore import open_for_reading
from graphstore.disk import DiskStore, open_disk_store
from graphstore.history import History, HistoryReader
from tests.graphstore.history.conftest import STUDY, WISH, said

JOURNAL_FILES = ("000000001.patch", "000000002.salts", "000000003.patch", "000000001.struck", "000000004.patch")


@pytest.fixture
def redacted_folder(told: History, told_store: DiskStore) -> Path:
    """A closed store with four changesets, the last a redaction."""
    told.redact(f"{STUDY}/quote/q1", "Asked for.")
    told_store.close()
    return told_store.folder


def test_a_sound_history_has_no_problems(redacted_folder: Path) -> None:
    """Nothing is found where nothing was done."""
    assert HistoryReader(redacted_folder).verify() == []


@pytest.mark.parametrize("name", JOURNAL_FILES)
def test_any_changed_byte_shows(redacted_folder: Path, name: str) -> None:
    """Each byte of each kind of file, changed, left out or doubled, is found; put back, all is sound again."""
    path = redacted_folder / "journal" / name
    whole = path.read_bytes()
    chance = random.Random(20240111)  # noqa: S311 (places to change, no secret)
    reader = HistoryReader(redacted_folder)
    places = range(len(whole)) if len(whole) < 60 else chance.sample(range(len(whole)), 60)
    for place in places:
        other = bytes([whole[place] ^ chance.randint(1, 255)])
        for changed in (
            whole[:place] + other + whole[place + 1 :],
            whole[:place] + whole[place + 1 :],
            whole[:place] + other + whole[place:],
        ):
            path.write_bytes(changed)
            assert reader.verify(), (name, place, changed[place : place + 1])
    path.write_bytes(whole)
    assert reader.verify() == []


@pytest.mark.parametrize("name", JOURNAL_FILES)
def test_a_lost_file_shows(redacted_folder: Path, name: str) -> None:
    """A file that is gone is missed."""
    (redacted_folder / "journal" / name).unlink()
    assert HistoryReader(redacted_folder).verify()


@pytest.mark.parametrize("name", ["000000009.salts", "000000002.struck", "notes.txt"])
def test_a_file_too_many_shows(redacted_folder: Path, name: str) -> None:
    """A file that no changeset has is named."""
    (redacted_folder / "journal" / name).write_bytes(b"")
    problems = HistoryReader(redacted_folder).verify()
    assert name == "000000002.struck" or any(name in each for each in problems)
    (redacted_folder / "journal" / name).write_bytes(bytes(36))
    assert HistoryReader(redacted_folder).verify()


def test_a_lost_end_shows(redacted_folder: Path) -> None:
    """The chain alone cannot know that its last link is gone; the store does."""
    for each in (redacted_folder / "journal").glob("000000004.*"):
        each.unlink()
    assert HistoryReader(redacted_folder).verify()


def test_another_history_of_the_same_length_shows(redacted_folder: Path, tmp_path: Path) -> None:
    """A journal that is sound in itself but is not this store's is found out."""
    shutil.copytree(redacted_folder, tmp_path / "other")
    with open_disk_store(tmp_path / "other") as other:
        other.load(f"{said('quote/q7', 'Made up.')} .".encode(), RdfFormat.N_QUADS)
    shutil.rmtree(redacted_folder / "journal")
    shutil.copytree(tmp_path / "other" / "journal", redacted_folder / "journal")
    (redacted_folder / "journal" / "000000005.patch").rename(redacted_folder / "journal" / "000000004.patch")
    assert HistoryReader(redacted_folder).verify()


def test_a_store_changed_behind_its_journal_shows(told_store: DiskStore) -> None:
    """A statement that the engine has and no changeset added is named, and so is one that it lacks."""
    folder = told_store.folder
    told_store.close()
    engine = Store(str(folder / "triples"))
    engine.add(said("quote/q8", "Slipped in."))
    engine.remove(said("quote/q1", WISH))
    engine.flush()
    del engine
    (folder / "snapshots" / "stale").touch()
    open_for_reading(str(folder)).close()
    problems = HistoryReader(folder).verify()
    assert [each for each in problems if "no changeset added: 1" in each and "Slipped in." in each]
    assert [each for each in problems if "lacks" in each and WISH in each]
