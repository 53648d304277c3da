"""Each constraint on a property's values is broken once, as its shape says how, and found where it is broken.

What to break is read from the shapes, so a new constraint is tested as soon as it is written; a constraint that cannot
be broken this way must be broken by hand in ``test_shapes.py``, which the last test here sees to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import pytest
import shacl
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, Node, URIRef

from ontology import resources

NUMBERS = (XSD.integer, XSD.decimal)
NOWHERE = URIRef("https://w3id.org/hypothread/id/lending/nowhere/at-all")
WRONG_KIND = Literal("x", datatype=XSD.anyURI)

# What a value becomes so that it breaks the constraint, given the constraint's parameter.
WRONG_VALUES: dict[URIRef, tuple[str, Callable[[Node], Node]]] = {
    SH.datatype: ("DatatypeConstraintComponent", lambda _: WRONG_KIND),
    SH["class"]: ("ClassConstraintComponent", lambda _: NOWHERE),
    SH["in"]: ("InConstraintComponent", lambda _: NOWHERE),
    SH["or"]: ("OrConstraintComponent", lambda _: WRONG_KIND),
    SH.pattern: ("PatternConstraintComponent", lambda _: Literal("Not this!")),
    SH.minLength: ("MinLengthConstraintComponent", lambda _: Literal("")),
    SH.nodeKind: ("NodeKindConstraintComponent", lambda _: WRONG_KIND),
    SH.minInclusive: ("MinInclusiveConstraintComponent", lambda least: Literal(int(str(least)) - 1)),
    SH.maxInclusive: ("MaxInclusiveConstraintComponent", lambda most: Literal(int(str(most)) + 1)),
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a property shape with a plain path."""

    name: str
    targets: tuple[tuple[Node | None, Node | None, Node | None], ...]
    objects_of: Node
    path: Node
    kind: URIRef
    parameter: Node
    message: str


def constraints() -> Iterator[Constraint]:
    """Every constraint on the values of a plain property, in a stable order."""
    shapes = Graph().parse(data=resources.shapes_turtle(), format="turtle")
    for shape in sorted(shapes.subjects(RDF.type, SH.NodeShape), key=str):
        for part in shapes.objects(shape, SH.property):
            (path,) = shapes.objects(part, SH.path)
            if not isinstance(path, URIRef):
                continue
            for kind in (SH.minCount, SH.maxCount, SH.hasValue, *WRONG_VALUES):
                for parameter in shapes.objects(part, kind):
                    value = "a list" if isinstance(parameter, BNode) else parameter
                    name = f"{shapes.qname(str(shape))} {shapes.qname(path)} {shapes.qname(kind)} {value}"
                    yield Constraint(
                        name=name.removeprefix("shape:"),
                        targets=tuple(targets(shapes, shape)),
                        objects_of=shapes.value(shape, SH.targetObjectsOf) or NOWHERE,
                        path=path,
                        kind=kind,
                        parameter=parameter,
                        message=str(next(shapes.objects(part, SH.message))),
                    )


def targets(shapes: Graph, shape: Node) -> Iterator[tuple[Node | None, Node | None, Node | None]]:
    """The triple patterns whose subjects a shape is about."""
    yield from ((None, RDF.type, each) for each in shapes.objects(shape, SH.targetClass))
    yield from ((None, each, None) for each in shapes.objects(shape, SH.targetSubjectsOf))


ALL = sorted(constraints(), key=lambda each: each.name)


def focus_of(study: Graph, constraint: Constraint) -> Node:
    """The first item that the constraint is about, one that has the property wherever any has it.

    Where a shape is about whatever bears the property, an item that it is also about for another reason is taken: it
    stays in view when the property is taken away.
    """
    about: dict[Node, set[Node | None]] = {}
    for _, predicate, value in constraint.targets:
        for item in study.subjects(predicate, value):
            about.setdefault(item, set()).add(predicate)
    for item in study.objects(None, constraint.objects_of):
        about.setdefault(item, set()).add(constraint.objects_of)
    lasting = {item for item, reasons in about.items() if reasons - {constraint.path}}
    bearing = {item for item in lasting or about if (item, constraint.path, None) in study}
    return min(bearing or about, key=str)


