"""Printing the answer of a query: a table for people, SPARQL's own formats for programs."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from graphstore import QueryResults
from hypothread.errors import CallError
from hypothread.terminal import Terminal, visible
from ontology.iris import DEFAULT_BASE
from ontology.prefixes import PREFIXES, shorten

_READABLE = 24


class AnswerFormat(StrEnum):
    """How an answer is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    turtle = "turtle"


def print_answer(terminal: Terminal, answer: QueryResults, wanted: AnswerFormat, *, base: str = DEFAULT_BASE) -> None:
    """Prints an answer on standard output.

    Args:
        terminal: where to print.
        answer: rows, yes or no, or triples.
        base: the instance base, left out of IRIs in a table.
        wanted: ``json`` is SPARQL 1.1 Query Results JSON; ``turtle`` is for triples, ``csv`` and ``json`` for rows.

    Raises:
        CallError: when the format does not fit the form of the query.
    """
    if isinstance(answer, QueryTriples):
        if wanted in {AnswerFormat.csv, AnswerFormat.json}:
            raise CallError(f"This query makes triples, which have no {wanted} form. Use --format turtle.")
        sys.stdout.flush()
        serialize(answer, sys.stdout.buffer, RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    elif wanted is AnswerFormat.turtle:
        raise CallError("Only CONSTRUCT and DESCRIBE make triples. Use --format table, csv or json.")
    elif wanted is AnswerFormat.table:
        _print_table(terminal, answer, base)
    else:
        results_format = QueryResultsFormat.CSV if wanted is AnswerFormat.csv else QueryResultsFormat.JSON
        if isinstance(answer, QueryBoolean) and wanted is AnswerFormat.csv:
            raise CallError("A yes or no has no CSV form. Use --format json.")
        sys.stdout.flush()
        answer.serialize(sys.stdout.buffer, results_format)
        sys.stdout.buffer.write(b"\n" if wanted is AnswerFormat.json else b"")


def _print_table(terminal: Terminal, answer: QuerySolutions | QueryBoolean, base: str) -> None:
    if isinstance(answer, QueryBoolean):
        terminal.answer("yes" if answer else "no")
        return
    names = [variable.value for variable in answer.variables]
    solutions = list(answer)
    rows = [{name: _short(solution[name], base) for name in names} for solution in solutions]
    filled = [name for name in names if any(row[name] for row in rows)] or names
    # Where space is short, an IRI gives way first: the key or label beside it says the same to a person.
    without_iris = [name for name in filled if not any(isinstance(row[name], NamedNode) for row in solutions)]
    fitting = next((each for each in (filled, without_iris) if each and _fits(terminal, each, rows)), None)
    if rows and fitting:
        _print_grid(terminal, fitting, rows)
    else:
        _print_records(terminal, filled, rows)
    terminal.note(f"{len(rows)} row{'' if len(rows) == 1 else 's'}.")


def _fits(terminal: Terminal, names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bool:
    # A column of sentences may fold; below this width it becomes a column of syllables.
    if not rows or not terminal.answers.is_terminal:
        return True
    widths = [min(_READABLE, max(len(name), *(len(row[name]) for row in rows))) for name in names]
    return sum(widths) + 3 * len(widths) <= terminal.answers.width


def _print_grid(terminal: Terminal, names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in names:
        number = all(_is_number(row[name]) for row in rows)
        table.add_column(name, overflow="fold", justify="right" if number else "left")
    for row in rows:
        table.add_row(*(Text(row[name]) for name in names))
    terminal.answers.print(table)


def _print_records(terminal: Terminal, names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    width = max(len(name) for name in names)
    for row in rows:
        grid = Table(box=None, show_header=False, pad_edge=False)
        grid.add_column(style="bold", width=width)
        grid.add_column(overflow="fold")
        for name in names:
            if row[name]:
                grid.add_row(name, Text(row[name]))
        terminal.answers.print(grid)
        terminal.answers.print()


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d*\.?\d*", text))


def _short(term: object, base: str) -> str:
    if isinstance(term, Literal):
        return visible(term.value)
    if isinstance(term, NamedNode):
        return shorten(term.value.removeprefix(base))
    return "" if term is None else str(term)
