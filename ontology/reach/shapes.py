"""What each shape reads, worked out from the shapes graph.

Constraints are those of SHACL, sections 4 and 5. What the paths of property shapes lead to, nested shapes included, is
read; where a component looks at more (``sh:class``, ``sh:equals``, ``sh:closed``, …), that is read too. Everything else
that these shapes may say looks at the value nodes alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ontology.errors import UnboundedConstraint
from ontology.prefixes import PREFIXES
from ontology.reach.constraints import constraint_reads
from ontology.reach.paths import Alternative, Link, Path, Repeated, Variables, inverse, patterns_of
from ontology.reach.paths import Sequence as PathSequence
from ontology.reach.patterns import THIS, Pattern, Place, Read, ShapeReads, Term
from ontology.terms import RDF

_SH: Final = PREFIXES["sh"]
_TARGETS: Final = frozenset({"targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode"})
_OF_VALUES: Final = frozenset(
    {
        "datatype", "nodeKind", "minCount", "maxCount", "in", "hasValue", "pattern", "flags", "minLength", "maxLength",
        "minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "languageIn", "uniqueLang",
        "qualifiedMinCount", "qualifiedMaxCount",
    }
)  # fmt: skip
_SAID: Final = frozenset(
    {"path", "message", "severity", "name", "description", "order", "group", "deactivated", "ignoredProperties"}
)
_PAIRS: Final = frozenset({"equals", "disjoint", "lessThan", "lessThanOrEquals"})
_NESTED: Final = frozenset({"property", "node", "not", "qualifiedValueShape"})
_NESTED_LISTS: Final = frozenset({"and", "or", "xone"})
_TYPE: Final = NamedNode(RDF.type)
_CLASS: Final = NamedNode(PREFIXES["rdfs"] + "Class")


def shape_reads(turtle: str) -> tuple[ShapeReads, ...]:
    """What every shape with a target reads.

    Args:
        turtle: the shapes graph.

    Raises:
        UnboundedConstraint: when a shape says something whose reach is not known.
    """
    return tuple(_Shapes(turtle).reads())


class _Shapes:
    """A shapes graph, by subject and property."""

    def __init__(self, turtle: str) -> None:
        found: defaultdict[Term, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for each in parse(turtle.encode(), RdfFormat.TURTLE):
            found[each.subject][each.predicate.value].append(each.object)
        self._said: Mapping[Term, Mapping[str, Sequence[Term]]] = found
        self._variables = Variables()

    def reads(self) -> Iterator[ShapeReads]:
        """One entry a shape with a target."""
        for shape, said in self._said.items():
            if any(f"{_SH}{name}" in said for name in _TARGETS):
                if not isinstance(shape, NamedNode):
                    raise UnboundedConstraint("A shape with a target has no IRI, so that its results cannot be told.")
                reads = dict.fromkeys(self._reads_of(shape, THIS, (), ()))
                yield ShapeReads(
                    shape.value, tuple(self._targets(shape)), tuple(self._of(shape, "targetNode")), tuple(reads)
                )

    def _of(self, shape: Term, name: str) -> Sequence[Term]:
        return self._said[shape].get(f"{_SH}{name}", ()) if shape in self._said else ()

    def _targets(self, shape: NamedNode) -> Iterator[Pattern]:
        for each in self._of(shape, "targetClass"):
            yield Pattern(THIS, (_TYPE,), each)
        for each in self._of(shape, "targetSubjectsOf"):
            yield Pattern(THIS, (_named(each),), self._variables.fresh())
        for each in self._of(shape, "targetObjectsOf"):
            yield Pattern(self._variables.fresh(), (_named(each),), THIS)

    def _reads_of(self, shape: Term, focus: Place, before: Read, within: tuple[Term, ...]) -> Iterator[Read]:
        """What a shape reads of a focus that the patterns `before` lead to; `within` are the shapes around it."""
        if shape in within:
            raise UnboundedConstraint("A shape refers to itself.")
        inner = (*within, shape)
        if not self._of(shape, "path"):
            yield from self._constraints(shape, focus, focus, before, before, inner)
            return
        value = self._variables.fresh()
        for way in patterns_of(self._path(self._of(shape, "path")[0]), focus, value, self._variables):
            reached = (*before, *way)
            yield reached
            yield from self._constraints(shape, focus, value, before, reached, inner)

    def _constraints(
        self, shape: Term, focus: Place, value: Place, before: Read, reached: Read, within: tuple[Term, ...]
    ) -> Iterator[Read]:
        for predicate, told in self._said.get(shape, {}).items():
            name = predicate.removeprefix(_SH)
            if name == predicate:
                if predicate == RDF.type and any(each == _CLASS for each in told):
                    raise UnboundedConstraint("A shape is a class too, and so targets its own instances.")
            elif name in _PAIRS:
                for each in told:
                    yield (*before, Pattern(focus, (_named(each),), self._variables.fresh()))
            elif name == "class":
                for each in told:
                    yield (*reached, Pattern(value, (_TYPE,), each))
            elif name == "closed":
                yield (*reached, Pattern(value, (), self._variables.fresh()))
            elif name in _NESTED:
                for each in told:
                    yield from self._reads_of(each, value, reached, within)
            elif name in _NESTED_LISTS:
                for each in told:
                    for member in self._members(each):
                        yield from self._reads_of(member, value, reached, within)
            elif name == "sparql" and len(within) == 1 and value == THIS:
                for each in told:
                    yield from self._of_sparql(each)
            elif name not in _OF_VALUES and name not in _SAID and not (name in _TARGETS and len(within) == 1):
                raise UnboundedConstraint(f"What sh:{name} reads here is not known.")

    def _of_sparql(self, constraint: Term) -> tuple[Read, ...]:
        prefixes = {
            str(getattr(prefix, "value", "")): str(getattr(namespace, "value", ""))
            for declaring in self._of(constraint, "prefixes")
            for declared in self._of(declaring, "declare")
            for prefix in self._of(declared, "prefix")
            for namespace in self._of(declared, "namespace")
        }
        found: list[Read] = []
        for text in self._of(constraint, "select"):
            if not isinstance(text, Literal):
                raise UnboundedConstraint("A constraint in SPARQL is no text.")
            found += constraint_reads(text.value, prefixes)
        if not found:
            raise UnboundedConstraint("A constraint in SPARQL is no SELECT.")
        return tuple(found)

    def _path(self, node: Term) -> Path:
        if isinstance(node, NamedNode):
            return Link(node)
        said = self._said.get(node, {})
        if RDF.first in said:
            return PathSequence(tuple(map(self._path, self._members(node))))
        if found := self._of(node, "inversePath"):
            return inverse(self._path(found[0]))
        if found := self._of(node, "alternativePath"):
            return Alternative(tuple(map(self._path, self._members(found[0]))))
        if found := self._of(node, "oneOrMorePath"):
            return Repeated(self._path(found[0]))
        raise UnboundedConstraint("A path may be of no length, or is of a kind that is not known.")

    def _members(self, head: Term) -> Iterator[Term]:
        while isinstance(head, NamedNode | BlankNode) and head != NamedNode(RDF.nil):
            said = self._said.get(head, {})
            if RDF.first not in said or RDF.rest not in said:
                raise UnboundedConstraint("A list in the shapes is broken.")
            yield said[RDF.first][0]
            head = said[RDF.rest][0]


def _named(term: Term) -> NamedNode:
    if not isinstance(term, NamedNode):
        raise UnboundedConstraint("A property in the shapes is no IRI.")
    return term
