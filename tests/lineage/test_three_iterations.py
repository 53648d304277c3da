"""Merges, splits, withdrawals, introductions, moved parts and numbers used again, over three iterations."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from graphstore import GraphStore, open_store
from hypothread.lineage_text import lineage_text
from ingest.importing import import_study
from lineage.answered import study_answers
from lineage.hypothesis_graph import hypothesis_graph
from lineage.overview import study_overview
from lineage.records import Change, StudyOverview
from lineage.search import SearchIndex, SearchRequest
from lineage.stored import StoredStudy

# Who grew from whom and into whom: tea/2 + silence/2 → company/3; ladders/2 → high-shelves/3 + low-shelves/3; a part of
# maps/2 → lamps/3.
LINES = {
    "lamps": (("maps/1", "maps/2"), ()),
    "maps": ((), ("lamps/3",)),
    "tea": ((), ("company/3",)),
    "silence": ((), ("company/3",)),
    "company": (("silence/1", "silence/2", "tea/1", "tea/2"), ()),
    "ladders": ((), ("high-shelves/3", "low-shelves/3")),
    "high-shelves": (("ladders/1", "ladders/2"), ()),
    "low-shelves": (("ladders/1", "ladders/2"), ()),
    "cats": ((), ()),
    "owls": ((), ()),
}


@pytest.fixture
def night(night_library_store: GraphStore) -> StoredStudy:
    """The made-up study of three iterations in its store."""
    return StoredStudy(night_library_store, "night-library")


@pytest.fixture
def overview(night_library_store: GraphStore) -> StudyOverview:
    """The same at a glance."""
    return study_overview(night_library_store, "night-library")


def change_of(study: StoredStudy, hypothesis: str, key: str) -> Change:
    """A change by its key, as a hypothesis has it."""
    (found,) = (each for each in study.lineage(hypothesis).changes if each.key == key)
    return found


@pytest.mark.parametrize("key", LINES)
def test_lines_run_by_identity_not_by_number(night: StoredStudy, key: str) -> None:
    """Number 1 is lamps, then tea, then owls: whoever bears it next has nothing to do with who bore it before."""
    found = night.lineage(key)
    assert (found.ancestors, found.descendants) == LINES[key]
    assert {version.key.partition("/")[0] for version in found.versions} == {key}


def test_direct_origins_are_told_apart_from_earlier_ones(night: StoredStudy) -> None:
    """A merged version names its two parents, a split one its one parent, a part that moved where it came from."""
    direct = {version.key: version.derived_from for key in LINES for version in night.lineage(key).versions}
    assert {key: found for key, found in direct.items() if found} == {
        "company/3": ("silence/2", "tea/2"),
        "high-shelves/3": ("ladders/2",),
        "low-shelves/3": ("ladders/2",),
        "lamps/3": ("maps/2",),
    }


def test_a_change_bears_all_that_is_said_of_it(night: StoredStudy) -> None:
    """Several versions on either side, several kinds, a reason, who decided, motives: in each lineage of it."""
    for hypothesis in ("lamps", "maps"):
        moved = change_of(night, hypothesis, "maps-to-lamps")
        assert (set(moved.before), set(moved.after)) == ({"maps/2", "lamps/2"}, {"maps/3", "lamps/3"})
        assert moved.types == ("renumbered", "reworded")
        assert moved.rationale == "Which lamps are free is a matter of the lamps."
        assert {each.key for each in moved.decided_by} == {"night-shift", "friends"}
        assert [each.key for each in moved.motivated_by] == ["q8"]
        # Words are held against those of the same hypothesis only.
        (pair,) = moved.comparisons
        assert {each.iri.rsplit("/", 2)[1] for each in (pair.before, pair.after)} == {hypothesis}


def test_across_a_merge_no_words_are_compared(night: StoredStudy) -> None:
    """No phrase of one hypothesis gave way to a phrase of another; what is stated stands without contradiction."""
    for hypothesis in ("tea", "silence", "company"):
        merge = change_of(night, hypothesis, "merge-company")
        assert (merge.comparisons, merge.derived_types, merge.types_agree) == ((), (), True)
    assert change_of(night, "ladders", "split-ladders").types_agree


def test_kinds_that_are_not_stated_are_worked_out(night: StoredStudy) -> None:
    """The sheet leaves the kind of one change open: its versions show it."""
    assert change_of(night, "cats", "cats-1-to-2").types == ("renumbered", "titled", "unchanged")


def test_amendments_stay_within_a_hypothesis(overview: StudyOverview, night: StoredStudy) -> None:
    """One change of two hypotheses has the amendments of both, numbered on; stored and computed ones are the same."""
    answers = study_answers(overview)
    told = {each.key: (each.before, each.after, each.label) for each in answers.amendments}
    assert all(before.partition("/")[0] == after.partition("/")[0] for before, after, _ in told.values())
    assert {after for key, (_, after, _) in told.items() if key.startswith("maps-to-lamps/")} == {"lamps/3", "maps/3"}
    assert not any(key.startswith(("merge-", "split-")) for key in told)
    stored = night.store.query(
        "SELECT ?amendment ?label { ?amendment a <https://w3id.org/hypothread/ns#Amendment> ; "
        "<http://www.w3.org/2004/02/skos/core#prefLabel> ?label }"
    )
    base = "https://w3id.org/hypothread/id/night-library/change/"
    assert {row["amendment"].value: row["label"].value for row in stored} == {  # type: ignore[union-attr]
        f"{base}{key.replace('/', '/amendment/')}": label for key, (_, _, label) in told.items()
    }


def test_answers_count_changes_once(overview: StudyOverview) -> None:
    """A merge is one change of substance though three hypotheses show it; four quotes of ten moved something."""
    answers = study_answers(overview)
    keys = [each.change.key for each in answers.changes]
    assert sorted(keys) == [
        "introduce-owls", "maps-to-lamps", "merge-company", "silence-1-to-2", "split-ladders", "tea-1-to-2",
        "withdraw-cats",
    ]  # fmt: skip
    every = answers.coverage[0]
    assert (every.changes.count, every.changes.of) == (6, 7)
    moved = {each.quote.key: {one.key for one in each.moved} for each in answers.feedback if each.moved}
    assert moved == {
        "q1": {"tea-1-to-2"}, "q6": {"merge-company"}, "q8": {"maps-to-lamps"}, "q9": {"split-ladders"},
    }  # fmt: skip


def test_nothing_is_inferred_where_all_is_stated(overview: StudyOverview) -> None:
    """Every version says where it came from or what became of it."""
    assert study_answers(overview).inferred == ()


def test_without_the_changes_words_propose_and_numbers_do_not(tmp_path: Path, night_library_folder: Path) -> None:
    """Left without changes and origins, a version is joined with the one it words anew, never by its number."""
    folder = Path(shutil.copytree(night_library_folder, tmp_path / "bare"))
    (folder / "changes.csv").unlink()
    with (folder / "versions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = {(row["hypothesis"], row["iteration"]): f"{row['hypothesis']}-{row['iteration']}" for row in rows}
    for row in rows:
        row["hypothesis"] = keys[row["hypothesis"], row["iteration"]]
        row["revises"] = row["derived_from"] = ""
    with (folder / "versions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    labels = "".join(f"{key},{key}\n" for key in keys.values())
    (folder / "hypotheses.csv").write_text(f"key,label\n{labels}")
    kept = {"study", "sources", "iterations", "hypotheses", "versions", "events", "organisations", "organisation_types"}
    for sheet in folder.glob("*.csv"):
        if sheet.stem not in kept:
            sheet.unlink()
    with open_store("memory:") as store:
        import_study(folder, store)
        found = study_answers(study_overview(store, "night-library")).inferred
    joined = {each.later.partition("/")[0]: each.earlier.partition("/")[0] for each in found}
    assert {
        "lamps-3": "lamps-2",
        "maps-3": "maps-2",
        "tea-2": "tea-1",
        "silence-2": "silence-1",
    }.items() <= joined.items()
    number = {keys[row["hypothesis"].rpartition("-")[0], row["iteration"]]: row["number"] for row in rows}
    assert "owls-3" not in joined  # which bears number 1 after tea
    assert any(number[later] != number[earlier] for later, earlier in joined.items())


def test_what_was_held_then(night: StoredStudy) -> None:
    """At iteration 2 nobody knew of the merge: neither the new hypothesis nor the change is in the graph of Tea."""
    tea = night.lineage("tea")
    now = {node.key for node in hypothesis_graph(night.store, tea.hypothesis).nodes}
    then = {node.key for node in hypothesis_graph(night.store, tea.hypothesis, iteration=2).nodes}
    assert {"company/3", "merge-company"} <= now
    assert not {"company/3", "merge-company", "q6"} & then
    assert {"tea/1", "tea/2", "tea-1-to-2"} <= then


def test_the_text_tells_it_all(night: StoredStudy) -> None:
    """On a terminal, too: both ends of a merge, who decided, why, and no empty list of what versions show."""
    told = "\n".join(str(line) for line in lineage_text(night.lineage("company")))
    assert "From silence/2, tea/2 to company/3: merged, reworded" in told.replace(
        "tea/2, silence/2", "silence/2, tea/2"
    )
    assert "Reason: Talk and silence were wanted by the same people, at different hours." in told
    assert "It grew from silence/1, silence/2, tea/1, tea/2." in told
    assert "The versions themselves show: ." not in told


def test_words_of_every_iteration_are_found(night_library_store: GraphStore) -> None:
    """A search finds what was worded first in iteration 3, and what only a withdrawn hypothesis says."""
    with SearchIndex(night_library_store) as index:
        for words, key in (("alone together", "company/3"), ("owls", "owls/3"), ("cat longer", "cats/2")):
            hits = index.search(SearchRequest(words)).hits
            assert any(hit.iri.endswith(f"/hypothesis/{key}") for hit in hits), words
