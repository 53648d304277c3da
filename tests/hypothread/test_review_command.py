"""``hypothread review``: links are listed and decided on, one by one or as a table, and what is decided is kept."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graphstore import open_for_reading
from lineage.answered import study_answers
from lineage.overview import study_overview
from tests.conftest import Run

STUDY = "innovation-ecosystem"
PATIENT = "motive-utility-1-to-2-relative-advantage-to-patient-benefit-q19"
FUNDING = "motive-incentives-1-to-2-added-and-funding-mechanisms-q12"
NETWORK = "link-q47-theme-network"
Review = Callable[..., str]


@pytest.fixture
def review(run: Run, study_store_folder: Path) -> Review:
    """Runs ``hypothread review`` on a store of the bundled study, and gives what it answers."""

    def call(*words: str | Path, code: int = 0) -> str:
        done = run("review", *words, "--store", study_store_folder)
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    return call


def rows(text: str) -> dict[str, dict[str, str]]:
    """The rows of a table by key."""
    return {row["key"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}


def links(review: Review, *words: str) -> dict[str, dict[str, str]]:
    """What the list tells programs, by key."""
    return {each["key"]: each for each in json.loads(review("--format", "json", *words))}


def edit(file: Path, key: str, **cells: str) -> None:
    """Changes cells of one row of a table."""
    text = file.read_text("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text)))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(found[0]))
        writer.writeheader()
        writer.writerows({**row, **cells} if row["key"] == key else row for row in found)


def test_every_link_is_listed(review: Review, bundled_folder: Path) -> None:
    """The 139 readings of the sheet and the eight suggestions, all open; filters take out the others."""
    found = links(review)
    sheet = rows((bundled_folder / "links.csv").read_text("utf-8"))
    assert {f"link-{key}" for key in sheet} == {key for key, each in found.items() if each["kind"] == "reading"}
    assert len(found) == 139 + 8
    assert {each["status"] for each in found.values()} == {"open"}
    assert {key: found[f"link-{key}"]["reason_now"] for key in sheet} == {
        key: row["rationale"] for key, row in sheet.items()
    }
    assert found[PATIENT]["score"] == "1.00"
    assert {*links(review, "--kind", "motive", "--hypothesis", "incentives")} == {
        FUNDING, FUNDING.replace("q12", "q10"), FUNDING.replace("q12", "financial-stability"),
    }  # fmt: skip
    assert links(review, "--status", "rejected") == {}
    assert "Known are: change-makers" in review("--hypothesis", "nobody", code=2)


def test_an_accepted_suggestion_explains_and_is_no_longer_suggested(review: Review, study_store_folder: Path) -> None:
    """It answers its quote and explains its amendment, in the name of whoever accepted it."""
    assert review("accept", PATIENT, "--as", "Analyst A") == f"{PATIENT}: accepted\n"
    with open_for_reading(str(study_store_folder)) as store:
        answers = study_answers(study_overview(store, STUDY))
    (explained,) = (each for each in answers.amendments if each.explained)
    assert [each.key for each in explained.stated] == ["q19"]
    assert "q19" not in [each.motive.key for each in explained.suggested]
    assert [each.quote.key for each in answers.feedback if each.answered] == ["q19"]
    told = links(review, "--status", "accepted")[PATIENT]
    assert (told["reviewer"], told["score"], told["leads_from"]) == ("Analyst A", "1.00", "quotes:q19")


def test_what_is_rejected_is_not_suggested_again(review: Review, study_store_folder: Path) -> None:
    """Neither the quote nor the one that repeats it; a reading that is rejected leads nowhere; both are remembered."""
    review("reject", FUNDING, "q47-theme-network", "--reason", "It does not say so.", "--as", "Analyst A")
    with open_for_reading(str(study_store_folder)) as store:
        overview = study_overview(store, STUDY)
    suggested = {one.motive.key for each in study_answers(overview).amendments for one in each.suggested}
    assert not {"q11", "q12"} & suggested
    assert "q10" in suggested
    (quote,) = (each for area in overview.areas for each in area.quotes if each.key == "q47")
    assert "network" not in [link.to.key for link in quote.themes]
    assert {*links(review, "--status", "rejected")} == {FUNDING, NETWORK}
    review("reopen", FUNDING, NETWORK)
    assert links(review, "--status", "rejected") == {}
    assert FUNDING in links(review, "--status", "open")


def test_a_decision_survives_an_import_of_the_same_folder(review: Review, run: Run, study_store_folder: Path) -> None:
    """The import writes nothing, though its sheet of links still has what was rejected."""
    review("reject", NETWORK, "--reason", "It is about trust.")
    review("accept", PATIENT)
    done = run("import", STUDY, "--store", study_store_folder)
    assert done.stdout == f"{STUDY}: nothing has changed.\n"


def test_a_reworded_link_keeps_its_former_reason(review: Review) -> None:
    """A reading may lead elsewhere, a suggestion gets another explanation and can be accepted with it."""
    review("reword", NETWORK, "--reason", "Trust comes first.", "--body", "themes:leadership", "--as", "Analyst A")
    found = links(review)[NETWORK]
    assert (found["status"], found["leads_to"], found["reason_now"]) == (
        "reworded", "themes:leadership", "Trust comes first.",
    )  # fmt: skip
    assert found["former_reason"] == "The relationship with the system comes first."
    review("reword", PATIENT, "--reason", "It misses the patient.")
    assert links(review)[PATIENT]["reason_now"] == "It misses the patient."
    review("accept", PATIENT)
    assert (links(review)[PATIENT]["status"], links(review)[PATIENT]["reason_now"]) == (
        "accepted", "It misses the patient.",
    )  # fmt: skip


def test_deciding_the_same_again_writes_nothing(review: Review) -> None:
    """Also in another's name: the first who decided stays named."""
    review("reject", NETWORK, "--reason", "No.", "--as", "Analyst A")
    assert review("reject", NETWORK, "--reason", "No.", "--as", "Analyst B") == "Nothing has changed.\n"
    assert links(review)[NETWORK]["reviewer"] == "Analyst A"


