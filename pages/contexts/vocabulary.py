"""The reference page of the vocabulary: every class, property, code list and rule, each term at its own name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ontology.prefixes import HT_NAMESPACE, shorten
from pages.addresses import ABOUT, VOCABULARY_CONTEXT, VOCABULARY_JSON_LD, VOCABULARY_TURTLE, Address
from pages.contexts.frame import Anchor, Frame, frame
from pages.vocabulary import Term, vocabulary
from pages.vocabulary_rules import Rule, shape_rules

TITLE: Final = "Vocabulary"

_FACTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Kind of": ("rdfs:subClassOf", "rdfs:subPropertyOf"),
        "Close to": ("skos:closeMatch", "rdfs:seeAlso"),
        "Borne by": ("rdfs:domain", "schema:domainIncludes"),
        "Its value is": ("rdfs:range", "schema:rangeIncludes"),
        "From the code list": ("qb:codeList",),
        "Wider": ("skos:broader",),
        "Narrower": ("skos:narrower",),
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said of a term: how it is called, and the terms it names."""

    name: str
    terms: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A class or property; `anchor` is its local name, so that its IRI leads to it; `rules` bind data."""

    anchor: str
    name: str
    label: str
    definition: str
    facts: tuple[Fact, ...]
    rules: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class ConceptView:
    """A concept of a code list; `word` is what sheets and answers use for it."""

    anchor: str
    name: str
    word: str
    label: str
    definition: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """A code list and its concepts."""

    anchor: str
    name: str
    label: str
    definition: str
    concepts: tuple[ConceptView, ...]


@dataclass(frozen=True, slots=True)
class VocabularyPage:
    """Everything the page of the vocabulary shows; `base` is what the IRIs of the examples are relative to."""

    frame: Frame
    description: str
    vocabulary_namespace: str
    version: str
    licence: Anchor
    downloads: tuple[Anchor, ...]
    base: str
    classes: tuple[TermView, ...]
    properties: tuple[TermView, ...]
    lists: tuple[ListView, ...]
    other_rules: tuple[str, ...]


def vocabulary_page(study_title: str, path: str) -> VocabularyPage:
    """The page of the vocabulary at `path`, within the pages of a study."""
    here, found, rules = Address(path), vocabulary(), shape_rules()
    licence = found.about["dcterms:license"][0]
    concepts, properties = found.of_kind("concept"), found.of_kind("property")
    return VocabularyPage(
        frame(study_title, here, TITLE, section=ABOUT),
        found.about["dcterms:description"][0],
        HT_NAMESPACE,
        found.about["owl:versionInfo"][0],
        Anchor(licence.rpartition("/")[2], licence),
        (
            Anchor("Turtle", here.to(VOCABULARY_TURTLE)),
            Anchor("JSON-LD", here.to(VOCABULARY_JSON_LD)),
            Anchor("JSON-LD context", here.to(VOCABULARY_CONTEXT)),
        ),
        found.examples_base,
        tuple(_term(each, rules, properties) for each in found.of_kind("class")),
        tuple(_term(each, rules) for each in properties),
        tuple(_list(each, concepts) for each in found.of_kind("list")),
        tuple(_rule_text(each) for each in rules if not each.terms),
    )


def _term(term: Term, rules: Sequence[Rule], properties: Sequence[Term] = ()) -> TermView:
    told = tuple(_rule_text(each) for each in rules if term.iri in each.terms)
    borne = [_link(each.iri) for each in properties if term.iri in _bearers(each)]
    facts = (*_facts(term), *((Fact("Properties", tuple(borne)),) if borne else ()))
    return TermView(term.local_name, term.name, term.label, term.definition, facts, told, term.example or "")


def _bearers(term: Term) -> tuple[str, ...]:
    return tuple(iri for stated in _FACTS["Borne by"] for iri in term.values.get(stated, ()))


def _rule_text(rule: Rule) -> str:
    return f"{rule.text} (This is a warning; it stops nothing.)" if rule.warns else rule.text


def _list(scheme: Term, concepts: Iterable[Term]) -> ListView:
    return ListView(
        scheme.local_name,
        scheme.name,
        scheme.label,
        scheme.definition,
        tuple(
            ConceptView(
                each.local_name, each.name, each.values["skos:notation"][0], each.label, each.definition, _facts(each)
            )
            for each in concepts
            if scheme.iri in each.values["skos:inScheme"]
        ),
    )


def _facts(term: Term) -> tuple[Fact, ...]:
    found = ((name, [iri for each in stated for iri in term.values.get(each, ())]) for name, stated in _FACTS.items())
    return tuple(Fact(name, tuple(map(_link, iris))) for name, iris in found if iris)


def _link(iri: str) -> Anchor:
    local = iri.removeprefix(HT_NAMESPACE)
    return Anchor(shorten(iri), f"#{local}" if local != iri else iri)
