"""`hypothread import`, as it is called."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from graphstore import open_for_reading

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def fingerprint(folder: Path) -> str:
    """A digest of every statement in a store."""
    output = io.BytesIO()
    with open_for_reading(str(folder)) as store:
        store.dump(output, RdfFormat.N_QUADS)
    return hashlib.sha256(b"".join(sorted(output.getvalue().splitlines()))).hexdigest()


def test_a_study_comes_in_and_then_changes_nothing(run: Run, tmp_path: Path, small_study: Path) -> None:
    """The first import tells what it brings, the second that nothing has changed, a third just what was edited."""
    store = tmp_path / "store"
    first = run("import", small_study, "--store", store)
    assert (first.returncode, first.stderr) == (0, "")
    assert "4 quotes added\n" in first.stdout
    assert first.stdout.endswith(f"statements added, 0 removed in {store}.\n")
    state = fingerprint(store)
    again = run("import", small_study, "--store", store)
    assert (again.returncode, again.stdout, again.stderr) == (0, "reading-rooms: nothing has changed.\n", "")
    assert fingerprint(store) == state
    with (small_study / "quotes.csv").open("a") as file:
        file.write("q5,More lamps.,group,light/1,,,,,,,,,\nq6,Fewer lamps.,group,light/1,,,,,,,,,\n")
    versions = small_study / "versions.csv"
    versions.write_text(versions.read_text().replace("where it is warm.", "where it is warm enough."))
    rehearsed = run("import", small_study, "--store", store, "--dry-run")
    assert rehearsed.returncode == 0
    assert "Nothing was written." in rehearsed.stdout
    assert fingerprint(store) == state
    third = run("import", small_study, "--store", store)
    for told in (third.stdout, rehearsed.stdout):
        shown, _, sums = told.partition("2 quotes added\n")
        assert sums.startswith("1 statement changed\n")
        assert "Corrected: heating/3, which is in the store already" in shown
    assert fingerprint(store) != state


def test_a_study_with_mistakes_changes_nothing(run: Run, tmp_path: Path, small_study: Path) -> None:
    """Exit 1 with every mistake on standard error; a store that was there is the same, and none is made."""
    store = tmp_path / "store"
    assert run("import", small_study, "--store", store).returncode == 0
    state = fingerprint(store)
    file = small_study / "versions.csv"
    file.write_text(file.read_text().replace("light,1,2,", "light,1,two,").replace("hours,2,2,", "hour,2,2,"))
    for target in (store, tmp_path / "none"):
        done = run("import", small_study, "--store", target)
        assert (done.returncode, done.stdout) == (1, "")
        lines = done.stderr.splitlines()
        assert (
            "versions.csv, row 3, column number: “two” is not a whole number. Write it in digits, such as 27." in lines
        )
        assert any(line.startswith("versions.csv, row 6, column hypothesis: “hour” is not in") for line in lines)
        assert any("Did you mean “hours”?" in line for line in lines)
        assert lines[-1] == f"{len(lines) - 1} mistakes. Nothing was written."
    assert fingerprint(store) == state
    assert not (tmp_path / "none").exists()


def test_what_the_shapes_refuse_leaves_the_store_as_it_was(run: Run, tmp_path: Path, small_study: Path) -> None:
    """Exit 1 with the row; the statements are the same to the byte."""
    store = tmp_path / "store"
    assert run("import", small_study, "--store", store).returncode == 0
    state = fingerprint(store)
    file = small_study / "versions.csv"
    file.write_text(file.read_text().replace("heating,3,1,", "heating,3,0,"))
    done = run("import", small_study, "--store", store)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("versions.csv, row 7: ")
    assert done.stderr.endswith("1 mistake. Nothing was written.\n")
    assert fingerprint(store) == state


def test_a_dry_run_makes_no_store(run: Run, tmp_path: Path, small_study: Path) -> None:
    """It tells what would be written and leaves no folder behind."""
    done = run("import", small_study, "--store", tmp_path / "none", "--dry-run")
    assert done.returncode == 0
    assert "6 hypotheses added" in done.stdout
    assert not (tmp_path / "none").exists()


def test_the_bundled_study_has_a_name(run: Run, tmp_path: Path) -> None:
    """Where there is no such folder, the key of a bundled study is enough, in any working folder."""
    done = run("import", "innovation-ecosystem", "--store", tmp_path / "store")
    assert done.returncode == 0
    assert "52 quotes added" in done.stdout


@pytest.mark.parametrize("content", [None, "x"], ids=["nothing", "a file"])
def test_a_wrong_path_is_a_wrong_call(run: Run, tmp_path: Path, content: str | None) -> None:
    """Exit 2, the path and what a study is; nothing is made."""
    path = tmp_path / "nowhere"
    if content:
        path.write_text(content)
    done = run("import", path, "--store", tmp_path / "store")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{path} is not a folder. A study is a folder of CSV files" in done.stderr
    assert not (tmp_path / "store").exists()


def test_a_folder_of_somebodys_files_is_no_store(run: Run, tmp_path: Path, small_study: Path) -> None:
    """Exit 2, and their folder is as it was."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("mine")
    done = run("import", small_study, "--store", mine)
    assert done.returncode == 2
    assert "holds other files and no store. Name an empty or a new folder." in done.stderr
    assert [each.name for each in mine.iterdir()] == ["thesis.txt"]


def test_advice_is_a_note(run: Run, tmp_path: Path, small_study: Path) -> None:
    """What the shapes merely advise stands on standard error, and the study comes in."""
    with (small_study / "hypotheses.csv").open("a") as file:
        file.write("later,Later,,\n")
    done = run("import", small_study, "--store", tmp_path / "store")
    assert done.returncode == 0
    assert done.stderr.startswith("Note: hypotheses.csv, row 8: A hypothesis without a version")


def test_an_installed_study_can_be_copied_and_changed(run: Run, tmp_path: Path, bundled_folder: Path) -> None:
    """A folder in the working folder stands above the bundled study of the same name."""
    working = tmp_path / "here"
    own = Path(shutil.copytree(bundled_folder, working / "innovation-ecosystem"))
    (own / "study.csv").write_text("key,title\ninnovation-ecosystem,My own copy\n", "utf-8")
    assert run("import", "innovation-ecosystem", "--store", tmp_path / "store", cwd=working).returncode == 0
    asked = run("query", "study/studies", "--format", "csv", "--store", tmp_path / "store")
    assert "My own copy" in asked.stdout
