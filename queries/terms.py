"""Terms as they are written in a query, and the terms they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from ontology.sparql_words import Word

Term: TypeAlias = NamedNode | Literal

XSD = "http://www.w3.org/2001/XMLSchema#"

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", "\\": "\\", '"': '"', "'": "'"}


def unquoted(text: str) -> str:
    """The characters a quoted string stands for (SPARQL 1.1, section 19.7).

    Raises:
        ValueError: The string has an escape that SPARQL does not know.
    """
    marks = 3 if text[:3] in ('"""', "'''") and len(text) >= 6 else 1
    return _ESCAPE.sub(_unescaped, text[marks:-marks])


def _unescaped(found: re.Match[str]) -> str:
    code = found.group(1) or found.group(2)
    if code:
        return chr(int(code, 16))
    if found.group(3) not in _ESCAPED:
        raise ValueError(f"{found.group()} is no escape that SPARQL knows; a backslash itself is written \\\\")
    return _ESCAPED[found.group(3)]


def declared_prefixes(found: Sequence[Word]) -> dict[str, str]:
    """The prefixes a query declares, each without its colon, with the IRI it stands for."""
    triples = zip(found, found[1:], found[2:], strict=False)
    return {
        label.text[:-1]: iri.text[1:-1]
        for word, label, iri in triples
        if word.is_keyword("PREFIX") and label.kind == "prefixed" and label.text.endswith(":") and iri.kind == "iri"
    }


def read_terms(found: Sequence[Word], prefixes: Mapping[str, str]) -> tuple[Term, ...]:
    """The terms that a run of tokens writes, as in the braces of ``VALUES ?name { … }``.

    Args:
        found: The tokens between the braces.
        prefixes: The prefixes that hold there.

    Raises:
        ValueError: Something other than an IRI, a prefixed name, a string, a number or a truth value stands there.
    """
    terms: list[Term] = []
    at = 0
    while at < len(found):
        term, at = _read_term(found, at, prefixes)
        terms.append(term)
    return tuple(terms)


def _read_term(found: Sequence[Word], at: int, prefixes: Mapping[str, str]) -> tuple[Term, int]:
    token = found[at]
    if token.kind in ("iri", "prefixed"):
        return _named_node(token, prefixes), at + 1
    if token.kind == "number":
        return _number(token.text), at + 1
    if token.kind == "word" and token.text in ("true", "false"):
        return Literal(token.text, datatype=NamedNode(f"{XSD}boolean")), at + 1
    if token.kind != "string":
        raise ValueError(f"{token.text} is no IRI, prefixed name, string, number or truth value")
    following = found[at + 1 : at + 3]
    words = unquoted(token.text)
    if following and following[0].kind == "language":
        return Literal(words, language=following[0].text[1:]), at + 2
    if len(following) == 2 and following[0].text == "^^" and following[1].kind in ("iri", "prefixed"):
        return Literal(words, datatype=_named_node(following[1], prefixes)), at + 3
    return Literal(words), at + 1


def _named_node(token: Word, prefixes: Mapping[str, str]) -> NamedNode:
    if token.kind == "iri":
        return NamedNode(token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    if prefix not in prefixes:
        raise ValueError(f"the prefix {prefix}: is not declared; declare it with PREFIX or write the whole IRI in <…>")
    return NamedNode(prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))


def _number(text: str) -> Literal:
    kind = "double" if "e" in text.lower() else "decimal" if "." in text else "integer"
    return Literal(text, datatype=NamedNode(XSD + kind))
