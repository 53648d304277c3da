"""``hypothread query``: a question of the library, a file, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import NamedNode

from graphstore import GraphStore, open_for_reading
from hypothread.answers import AnswerFormat, print_answer
from hypothread.errors import CallError, told_plainly
from hypothread.options import StoreOption, StudyOption
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from lineage.studies import find_study, only_study
from queries.library import QUERIES, LibraryQuery
from queries.parameters import parse_parameter
from queries.terms import Term


def query(
    question: Annotated[
        str | None,
        typer.Argument(help="A name of the library, a file, or - for standard input.", metavar="NAME|FILE|-"),
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", help="A parameter of the question.", metavar="NAME=VALUE")
    ] = None,
    answer_format: Annotated[AnswerFormat, typer.Option("--format", help="How to print it.")] = AnswerFormat.table,
    list_all: Annotated[bool, typer.Option("--list", help="List the library's questions.")] = False,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Ask a question of the library, or one of your own in SPARQL.

    Example: `hypothread query figures/percentages`,
    `hypothread query lineage/versions --param hypothesis=utility --format csv`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        if list_all:
            _list(terminal)
            return
        if question is None:
            raise CallError("Name a question (hypothread query --list shows them), a file, or - for standard input.")
        settings = Settings()
        with open_for_reading(store or settings.store) as opened:
            text = _text(opened, question, param or [], study or settings.study, settings.base)
            print_answer(terminal, opened.query(text), answer_format, base=settings.base)


def _list(terminal: Terminal) -> None:
    width = max(len(name) for name in QUERIES)
    for name, each in QUERIES.items():
        terminal.answer(f"{name:<{width}}  {each.header.summary}")


def _text(store: GraphStore, question: str, given: Sequence[str], study: str | None, base: str) -> str:
    if question in QUERIES:
        return _bound(store, QUERIES[question], given, study, base)
    if given:
        raise CallError("--param goes with a question of the library; write the values into your own query.")
    try:
        data = sys.stdin.buffer.read() if question == "-" else Path(question).read_bytes()
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CallError(f"{'Standard input' if question == '-' else question} is not UTF-8 text.") from error
    except (OSError, ValueError) as error:
        raise CallError(_no_such_question(question)) from error


def _no_such_question(question: str) -> str:
    close = get_close_matches(question, QUERIES, n=1)
    hint = f" Did you mean “{close[0]}”?" if close else ""
    return f"“{question}” is no question of the library (hypothread query --list) and no readable file.{hint}"


def _bound(store: GraphStore, question: LibraryQuery, given: Sequence[str], study: str | None, base: str) -> str:
    if not question.header.parameters:
        return question.bind({})
    meant = find_study(store, study, base=base) if study else only_study(store)
    values: dict[str, list[Term]] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise CallError(f"“{each}” is not name=value. Write --param hypothesis=utility.")
        values.setdefault(name, []).append(parse_parameter(question, name, value, study=meant.iri))
    if "study" in question.header.parameters:
        values.setdefault("study", [NamedNode(meant.iri)])
    return question.bind(values)
