"""``hypothread import``: a study folder into the store."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from graphstore import Difference, GraphStore, open_for_reading, open_store
from graphstore.attribution import Channel
from graphstore.errors import StoreMissing, StoreUnavailable, UnsupportedLocation
from graphstore.history import open_history
from graphstore.opening import MEMORY
from hypothread.attributing import attribution
from hypothread.errors import DATA_IS_WRONG, told_plainly
from hypothread.options import AsOption, MessageOption, StoreOption
from hypothread.preview import preview
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from studies.bundled import study_folder

if TYPE_CHECKING:
    from ingest.errors import WrittenSince
    from ingest.importing import Imported, PreparedStudy


def import_command(
    path: Annotated[str, typer.Argument(help="The study folder, or the name of a bundled study.", metavar="PATH")],
    store: StoreOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and compare, but write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before changes of hypotheses are written.")] = False,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Undo what was written since the last import by other ways, and redactions of what the folder says.",
        ),
    ] = False,
    message: MessageOption = None,
    who: AsOption = None,
) -> None:
    """Bring a study into the store; doing it again changes nothing.

    Every mistake in the study is told at once, with file, row and column, and then nothing is written. Where the store
    has the study already, each change of a hypothesis is shown first, and on a terminal you are asked. What was written
    since the last import by REST, SPARQL or review is not undone unless you say so.

    Example: `hypothread import studies/innovation-ecosystem`
    """
    # Imported here, so that other commands need not wait for networkx.
    from ingest.errors import WrittenSince
    from ingest.importing import import_prepared, prepare_study

    terminal = Terminal()
    with told_plainly(terminal):
        settings = Settings()
        location = store or settings.store
        with terminal.steps() as progress:
            # A study with mistakes is refused before a store is opened or made.
            with study_folder(path) as folder:
                prepared = prepare_study(folder, base=settings.base, progress=progress)
            progress("comparing")
            coming = preview(prepared, location)
        for line in coming:
            terminal.line(line)
        if coming and not (dry_run or yes) and _asks() and not typer.confirm("Write these changes?"):
            terminal.note("Nothing was written.")
            raise typer.Exit(DATA_IS_WRONG)
        with terminal.steps() as progress:
            progress("writing")
            with _opened(location, dry_run=dry_run, telling=terminal.progress) as opened:
                by = attribution(who, Channel.study_import, message)
                ask = _nothing if overwrite else _asking(location, prepared)
                try:
                    done = import_prepared(prepared, opened, dry_run=dry_run, by=by, ask=ask)
                except WrittenSince as error:
                    _tell_undone(terminal, error, prepared.study.records.study.key)
                    raise typer.Exit(DATA_IS_WRONG) from error
        _tell(terminal, done, location, dry_run=dry_run)


def _nothing(_: Difference) -> None:
    """Asks nothing."""


def _asking(location: str, prepared: PreparedStudy) -> Callable[[Difference], None]:
    from ingest.overwriting import refuse_to_undo

    try:
        history = open_history(location)
    except (StoreMissing, StoreUnavailable, UnsupportedLocation):
        return _nothing  # a new store, one in memory, one elsewhere: there is no journal
    return refuse_to_undo(history, prepared.graph.iris)


def _tell_undone(terminal: Terminal, error: WrittenSince, study: str) -> None:
    terminal.note("This was written to the store by other ways, and importing would undo it:")
    for item in error.items:
        terminal.note(f"  {item}")
    terminal.note(
        "Nothing was written. To keep it, write the store's rows into a new folder and go on from there: "
        f"hypothread export NEW-FOLDER --format sheets --study {study}. To undo it: hypothread import --overwrite."
    )


def _asks() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _opened(location: str, *, dry_run: bool, telling: Callable[[str], object]) -> GraphStore:
    if not dry_run:
        return open_store(location, telling=telling)
    try:
        return open_for_reading(location)
    except StoreMissing:
        return open_store(MEMORY)


def _tell(terminal: Terminal, done: Imported, location: str, *, dry_run: bool) -> None:
    for warning in done.warnings:
        terminal.note(f"Note: {warning}")
    if not done.changed:
        terminal.answer(f"{done.study}: nothing has changed.")
        return
    for line in done.summary:
        terminal.answer(str(line))
    statements = f"{done.added} statement{'' if done.added == 1 else 's'} added, {done.removed} removed"
    if dry_run:
        terminal.answer(f"{done.study}: {statements} if it were imported into {location}. Nothing was written.")
    else:
        terminal.answer(f"{done.study}: {statements} in {location}.")
