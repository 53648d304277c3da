"""``hypothread export``: a store's statements as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final, TypeVar

import typer
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from graphstore import GraphStore
from graphstore.datasets import GraphName, is_open_graph
from hypothread.errors import CallError, told_plainly
from hypothread.options import AsOfOption, StoreOption, StudyOption
from hypothread.reading import opened_as_of
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from lineage.studies import find_study, only_study
from ontology.iris import VOCABULARY_GRAPH
from ontology.prefixes import PREFIXES


class ExportFormat(StrEnum):
    """The formats of a file."""

    turtle = "turtle"
    nquads = "nquads"
    trig = "trig"
    sheets = "sheets"


_FORMATS: Final = {
    ExportFormat.turtle: RdfFormat.TURTLE,
    ExportFormat.nquads: RdfFormat.N_QUADS,
    ExportFormat.trig: RdfFormat.TRIG,
}
_ENDINGS: Final = {".ttl": ExportFormat.turtle, ".nq": ExportFormat.nquads, ".trig": ExportFormat.trig}
Statement = TypeVar("Statement", Quad, Triple)
_STANDARD_OUTPUT: Final = "-"


def export(
    out: Annotated[str, typer.Argument(help="The file to write, or - for standard output.", metavar="OUT")],
    as_of: AsOfOption = None,
    export_format: Annotated[
        ExportFormat | None, typer.Option("--format", help="The format; by the file's ending where not given.")
    ] = None,
    store: StoreOption = None,
    study: StudyOption = None,
) -> None:
    """Write what a store holds, or held, into a file.

    Turtle has the open data: what sources state and what follows from it. N-Quads and TriG have every graph, single
    responses and the history included: keep such a file as you keep the store. Sheets are a study folder, to be edited
    and imported again; a statement that no sheet can say is left out.

    Example: `hypothread export data.ttl`, `hypothread export all.nq --as-of 2024-05-31`
    """
    terminal = Terminal()
    with told_plainly(terminal):
        wanted = export_format or _format_by_ending(Path(out).suffix)
        with opened_as_of(store or Settings().store, as_of) as opened:
            if wanted is ExportFormat.sheets:
                _export_sheets(terminal, opened, Path(out), study)
                return
            text, count = _exported(opened, wanted)
        _write(out, text)
        terminal.note(f"{count:,} statement{'' if count == 1 else 's'} as {wanted.value}.")


def _format_by_ending(ending: str) -> ExportFormat:
    if ending and ending not in _ENDINGS:
        raise CallError(f"No format ends with “{ending}”. Use {', '.join(_ENDINGS)}, or say which one with --format.")
    return _ENDINGS.get(ending, ExportFormat.turtle)


def _export_sheets(terminal: Terminal, store: GraphStore, out: Path, study: str | None) -> None:
    # Imported here, so that other exports need not wait for networkx.
    from ingest.stored_study import stored_records
    from ingest.written_sheets import write_sheets

    settings = Settings()
    chosen = study or settings.study
    key = (find_study(store, chosen, base=settings.base) if chosen else only_study(store)).key
    records = stored_records(store, key, base=settings.base)
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise CallError(f"{out} is there already, and nothing is written over. Name a new folder.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
            fresh = Path(beside) / "new"
            fresh.mkdir()
            write_sheets(fresh, records)
            fresh.replace(out)
    except OSError as error:
        raise CallError(f"{out} cannot be written: {error.strerror}.") from error
    rows = sum(len(each) for _, each in records.sheets())
    terminal.note(f"{rows:,} rows of {key} as sheets.")


def _exported(store: GraphStore, wanted: ExportFormat) -> tuple[bytes, int]:
    names: list[GraphName] = [*store.graphs(), DefaultGraph()]
    if wanted is ExportFormat.turtle:
        opened = [each for each in names if _is_open_data(each)]
        triples = {quad.triple for name in opened for quad in store.quads(name)}
        return serialize(_ordered(triples), format=RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b"", len(triples)
    quads: set[Quad] = {quad for name in names for quad in store.quads(name)}
    prefixes = dict(PREFIXES) if wanted is ExportFormat.trig else None
    return serialize(_ordered(quads), format=_FORMATS[wanted], prefixes=prefixes) or b"", len(quads)


def _is_open_data(graph: GraphName) -> bool:
    if isinstance(graph, DefaultGraph):
        return True
    return is_open_graph(graph) and graph.value != VOCABULARY_GRAPH


def _ordered(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=str)


def _write(out: str, text: bytes) -> None:
    if out == _STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        return
    target = Path(out)
    partial = target.with_name(f"{target.name}.unfinished")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(text)  # a pipe or a device, which another file must not take the place of
            return
        partial.write_bytes(text)
        partial.replace(target)
    except OSError as error:
        raise CallError(f"{out} cannot be written: {error.strerror}.") from error
