"""`hypothread iterate` and what `import` shows of the edited folder, as they are called."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
AS_WRITTEN = (
    "iterate", "--from", "2", "--event", "learning-collaborative-1", "--hypotheses", "pathway,utility,evidence",
)  # fmt: skip
OLD, NEW = "simplicity of use and cultural fit", "trust of patient groups"


@pytest.fixture
def edited(run: Run, study_store_folder: Path, tmp_path: Path) -> Path:
    """The bundled study with a third iteration, in which Utility is reworded and changes places with Pathway."""
    out = tmp_path / "edited"
    assert run(*AS_WRITTEN, out, "--store", study_store_folder).returncode == 0
    sheet = out / "versions.csv"
    lines = sheet.read_text("utf-8").splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.startswith("utility,3,2,"):
            lines[place] = line.replace("utility,3,2,", "utility,3,1,").replace(OLD, NEW)
        if line.startswith("pathway,3,1,"):
            lines[place] = line.replace("pathway,3,1,", "pathway,3,2,")
    sheet.write_text("".join(lines), "utf-8")
    return out


def test_the_rows_of_the_next_iteration(run: Run, study_store_folder: Path, tmp_path: Path) -> None:
    """From the store alone: a new folder in the working folder; told are the rows to edit and who is not in it."""
    done = run(*AS_WRITTEN, "--store", study_store_folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "Iteration 3 of “Innovation Ecosystem Programme”, put before “Learning Collaborative session 1”" in done.stdout
    )
    assert "versions.csv, rows 20 to 22; changes.csv, rows 11 to 13" in done.stdout
    assert "Not in it: leadership, change-makers, making-the-case, incentives, complexity, using-data." in done.stdout
    assert "neither changed nor withdrawn" in done.stdout
    out = tmp_path / "working" / "innovation-ecosystem-iteration-3"
    assert "hypothread import innovation-ecosystem-iteration-3" in (out / "what-to-edit.txt").read_text("utf-8")
    assert run("check", out).returncode == 0
    again = run(*AS_WRITTEN, "--store", study_store_folder)
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already, and nothing is written over. Name a new folder." in again.stderr


def test_a_folder_or_a_bundled_study_will_do(run: Run, tmp_path: Path, bundled_folder: Path) -> None:
    """With the study's folder, or the name of one that comes along, no store is needed, and none is made."""
    assert run(*AS_WRITTEN, "one", "--study", bundled_folder).returncode == 0
    assert run(*AS_WRITTEN, "two", "--study", "innovation-ecosystem").returncode == 0
    working = tmp_path / "working"
    assert (working / "one" / "quotes.csv").read_bytes() == (bundled_folder / "quotes.csv").read_bytes()
    assert (working / "one" / "versions.csv").read_bytes() == (working / "two" / "versions.csv").read_bytes()
    assert sorted(each.name for each in working.iterdir()) == ["one", "two"]


