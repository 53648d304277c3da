"""Reading what a person types for a parameter, on the command line or in an address."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from ontology.sparql_words import words
from queries.errors import ParameterTextError, UnknownParameterError
from queries.library import LibraryQuery, example_values
from queries.terms import XSD, Term, declared_prefixes, read_terms

_ABSOLUTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*://|urn:)\S+")
_SHORT_KEY = re.compile(r"[A-Za-z0-9._~\-]+(?:/[A-Za-z0-9._~\-]+)*")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_ITEM = re.compile(r"(?P<study>.*/id/[^/#]+)(?:/(?P<kind>[^/#]+)/(?P<key>[^#]+))?")


def parse_parameter(query: LibraryQuery, name: str, text: str, *, study: str | None = None) -> Term:
    """The term that `text` stands for as a value of the parameter `name`.

    ``<iri>`` and a whole IRI give an IRI; ``"…"@en`` and ``"…"^^<…>`` a literal; a name with one of the query's own
    prefixes an IRI. A short key is completed after the example in the query's slot: where that is
    ``…/theme/patient-voice``, ``plain-language`` means ``…/theme/plain-language``, and where it is
    ``…/hypothesis/utility/2``, ``pathway/1`` replaces both last segments. Where the example is a literal, plain words
    and numbers give a literal of its datatype.

    Args:
        query: The query.
        name: The parameter.
        text: What was typed.
        study: The IRI of the study that short keys belong to; the example's own study when it is left out.

    Raises:
        UnknownParameterError: The query has no such parameter.
        ParameterTextError: The text is none of these.
    """
    if name not in query.header.parameters:
        known = ", ".join(query.header.parameters) or "none"
        raise UnknownParameterError(f"{query.name} has no parameter {name}; its parameters: {known}")
    example = example_values(query)[name][0]
    typed = text.strip()
    try:
        if isinstance(example, Literal) and not _is_written_term(typed):
            return _plain(text, example)
        return _written(query, typed) or _completed(typed, example, study)
    except ValueError as problem:
        raise ParameterTextError(f"{query.name}: {text!r} cannot be the value of {name}: {problem}") from None


def _is_written_term(text: str) -> bool:
    return text[:1] in ("<", '"', "'")


def _plain(text: str, example: Literal) -> Literal:
    if example.datatype.value.startswith(XSD) and example.datatype.value != f"{XSD}string":
        kind = example.datatype.value.removeprefix(XSD)
        if kind in ("integer", "decimal", "double", "float") and not _NUMBER.fullmatch(text.strip()):
            raise ValueError(f"a number is wanted, such as {example.value}")
        if kind == "integer" and not re.fullmatch(r"[+-]?\d+", text.strip()):
            raise ValueError(f"a whole number is wanted, such as {example.value}")
        return Literal(text.strip(), datatype=example.datatype)
    return Literal(text, language=example.language) if example.language else Literal(text)


def _written(query: LibraryQuery, text: str) -> Term | None:
    found = tuple(words(text))
    declared = declared_prefixes(tuple(words(query.text)))
    if _is_written_term(text):
        terms = read_terms(found, declared)
        if len(terms) != 1 or found[0].start != 0 or found[-1].end != len(text):
            raise ValueError("it is not one term; check its quotation marks or angle brackets")
        return terms[0]
    if len(found) == 1 and found[0].kind == "prefixed" and text.partition(":")[0] in declared:
        return read_terms(found, declared)[0]
    return NamedNode(text) if _ABSOLUTE.fullmatch(text) else None


def _completed(text: str, example: Term, study: str | None) -> NamedNode:
    shape = f"write a whole IRI, or a short key as in {_short_key(example.value)}"
    if not _SHORT_KEY.fullmatch(text):
        raise ValueError(f"it is neither an IRI nor a key; {shape}")
    if "#" in example.value:
        return NamedNode(f"{example.value.partition('#')[0]}#{text}")
    item = _ITEM.fullmatch(example.value)
    if text.count("/") != _short_key(example.value).count("/"):
        raise ValueError(f"it has not as many parts as the key of such an item; {shape}")
    if item is None or item["key"] is None:
        base = (study or example.value).rpartition("/")[0]
        return NamedNode(f"{base}/{text}")
    return NamedNode(f"{study or item['study']}/{item['kind']}/{text}")


def _short_key(iri: str) -> str:
    if "#" in iri:
        return iri.partition("#")[2]
    item = _ITEM.fullmatch(iri)
    return item["key"] if item and item["key"] else iri.rpartition("/")[2]
