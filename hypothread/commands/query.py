"""``hypothread query``: a question of the library, a file, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import NamedNode

from graphstore import GraphStore
from hypothread.answers import AnswerFormat, print_answer
from hypothread.errors import CallError, told_plainly
from hypothread.locations import is_server
from hypothread.options import AsOfOption, StoreOption, StudyOption
from hypothread.reading import opened_as_of
from hypothread.remote import Server, print_remote
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from lineage.studies import find_study, only_study
from ontology.iris import StudyIris
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
    as_of: AsOfOption = None,
) -> None:
    """Ask a question of the library, or one of your own in SPARQL, of a store or of a server.

    Example: `hypothread query figures/percentages`,
    `hypothread query lineage/versions --param hypothesis=utility --format csv`,
    `hypothread query figures/percentages --store http://localhost:8000`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        if list_all:
            _list(terminal)
            return
        if question is None:
            raise CallError("Name a question (hypothread query --list shows them), a file, or - for standard input.")
        settings = Settings()
        location, key = store or settings.store, study or settings.study
        if is_server(location) and as_of is not None:
            raise CallError("--as-of looks into a store's own folder. Name it with --store.")
        if is_server(location):
            server = Server(location, settings.token)
            given_study = (lambda: StudyIris(settings.base, key).study) if key else server.only_study
            text = _text(given_study, question, param or [])
            print_remote(terminal, server, text, answer_format, base=settings.base)
            return
        with opened_as_of(location, as_of) as opened:
            text = _text(lambda: _study_in(opened, key, settings.base), question, param or [])
            if param and question in QUERIES:
                for each in _not_there(opened, _study_in(opened, key, settings.base), QUERIES[question], param):
                    terminal.note(each)
            print_answer(terminal, opened.query(text), answer_format, base=settings.base)


def _study_in(store: GraphStore, key: str | None, base: str) -> str:
    return (find_study(store, key, base=base) if key else only_study(store)).iri


def _not_there(store: GraphStore, study: str, question: LibraryQuery, given: Sequence[str]) -> Iterator[str]:
    """A note for each item that is asked about and of which no graph of the store says anything."""
    for name, _, value in (each.partition("=") for each in given):
        term = parse_parameter(question, name, value, study=study)
        if not isinstance(term, NamedNode) or not term.value.startswith(f"{study}/"):
            continue
        if any(True for graph in store.graphs() for _ in store.quads(graph, subject=term)):
            continue
        beside = f"{term.value.rpartition('/')[0]}/"
        asserted = (each.subject for each in store.quads(NamedNode(f"{study}/graph")))
        keys = {
            each.value.removeprefix(beside)
            for each in asserted
            if isinstance(each, NamedNode) and each.value.startswith(beside)
        }
        close = get_close_matches(term.value.removeprefix(beside), keys, n=1)
        hint = f" Did you mean “{close[0]}”?" if close else ""
        yield f"Nothing is known of {name} “{value}”.{hint}"


def _list(terminal: Terminal) -> None:
    width = max(len(name) for name in QUERIES)
    for name, each in QUERIES.items():
        terminal.answer(f"{name:<{width}}  {each.header.summary}")


def _text(study: Callable[[], str], question: str, given: Sequence[str]) -> str:
    if question in QUERIES:
        return _bound(study, QUERIES[question], given)
    if given:
        own = question == "-" or Path(question).is_file()
        wrong = "--param goes with a question of the library; write the values into your own query."
        raise CallError(wrong if own else _no_such_question(question))
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


def _bound(study: Callable[[], str], question: LibraryQuery, given: Sequence[str]) -> str:
    if not question.header.parameters:
        return question.bind({})
    meant = study()
    values: dict[str, list[Term]] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise CallError(f"“{each}” is not name=value. Write --param hypothesis=utility.")
        values.setdefault(name, []).append(parse_parameter(question, name, value, study=meant))
    if "study" in question.header.parameters:
        values.setdefault("study", [NamedNode(meant)])
    return question.bind(values)
