"""The rows of a SELECT as plain values, evaluated and written by the engine while other threads run.

The engine holds Python's lock for as long as Python goes through its solutions one by one, and lets go of it while it
writes all of them as a result format. So they are written, and read here. TSV is the format that can be read at the
least cost: it has one line a row whatever stands in a cell, and an empty string differs from a cell without a value
(SPARQL 1.1 Query Results CSV and TSV Formats, section 4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import QueryResultsFormat, QuerySolutions

from graphstore.datasets import OPEN_DATASET, QueryDataset
from graphstore.errors import NoSelectQuery, translated
from graphstore.port import GraphStore

Cells: TypeAlias = tuple[str | None, ...]
"""One row: of each cell the IRI, the lexical form, or the label of a blank node; None where there is no value.

A triple term has no text of its own, so its cell is None too.
"""

_ESCAPED: Final = re.compile(r"\\(.)")
_MEANT: Final[Mapping[str, str]] = MappingProxyType({"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\"})


@dataclass(frozen=True, slots=True)
class Solutions:
    """All that a SELECT gives.

    Attributes:
        variables: their names, in the order of the query.
        rows: one tuple a solution, a cell a variable.
    """

    variables: tuple[str, ...]
    rows: tuple[Cells, ...]


def select(store: GraphStore, text: str, *, dataset: QueryDataset = OPEN_DATASET) -> Solutions:
    """Asks a SELECT query, and reads all that it gives.

    Args:
        store: the store, or a snapshot of it.
        text: the query.
        dataset: as of `GraphStore.query`.

    Raises:
        NoSelectQuery: when it is a query of another form.
        GraphStoreError: as of `GraphStore.query`, and when the engine gives up or the store cannot be read on the way.
    """
    answer = store.query(text, dataset=dataset)
    try:
        if not isinstance(answer, QuerySolutions):
            raise NoSelectQuery("The query is no SELECT, so it gives no rows.")
        return read_solutions(answer)
    finally:
        del answer  # see read_solutions


def read_solutions(solutions: QuerySolutions) -> Solutions:
    """Reads all solutions of a query that this thread has asked.

    Raises:
        QueryEvaluationError: when the engine gave up.
        StoreUnavailable: when the store could not be read.
    """
    try:
        variables = tuple([each.value for each in solutions.variables])
        with translated():
            written = solutions.serialize(format=QueryResultsFormat.TSV) or b""
    finally:
        # An error keeps what its frames know, and is told in another thread, where these may not be dropped.
        del solutions
    lines = written.decode().split("\n")[1:-1]
    if not variables:
        return Solutions((), tuple([()] * len(lines)))
    value = _Values().__getitem__
    return Solutions(variables, tuple([tuple(map(value, line.split("\t"))) for line in lines]))


class _Values(dict[str, str | None]):
    """What cells hold, by how they are written, each read once: most rows name what others name too."""

    def __missing__(self, cell: str) -> str | None:
        value = self[cell] = _value(cell)
        return value


def _value(cell: str) -> str | None:
    first = cell[:1]
    if first == "<":
        return None if cell[1] == "<" else cell[1:-1]
    if first == '"':
        # A language or datatype may follow; neither has a quotation mark in it.
        text = cell[1 : cell.rindex('"')]
        return _ESCAPED.sub(_unescaped, text) if "\\" in text else text
    if first == "_":
        return cell[2:]
    return cell or None  # numbers and truth values stand bare


def _unescaped(found: re.Match[str]) -> str:
    return _MEANT[found[1]]
