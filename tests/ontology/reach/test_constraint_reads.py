"""What is read of a constraint in SPARQL, and what is given up."""

from __future__ import annotations

import pytest

from ontology.errors import UnboundedConstraint
from ontology.reach.constraints import constraint_reads
from ontology.reach.patterns import Pattern, Read
from ontology.reach.shapes import shape_reads
from ontology.resources import shapes_turtle
from ontology.validation import Validator


def told(read: Read) -> str:
    """A read in short."""

    def property_of(pattern: Pattern) -> str:
        return "|".join(name.value[-1] for name in pattern.predicates) + "+" * pattern.walks

    return " . ".join(f"{each.subject} {property_of(each)} {each.object}" for each in read)


@pytest.mark.parametrize(
    ("group", "reads"),
    [
        ("{ $this x:p ?a ; x:q ?b , ?c }", ["?this p ?a . ?this q ?b . ?this q ?c"]),
        ("{ ?a ^x:p/x:q $this }", ["?between_0 p ?a . ?between_0 q ?this"]),
        ("{ $this (x:p|x:q)+ ?a }", ["?this p|q+ ?a"]),
        ("{ $this ^x:p+ ?a }", ["?a p+ ?this"]),
        ("{ { $this x:p ?a } UNION { $this x:q ?a } }", ["?this p ?a", "?this q ?a"]),
        (
            "{ $this x:p ?a FILTER NOT EXISTS { ?a x:q ?b FILTER (?b > 2 && EXISTS { ?b x:r ?c }) } }",
            ["?this p ?a", "?this p ?a . ?a q ?b", "?this p ?a . ?a q ?b . ?b r ?c"],
        ),
        (
            "{ $this x:p ?a OPTIONAL { ?a x:q ?b } ?b x:r ?c }",
            ["?this p ?a . ?a q ?b", "?this p ?a . ?a q ?b . ?b r ?c", "?this p ?a . ?b r ?c"],
        ),
    ],
)
def test_patterns_are_read_with_those_around_them(group: str, reads: list[str]) -> None:
    """A group inside another is matched with it, and not the other way round."""
    found = constraint_reads(f"SELECT $this WHERE {group}", {"x": "http://x/"})
    assert sorted(map(told, found)) == reads


@pytest.mark.parametrize(
    "text",
    [
        "SELECT $this WHERE { ?a x:p ?b }",
        "SELECT $this WHERE { $this x:p* ?b }",
        "SELECT $this WHERE { $this !x:p ?b }",
        "SELECT $this WHERE { $this x:p 1 }",
        "SELECT $this WHERE { $this x:p [ x:q ?a ] }",
        "SELECT $this WHERE { GRAPH ?g { $this x:p ?a } }",
        "SELECT $this WHERE { { SELECT $this { $this x:p ?a } } }",
        "SELECT $this WHERE { $this x:p ?a MINUS { ?a x:q ?b } }",
        "SELECT $this WHERE { $this x:p ?a VALUES ?a { x:b } }",
        "SELECT $this WHERE { { $this x:p ?a OPTIONAL { ?a x:q ?b } } }",
        "SELECT $this WHERE { { $this x:p ?a FILTER EXISTS { ?a x:q ?b } } }",
        "SELECT $this FROM x:g WHERE { $this x:p ?a }",
        "SELECT (EXISTS { $this x:p ?a } AS ?b) WHERE { $this x:p ?a }",
        "SELECT $this WHERE { $this x:p ?a } LIMIT 1",
        "SELECT $this WHERE { $this x:p ?a } GROUP BY $this HAVING (EXISTS { ?a x:q ?b })",
        "SELECT $this WHERE { $this y:p ?a }",
        "SELECT $this WHERE { $this x:p ?a",
        "ASK { $this x:p ?a }",
    ],
)
def test_what_is_not_surely_bounded_is_given_up(text: str) -> None:
    """Other constructs, groups that are not about $this and broken texts are no reads."""
    with pytest.raises(UnboundedConstraint):
        constraint_reads(text, {"x": "http://x/"})


def test_every_shape_of_the_product_is_bounded() -> None:
    """So that no write has to be held against a whole study because of a shape."""
    reads = shape_reads(shapes_turtle())
    assert len(reads) == shapes_turtle().count("a sh:NodeShape")
    assert all(each.targets and each.reads for each in reads)


@pytest.mark.parametrize(
    "said",
    [
        "sh:js [ ]",
        "sh:property [ sh:path [ sh:zeroOrMorePath x:p ] ; sh:minCount 1 ]",
        "sh:property [ sh:path x:p ; sh:node x:S ]",
        "sh:property [ sh:path x:p ; sh:sparql [ sh:select 'SELECT $this { $this x:p ?a }' ] ]",
        "sh:sparql [ sh:ask 'ASK { $this x:p ?a }' ]",
        "a <http://www.w3.org/2000/01/rdf-schema#Class>",
    ],
)
def test_a_shape_that_reaches_further_has_no_reach(said: str) -> None:
    """Where one shape cannot be bounded, the validator tells nobody that it can."""
    turtle = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x/> ."
    with pytest.raises(UnboundedConstraint):
        shape_reads(f"{turtle} x:S a sh:NodeShape ; sh:targetClass x:A ; {said} .")


def test_the_reach_of_a_validator_is_none_where_it_is_not_known() -> None:
    """The same, asked of a validator."""
    turtle = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x/> .
        x:S a sh:NodeShape ; sh:targetClass x:A ; sh:property [ sh:path [ sh:zeroOrMorePath x:p ] ; sh:maxCount 2 ] ."""
    assert Validator(turtle).reach is None
    assert Validator().reach is not None
