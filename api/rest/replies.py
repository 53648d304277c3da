"""The formats of replies: JSON for everything, CSV for lists.

A further format is a `Format` whose function gets the reply, with the IRIs of the resources it holds, and what was
asked; it joins `FORMATS` in `api.rest.formats`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import to_json

from api.negotiation import MediaType
from api.rest.operations import Asked, Format, Operation, Page, Plain, Reply
from api.rest.parameters import must_be_among

SEPARATOR: Final = " | "
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def field_names(operation: Operation) -> tuple[str, ...]:
    """The fields that an item of a look-up has."""
    return tuple(operation.model.model_fields)


def wanted_fields(asked: Asked) -> tuple[str, ...]:
    """The fields that are asked for, in the model's order; all of them where none is named.

    Raises:
        UnusableValue: when there is no such field.
    """
    names = field_names(asked.operation)
    wanted = asked.given.words("fields")
    must_be_among("fields", wanted, names)
    return tuple(name for name in names if name in wanted) if wanted else names


def _plain(item: BaseModel | Plain, wanted: Sequence[str]) -> dict[str, Any]:
    if isinstance(item, Plain):
        return {name: item.fields[name] for name in wanted}
    return item.model_dump(mode="json", include=set(wanted))


def write_json(reply: Reply, asked: Asked) -> bytes:
    """A reply as JSON."""
    wanted = wanted_fields(asked)
    if isinstance(reply.content, Page):
        items = [_plain(item, wanted) for item in reply.content.items]
        return to_json({"items": items, "total": reply.content.total, "next": reply.content.next})
    if isinstance(reply.content, Plain):
        return to_json(_plain(reply.content, wanted))
    return reply.content.model_dump_json(include=set(wanted)).encode()


def write_csv(reply: Reply, asked: Asked) -> bytes:
    """A list as CSV (RFC 4180), one row an item, in UTF-8; with a byte order mark where it is asked for."""
    wanted = wanted_fields(asked)
    items = reply.content.items if isinstance(reply.content, Page) else (reply.content,)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(wanted)
    for item in items:
        plain = _plain(item, wanted)
        writer.writerow([cell(plain[name]) for name in wanted])
    mark = _BYTE_ORDER_MARK if asked.given.one("bom") == "true" else b""
    return mark + text.getvalue().encode()


def cell(value: Any) -> str:
    """A value as one cell: several are joined by a bar, a link is its key, with its status unless that is asserted.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = _text(value)
    # A number may begin with a minus sign; what is text in the data may not pass for one.
    return f"'{text}" if isinstance(value, (str, list, Mapping)) and text.startswith(_BEGINS_A_FORMULA) else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return SEPARATOR.join(_text(each) for each in value)
    if isinstance(value, Mapping):
        return _link_text(value)
    return str(value)


def _link_text(value: Mapping[str, Any]) -> str:
    if "key" not in value:
        return "-".join(_text(each) for each in value.values())
    status = value.get("status")
    return f"{value['key']} ({status})" if status not in (None, "asserted") else str(value["key"])


JSON: Final = Format("json", MediaType("application/json"), write_json)
CSV: Final = Format("csv", MediaType("text/csv", "text/csv; charset=utf-8"), write_csv, True, ("bom",))
