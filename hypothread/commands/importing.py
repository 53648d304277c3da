"""``hypothread import``: a study folder into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphstore import open_store
from hypothread.errors import told_plainly
from hypothread.options import StoreOption
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from ingest.importing import Imported, import_study
from studies.bundled import study_folder


def import_command(
    path: Annotated[str, typer.Argument(help="The study folder, or the name of a bundled study.", metavar="PATH")],
    store: StoreOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and compare, but write nothing.")] = False,
) -> None:
    """Bring a study into the store; doing it again changes nothing.

    Every mistake in the study is told at once, with file, row and column, and then nothing is written.

    Example: `hypothread import studies/innovation-ecosystem`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        settings = Settings()
        location = store or settings.store
        with study_folder(path) as folder, open_store(location) as opened, terminal.steps() as progress:
            done = import_study(Path(folder), opened, base=settings.base, dry_run=dry_run, progress=progress)
        _tell(terminal, done, location, dry_run=dry_run)


def _tell(terminal: Terminal, done: Imported, location: str, *, dry_run: bool) -> None:
    for warning in done.warnings:
        terminal.note(f"Note: {warning}")
    if not done.changed:
        terminal.answer(f"{done.study}: nothing has changed.")
        return
    for line in done.summary:
        terminal.answer(str(line))
    statements = f"{done.added} statements added, {done.removed} removed"
    if dry_run:
        terminal.answer(f"{done.study}: {statements} if it were imported into {location}. Nothing was written.")
    else:
        terminal.answer(f"{done.study}: {statements} in {location}.")
