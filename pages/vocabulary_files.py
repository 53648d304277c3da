"""The vocabulary as files for programs: Turtle, JSON-LD, and the context of JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from pydantic_core import to_json
from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse

from ontology.json_ld import document
from ontology.prefixes import PREFIXES
from ontology.resources import code_lists_turtle, context_json, vocabulary_turtle
from pages.addresses import VOCABULARY_CONTEXT, VOCABULARY_JSON_LD, VOCABULARY_TURTLE

Found = TypeVar("Found")


def turtle() -> bytes:
    """The vocabulary and its code lists, as they are written."""
    return vocabulary_turtle() + b"\n" + code_lists_turtle()


@lru_cache(maxsize=1)
def json_ld() -> bytes:
    """The vocabulary and its code lists as JSON-LD."""
    triples = _steadily_named(parse(turtle(), format=RdfFormat.TURTLE))
    named_within = {each.object for each in triples}
    roots = dict.fromkeys(
        str(each.subject) if isinstance(each.subject, BlankNode) else str(getattr(each.subject, "value", ""))
        for each in triples
        if not (isinstance(each.subject, BlankNode) and each.subject in named_within)
    )
    further = {name: PREFIXES[name] for name in ("owl", "rdf", "rdfs")}
    return to_json(document(triples, tuple(roots), as_list=True, prefixes=further))


def _steadily_named(quads: Iterable[Quad]) -> list[Triple]:
    """The triples with their blank nodes named in the order in which they come, so that each run writes the same."""
    names: dict[BlankNode, BlankNode] = {}

    def named(term: Found) -> Found | BlankNode:
        if not isinstance(term, BlankNode):
            return term
        return names.setdefault(term, BlankNode(f"b{len(names):04}"))

    return [Triple(named(each.subject), each.predicate, named(each.object)) for each in quads]


def vocabulary_files() -> Mapping[str, str]:
    """The content of each file by its path from the root of a site; a server has them at the same addresses."""
    return MappingProxyType(
        {
            VOCABULARY_TURTLE: turtle().decode(),
            VOCABULARY_JSON_LD: json_ld().decode(),
            VOCABULARY_CONTEXT: context_json().decode(),
        }
    )
