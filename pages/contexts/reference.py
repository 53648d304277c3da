"""The API reference: every address of the server, told from its OpenAPI document (OpenAPI Specification 3.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from pages.addresses import DOCUMENT, REFERENCE, TRY_OUT, Address
from pages.contexts.frame import Frame, frame
from pages.contexts.schemas import Json, Kind, kind_of, model_anchor

_METHODS: Final = ("get", "head", "post", "put", "patch", "delete")
_PLACES: Final = {"path": "in the path", "query": "parameter", "header": "header field", "cookie": "cookie"}
_MOST_LINES: Final = 60
_OTHER: Final = "Other addresses"


@dataclass(frozen=True, slots=True)
class Example:
    """An example; `cut` where only its beginning is shown."""

    label: str
    text: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a request is asked with."""

    name: str
    place: str
    required: bool
    kind: Kind
    description: Markup
    default: str
    example: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One way in which a request ends, or the body that it takes (`status` is then empty)."""

    status: str
    description: Markup
    media_types: tuple[str, ...]
    kind: Kind | None
    headers: tuple[tuple[str, Markup], ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address. `token` says in words whether one is needed, "" where none is."""

    anchor: str
    method: str
    path: str
    summary: str
    description: Markup
    token: str
    parameters: tuple[Parameter, ...]
    body: Answer | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Addresses that belong together."""

    anchor: str
    heading: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A member of a model."""

    name: str
    required: bool
    kind: Kind
    description: Markup


@dataclass(frozen=True, slots=True)
class Model:
    """What an answer is made of."""

    anchor: str
    name: str
    description: Markup
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """The API reference."""

    frame: Frame
    version: str
    document: str
    try_out: str
    sections: tuple[Section, ...]
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class TryOutPage:
    """The page that requests are tried out on; `document` is the address of the OpenAPI document."""

    frame: Frame
    reference: str
    document: str


def reference_page(document: Json, study_title: str) -> ReferencePage:
    """The reference of what an OpenAPI document describes; `study_title` is the site's."""
    here = Address(REFERENCE)
    found = tuple(_operations(document))
    sections = dict.fromkeys(tag for tag, _ in found)
    return ReferencePage(
        frame(study_title, here, "API reference"),
        str(document["info"]["version"]),
        here.to(DOCUMENT),
        here.to(TRY_OUT),
        tuple(
            Section(f"section-{_slug(heading)}", heading, tuple(each for tag, each in found if tag == heading))
            for heading in sections
        ),
        tuple(_model(name, schema) for name, schema in _schemas(document).items()),
    )


def try_out_page(study_title: str) -> TryOutPage:
    """The page that requests are tried out on."""
    here = Address(TRY_OUT)
    return TryOutPage(frame(study_title, here, "Try the API"), here.to(REFERENCE), here.to(DOCUMENT))


def _operations(document: Json) -> Iterator[tuple[str, Operation]]:
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                told = item[method]
                shared = (*item.get("parameters", ()), *told.get("parameters", ()))
                tag = next(iter(told.get("tags", ())), _OTHER)
                yield tag, _operation(path, method, told, tuple(_resolved(document, each) for each in shared))


def _operation(path: str, method: str, told: Json, parameters: tuple[Json, ...]) -> Operation:
    name = told.get("operationId") or f"{method}-{path}"
    body = told.get("requestBody")
    return Operation(
        _slug(name),
        method.upper(),
        path,
        str(told.get("summary") or f"{method.upper()} {path}"),
        _told(told.get("description", "")),
        _token(told.get("security", ())),
        tuple(_parameter(each) for each in parameters),
        None if body is None else _answer("", body),
        tuple(_answer(str(status), each) for status, each in told.get("responses", {}).items()),
    )


def _parameter(told: Json) -> Parameter:
    schema = told.get("schema", {})
    named: Json = next(iter(told.get("examples", {}).values()), {})
    example: object = told.get("example", named.get("value", ""))
    return Parameter(
        told["name"],
        str(_PLACES.get(told["in"], told["in"])),
        bool(told.get("required")),
        kind_of(schema),
        _told(told.get("description", "")),
        _value(schema.get("default", "")),
        _value(example[0] if isinstance(example, list) and example else example),
    )


def _answer(status: str, told: Json) -> Answer:
    content: Json = told.get("content", {})
    documented = (each.get("schema") for each in content.values())
    schemas = [each for each in documented if each and each.get("type") != "string"]
    return Answer(
        "any other" if status == "default" else status,
        _told(told.get("description", "")),
        tuple(content),
        kind_of(schemas[0]) if schemas else None,
        tuple((name, _told(each.get("description", ""))) for name, each in told.get("headers", {}).items()),
        tuple(_examples(content)),
    )


def _examples(content: Json) -> Iterator[Example]:
    for media_type, told in content.items():
        given = {"": {"value": told["example"]}} if "example" in told else told.get("examples", {})
        for each in given.values():
            value = each.get("value")
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
            lines = text.splitlines()
            yield Example(media_type, "\n".join(lines[:_MOST_LINES]), len(lines) > _MOST_LINES)


def _model(name: str, schema: Json) -> Model:
    required = schema.get("required", ())
    return Model(
        model_anchor(name),
        name,
        _told(schema.get("description", "")),
        tuple(
            Property(key, key in required, kind_of(each), _told(each.get("description", "")))
            for key, each in schema.get("properties", {}).items()
        ),
    )


def _schemas(document: Json) -> Json:
    found: Json = document.get("components", {}).get("schemas", {})
    return dict(sorted(found.items()))


def _resolved(document: Json, told: Json) -> Json:
    reference = told.get("$ref")
    if reference is None:
        return told
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)


def _token(security: Any) -> str:
    if not security:
        return ""
    return "A token may be sent." if {} in security else "A token is needed."


def _value(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _told(text: str) -> Markup:
    """Descriptions are CommonMark (OpenAPI, section 4.1); HTML in them is shown, never followed."""
    return Markup(_markdown().render(text))  # noqa: S704 (it escapes what it does not make itself)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image"])


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