def break_it(study: Graph, constraint: Constraint) -> tuple[Node, str]:
    """Breaks the constraint in the study; gives the item and the component that must be named."""
    focus = focus_of(study, constraint)
    if constraint.kind == SH.minCount:
        study.remove((focus, constraint.path, None))
        return focus, "MinCountConstraintComponent"
    if constraint.kind == SH.hasValue:
        study.remove((focus, constraint.path, constraint.parameter))
        return focus, "HasValueConstraintComponent"
    if constraint.kind == SH.maxCount:
        for _ in range(int(str(constraint.parameter)) + 1):
            study.add((focus, constraint.path, one_more(study, focus, constraint.path)))
        return focus, "MaxCountConstraintComponent"
    component, wrong = WRONG_VALUES[constraint.kind]
    study.remove((focus, constraint.path, None))
    study.add((focus, constraint.path, wrong(constraint.parameter)))
    return focus, component


def one_more(study: Graph, focus: Node, path: Node) -> Literal:
    """Another value; a number where there are numbers, for the engines differ on comparing numbers with words."""
    numbers = [
        each.value for each in study.objects(focus, path) if isinstance(each, Literal) and each.datatype in NUMBERS
    ]
    return Literal(max(numbers) + 1) if numbers else Literal(f"one more {len(study)}")


@pytest.fixture(scope="module")
def compiled_shapes() -> shacl.Shapes:
    """The shapes as the Rust engine compiles them, for what a report says of components."""
    return shacl.Shapes.from_text(resources.shapes_turtle())


@pytest.mark.parametrize("constraint", ALL, ids=[each.name for each in ALL])
def test_a_wrong_value_is_found(conforming_study: Graph, compiled_shapes: shacl.Shapes, constraint: Constraint) -> None:
    """The item at fault is named with the property, the constraint's kind and its message."""
    focus, component = break_it(conforming_study, constraint)
    report = compiled_shapes.validate_text(conforming_study.serialize(format="nt"), format="ntriples")
    expected = (f"<{focus}>", f"<{constraint.path}>", component, constraint.message)
    assert expected in {(each.focus_node, each.path, each.component, each.message) for each in report.results}


@pytest.mark.parametrize("kinds", [(SH.minCount,), (SH.hasValue,), (SH.maxCount,), *((each,) for each in WRONG_VALUES)])
def test_the_oracle_finds_the_same_wrong_values(
    conforming_study: Graph, shapes_graph: Graph, compiled_shapes: shacl.Shapes, kinds: tuple[URIRef, ...]
) -> None:
    """With all constraints of one kind broken at once, pySHACL reports the same items, properties and messages."""
    for constraint in ALL:
        if constraint.kind in kinds:
            break_it(conforming_study, constraint)
    _, report, _ = pyshacl.validate(conforming_study, shacl_graph=shapes_graph, inference="none")
    assert isinstance(report, Graph)
    oracle = {
        (str(report.value(each, SH.focusNode)), str(report.value(each, SH.resultMessage)))
        for each in report.subjects(RDF.type, SH.ValidationResult)
    }
    found = compiled_shapes.validate_text(conforming_study.serialize(format="nt"), format="ntriples").results
    assert {(each.focus_node.strip('<>"'), str(each.message)) for each in found} ^ oracle == set()
    assert oracle


def test_no_constraint_is_left_unbroken(shapes_graph: Graph) -> None:
    """Every message in the shapes is brought up by a wrong value here or by hand in ``test_shapes.py``."""
    by_hand = Path(__file__).with_name("test_shapes.py").read_text("utf-8")
    values = {each.message for each in ALL}
    for message in (str(each) for each in shapes_graph.objects(None, SH.message)):
        beginning = message.partition("{?value}")[0][:25]
        assert message in values or beginning in by_hand, message
