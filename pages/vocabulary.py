"""The vocabulary as it is read: classes, properties and code lists, each with what its Turtle says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from ontology.iris import VOCABULARY_GRAPH
from ontology.prefixes import HT_NAMESPACE, PREFIXES, expand
from ontology.resources import code_lists_turtle, vocabulary_turtle

Values: TypeAlias = Mapping[str, tuple[str, ...]]
TermKind = Literal["class", "property", "list", "concept"]

_KINDS: Final[Mapping[str, TermKind]] = MappingProxyType(
    {
        expand("owl:Class"): "class",
        expand("owl:ObjectProperty"): "property",
        expand("owl:DatatypeProperty"): "property",
        expand("skos:ConceptScheme"): "list",
        expand("skos:Concept"): "concept",
    }
)
_TYPE: Final = expand("rdf:type")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary; `values` are what is stated of it, by prefixed property, as IRIs or texts.

    `example` is a statement of the bundled study that uses it, in Turtle with IRIs relative to the vocabulary's
    `examples_base`; None where the study uses none.
    """

    iri: str
    kind: TermKind
    label: str
    definition: str
    values: Values
    example: str | None

    @property
    def local_name(self) -> str:
        """What follows the namespace."""
        return self.iri.removeprefix(HT_NAMESPACE)

    @property
    def name(self) -> str:
        """The prefixed name."""
        return f"ht:{self.local_name}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The whole vocabulary, its terms in the order of the files; `about` is what it says of itself."""

    about: Values
    terms: tuple[Term, ...]
    examples_base: str

    def of_kind(self, kind: TermKind) -> tuple[Term, ...]:
        """The terms of one kind."""
        return tuple(term for term in self.terms if term.kind == kind)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary in the package."""
    stated: dict[str, dict[str, list[str]]] = {}
    for text in (vocabulary_turtle(), code_lists_turtle()):
        for each in parse(text, format=RdfFormat.TURTLE):
            if isinstance(each.subject, NamedNode) and not isinstance(each.object, BlankNode):
                values = stated.setdefault(each.subject.value, {})
                values.setdefault(_prefixed(each.predicate.value), []).append(str(getattr(each.object, "value", "")))
    base, examples = _examples()
    return Vocabulary(
        about=_frozen(stated.get(VOCABULARY_GRAPH, {})),
        terms=tuple(
            _term(iri, values, examples.get(iri)) for iri, values in stated.items() if iri.startswith(HT_NAMESPACE)
        ),
        examples_base=base,
    )


def _term(iri: str, values: Mapping[str, Sequence[str]], example: str | None) -> Term:
    kinds = [_KINDS[each] for each in values["rdf:type"] if each in _KINDS]
    label = (*values.get("rdfs:label", ()), *values.get("skos:prefLabel", ()))[0]
    return Term(iri, kinds[0], label, values["skos:definition"][0], _frozen(values), example)


def _frozen(values: Mapping[str, Sequence[str]]) -> Values:
    return MappingProxyType({name: tuple(found) for name, found in values.items()})


def _prefixed(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _examples() -> tuple[str, Mapping[str, str]]:
    """The base that the examples' IRIs are relative to, and a statement for each term that has one."""
    triples = list(parse((files("pages") / "vocabulary-examples.ttl").read_bytes(), format=RdfFormat.TURTLE))
    study = next(str(each.object.value) for each in triples if each.predicate.value == f"{HT_NAMESPACE}inStudy")
    base = f"{study.rpartition('/')[0]}/"
    found: dict[str, str] = {}
    for each in triples:
        statement = " ".join((_turtle(each.subject, base), _turtle(each.predicate, base), _turtle(each.object, base)))
        is_type = each.predicate.value == _TYPE
        term = each.object.value if is_type and isinstance(each.object, NamedNode) else each.predicate.value
        found[term] = f"{statement.replace(' rdf:type ', ' a ', 1)} ."
    return base, found


def _turtle(term: object, base: str) -> str:
    if not isinstance(term, NamedNode):
        return str(term)
    return f"<{term.value.removeprefix(base)}>" if term.value.startswith(base) else _prefixed(term.value)