@pytest.mark.parametrize(
    ("place", "word", "message"),
    [
        (2, "5", "no iteration “5”. Known are: 1, 2."),
        (4, "learning", "no event “learning”. Known are: "),
        (6, "pathway,paths", "no hypothesis “paths” in iteration 2. Known are: pathway, utility, evidence"),
        (6, " , ", "--hypotheses names none."),
    ],
)
def test_what_is_not_there_is_a_wrong_call(
    run: Run, study_store_folder: Path, tmp_path: Path, place: int, word: str, message: str
) -> None:
    """Exit 2 with those that are there; no folder is made."""
    words = [*AS_WRITTEN]
    words[place] = word
    done = run(*words, "--store", study_store_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert not [*(tmp_path / "working").iterdir()]


def test_without_a_study_the_remedy_is_told(run: Run, tmp_path: Path, study_store_folder: Path) -> None:
    """Exit 2: where there is no store, a folder may be named; an unknown study is told with the known ones."""
    done = run(*AS_WRITTEN, "--store", tmp_path / "none")
    assert done.returncode == 2
    assert "Or name the study's folder: --study FOLDER." in done.stderr
    done = run(*AS_WRITTEN, "--store", study_store_folder, "--study", "gardens")
    assert done.returncode == 2
    assert "There is no study “gardens” in the store. It holds: innovation-ecosystem." in done.stderr


def test_each_change_is_shown_before_it_is_written(run: Run, study_store_folder: Path, edited: Path) -> None:
    """A rehearsal and an import through a pipe both tell wordings, kinds, numbers and amendments, and then the sums."""
    rehearsed = run("import", edited, "--store", study_store_folder, "--dry-run")
    assert rehearsed.returncode == 0
    shown, _, sums = rehearsed.stdout.partition("3 changes added\n")
    assert "utility/2 → utility/3: renumbered, reworded (worked out from the versions)\n  Number 2 → 1\n" in shown
    assert "Before (utility/2, number 2 “Utility”):" in shown
    assert f"[-{OLD.split(' ')[0]}" in shown
    assert "Amendment: “" in shown
    assert "evidence/2 → evidence/3: unchanged (worked out from the versions)\n  The wording stays:" in shown
    assert "Nothing was written." in sums
    done = run("import", edited, "--store", study_store_folder)
    assert (done.returncode, done.stdout.partition("3 changes added\n")[0]) == (0, shown)
    again = run("import", edited, "--store", study_store_folder)
    assert again.stdout == "innovation-ecosystem: nothing has changed.\n"


def test_suggested_motives_are_shown_with_what_they_rest_on(run: Run, tmp_path: Path) -> None:
    """An amendment that takes up what people said of the earlier wording names the quote and its score."""
    out = tmp_path / "first"
    assert run("import", "innovation-ecosystem", "--store", tmp_path / "store").returncode == 0
    run(*AS_WRITTEN, out, "--study", "innovation-ecosystem")
    sheet = out / "changes.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("utility-1-to-2,", "utility-then-now,"), "utf-8")
    done = run("import", out, "--store", tmp_path / "store", "--dry-run")
    assert "Amendment: “relative advantage” replaced by “patient benefit”" in done.stdout
    assert "suggested motive, score " in done.stdout
    assert "Removed from the study: change utility-1-to-2" in done.stdout


def test_a_correction_of_what_is_there_is_shown_as_one(run: Run, study_store_folder: Path, edited: Path) -> None:
    """A version whose words differ from the store's is no new wording: both are shown under its key."""
    run("import", edited, "--store", study_store_folder)
    sheet = edited / "versions.csv"
    sheet.write_text(sheet.read_text("utf-8").replace(NEW, "trust of all patient groups"), "utf-8")
    done = run("import", edited, "--store", study_store_folder, "--dry-run")
    assert "Corrected: utility/3, which is in the store already\n  In the store:\n" in done.stdout
    assert "{+all+}" in done.stdout


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_person_is_asked(
    study_store_folder: Path, edited: Path, hypothread_script: Path, plain_environment: dict[str, str], answer: str
) -> None:
    """On a terminal the changes wait for a yes; a no ends with exit code 1 and nothing written; --yes asks nobody."""
    call: list[str | Path] = [hypothread_script, "import", edited, "--store", study_store_folder]
    code, told = on_a_terminal(call, f"{answer}\n", plain_environment)
    assert "Write these changes? [y/N]" in told
    assert code == (0 if answer == "y" else 1)
    assert ("Nothing was written." in told) == (answer == "n")
    code, told = on_a_terminal([*call, "--yes"], "", plain_environment)
    assert (code, "Write these changes?" in told) == (0, False)
    assert ("nothing has changed" in told) == (answer == "y")


def on_a_terminal(call: list[str | Path], typed: str, environment: dict[str, str]) -> tuple[int, str]:
    """What a program says when its three streams are a terminal, and its exit code."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(call, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        told = b""
        try:
            while part := os.read(ours, 65536):
                told += part
        except OSError:  # Linux says so when the other end has closed
            pass
        os.close(ours)
    return process.returncode, told.decode("utf-8", "replace")
