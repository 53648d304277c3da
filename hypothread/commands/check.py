"""``hypothread check``: a study folder without importing it, against itself and against its source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hypothread.errors import DATA_IS_WRONG, CallError, told_plainly
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from studies.bundled import study_folder


def check(
    path: Annotated[str, typer.Argument(help="The study folder, or the name of a bundled study.", metavar="STUDY")],
    against: Annotated[
        Path | None, typer.Option("--against", help="The text of the source.", metavar="REPORT.txt")
    ] = None,
) -> None:
    """Look for mistakes in a study; with --against, compare it with its source word for word.

    Example: `hypothread check studies/innovation-ecosystem --against report.txt`
    """
    # Imported here, so that other commands need not wait for networkx and rapidfuzz.
    from ingest.against import compare, render
    from ingest.folder import read_study_with_rows
    from ingest.graph import build_graph
    from ingest.importing import check_graph

    terminal = Terminal()
    with told_plainly(terminal):
        with study_folder(path) as folder:
            study = read_study_with_rows(folder)
        for warning in check_graph(study, build_graph(study.records, base=Settings().base)):
            terminal.note(f"Note: {warning}")
        if against is None:
            terminal.answer(f"{study.records.study.key}: no mistakes.")
            return
        comparison = compare(study.records, _text(against))
        terminal.answer(render(comparison))
        if not comparison.agrees:
            raise typer.Exit(DATA_IS_WRONG)


def _text(path: Path) -> str:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise CallError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CallError(f"{path} is not UTF-8 text. Save the report as plain text in UTF-8.") from error
    if not text.strip():
        raise CallError(f"{path} holds no text. Name the file that holds the source's words.")
    return text
