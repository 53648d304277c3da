"""What a change can have broken, held against checking everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse
from pyshacl import validate as validate_with_pyshacl
from rdflib import Graph as RdflibGraph

from ontology.resources import code_lists_turtle, shapes_turtle
from ontology.validation import Validator
from tests.ontology.reach.changed_graphs import Graph, changed, check_alike, text_of

LENDING = tuple(
    sorted(
        {
            each.triple
            for each in (
                *parse((Path(__file__).parents[1] / "lending.trig").read_bytes(), RdfFormat.TRIG),
                *parse(code_lists_turtle(), RdfFormat.TURTLE),
            )
        },
        key=str,
    )
)
PRODUCT = Validator()
EVERYTHING = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
x:prefixes sh:declare [ sh:prefix "x" ; sh:namespace "http://x/"^^xsd:anyURI ] .
x:Core a sh:NodeShape ; sh:targetClass x:A ; sh:targetNode x:n1 ;
    sh:property [ sh:path ( x:p [ sh:inversePath x:q ] ) ; sh:maxCount 1 ; sh:class x:B ] ;
    sh:property [ sh:path [ sh:alternativePath ( x:p [ sh:oneOrMorePath x:r ] ) ] ; sh:node x:Inner ] ;
    sh:property [ sh:path x:q ; sh:qualifiedMaxCount 1 ; sh:qualifiedValueShape [ sh:class x:B ] ] ;
    sh:xone ( [ sh:property [ sh:path x:s ; sh:minCount 1 ] ] [ sh:property [ sh:path x:r ; sh:equals x:q ] ] ) .
x:Inner a sh:NodeShape ; sh:not [ sh:property [ sh:path x:s ; sh:minCount 2 ] ] ;
    sh:property [ sh:path x:q ; sh:disjoint x:p ; sh:or ( [ sh:class x:A ] [ sh:nodeKind sh:Literal ] ) ] .
x:Closed a sh:NodeShape ; sh:targetObjectsOf x:closes ; sh:closed true ; sh:ignoredProperties ( x:p x:q ) .
x:Sparql a sh:NodeShape ; sh:targetSubjectsOf x:q ;
    sh:sparql [ sh:prefixes x:prefixes ; sh:select \"\"\"SELECT $this ?value WHERE {
        $this x:q ?value . OPTIONAL { ?value x:p ?far . ?far x:r ?end } ?end x:s ?more
        FILTER NOT EXISTS { ?value x:s|^x:p ?other . FILTER EXISTS { ?other a x:A } } }\"\"\" ] ;
    sh:sparql [ sh:prefixes x:prefixes ; sh:select \"\"\"SELECT $this WHERE {
        { $this x:p/x:q ?v } UNION { ?v (x:p|x:r)+ $this } ?v a x:B ; x:s ?some }\"\"\" ] ;
    sh:sparql [ sh:prefixes x:prefixes ; sh:select \"\"\"SELECT $this ?value WHERE {
        ?one x:r $this ; x:s ?value } GROUP BY $this ?value HAVING (COUNT(DISTINCT ?one) > 1)\"\"\" ] .
"""
TERMS = [f"<http://x/n{number}>" for number in range(5)]
PLAIN = Validator(EVERYTHING)
ROUNDS = pytest.mark.parametrize("rounds", [40, pytest.param(1500, marks=pytest.mark.long)])


def small_graphs() -> st.SearchStrategy[set[Triple]]:
    """Graphs of five nodes, so small that patterns join by chance."""
    links = st.sampled_from(["p", "q", "r", "s", "closes"])
    statement = st.builds("{} <http://x/{}> {} .".format, st.sampled_from(TERMS), links, st.sampled_from(TERMS))
    typed = st.builds("{} a <http://x/{}> .".format, st.sampled_from(TERMS), st.sampled_from("AB"))
    lines = st.lists(st.one_of(statement, statement, typed), max_size=14)
    return lines.map(lambda found: {each.triple for each in parse("\n".join(found).encode(), RdfFormat.TURTLE)})


@ROUNDS
def test_a_change_of_a_study_is_judged_by_what_it_concerns(rounds: int) -> None:
    """Shapes of the product, random changes of a sound study, one upon another: the part says what the whole says."""
    told = 0

    @settings(max_examples=rounds, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def changes(data: st.DataObject) -> None:
        nonlocal told
        before = set(LENDING)
        for _ in range(2):
            after = data.draw(changed(tuple(sorted(before, key=str))))
            told += check_alike(PRODUCT, shapes_turtle(), before, after)
            before = after

    changes()
    assert told > rounds, "changes broke something"


@ROUNDS
def test_every_construct_is_followed(rounds: int) -> None:
    """Paths, nested shapes, pairs, closed shapes and SPARQL of every kind, on graphs that are all accident."""
    told = 0

    @settings(max_examples=rounds * 5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(small_graphs(), st.sets(st.integers(0, 13), max_size=3), small_graphs())
    def changes(before: set[Triple], gone: set[int], come: set[Triple]) -> None:
        nonlocal told
        held = sorted(before, key=str)
        kept = {each for number, each in enumerate(held) if number not in gone}
        told += check_alike(PLAIN, EVERYTHING, before, kept | set(sorted(come, key=str)[:2]))

    changes()
    assert told > rounds, "changes broke something"


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(changed(LENDING))
def test_another_validator_finds_what_the_part_says(after: set[Triple]) -> None:
    """pySHACL, given the whole of a study that was sound before, finds violations of the items that the part names."""
    assert PRODUCT.reach is not None
    to_come = Graph(after)
    concerned = PRODUCT.reach.concerned(set(LENDING) ^ after, Graph({*LENDING, *after}), to_come)
    found = PRODUCT.validate(text_of(after), "ntriples").violations
    assert {(each.focus, each.shape) for each in found} <= {
        (str(each.focus)[1:-1], each.shape.shape) for each in concerned
    }
    _, report, _ = validate_with_pyshacl(
        RdflibGraph().parse(data=text_of(after), format="nt"),
        shacl_graph=RdflibGraph().parse(data=shapes_turtle(), format="turtle"),
        advanced=False,
    )
    assert isinstance(report, RdflibGraph)
    query = """PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT DISTINCT ?focus WHERE { ?r sh:focusNode ?focus ; sh:resultSeverity sh:Violation }"""
    assert {str(row[0]) for row in report.query(query)} == {each.focus for each in found}  # type: ignore[index] # rows of a SELECT
