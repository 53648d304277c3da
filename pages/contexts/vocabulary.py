"""The reference page of the vocabulary: every class, property and code list, each at its own name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ontology.prefixes import HT_NAMESPACE, shorten
from pages.addresses import ABOUT, Address
from pages.contexts.frame import Anchor, Frame, frame
from pages.vocabulary import Term, vocabulary

TITLE: Final = "Vocabulary"
PATH: Final = "ns"
TURTLE: Final = "ns.ttl"
JSON_LD: Final = "ns.jsonld"
CONTEXT: Final = "ns/context.jsonld"

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
    """A class or property; `anchor` is its local name, so that its IRI leads to it."""

    anchor: str
    name: str
    label: str
    definition: str
    facts: tuple[Fact, ...]
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


def vocabulary_page(study_title: str) -> VocabularyPage:
    """The page of the vocabulary, within the pages of a study."""
    here, found = Address(PATH), vocabulary()
    licence = found.about["dcterms:license"][0]
    concepts = found.of_kind("concept")
    return VocabularyPage(
        frame(study_title, here, TITLE, section=ABOUT),
        found.about["dcterms:description"][0],
        HT_NAMESPACE,
        found.about["owl:versionInfo"][0],
        Anchor(licence.rpartition("/")[2], licence),
        (
            Anchor("Turtle", here.to(TURTLE)),
            Anchor("JSON-LD", here.to(JSON_LD)),
            Anchor("JSON-LD context", here.to(CONTEXT)),
        ),
        found.examples_base,
        tuple(map(_term, found.of_kind("class"))),
        tuple(map(_term, found.of_kind("property"))),
        tuple(_list(each, concepts) for each in found.of_kind("list")),
    )


def _term(term: Term) -> TermView:
    return TermView(term.local_name, term.name, term.label, term.definition, _facts(term), term.example or "")


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
