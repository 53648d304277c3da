"""What an import has checked whole need not be checked whole again by the write after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference, GraphStore, open_store
from graphstore.conforming import Conformance
from graphstore.conforming_note import NOTE, read_note
from graphstore.datasets import GraphName
from ingest.errors import StudyRefused
from ingest.importing import import_study
from ontology.iris import DEFAULT_BASE, StudyIris
from ontology.terms import HT
from ontology.validation import DataFormat, ValidationReport, Validator

IRIS = StudyIris(DEFAULT_BASE, "reading-rooms")
QUOTE = NamedNode(IRIS.quote("q1"))
VALIDATOR = Validator()


class Counting(Validator):
    """The product's validator, which counts how often it was given a whole study."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = 0

    def validate(self, text: str, format: DataFormat = "nquads") -> ValidationReport:  # noqa: A002 (RDF's own word)
        """Checks a graph, and counts it where it is large."""
        self.whole += len(text.splitlines()) > 250
        return super().validate(text, format)


@pytest.fixture
def disk_store(tmp_path: Path) -> Iterator[GraphStore]:
    """A store on disk that holds nothing."""
    with open_store(str(tmp_path / "store")) as store:
        yield store


def place(number: int) -> Quad:
    """A place of a quote, in the asserted graph."""
    return Quad(QUOTE, NamedNode(HT.locator), Literal(f"p. {number}"), NamedNode(IRIS.graph()))


def whole_checks(store: GraphStore) -> int:
    """How often a small write would have all of the study checked."""
    counting = Counting()
    with store.writing():
        assert (
            Conformance(store, DEFAULT_BASE, counting).reports(Difference(added={place(7)}))["reading-rooms"].conforms
        )
    return counting.whole


def test_the_write_after_an_import_checks_what_it_reaches(
    disk_store: GraphStore, small_study: Path, tmp_path: Path
) -> None:
    """After a first import, after one that changes something, and after one that finds all as it should be."""
    import_study(small_study, disk_store)
    assert whole_checks(disk_store) == 0
    versions = small_study / "versions.csv"
    versions.write_text(versions.read_text("utf-8").replace("where it is warm.", "where it is warm enough."), "utf-8")
    assert import_study(small_study, disk_store).changed
    assert whole_checks(disk_store) == 0
    disk_store.apply(Difference(added={place(9)}))
    assert whole_checks(disk_store) == 1, "somebody wrote who checked nothing"
    assert import_study(small_study, disk_store).changed
    assert whole_checks(disk_store) == 0
    number = disk_store.commit_number
    (tmp_path / "store" / NOTE).unlink()
    assert not import_study(small_study, disk_store).changed
    assert (disk_store.commit_number, whole_checks(disk_store)) == (number, 0)


def test_the_size_that_is_noted_is_that_of_the_study(disk_store: GraphStore, small_study: Path, tmp_path: Path) -> None:
    """It is as large as a check of the whole study finds it, the code lists included."""
    import_study(small_study, disk_store)
    noted = read_note(disk_store, DEFAULT_BASE, VALIDATOR.digest)
    (tmp_path / "store" / NOTE).unlink()
    conformance, added = Conformance(disk_store, DEFAULT_BASE, VALIDATOR), Difference(added={place(7)})
    with disk_store.writing():
        conformance.reports(added)
        disk_store.apply(added)
        conformance.written()
    assert {key: size - 1 for key, size in read_note(disk_store, DEFAULT_BASE, VALIDATOR.digest).items()} == noted


def test_nothing_is_noted_of_what_was_not_checked_and_written(disk_store: GraphStore, small_study: Path) -> None:
    """A rehearsal, a study that is refused, and a graph that no import checks: the next write checks all."""
    import_study(small_study, disk_store)
    disk_store.apply(Difference(added={place(9)}))
    import_study(small_study, disk_store, dry_run=True)
    assert whole_checks(disk_store) == 1
    sheet = small_study / "versions.csv"
    sound = sheet.read_text("utf-8")
    sheet.write_text(sound.replace("heating,3,1,", "heating,3,0,"), "utf-8")
    with pytest.raises(StudyRefused):
        import_study(small_study, disk_store)
    assert whole_checks(disk_store) == 1
    sheet.write_text(sound, "utf-8")
    proposed = Quad(QUOTE, NamedNode(HT.locator), Literal("Perhaps."), NamedNode(IRIS.suggested_graph()))
    disk_store.apply(Difference(added={proposed}))
    import_study(small_study, disk_store)
    assert whole_checks(disk_store) == 1


def test_a_study_that_was_found_wrong_before_is_known_once_an_import_mends_it(
    disk_store: GraphStore, small_study: Path
) -> None:
    """A theme that is nowhere, written by somebody who checked nothing, goes; a later one is found again."""
    import_study(small_study, disk_store)
    nowhere = Quad(QUOTE, NamedNode(HT.theme), NamedNode(IRIS.theme("nowhere")), NamedNode(IRIS.graph()))
    disk_store.apply(Difference(added={nowhere}))
    import_study(small_study, disk_store)
    counting = Counting()
    with disk_store.writing():
        found = Conformance(disk_store, DEFAULT_BASE, counting).reports(Difference(added={nowhere}))["reading-rooms"]
    assert ([each.focus for each in found.violations], counting.whole) == ([QUOTE.value], 0)


def test_what_the_engine_keeps_in_another_form_is_not_taken_for_checked(disk_store: GraphStore) -> None:
    """An ordinal that was checked as 01 and is kept as 1 may be one that another iteration bears."""
    conformance = Conformance(disk_store, DEFAULT_BASE, VALIDATOR)
    graphs: dict[GraphName, bytes] = {
        NamedNode(each): b"" for each in (IRIS.graph(), IRIS.derived_graph(), IRIS.editorial_graph())
    }
    graphs[NamedNode(IRIS.restricted_graph())] = b""
    for number, known in (("1", 1), ("01", 0)):
        graphs[NamedNode(IRIS.graph())] = (
            f'<{IRIS.iteration(1)}> <{HT.ordinal}> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'.encode()
        )
        with disk_store.writing():
            conformance.checked_whole(IRIS, graphs)
            disk_store.apply(Difference(added={place(int(known))}))
            conformance.written()
        assert len(read_note(disk_store, DEFAULT_BASE, VALIDATOR.digest)) == known