def test_a_table_goes_out_and_comes_back(review: Review, tmp_path: Path) -> None:
    """Read back unchanged it writes nothing; edited, it writes just what was decided; a sheet holds the decisions."""
    file, sheet = tmp_path / "links.csv", tmp_path / "reviews.csv"
    review("accept", PATIENT, "--as", "Analyst A")
    review("export", file)
    assert review("import", file) == "Nothing has changed.\n"
    edit(file, NETWORK, decision="rejected", reason="It is about trust.")
    edit(file, PATIENT, decision="open")
    assert review("import", file, "--as", "Analyst B").splitlines() == [
        f"{NETWORK}: rejected",
        f"{PATIENT}: open again",
    ]
    assert review("import", file, "--as", "Analyst B") == "Nothing has changed.\n"
    review("export", file)
    assert review("import", file) == "Nothing has changed.\n"
    assert review("export", sheet, "--sheet") == f"1 decision in {sheet}.\n"
    assert rows(sheet.read_text("utf-8"))[NETWORK]["rationale"] == "It is about trust."


def test_a_store_made_anew_from_the_folder_has_the_decisions(
    review: Review, run: Run, tmp_path: Path, bundled_folder: Path
) -> None:
    """The sheet that export writes is one of a study folder."""
    review("accept", PATIENT, "--as", "Analyst A")
    review("reject", NETWORK, "--reason", "No.", "--as", "Analyst A")
    folder = tmp_path / "folder"
    folder.mkdir()
    for each in bundled_folder.glob("*.csv"):
        (folder / each.name).write_bytes(each.read_bytes())
    review("export", folder / "reviews.csv", "--sheet")
    assert run("import", folder, "--store", tmp_path / "anew").returncode == 0
    told = json.loads(run("review", "--store", tmp_path / "anew", "--format", "json").stdout)
    decided = {each["key"]: each["status"] for each in told if each["status"] != "open"}
    assert decided == {PATIENT: "accepted", NETWORK: "rejected"}


def test_mistakes_in_a_table_are_told_at_once(review: Review, tmp_path: Path) -> None:
    """With file, row and column, and what would be right; the sound row beside them is not written."""
    file = tmp_path / "work.csv"
    file.write_text(
        "key,decision,reason,new_body\n"
        f"{PATIENT},accepted,,\n"
        f"{PATIENT},rejected,No.,\n"
        f"{NETWORK},rejected,,\n"
        "link-q47-theme-netwrk,accepted,,\n"
        "link-q48-theme-transformation-support,perhaps,,\n"
        "link-q01-theme-population-terms,reworded,,themes:nothing-such\n"
        f"{FUNDING},reworded,Else.,themes:network\n",
        "utf-8",
    )
    told = review("import", file, code=1)
    for line in (
        f"work.csv, row 3, column key: “{PATIENT}” is already in row 2.",
        "work.csv, row 4, column reason: A link is rejected for a reason.",
        f"work.csv, row 5, column key: There is no link “link-q47-theme-netwrk”. Did you mean “{NETWORK}”?",
        "work.csv, row 6, column decision: “perhaps” is not a word for this column.",
        "work.csv, row 7, column new_body: “themes:nothing-such” is not in the study.",
        "work.csv, row 8, column new_body: Only a reworded reading can lead elsewhere.",
        "Nothing was written.",
    ):
        assert line in told
    assert links(review)[PATIENT]["status"] == "open"


def test_wrong_calls_say_what_would_be_right(review: Review, tmp_path: Path) -> None:
    """An unknown link, a rewording of nothing, a file that is not there."""
    assert f"Did you mean “{NETWORK}”?" in review("accept", "link-q47-theme-netwrk", code=2)
    assert "Nothing is worded anew." in review("reword", NETWORK, code=2)
    assert "hypothread review export" in review("import", tmp_path / "none.csv", code=2)


def test_types_that_follow_outlive_a_decision(run: Run, review: Review, study_store_folder: Path) -> None:
    """After an iteration whose changes state no type, a motive can still be accepted, and they keep those they show."""
    event = ("--event", "learning-collaborative-1", "--hypotheses", "pathway")
    assert run("iterate", "--from", "2", *event, "--store", study_store_folder).returncode == 0
    done = run("import", f"{STUDY}-iteration-3", "--yes", "--store", study_store_folder)
    assert done.returncode == 0, done.stderr
    assert review("accept", PATIENT, "--as", "Analyst A").strip() == f"{PATIENT}: accepted"
    with open_for_reading(str(study_store_folder)) as store:
        found = {each.key: each for lineage in study_overview(store, STUDY).lineages for each in lineage.changes}
    assert found["pathway-2-to-3"].types == ("unchanged",)
