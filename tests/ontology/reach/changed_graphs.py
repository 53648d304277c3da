"""Graphs that are changed at random, and what checking all of them says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from ontology.reach.affected import neighbourhood
from ontology.reach.matching import matches
from ontology.reach.patterns import THIS, Binding, Term
from ontology.reach.shapes import shape_reads
from ontology.validation import ValidationReport, Validator, Violation

Results = frozenset[Violation]


class Graph:
    """A graph in memory, asked for statements as a store's is."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._store = Store()
        self._store.extend(Quad(each.subject, each.predicate, each.object, DefaultGraph()) for each in triples)

    def match(self, subject: Term | None, predicate: NamedNode | None, obj: Term | None) -> Iterator[Triple]:
        """The statements with these ends and this property."""
        if not isinstance(subject, Literal):
            yield from (each.triple for each in self._store.quads_for_pattern(subject, predicate, obj, None))


def text_of(triples: Iterable[Triple]) -> str:
    """Statements as N-Triples."""
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


def results(report: ValidationReport) -> Results:
    """All that a report says; of equal numbers it names any, so that here they are written alike."""
    return frozenset(replace(each, value=_alike(each.value)) for each in (*report.violations, *report.warnings))


def _alike(value: str) -> str:
    try:
        return str(Decimal(value).normalize())
    except InvalidOperation:
        return value


def check_alike(validator: Validator, shapes: str, before: set[Triple], after: set[Triple]) -> int:
    """Holds what is told of the part that a change concerns against what the whole says; gives how much was told."""
    assert validator.reach is not None
    to_come = Graph(after)
    concerned = validator.reach.concerned(before ^ after, Graph(before | after), to_come)
    if not all(isinstance(each.focus, NamedNode) for each in concerned):
        return 0  # of these a write asks everything: a report names a literal or a blank node in its own way
    pairs = {(str(each.focus)[1:-1], each.shape.shape) for each in concerned}
    told = results(validator.validate_part(text_of(neighbourhood(concerned, to_come)), pairs))
    was, will_be = (results(validator.validate(text_of(each), "ntriples")) for each in (before, after))
    assert told == {each for each in will_be if (each.focus, each.shape) in pairs}
    others_were, others = (
        {each for each in found if (each.focus, each.shape) not in pairs} for found in (was, will_be)
    )
    assert others <= others_were, "a result of an item that the change does not concern is new"
    targets = {each.shape: each.targets for each in shape_reads(shapes)}
    for each in others_were - others:
        here: Binding = {THIS: NamedNode(each.focus)}
        found = (match for target in targets[each.shape] for match in matches((target,), here, to_come))
        assert next(found, None) is None, "a result is gone only with what made the item a focus node"
    return len(told)


@st.composite
def changed(draw: st.DrawFn, graph: tuple[Triple, ...]) -> set[Triple]:
    """A graph after some of its statements went, and others came that are made of the same terms."""
    after = set(graph) - set(draw(st.lists(st.sampled_from(graph), max_size=3)))
    for _ in range(draw(st.integers(0, 4))):
        near, link, far = (draw(st.sampled_from(graph)) for _ in range(3))
        # Mostly a value of the same property, so that many changes are sound and most shapes have something to say.
        if draw(st.integers(0, 3)):
            far = draw(st.sampled_from([each for each in graph if each.predicate == link.predicate]))
        after.add(Triple(near.subject, link.predicate, far.object))
    return after
