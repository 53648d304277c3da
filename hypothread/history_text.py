"""Changesets and differences in words, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from graphstore import Difference
from graphstore.history import Changeset
from ontology.prefixes import shorten

FIELDS: Final = ("number", "when", "who", "how", "removed", "added", "message")


_LEAST_ROOM: Final = 8
_BETWEEN: Final = 3


def changesets_table(changesets: Sequence[Changeset], width: int | None) -> Table:
    """A row a changeset.

    Args:
        changesets: what to show.
        width: how wide a line may be; what of a message has no room is left to `history show`. None for any width.
    """
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name, side in (("", "right"), ("when (UTC)", "left"), ("who", "left"), ("how", "left")):
        table.add_column(name, justify="right" if side == "right" else "left", no_wrap=True)
    table.add_column("removed", justify="right", no_wrap=True)
    table.add_column("added", justify="right", no_wrap=True)
    table.add_column("message")
    rows = [_row(each) for each in changesets]
    titles = [str(column.header) for column in table.columns]
    taken = sum(max(map(len, cells)) + _BETWEEN for cells in list(zip(titles, *rows, strict=True))[:-1])
    for row in rows:
        message = Text(row[-1].replace("\n", " "))
        if width is not None:
            message.truncate(max(_LEAST_ROOM, width - taken - _BETWEEN), overflow="ellipsis")
        table.add_row(*map(Text, row[:-1]), message)
    return table


def _row(changeset: Changeset) -> tuple[str, ...]:
    return (
        str(changeset.number),
        f"{changeset.when:%Y-%m-%d %H:%M:%S}",
        changeset.who,
        changeset.how.value,
        f"{changeset.removed:,}" if changeset.removed else "",
        f"{changeset.added:,}" if changeset.added else "",
        message_of(changeset),
    )


def message_of(changeset: Changeset) -> str:
    """What a changeset is for; of a redaction, its reason."""
    if changeset.reason is not None:
        return f"Words taken out: {changeset.reason} {changeset.message}".rstrip() + f" ({changeset.redacts})"
    return changeset.message


def _fields(changeset: Changeset) -> dict[str, object]:
    return {
        "number": changeset.number,
        "when": changeset.when.isoformat().replace("+00:00", "Z"),
        "who": changeset.who,
        "how": changeset.how.value,
        "removed": changeset.removed,
        "added": changeset.added,
        "message": message_of(changeset),
    }


def changesets_csv(changesets: Iterable[Changeset]) -> str:
    """A row a changeset, below the names of the columns."""
    output = io.StringIO()
    writer = csv.DictWriter(output, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(_fields, changesets))
    return output.getvalue()


def changesets_json(changesets: Iterable[Changeset]) -> str:
    """A list of objects, one a changeset, with digest and what it reverts or redacts."""
    told = [
        _fields(each) | {"digest": each.digest, "reverts": each.reverts, "redacts": each.redacts} for each in changesets
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def header_lines(changeset: Changeset) -> Iterator[Text]:
    """What is known of a changeset, a line a fact."""
    facts: list[tuple[str, str]] = [
        ("changeset", str(changeset.number)),
        ("when", f"{changeset.when:%Y-%m-%d %H:%M:%S} UTC"),
        ("who", changeset.who),
        ("how", changeset.how.value),
        ("message", message_of(changeset)),
        ("reverts", str(changeset.reverts or "")),
        ("statements", f"{changeset.removed:,} removed, {changeset.added:,} added"),
        ("digest", changeset.digest),
    ]
    for name, value in facts:
        if value:
            yield Text.assemble((f"{name:<11}", "bold"), value)


def difference_lines(difference: Difference, base: str, most: int | None) -> Iterator[Text]:
    """A difference, graph by graph and item by item; what was removed stands above what took its place.

    Args:
        difference: the difference.
        base: the instance base, left out of IRIs.
        most: how many statements to show; None for all.
    """
    signed = [(quad, "-", "red") for quad in difference.removed] + [(quad, "+", "green") for quad in difference.added]
    signed.sort(key=lambda each: (_graph(each[0], base), *_words(each[0], base)[:2], each[1] == "+", str(each[0])))
    shown = signed if most is None else signed[:most]
    for graph, rows in groupby(shown, key=lambda each: _graph(each[0], base)):
        yield Text(graph, style="bold")
        for quad, sign, colour in rows:
            yield Text(f"{sign} {'  '.join(_words(quad, base))}", style=colour)
    if len(signed) > len(shown):
        yield Text(f"… and {len(signed) - len(shown):,} more; --all shows them.", style="dim")


def counted(difference: Difference) -> str:
    """How many statements on each side, in words."""
    return f"{_statements(len(difference.added))} added, {len(difference.removed):,} removed"


def _statements(count: int) -> str:
    return f"{count:,} statement{'' if count == 1 else 's'}"


def _graph(quad: Quad, base: str) -> str:
    return "(unnamed graph)" if isinstance(quad.graph_name, DefaultGraph) else _term(quad.graph_name, base)


def _words(quad: Quad, base: str) -> Sequence[str]:
    return tuple(_term(each, base) for each in (quad.subject, quad.predicate, quad.object))


def _term(term: object, base: str) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value.removeprefix(base))
    if isinstance(term, Literal):
        text = term.value.replace("\n", "⏎")
        return f"@{term.language} “{text}”" if term.language else f"“{text}”"
    return str(term)
