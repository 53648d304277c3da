"""A study with its next iteration as a folder to edit; nothing that is there is ever written over."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graphstore import GraphStore
from graphstore.replacing import difference_to
from ingest.errors import FolderNotWritten
from ingest.graph import build_graph
from ingest.next_iteration import NextIteration
from ingest.study import StudyRecords
from ingest.written_sheets import with_rows, write_sheets
from ontology.iris import DEFAULT_BASE, StudyIris
from ontology.records import SHEETS

GUIDE: Final = "what-to-edit.txt"


@dataclass(frozen=True, slots=True)
class WrittenRows:
    """The rows that were added to a sheet, counted as a spreadsheet does."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"row {self.first}" if self.first == self.last else f"rows {self.first} to {self.last}"


def write_next(
    out: Path, records: StudyRecords, new: NextIteration, guide: str, *, folder: Path | None = None
) -> Mapping[str, WrittenRows]:
    """Writes a study with its next iteration.

    Args:
        out: where to: a folder that is not there yet, or is empty.
        records: the study as it is.
        new: what is added.
        guide: what to edit, in words, written beside the sheets.
        folder: the folder the study was read from, whose sheets are copied to the letter; None to write them anew.

    Returns:
        The rows that were added, by sheet.

    Raises:
        FolderNotWritten: when `out` holds something or the disk refuses; nothing is left behind.
    """
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise FolderNotWritten(f"{out} is there already, and nothing is written over. Name a new folder.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
            fresh = Path(beside) / "new"
            fresh.mkdir()
            _write_study(fresh, records, folder)
            added = _append(fresh, new)
            (fresh / GUIDE).write_text(guide, "utf-8")
            fresh.replace(out)
    except OSError as error:
        raise FolderNotWritten(f"{out} cannot be written: {error.strerror}.") from error
    return added


def statements_without_a_cell(store: GraphStore, records: StudyRecords, *, base: str = DEFAULT_BASE) -> frozenset[Quad]:
    """What a study's graphs hold in a store that its records do not say, so that importing them would remove it."""
    iris = StudyIris(base, records.study.key)
    graphs = [NamedNode(each) for each in (iris.graph(), iris.editorial_graph(), iris.restricted_graph())]
    quads = {*parse(build_graph(records, base=base).n_quads.encode(), RdfFormat.N_QUADS)}
    wanted = {quad for quad in quads if quad.graph_name in graphs}
    return frozenset(difference_to(store, wanted, graphs).removed)


def _write_study(fresh: Path, records: StudyRecords, folder: Path | None) -> None:
    if folder is None:
        write_sheets(fresh, records)
        return
    for sheet in SHEETS:
        file = folder / f"{sheet}.csv"
        if file.is_file():
            (fresh / file.name).write_bytes(file.read_bytes())


def _append(fresh: Path, new: NextIteration) -> Mapping[str, WrittenRows]:
    added = {}
    for sheet, rows in (("iterations", (new.iteration,)), ("versions", new.versions), ("changes", new.changes)):
        file = fresh / f"{sheet}.csv"
        text, count = with_rows(file.read_text("utf-8") if file.is_file() else None, rows)
        file.write_text(text, "utf-8", newline="")
        added[sheet] = WrittenRows(count - len(rows) + 1, count)
    return MappingProxyType(added)
