"""The formats of exact differences: RDF Patch, and JSON Lines with an item a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pydantic_core import to_json

from api.negotiation import MediaType
from lineage.history.records import ItemChange, PropertyChange, Value
from ontology.prefixes import shorten

RDF_PATCH: Final = MediaType("application/rdf-patch", "application/rdf-patch; charset=utf-8")
JSON_LINES: Final = MediaType("application/x-ndjson")


def json_lines(changes: Iterable[ItemChange]) -> bytes:
    """One JSON object an item, a line each: what it is, and by property what was removed and added."""
    return b"".join(to_json(_item(each)) + b"\n" for each in changes)


def _item(change: ItemChange) -> dict[str, Any]:
    return {
        "iri": change.iri,
        "kind": change.kind,
        "key": change.key,
        "label": change.label,
        "what": change.what,
        "changes": list(map(_property, change.changes)),
    }


def _property(change: PropertyChange) -> dict[str, Any]:
    return {
        "property": shorten(change.property),
        "graph": change.graph,
        "removed": list(map(_value, change.removed)),
        "added": list(map(_value, change.added)),
    }


def _value(value: Value) -> dict[str, str | None]:
    return {"text": value.text, "iri": value.iri, "label": value.label}
