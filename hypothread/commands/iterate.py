"""``hypothread iterate``: the rows of a next iteration, to edit and import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphstore import GraphStore, open_for_reading
from graphstore.errors import StoreMissing
from hypothread.errors import CallError, told_plainly
from hypothread.next_text import guide, next_text
from hypothread.options import StoreOption
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from lineage.errors import NotInStore
from lineage.studies import find_study, only_study
from studies.bundled import study_folder

if TYPE_CHECKING:
    from ingest.study import StudyRecords


@dataclass(frozen=True, slots=True)
class FoundStudy:
    """A study's records, the folder they stand in where they come from one, and what of it no sheet can say."""

    records: StudyRecords
    folder: Path | None
    unsaid: int = 0


def iterate(
    earlier: Annotated[int, typer.Option("--from", help="The iteration to go on from.", metavar="N")],
    event: Annotated[str, typer.Option("--event", help="The event the new iteration is put before.", metavar="KEY")],
    hypotheses: Annotated[
        str, typer.Option("--hypotheses", help="The hypotheses to carry on, separated by commas.", metavar="KEYS")
    ],
    out: Annotated[
        Path | None,
        typer.Argument(
            help="The folder to write; STUDY-iteration-N in the working folder where none is named.", metavar="OUT"
        ),
    ] = None,
    study: Annotated[
        str | None,
        typer.Option(
            "--study", help="The study: its folder, or its key in the store or among the bundled ones.", metavar="STUDY"
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the study with the rows of its next iteration into a new folder, to edit and import.

    The rows repeat the wordings that are carried on. Hypotheses that are not named are not in the new iteration; that
    does not withdraw them. Nothing is written into the store, and no file is written over.

    Example: `hypothread iterate --from 2 --event learning-collaborative-1 --hypotheses pathway,utility,evidence`
    """
    # Imported here, so that other commands need not wait for networkx.
    from ingest.next_folder import write_next
    from ingest.next_iteration import next_iteration

    terminal = Terminal()
    with told_plainly(terminal):
        settings = Settings()
        with _found(study or settings.study, store or settings.store, settings.base) as found:
            records = found.records
            keys = [key for each in hypotheses.split(",") if (key := each.strip())]
            if not keys:
                raise CallError("--hypotheses names none. Name those to carry on: --hypotheses pathway,utility.")
            new = next_iteration(records, earlier, event, keys)
            target = out or Path(f"{records.study.key}-iteration-{new.iteration.ordinal}")
            added = write_next(target, records, new, guide(records, new, target), folder=found.folder)
        _tell(terminal, next_text(records, new, target, added), found.unsaid)


def _tell(terminal: Terminal, lines: Iterator[str], unsaid: int) -> None:
    for line in lines:
        terminal.answer(line)
    if unsaid:
        told = f"{unsaid} statement{'' if unsaid == 1 else 's'}"
        terminal.note(f"Note: the store holds {told} of the study for which no sheet has a column.")
        terminal.note("Importing the folder would remove them; `hypothread import … --dry-run` tells what would go.")


@contextmanager
def _found(study: str | None, location: str, base: str) -> Iterator[FoundStudy]:
    from ingest.folder import read_study

    if study is not None and Path(study).is_dir():
        yield FoundStudy(read_study(Path(study)), Path(study))
        return
    try:
        opened = open_for_reading(location)
    except StoreMissing as missing:
        with _bundled(study, CallError(f"{missing}. Or name the study's folder: --study FOLDER.")) as found:
            yield found
        return
    with opened:
        try:
            stored = _stored(opened, study, base)
        except NotInStore as unknown:
            with _bundled(study, unknown) as found:
                yield found
            return
        yield stored


def _stored(store: GraphStore, study: str | None, base: str) -> FoundStudy:
    from ingest.next_folder import statements_without_a_cell
    from ingest.stored_study import stored_records

    meant = find_study(store, study, base=base) if study else only_study(store)
    records = stored_records(store, meant.key, base=base)
    return FoundStudy(records, None, len(statements_without_a_cell(store, records, base=base)))


@contextmanager
def _bundled(study: str | None, otherwise: Exception) -> Iterator[FoundStudy]:
    from ingest.folder import read_study

    with study_folder(study or "") as folder:
        if study is None or not folder.is_dir():
            raise otherwise
        yield FoundStudy(read_study(folder), folder)
