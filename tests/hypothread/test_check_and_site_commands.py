"""`hypothread check` and `hypothread site`, as they are called."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from graphstore import open_store
from lineage.stored import StoredStudy
from pages.build import SitePages

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_sound_study_has_no_mistakes(run: Run, small_study: Path) -> None:
    """Exit 0 and one line."""
    done = run("check", small_study)
    assert (done.returncode, done.stdout, done.stderr) == (0, "reading-rooms: no mistakes.\n", "")


def test_a_mistake_is_told(run: Run, small_study: Path) -> None:
    """Exit 1 with the place, what is wrong and the remedy."""
    file = small_study / "resonance.csv"
    file.write_text(file.read_text().replace(",7,9,", ",9,7,"))
    done = run("check", small_study)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("resonance.csv, row 2, column count: 9 of 7 is more than all.")


def test_a_study_is_held_against_its_source(run: Run, small_study: Path, tmp_path: Path) -> None:
    """A source that does not hold the study's words: exit 1 with what was not found."""
    report = tmp_path / "report.txt"
    report.write_text("A report about something else.\n", "utf-8")
    done = run("check", small_study, "--against", report)
    assert done.returncode == 1
    assert "Readers stay where it is quiet." in done.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "cannot be read"), (b"\xff\xfeR", "is not UTF-8 text"), (b" \n", "holds no text")],
    ids=["missing", "another encoding", "empty"],
)
def test_a_source_that_cannot_be_read_is_a_wrong_call(
    run: Run, small_study: Path, tmp_path: Path, content: bytes | None, words: str
) -> None:
    """Exit 2 with the file and the remedy."""
    report = tmp_path / "report.txt"
    if content is not None:
        report.write_bytes(content)
    done = run("check", small_study, "--against", report)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(report) in done.stderr
    assert words in done.stderr


def test_a_site_is_written_and_written_again(run: Run, study_store_folder: Path, tmp_path: Path) -> None:
    """One page a hypothesis and area, home, changes and account; a second writing replaces the first."""
    out = tmp_path / "site"
    with open_store(str(study_store_folder)) as store:
        pages = len(SitePages.of(StoredStudy(store, "innovation-ecosystem")).paths())
    assert pages >= 3 + 9 + 5
    for _ in range(2):
        done = run("site", out, "--store", study_store_folder)
        assert (done.returncode, done.stderr) == (0, "")
        assert (
            done.stdout == f"{pages} pages of “Innovation Ecosystem Programme” in {out}. Open {out / 'index.html'}.\n"
        )
    assert len(list(out.rglob("*.html"))) == pages
    assert (out / "static" / "site.css").is_file()
    assert "Innovation Ecosystem Programme" in (out / "index.html").read_text("utf-8")


def test_a_site_replaces_nothing_of_somebodys(run: Run, study_store_folder: Path, tmp_path: Path) -> None:
    """A folder with other files is refused: exit 2 and one line, and the files stay."""
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    done = run("site", out, "--store", study_store_folder)
    assert done.returncode == 2
    assert done.stderr == f"{out} is not empty and holds no site written before: name another folder, or empty it\n"
    assert [each.name for each in out.iterdir()] == ["thesis.txt"]
