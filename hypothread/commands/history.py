"""``hypothread history``: what was written when and by whom, and how to go back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Final

import typer

from graphstore.attribution import Channel
from graphstore.disk import DiskStore, open_disk_store
from graphstore.history import History, HistoryReader, open_history
from graphstore.history.moments import parse_moment
from graphstore.opening import open_for_reading
from hypothread.attributing import attribution
from hypothread.conforming import must_conform
from hypothread.errors import DATA_IS_WRONG, CallError, told_plainly
from hypothread.history_text import (
    changesets_csv,
    changesets_json,
    changesets_table,
    counted,
    difference_lines,
    header_lines,
)
from hypothread.locations import folder_of
from hypothread.options import AsOption, MessageOption, StoreOption, StudyOption
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from lineage.studies import find_study, only_study

history: Final = typer.Typer()

_SHOWN: Final = 40
_AllOption = Annotated[bool, typer.Option("--all", help=f"Show every statement, not only the first {_SHOWN}.")]


class HistoryFormat(StrEnum):
    """How changesets are printed."""

    table = "table"
    json = "json"
    csv = "csv"


@history.callback(invoke_without_command=True)
def changesets(
    context: typer.Context,
    limit: Annotated[int, typer.Option(help="How many of the newest; 0 for all.", min=0)] = 20,
    history_format: Annotated[HistoryFormat, typer.Option("--format", help="How to print them.")] = HistoryFormat.table,
    store: StoreOption = None,
) -> None:
    """List the changesets of a store, the newest first; or do one of the commands below.

    Example: `hypothread history --limit 5`
    """
    if context.invoked_subcommand is not None:
        return
    terminal = Terminal()
    with told_plainly(terminal):
        found = _reader(store).changesets()[::-1]
        shown = found[:limit] if limit else found
        if history_format is HistoryFormat.csv:
            sys.stdout.write(changesets_csv(shown))
        elif history_format is HistoryFormat.json:
            sys.stdout.write(f"{changesets_json(shown)}\n")
        elif shown:
            width = terminal.answers.width if terminal.answers.is_terminal else None
            terminal.answers.print(changesets_table(shown, width))
        if history_format is HistoryFormat.table:
            left_out = f", the newest {len(shown)} shown" if len(shown) < len(found) else ""
            terminal.note(f"{len(found)} changeset{'' if len(found) == 1 else 's'}{left_out}.")


@history.command()
def show(
    number: Annotated[int, typer.Argument(metavar="ID", help="The changeset's number.", min=1)],
    everything: _AllOption = False,
    patch: Annotated[bool, typer.Option("--patch", help="Print it as RDF Patch, as the journal keeps it.")] = False,
    store: StoreOption = None,
) -> None:
    """Show one changeset: who, when, how, why, and its statements.

    Example: `hypothread history show 3`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        reader = _reader(store)
        told = reader.changeset(number)
        if patch:
            sys.stdout.flush()
            sys.stdout.buffer.write(reader.patch(number))
            return
        for line in header_lines(told):
            terminal.answers.print(line)
        terminal.answer("")
        for line in difference_lines(reader.change(number), Settings().base, None if everything else _SHOWN):
            terminal.answers.print(line)


@history.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A changeset's number, or an instant.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The same.")],
    everything: _AllOption = False,
    store: StoreOption = None,
) -> None:
    """Show what differs between two states: what has to be removed from and added to A to make it B.

    Example: `hypothread history diff 1 3`, `hypothread history diff 2024-05-31 2024-06-30`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        difference = _reader(store).difference(parse_moment(before), parse_moment(after))
        for line in difference_lines(difference, Settings().base, None if everything else _SHOWN):
            terminal.answers.print(line)
        terminal.note(f"{counted(difference)}.")


@history.command()
def revert(
    number: Annotated[int, typer.Argument(metavar="ID", help="The changeset's number.", min=1)],
    message: MessageOption = None,
    who: AsOption = None,
    store: StoreOption = None,
) -> None:
    """Take a changeset back, by a new one that does the opposite.

    Refused when later changesets touched the same statements, or when a study would not be as the shapes ask.

    Example: `hypothread history revert 3 --message "Imported by mistake"`
    """
    terminal = Terminal()
    with told_plainly(terminal), _writing(store) as opened:
        found, base = History(opened), Settings().base
        written = found.revert(
            number,
            by=attribution(who, Channel.revert, message),
            check=lambda difference: must_conform(opened, difference, base),
        )
        newest = found.changesets()[-1].number
        terminal.answer(f"Changeset {newest} takes changeset {number} back: {counted(written)}.")


@history.command()
def verify(store: StoreOption = None) -> None:
    """Check that no changeset was tampered with, and that the store holds what they say.

    Example: `hypothread history verify`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        reader = _reader(store)
        problems = reader.verify()
        for each in problems:
            terminal.answer(each)
        if problems:
            terminal.note(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}.")
            raise typer.Exit(DATA_IS_WRONG)
        count = len(reader.changesets())
        terminal.answer(
            f"The chain of {count} changeset{'' if count == 1 else 's'} is whole, and the store is as they say."
        )


@history.command()
def redact(
    item: Annotated[str, typer.Argument(metavar="IRI", help="The item, by its IRI or as “quote/q01”.")],
    reason: Annotated[str, typer.Option(help="Why, without repeating the words.")],
    message: MessageOption = None,
    who: AsOption = None,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Take an item's words out of the store and all of its history, for good.

    The same as `hypothread redact`.

    Example: `hypothread history redact response/r07 --reason "The participant withdrew consent"`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        if not reason.strip():
            raise CallError("Say why: --reason TEXT.")
        settings = Settings()
        with _writing(store) as opened:
            iri = item if ":" in item else f"{_study_iri(opened, study or settings.study, settings.base)}/{item}"
            done = History(opened).redact(iri, reason, by=attribution(who, Channel.redaction, message))
        texts = f"{done.texts} text{'' if done.texts == 1 else 's'}"
        terminal.answer(
            f"Changeset {done.changeset.number}: {texts} of {iri} taken out, in {done.places} "
            f"place{'' if done.places == 1 else 's'} of the history."
        )
        for each in done.mentions:
            terminal.answer(f"The same words still stand in {each.subject} at <{each.predicate}>.")
        terminal.note("Take them out of the study's own files too: an import of those is refused meanwhile.")


def _study_iri(store: DiskStore, key: str | None, base: str) -> str:
    return (find_study(store, key, base=base) if key else only_study(store)).iri


def _reader(store: str | None) -> HistoryReader:
    return open_history(str(folder_of(store or Settings().store)))


@contextmanager
def _writing(store: str | None) -> Iterator[DiskStore]:
    folder = folder_of(store or Settings().store)
    open_for_reading(str(folder)).close()  # a history is not begun by asking for it
    with open_disk_store(folder, telling=Terminal().progress) as opened:
        yield opened
