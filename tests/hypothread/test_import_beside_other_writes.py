"""An import does not silently undo what was written to the store by other ways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference, open_store
from graphstore.attribution import Attribution, Channel
from graphstore.disk import DiskStore
from graphstore.history import History
from ingest.editing.editing import edit_rows, stored_rows
from ontology.edits import Deed, Edit
from ontology.iris import DEFAULT_BASE, StudyIris
from tests.conftest import Run

STUDY = "innovation-ecosystem"
IRIS = StudyIris(DEFAULT_BASE, STUDY)
LINK = {
    "key": "own-reading", "target": "quotes:q01", "body": "themes:theory", "attributed_to": "Analyst A",
    "rationale": "It questions the model.",
}  # fmt: skip
Write = Callable[..., None]


@pytest.fixture
def write(study_store_folder: Path) -> Write:
    """Writes rows to the store of the bundled study, as a REST write does."""

    def written(*edits: Edit, how: Channel = Channel.rest) -> None:
        with open_store(str(study_store_folder)) as store:
            for edit in edits:
                difference = edit_rows(stored_rows(store, IRIS), IRIS, edit).difference
                store.apply(difference, by=Attribution("Analyst A", how))

    return written


def holds(folder: Path, key: str = "own-reading") -> bool:
    """Whether the store has an editorial reading of a key."""
    with open_store(str(folder)) as store:
        found = store.quads(NamedNode(IRIS.editorial_graph()), subject=NamedNode(IRIS.link(key)))
        return next(found, None) is not None


@pytest.mark.parametrize("how", [Channel.rest, Channel.sparql_update, Channel.graph_store, Channel.program])
def test_what_was_added_is_not_removed(run: Run, study_store_folder: Path, write: Write, how: Channel) -> None:
    """By whatever door it came: exit 1, the item with who wrote it and when, the remedy, and nothing written."""
    write(Edit(Deed.create, "links", "", LINK), how=how)
    for more in ((), ("--dry-run",)):
        done = run("import", STUDY, "--store", study_store_folder, *more)
        assert done.returncode == 1
        assert f"links own-reading: 8 statements would go (by Analyst A, {how.value}, changeset 2)." in done.stderr
        assert "hypothread export NEW-FOLDER --format sheets" in done.stderr
        assert "--overwrite" in done.stderr
        assert holds(study_store_folder)


def test_what_was_removed_or_changed_does_not_come_back(run: Run, study_store_folder: Path, write: Write) -> None:
    """A row that was removed and a cell that was changed by REST stay so."""
    write(
        Edit(Deed.remove, "links", "q02-theme-theory", {}),
        Edit(Deed.amend, "changes", "utility-1-to-2", {"rationale": "They missed the patient."}),
    )
    done = run("import", STUDY, "--store", study_store_folder)
    assert done.returncode == 1
    assert "links q02-theme-theory: 10 statements would come back, removed (by Analyst A, rest" in done.stderr
    assert "changes utility-1-to-2: 1 statement would go (by Analyst A, rest, changeset 3)." in done.stderr


def test_overwriting_undoes_it(run: Run, study_store_folder: Path, write: Write) -> None:
    """With --overwrite the folder has the last word, and the import after it needs no such word."""
    write(Edit(Deed.create, "links", "", LINK))
    dry = run("import", STUDY, "--store", study_store_folder, "--overwrite", "--dry-run")
    assert dry.returncode == 0
    assert holds(study_store_folder)
    assert run("import", STUDY, "--store", study_store_folder, "--overwrite").returncode == 0
    assert not holds(study_store_folder)
    assert "nothing has changed" in run("import", STUDY, "--store", study_store_folder).stdout


def test_the_store_s_rows_are_a_folder_that_keeps_it(
    run: Run, study_store_folder: Path, write: Write, tmp_path: Path
) -> None:
    """What the remedy says works: exported sheets have it, importing them changes nothing and then undoes nothing."""
    write(Edit(Deed.create, "links", "", LINK))
    sheets = tmp_path / "sheets"
    done = run("export", sheets, "--format", "sheets", "--store", study_store_folder)
    assert done.returncode == 0, done.stderr
    assert "own-reading" in (sheets / "links.csv").read_text("utf-8")
    again = run("import", sheets, "--store", study_store_folder)
    assert (again.returncode, again.stdout) == (0, f"{STUDY}: nothing has changed.\n")
    refused = run("export", sheets, "--format", "sheets", "--store", study_store_folder)
    assert refused.returncode == 2
    assert "nothing is written over" in refused.stderr


def test_what_was_taken_back_stands_in_nobody_s_way(run: Run, study_store_folder: Path, write: Write) -> None:
    """A write that was reverted is not missed, and a reverted import can be imported again."""
    write(Edit(Deed.create, "links", "", LINK))
    with open_store(str(study_store_folder)) as store:
        assert isinstance(store, DiskStore)
        History(store).revert(2)
    assert run("import", STUDY, "--store", study_store_folder).returncode == 0
    with open_store(str(study_store_folder)) as store:
        assert isinstance(store, DiskStore)
        History(store).revert(1)
    again = run("import", STUDY, "--store", study_store_folder, "--yes")
    assert again.returncode == 0, again.stderr
    assert "1 study added" in again.stdout


def test_what_the_folder_does_not_speak_of_is_no_matter(run: Run, study_store_folder: Path) -> None:
    """What was written to graphs of others is no obstacle."""
    elsewhere = NamedNode("https://example.org/graph")
    with open_store(str(study_store_folder)) as store:
        quad = Quad(elsewhere, elsewhere, Literal("x"), elsewhere)
        store.apply(Difference(added={quad}), by=Attribution("A", Channel.sparql_update))
    assert run("import", STUDY, "--store", study_store_folder).returncode == 0


def test_words_that_were_taken_out_do_not_come_back(
    run: Run, study_store_folder: Path, write: Write, tmp_path: Path
) -> None:
    """However many imports ago: a folder that still has them is refused, one without is not, --overwrite lets them."""

    def words() -> list[str]:
        with open_store(str(study_store_folder)) as store:
            return sorted(map(str, store.quads(NamedNode(IRIS.graph()), subject=NamedNode(IRIS.quote("q19")))))

    before = words()
    redacted = run("redact", "quote/q19", "--reason", "Asked for", "--as", "Analyst A", "--store", study_store_folder)
    assert redacted.returncode == 0, redacted.stderr
    sheets = tmp_path / "sheets"
    assert run("export", sheets, "--format", "sheets", "--store", study_store_folder).returncode == 0
    write(Edit(Deed.create, "links", "", LINK))
    assert run("import", sheets, "--store", study_store_folder, "--overwrite").returncode == 0
    for more in ((), ("--dry-run",)):
        done = run("import", STUDY, "--store", study_store_folder, "--yes", *more)
        assert done.returncode == 1
        told = "quotes q19: words would stand again where some were taken out (by Analyst A, changeset 2)."
        assert [line for line in done.stderr.splitlines() if "words would" in line] == [f"  {told}"]
        assert not any("benefit to clinicians" in each for each in words())
    assert run("import", STUDY, "--store", study_store_folder, "--yes", "--overwrite").returncode == 0
    assert words() == before
