"""Rows of motives find their amendment by words, also when it has another number than before."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import QuerySolutions

from graphstore import GraphStore
from ingest.importing import import_study

LATE = "https://w3id.org/hypothread/id/reading-rooms/motive/late-hours"
TARGET = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?target ?label WHERE { <MOTIVE> oa:hasTarget ?target . ?target skos:prefLabel ?label }
"""


def target(store: GraphStore) -> tuple[str, str]:
    """The amendment that the motive of the late hours is one of: the end of its IRI, and its line."""
    found = store.query(TARGET.replace("MOTIVE", LATE))
    assert isinstance(found, QuerySolutions)
    ((iri, label),) = ((row["target"].value, row["label"].value) for row in found)
    return iri.partition("/change/")[2], label


def edit(folder: Path, sheet: str, old: str, new: str) -> None:
    """Writes `new` in place of `old` in a sheet."""
    file = folder / f"{sheet}.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_motive_follows_its_words_when_the_number_moves(small_study: Path, empty_store: GraphStore) -> None:
    """A wording that is put right gives the change one amendment more before it; the motive stays with its words."""
    import_study(small_study, empty_store)
    assert target(empty_store) == ("hours-2-to-3/amendment/1", "“and close late” added")
    edit(
        small_study,
        "versions",
        "where the doors open early and close late.",
        "where all doors open early and close late.",
    )
    import_study(small_study, empty_store)
    assert target(empty_store) == ("hours-2-to-3/amendment/2", "“and close late” added")


def test_the_version_names_the_change_that_led_to_it(small_study: Path, empty_store: GraphStore) -> None:
    """An analyst need not know the key of the change."""
    edit(small_study, "motives", "changes:hours-2-to-3", "versions:hours/3")
    import_study(small_study, empty_store)
    assert target(empty_store) == ("hours-2-to-3/amendment/1", "“and close late” added")


def test_importing_motives_again_changes_nothing(small_study: Path, empty_store: GraphStore) -> None:
    """The same rows give the same statements."""
    import_study(small_study, empty_store)
    assert not import_study(small_study, empty_store).changed
