"""Whether a study would still conform: asked of what a difference reaches, or of all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from graphstore import Difference, GraphStore, open_store
from graphstore.conforming import Conformance, reports_to_come
from graphstore.conforming_note import NOTE
from ontology.iris import DEFAULT_BASE, StudyIris
from ontology.terms import HT, RDF, RDFS
from ontology.validation import DataFormat, ValidationReport, Validator

LENDING = Path(__file__).parents[1] / "ontology" / "lending.trig"
IRIS = StudyIris(DEFAULT_BASE, "lending")
ASSERTED = NamedNode(IRIS.graph())
VALIDATOR = Validator()


class Counting(Validator):
    """The product's validator, which counts how often it was given a whole study."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = 0

    def validate(self, text: str, format: DataFormat = "nquads") -> ValidationReport:  # noqa: A002 (RDF's own word)
        """Checks a graph, and counts it where it is large."""
        self.whole += len(text.splitlines()) > 150
        return super().validate(text, format)


def quad(subject: str, predicate: str, told: NamedNode | Literal) -> Quad:
    """A statement of the study's asserted graph."""
    return Quad(NamedNode(subject), NamedNode(predicate), told, ASSERTED)


def quote() -> str:
    """A quote of the study."""
    return next(
        each.subject.value
        for each in parse(LENDING.read_bytes(), RdfFormat.TRIG)
        if each.object == NamedNode(HT.Quote) and isinstance(each.subject, NamedNode)
    )


def written(conformance: Conformance, store: GraphStore, difference: Difference) -> ValidationReport:
    """Checks a difference, and writes it where it may be."""
    with store.writing():
        report = conformance.reports(difference)[IRIS.study_key]
        if report.conforms:
            store.apply(difference)
            conformance.written()
    return report


@pytest.fixture
def lending_store(tmp_path: Path) -> Iterator[GraphStore]:
    """A store on disk with a sound study that nobody has checked yet."""
    with open_store(str(tmp_path / "store")) as store:
        store.apply(Difference(added=set(parse(LENDING.read_bytes(), RdfFormat.TRIG))))
        yield store


def test_all_of_a_study_is_checked_once(lending_store: GraphStore) -> None:
    """The first write checks all of it, those after it what they reach; what they find is what the whole would say."""
    counting = Counting()
    conformance = Conformance(lending_store, DEFAULT_BASE, counting)
    place = Difference(added={quad(quote(), HT.locator, Literal("p. 7"))})
    assert written(conformance, lending_store, place).conforms
    assert counting.whole == 1
    wrong = Difference(added={quad(quote(), HT.theme, NamedNode(IRIS.theme("nowhere")))})
    found = written(conformance, lending_store, wrong)
    assert counting.whole == 1
    with lending_store.writing():
        whole = reports_to_come(lending_store, wrong, DEFAULT_BASE, counting)[IRIS.study_key]
    assert counting.whole == 1, "the note beside the store is known to whoever comes"
    assert found.violations == whole.violations
    assert [each.focus for each in found.violations] == [quote()]


def test_a_note_holds_for_one_state_and_one_set_of_shapes(lending_store: GraphStore, tmp_path: Path) -> None:
    """Once something else was written, or the shapes are others, or the note is damaged, all is checked again."""
    place = Difference(added={quad(quote(), HT.locator, Literal("p. 7"))})
    written(Conformance(lending_store, DEFAULT_BASE, VALIDATOR), lending_store, place)

    def checks(*, base: str = DEFAULT_BASE) -> int:
        counting = Counting()
        with lending_store.writing():
            Conformance(lending_store, base, counting).reports(
                Difference(added={quad(quote(), HT.locator, Literal("p. 8"))})
            )
        return counting.whole

    note = tmp_path / "store" / NOTE
    told = note.read_text("utf-8")
    assert checks() == 0
    state = json.loads(told)
    state["state"][3] = "of other shapes"
    for damaged in ("", "{}", "[]", json.dumps(state), json.dumps({**json.loads(told), "studies": 3})):
        note.write_text(damaged, "utf-8")
        assert checks() == 1
    note.write_text(told, "utf-8")
    assert checks() == 0
    lending_store.apply(Difference(added={quad(quote(), HT.locator, Literal("p. 9"))}))
    assert checks() == 1


def test_a_study_that_broke_the_shapes_before_is_refused_until_it_is_mended(lending_store: GraphStore) -> None:
    """A violation from before stops every write to the study but one that takes it out; other studies are free."""
    broken = quad(quote(), HT.theme, NamedNode(IRIS.theme("nowhere")))
    lending_store.apply(Difference(added={broken}))
    conformance = Conformance(lending_store, DEFAULT_BASE, VALIDATOR)
    place = quad(quote(), HT.locator, Literal("p. 7"))
    for _ in range(2):
        report = written(conformance, lending_store, Difference(added={place}))
        assert [each.value for each in report.violations] == [IRIS.theme("nowhere")]
    assert not lending_store.contains(place)
    assert written(conformance, lending_store, Difference(removed={broken}, added={place})).conforms
    assert lending_store.contains(place)


def test_what_cannot_be_bounded_is_checked_whole(lending_store: GraphStore) -> None:
    """A class within another, or an item that is a blank node, and the report is still that of the whole."""
    conformance = Conformance(lending_store, DEFAULT_BASE, VALIDATOR)
    written(conformance, lending_store, Difference(added={quad(quote(), HT.locator, Literal("p. 7"))}))
    nameless = Quad(BlankNode("b"), NamedNode(RDF.type), NamedNode(HT.Theme), ASSERTED)
    wider = quad("http://x/Remark", "http://www.w3.org/2000/01/rdf-schema#subClassOf", NamedNode(HT.Quote))
    remark = quad("http://x/remark", RDF.type, NamedNode("http://x/Remark"))
    for difference in (Difference(added={nameless}), Difference(added={wider, remark})):
        with lending_store.writing():
            found = conformance.reports(difference)[IRIS.study_key].violations
        assert found
        assert len({each.focus for each in found}) == 1
        assert RDFS.label not in {each.path for each in found}


def test_values_are_judged_as_the_store_keeps_them(lending_store: GraphStore) -> None:
    """An ordinal written 01 is the number 1, which another iteration bears."""
    conformance = Conformance(lending_store, DEFAULT_BASE, VALIDATOR)
    written(conformance, lending_store, Difference(added={quad(quote(), HT.locator, Literal("p. 7"))}))
    held = next(lending_store.quads(ASSERTED, subject=NamedNode(IRIS.iteration(2)), predicate=NamedNode(HT.ordinal)))
    padded = Literal("01", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    report = written(
        conformance,
        lending_store,
        Difference(removed={held}, added={quad(IRIS.iteration(2), HT.ordinal, padded)}),
    )
    assert "Two iterations of one study bear the ordinal 1: give each its own." in {
        each.message for each in report.violations
    }
