"""JSON Schema in words, as the API reference says it (JSON Schema 2020-12, which OpenAPI 3.1 uses)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Json = Mapping[str, Any]

_REFERENCE: Final = "#/components/schemas/"
_TYPES: Final[Mapping[str, str]] = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "null": "null",
}
_FORMATS: Final[Mapping[str, str]] = {
    "iri": "IRI",
    "uri": "IRI",
    "date": "date",
    "date-time": "date and time",
    "binary": "bytes",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a description; `model` is the name of the model that it stands for, "" for none."""

    text: str
    model: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value may be: the words for it, and the values where they can be listed."""

    words: tuple[Word, ...]
    choices: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words in a row."""
        return "".join(each.text for each in self.words)


def kind_of(schema: Json) -> Kind:
    """What a schema allows, in words."""
    return Kind(tuple(_merged(_words(schema))), tuple(str(each) for each in _choices(schema)))


def model_anchor(name: str) -> str:
    """Where the reference describes the model of that name."""
    return f"model-{name}"


def _words(schema: Json) -> Iterator[Word]:
    reference = str(schema.get("$ref", ""))
    several = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    kind = schema.get("type")
    if reference.startswith(_REFERENCE):
        name = reference.removeprefix(_REFERENCE)
        yield Word(name, name)
    elif several:
        for number, each in enumerate(several):
            if number:
                yield Word(" or ")
            yield from _words(each)
    elif isinstance(kind, list):
        yield Word(" or ".join(_TYPES.get(each, each) for each in kind))
    elif kind == "array":
        yield Word("list of ")
        yield from _words(schema.get("items", {}))
    else:
        yield Word(_plain(schema, kind))
        if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
            yield Word(" of ")
            yield from _words(schema["additionalProperties"])
    yield from _bounds(schema)


def _plain(schema: Json, kind: object) -> str:
    if kind == "string":
        return _FORMATS.get(str(schema.get("format", "")), "text")
    return _TYPES.get(str(kind), "anything")


def _bounds(schema: Json) -> Iterator[Word]:
    for least, most, unit in (
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " of them"),
    ):
        low, high = schema.get(least), schema.get(most)
        if low is not None and high is not None:
            yield Word(f", {low} to {high}{unit}")
        elif high is not None:
            yield Word(f", at most {high}{unit}")
        elif low is not None:
            yield Word(f", at least {low}{unit}")


def _choices(schema: Json) -> Iterator[object]:
    if "const" in schema:
        yield schema["const"]
    yield from schema.get("enum", ())
    for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _choices(each)
    if isinstance(schema.get("items"), Mapping):
        yield from _choices(schema["items"])


def _merged(words: Iterator[Word]) -> Iterator[Word]:
    """Words without a model that follow each other become one, so that a template needs no care for spaces."""
    held = ""
    for each in words:
        if each.model:
            if held:
                yield Word(held)
            held = ""
            yield each
        else:
            held += each.text
    if held:
        yield Word(held)
