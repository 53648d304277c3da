"""Triples as JSON-LD: one tree for each resource that is asked for, in the terms of the published context.

What a resource points at is nested in it with its name; another resource of the same answer is pointed at only. The
context goes with the answer, cut to the terms in use, so that reading it takes no request to anybody (JSON-LD 1.1,
section 3.1).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NoReturn

from pyoxigraph import Literal, NamedNode, Triple

from ontology.prefixes import PREFIXES
from ontology.resources import context_json

_TYPE: Final = f"{PREFIXES['rdf']}type"
_STRING: Final = f"{PREFIXES['xsd']}string"
_INTEGER: Final = "xsd:integer"

Tree = dict[str, Any]


def document(
    triples: Iterable[Triple], items: Sequence[str], *, as_list: bool, prefixes: Mapping[str, str] | None = None
) -> Tree:
    """The JSON-LD document of a graph.

    Args:
        triples: the graph; its subjects must lead back to `items`.
        items: the IRIs of the resources that are asked for, in their order.
        as_list: whether the resources stand in ``@graph`` even where there is just one.
        prefixes: further prefixes for the context, beside those of the published one.
    """
    # It brings an HTTP client along, which it is never given the chance to use; that is a quarter of a second.
    from pyld import jsonld

    graph = frozenset(triples)
    nodes = _nodes(graph)
    roots = dict.fromkeys(iri for iri in items if iri in nodes)
    trees = [_tree(iri, nodes, frozenset(roots)) for iri in roots]
    context = {**_cut(published_context(), _terms(graph)), **(prefixes or {})}
    options = {"graph": as_list, "skipExpansion": True, "documentLoader": _refuse}
    made: Tree = jsonld.compact(trees, {"@context": context}, options)
    whole = frozenset(name for name, value in context.items() if _is_whole(value))
    return {name: value if name == "@context" else _with_numbers(value, whole, name) for name, value in made.items()}


@lru_cache(maxsize=1)
def published_context() -> Mapping[str, Any]:
    """The context as it is published: its terms with their definitions."""
    return MappingProxyType(json.loads(context_json())["@context"])


def _nodes(triples: Iterable[Triple]) -> Mapping[str, Tree]:
    """The graph in expanded form (JSON-LD 1.1 API, section 5.1), by subject."""
    nodes: dict[str, Tree] = {}
    for each in sorted(triples, key=str):
        node = nodes.setdefault(_name(each.subject), {"@id": _name(each.subject)})
        if each.predicate.value == _TYPE:
            node.setdefault("@type", []).append(_name(each.object))
        else:
            node.setdefault(each.predicate.value, []).append(_value(each.object))
    return nodes


def _name(term: Any) -> str:
    return str(term.value) if isinstance(term, NamedNode) else str(term)


def _value(term: Any) -> Tree:
    if not isinstance(term, Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return {"@value": term.value} | ({} if term.datatype.value == _STRING else {"@type": term.datatype.value})


def _tree(iri: str, nodes: Mapping[str, Tree], cut: frozenset[str]) -> Tree:
    within = cut | {iri}
    return {
        name: values if name.startswith("@") else [_nested(each, nodes, within) for each in values]
        for name, values in nodes[iri].items()
    }


def _nested(value: Tree, nodes: Mapping[str, Tree], cut: frozenset[str]) -> Tree:
    iri = value.get("@id")
    return value if iri is None or iri in cut or iri not in nodes else _tree(iri, nodes, cut)


def _terms(triples: Iterable[Triple]) -> frozenset[str]:
    return frozenset(
        iri
        for each in triples
        for iri in (each.predicate.value, *([_name(each.object)] if each.predicate.value == _TYPE else []))
    )


def _cut(context: Mapping[str, Any], used: frozenset[str]) -> dict[str, Any]:
    prefixes = {name for name, value in context.items() if isinstance(value, str) and value.endswith(("#", "/"))}
    return {
        name: value
        for name, value in context.items()
        if name in prefixes or name.startswith("@") or _meaning(context, value) in used | {"@id", "@type"}
    }


def _meaning(context: Mapping[str, Any], value: Any) -> str:
    text = str(value["@id"] if isinstance(value, dict) else value)
    prefix, colon, rest = text.partition(":")
    return f"{context[prefix]}{rest}" if colon and prefix in context else text


def _is_whole(definition: Any) -> bool:
    return isinstance(definition, dict) and definition.get("@type") == _INTEGER


def _with_numbers(value: Any, whole: frozenset[str], name: str = "") -> Any:
    """The same document with whole numbers as numbers of JSON, which mean the same where the context types them."""
    if isinstance(value, dict):
        return {key: _with_numbers(each, whole, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_numbers(each, whole, name) for each in value]
    return int(value) if name in whole and isinstance(value, str) else value


def _refuse(address: str, _: Mapping[str, Any]) -> NoReturn:
    raise AssertionError(f"the context is given, nothing is fetched: {address}")
