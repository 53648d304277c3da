"""The validator: what it takes, what it decides and what it says."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from time import perf_counter

import pytest
from rdflib import Graph

from ontology import resources
from ontology.errors import OntologyError, ShapesError, UnreadableDataError
from ontology.validation import DataFormat, Validator, Violation

STUDY = "<https://w3id.org/hypothread/id/x>"
UNTITLED = f"""{STUDY} a <https://w3id.org/hypothread/ns#Study>, <http://www.w3.org/ns/prov#Entity>,
    <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/identifier> "x" ."""
PLANNED = """BASE <https://w3id.org/hypothread/id/>
PREFIX ht: <https://w3id.org/hypothread/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
INSERT DATA { <lending/event/book-fair> prov:used <lending/iteration/2> }"""


def test_the_graphs_of_quads_are_checked_as_one(lending_n_quads: str, validator: Validator) -> None:
    """An observation's version stands in another graph than its percentage: together they conform."""
    assert validator.validate(lending_n_quads).conforms
    derived_alone = "\n".join(each for each in lending_n_quads.splitlines() if each.endswith("/graph/derived> ."))
    assert not validator.validate(derived_alone).conforms


@pytest.mark.parametrize("written", ["nquads", "ntriples", "turtle", "trig"])
def test_every_format_gives_the_same_report(validator: Validator, written: DataFormat) -> None:
    """N-Quads, N-Triples, Turtle and TriG of one graph bring up the same."""
    graph = Graph().parse(data=UNTITLED, format="turtle")
    text = graph.serialize(format="turtle" if written in ("turtle", "trig") else "nt")
    (violation,) = validator.validate(text, written).violations
    assert violation == Violation(
        focus="https://w3id.org/hypothread/id/x",
        path="http://purl.org/dc/terms/title",
        value="",
        message="A study has exactly one title (dcterms:title), a plain string.",
        shape="https://w3id.org/hypothread/shapes#Study",
        severity="Violation",
    )


def test_an_offending_value_is_given_plainly(validator: Validator) -> None:
    """A literal's lexical form and an item's IRI come without RDF syntax."""
    turtle = UNTITLED.removesuffix(".") + '; <http://purl.org/dc/terms/title> "T", 7 .'
    found = validator.validate(turtle, "turtle").violations
    assert {each.value for each in found} == {"", "7"}


def test_a_warning_stops_nothing(conforming_study: Graph, validator: Validator) -> None:
    """A study with a warning conforms, and the warning is there to be shown."""
    conforming_study.update(PLANNED)
    report = validator.validate(conforming_study.serialize(format="nt"), "ntriples")
    assert report.conforms
    assert report.violations == ()
    (warning,) = report.warnings
    assert warning.severity == "Warning"
    assert warning.focus == "https://w3id.org/hypothread/id/lending/event/book-fair"
    assert "has not used an iteration yet" in warning.message


def test_reports_are_sorted_and_stay_as_they_are(validator: Validator) -> None:
    """The same data always gives the same report, by item; nobody changes it afterwards."""
    text = "\n".join(
        f"<https://w3id.org/hypothread/id/{key}> a <https://w3id.org/hypothread/ns#Study> ." for key in "ba"
    )
    report = validator.validate(text, "turtle")
    assert list(report.violations) == sorted(report.violations)
    assert report == validator.validate(text, "turtle")
    with pytest.raises(FrozenInstanceError):
        report.violations = ()  # type: ignore[misc]


def test_unreadable_data_is_refused_with_its_place(validator: Validator) -> None:
    """Text that is not RDF in the format named is our error, and says where it stops being so."""
    with pytest.raises(UnreadableDataError, match=r"cannot be read as ntriples: .*line 1"):
        validator.validate("this is no RDF", "ntriples")


@pytest.mark.parametrize("shapes", ["this is no Turtle", ""], ids=["broken", "none"])
def test_shapes_that_check_nothing_are_refused(shapes: str) -> None:
    """Broken shapes are an error, and so are none at all: everything would pass."""
    with pytest.raises(ShapesError, match="SHACL shapes"):
        Validator(shapes)


def test_every_error_is_an_ontology_error() -> None:
    """Whoever catches the package's base error catches them all."""
    assert issubclass(ShapesError, OntologyError)
    assert issubclass(UnreadableDataError, OntologyError)


def test_shape_files_can_be_read_alone_and_together(shapes_graph: Graph) -> None:
    """Each file is whole in itself, and joined they hold what they hold apart."""
    texts = [resources.shape_file_turtle(name) for name in resources.shape_file_names()]
    apart = [Graph().parse(data=text, format="turtle") for text in texts]
    assert len(apart) > 20
    assert sum(len(each) for each in apart) == len(shapes_graph)


def test_the_time_grows_with_the_data_and_not_with_its_square(conforming_study: Graph, validator: Validator) -> None:
    """Eight times the data takes less than 24 times as long: no constraint looks through everything for each item."""
    small, large = (copies(conforming_study, count) for count in (25, 200))
    assert fastest(validator, large) < 24 * fastest(validator, small)


def copies(study: Graph, count: int) -> str:
    """Many studies in one text, each the same but for its key."""
    one = study.serialize(format="nt")
    return "".join(one.replace("/id/lending", f"/id/lending-{each}") for each in range(count))


def fastest(validator: Validator, text: str) -> float:
    """The shortest of three validations, in seconds."""
    times = []
    for _ in range(3):
        started = perf_counter()
        assert validator.validate(text, "ntriples").conforms
        times.append(perf_counter() - started)
    return min(times)
