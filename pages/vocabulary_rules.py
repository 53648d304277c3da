"""The rules that the shapes set, in the words of their own messages, by the terms that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ontology.prefixes import HT_NAMESPACE, expand
from ontology.resources import shape_file_names, shape_file_turtle

Node: TypeAlias = str | BlankNode
Graph: TypeAlias = Mapping[Node, Mapping[str, tuple[object, ...]]]

_MESSAGE: Final = expand("sh:message")
_PATH: Final = expand("sh:path")
_TARGETS: Final = tuple(map(expand, ("sh:targetClass", "sh:targetSubjectsOf", "sh:targetObjectsOf")))
_WITHIN: Final = tuple(map(expand, ("sh:property", "sh:sparql", "sh:or", "sh:not", "rdf:first", "rdf:rest")))
_PLACEHOLDER: Final = re.compile(r"\{\?\w+\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a shape asks.

    Attributes:
        text: its message, with an ellipsis for what it names of the data at fault.
        warns: whether it only warns; other rules stop a write.
        terms: the IRIs of our classes and properties that it is about: what it targets, and what it looks at.
    """

    text: str
    warns: bool
    terms: frozenset[str]


@lru_cache(maxsize=1)
def shape_rules() -> tuple[Rule, ...]:
    """Every rule of the shapes in the package, in the order of their files; each text once."""
    found: dict[str, Rule] = {}
    for name in shape_file_names():
        for each in _rules_of(_graph(shape_file_turtle(name))):
            known = found.get(each.text)
            found[each.text] = Rule(each.text, each.warns, each.terms | known.terms) if known else each
    return tuple(found.values())


def _graph(text: str) -> Graph:
    nodes: dict[Node, dict[str, tuple[object, ...]]] = {}
    for each in parse(text.encode(), format=RdfFormat.TURTLE):
        values = nodes.setdefault(_node(each.subject), {})
        values[each.predicate.value] = (*values.get(each.predicate.value, ()), each.object)
    return nodes


def _rules_of(graph: Graph) -> Iterator[Rule]:
    for shape, values in graph.items():
        targets = frozenset(_own(each for target in _TARGETS for each in values.get(target, ())))
        if targets or any(target in values for target in _TARGETS):
            yield from _rules_at(graph, shape, targets)


def _rules_at(graph: Graph, node: Node, targets: frozenset[str]) -> Iterator[Rule]:
    values = graph.get(node, {})
    for message in values.get(_MESSAGE, ()):
        if isinstance(message, Literal):
            warns = any(_node(each) == expand("sh:Warning") for each in values.get(expand("sh:severity"), ()))
            looked_at = frozenset(_own(_looked_at(graph, node)))
            yield Rule(_PLACEHOLDER.sub("…", message.value), warns, targets | looked_at)
    for step in _WITHIN:
        for each in values.get(step, ()):
            yield from _rules_at(graph, _node(each), targets)


def _looked_at(graph: Graph, node: Node) -> Iterator[object]:
    """The properties in the paths at a node and below it."""
    values = graph.get(node, {})
    for path in values.get(_PATH, ()):
        yield from _leaves(graph, path)
    for step in _WITHIN:
        for each in values.get(step, ()):
            yield from _looked_at(graph, _node(each))


def _leaves(graph: Graph, term: object) -> Iterator[object]:
    if not isinstance(term, BlankNode):
        yield term
    for values in graph.get(_node(term), {}).values() if isinstance(term, BlankNode) else ():
        for each in values:
            yield from _leaves(graph, each)


def _own(terms: Iterable[object]) -> Iterator[str]:
    return (each.value for each in terms if isinstance(each, NamedNode) and each.value.startswith(HT_NAMESPACE))


def _node(term: object) -> Node:
    return term if isinstance(term, BlankNode) else str(getattr(term, "value", ""))
