"""Replies that can be drawn, and those whose statements can be listed: SVG and CSV of a lineage."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from api.errors import UnusableValue
from api.negotiation import MediaType
from api.rest.operations import Asked, Format, Reply
from api.rest.parameters import Parameter
from api.rest.rdf import PROVENANCE_JSON_LD, PROVENANCE_TURTLE, included
from api.rest.replies import JSON, cell
from lineage.graph_records import Edge, LineageGraph

COLUMNS: Final = (
    "start_kind", "start_key", "start_label", "property", "end_kind", "end_key", "end_label", "status", "rationale",
    "attributed_to", "start", "end", "coding", "decision", "reviewer", "decided_at",
)  # fmt: skip
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def _nothing() -> bytes:
    raise AssertionError("the reply was made without its drawing")


@dataclass(frozen=True, slots=True)
class LineageReply(Reply):
    """A reply with the graph it is made from, and what draws it."""

    graph: LineageGraph = field(default_factory=lambda: LineageGraph("", (), (), ()))
    draw: Callable[[], bytes] = _nothing


def write_svg(reply: Reply, asked: Asked) -> bytes:
    """A lineage as a drawing.

    Raises:
        UnusableValue: when what only a program suggests is to be drawn.
    """
    _refuse(asked, "fields", "a drawing has none")
    if "suggested" in included(asked):
        raise UnusableValue("include=suggested cannot be drawn. Leave it out, or ask for JSON.")
    return _lineage(reply).draw()


def write_statements(reply: Reply, asked: Asked) -> bytes:
    """The statements of a lineage as CSV, one row each."""
    _refuse(asked, "fields", f"its columns are {', '.join(COLUMNS)}")
    graph = _lineage(reply).graph
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(graph))
    return (_BYTE_ORDER_MARK if asked.given.one("bom") == "true" else b"") + text.getvalue().encode()


def _rows(graph: LineageGraph) -> Sequence[Sequence[str]]:
    named = {node.iri: (node.kind, node.key, node.label) for node in graph.nodes}
    return [
        [
            cell(value)
            for value in (
                *named[each.start], each.property, *named[each.end], each.status, each.rationale, each.attributed_to,
                each.start, each.end, each.coding, *_review(each),
            )
        ]
        for each in graph.edges
    ]  # fmt: skip


def _review(edge: Edge) -> tuple[str, str, str]:
    found = edge.reviewed
    return ("", "", "") if found is None else (found.decision, found.by, found.at)


def _lineage(reply: Reply) -> LineageReply:
    if not isinstance(reply, LineageReply):
        raise TypeError("only a lineage is drawn")
    return reply


def _refuse(asked: Asked, name: str, why: str) -> None:
    if asked.given.all(name):
        raise UnusableValue(f"{name} is for JSON only: {why}. Leave the parameter out.")


SVG: Final = Format("svg", MediaType("image/svg+xml"), write_svg)
STATEMENTS: Final = Format("csv", MediaType("text/csv", "text/csv; charset=utf-8"), write_statements, False, ("bom",))
LINEAGE_FORMATS: Final = (JSON, SVG, PROVENANCE_TURTLE, PROVENANCE_JSON_LD, STATEMENTS)
FORMAT: Final = Parameter(
    "format",
    "The format, above Accept; the same as an address that ends with it.",
    "json",
    {"type": "string", "enum": [each.suffix for each in LINEAGE_FORMATS]},
)
