"""Versions that a study does not join are joined by wording, as a proposal only, whatever their numbers."""

from __future__ import annotations

import csv
from pathlib import Path

from graphstore import GraphStore, open_store
from ingest.importing import import_study
from lineage.answered import study_answers
from lineage.overview import study_overview
from lineage.stored import StoredStudy
from pages.build import SitePages

HEADER = ("hypothesis", "iteration", "number", "title", "statement")
# An invented third round: the numbers are used again by other hypotheses.
ROWS = (
    ("tea", 1, 1, "", "Tea keeps people talking until the kettle is empty."),
    ("noise", 1, 2, "", "Drills drive away anybody who came for a quiet hour."),
    ("lost", 1, 3, "", "Cake brings in neighbours who never come for repairs."),
    ("quiet", 2, 1, "Quiet", "Drills drive away everybody who came for a quiet hour."),
    ("pot", 2, 2, "Pot", "Tea keeps people talking until the pot is empty."),
    ("rooms", 2, 3, "Rooms", "Councils lend rooms to those who ask in good time."),
)


def written(folder: Path) -> Path:
    """A study whose second iteration says of no version where it came from."""
    folder.mkdir()
    sheets: dict[str, list[tuple[object, ...]]] = {
        "study": [("key", "title"), ("cafes", "Repair cafés")],
        "iterations": [("ordinal",), (1,), (2,)],
        "hypotheses": [("key", "label"), *((key, key.title()) for key, *_ in ROWS)],
        "versions": [HEADER, *ROWS],
    }
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as sheet:
            csv.writer(sheet).writerows(rows)
    return folder


def test_reused_numbers_merge_nothing(tmp_path: Path) -> None:
    """Each is joined with the one it words anew, never with the one whose number it bears; nothing is written."""
    with open_store("memory:") as store:
        import_study(written(tmp_path / "cafes"), store)
        found = study_answers(study_overview(store, "cafes")).inferred
        assert {each.later: each.earlier for each in found} == {"quiet/2": "noise/1", "pot/2": "tea/1"}
        pages = SitePages.of(StoredStudy(store, "cafes"))
        page = pages.render("hypotheses/pot.html")
        assert "may carry on" in page
        assert "Inferred" in page
        assert "Nobody has confirmed it" in page
        assert "Inferred" not in pages.render("hypotheses/rooms.html")
        assert not store.query("ASK { ?a <http://www.w3.org/ns/prov#wasRevisionOf> ?b }")
        assert not store.query("ASK { GRAPH ?g { ?a <http://www.w3.org/ns/prov#wasRevisionOf> ?b } }")


def test_what_a_study_states_is_not_inferred(study_store: GraphStore, reading_rooms_store: GraphStore) -> None:
    """Nothing is proposed for studies that say where every version came from and what became of it."""
    assert study_answers(study_overview(study_store, "innovation-ecosystem")).inferred == ()
    assert study_answers(study_overview(reading_rooms_store, "reading-rooms")).inferred == ()
