"""Bringing a study folder into a store: read, check, and write just the difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from graphstore import Difference, GraphStore
from graphstore.attribution import Attribution, Channel
from graphstore.commit import commit, commit_first
from graphstore.datasets import GraphName
from graphstore.replacing import difference_to_text
from ingest.errors import StudyRefused
from ingest.folder import ReadStudy, read_study_with_rows
from ingest.graph import StudyGraph, build_graph
from ingest.kept_reviews import with_kept_reviews
from ingest.known_to_conform import noting_whole
from ingest.summary import SummaryLine, summarise, summarise_first
from ingest.vocabulary import vocabulary_quads
from ontology.iris import DEFAULT_BASE, VOCABULARY_GRAPH
from ontology.resources import code_lists_turtle
from ontology.validation import Validator, Violation

IMPORT = Attribution(how=Channel.study_import)
"""By whom and how, where nothing is said; the message is then the summary."""
Progress = Callable[[str], None]
"""Called with the name of each step as it begins: reading, building."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the study's key, how many statements it touched, and what that means in words.

    `first` says that the store was empty before; `warnings` are what SHACL advises.
    """

    study: str
    first: bool
    added: int
    removed: int
    summary: tuple[SummaryLine, ...]
    warnings: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether anything was written (or would be, on a dry run)."""
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class PreparedStudy:
    """A study that was read without a mistake, and its graph, which the shapes have not seen yet."""

    study: ReadStudy
    graph: StudyGraph


def prepare_study(folder: Path, *, base: str = DEFAULT_BASE, progress: Progress = lambda _: None) -> PreparedStudy:
    """Reads a study folder and makes its graph; needs no store.

    Raises:
        StudyNotFound: when there is no such folder.
        StudyRefused: with every mistake.
    """
    progress("reading")
    study = read_study_with_rows(folder)
    progress("building")
    return PreparedStudy(study, build_graph(study.records, base=base))


def import_study(
    folder: Path,
    store: GraphStore,
    *,
    base: str = DEFAULT_BASE,
    dry_run: bool = False,
    progress: Progress = lambda _: None,
    by: Attribution = IMPORT,
) -> Imported:
    """Imports a study folder. Importing it again changes nothing.

    Args:
        folder: the study folder.
        store: where to write.
        base: the instance base.
        dry_run: do everything but write.
        progress: called as each step begins.
        by: whose import it is; the summary is its message, where it has none.

    Raises:
        StudyNotFound: when there is no such folder.
        StudyRefused: with every mistake; nothing was written.
    """
    return import_prepared(prepare_study(folder, base=base, progress=progress), store, dry_run=dry_run, by=by)


def import_prepared(
    prepared: PreparedStudy,
    store: GraphStore,
    *,
    dry_run: bool = False,
    by: Attribution = IMPORT,
    ask: Callable[[Difference], object] = lambda _: None,
) -> Imported:
    """Writes what a study has that the store has not, and removes what it no longer has, but for reviews.

    What reviewers decided in the store stays, and holds for what is imported (`ingest.kept_reviews`).

    Args:
        prepared: the study.
        store: where to write; on a dry run a snapshot will do.
        dry_run: do everything but write.
        by: whose import it is; the summary is its message, where it has none.
        ask: is given the difference before it is written, on a dry run too; what it raises stops it.

    Raises:
        StudyRefused: with everything the shapes refuse; nothing was written.
    """
    study, graph = prepared.study, prepared.graph
    if store.is_empty() and not dry_run:
        return _first(store, study, graph, by)
    study, graph = with_kept_reviews(study, graph, store)

    def plan(target: GraphStore) -> Difference:
        difference = difference_to_text(target, _texts(graph))
        ask(difference)
        return difference

    summary: tuple[SummaryLine, ...] = ()

    def told(written: Difference) -> Attribution:
        nonlocal summary
        summary = summarise(written, graph.iris.base)
        return _told(by, summary)

    if dry_run:
        warnings = check_graph(study, graph)
        with store.writing():
            difference = plan(store)
        told(difference)
    else:
        validator = Validator()
        with noting_whole(store, graph, validator):
            difference, warnings = commit(store, plan, lambda: check_graph(study, graph, validator), by=told)
    return Imported(
        study=study.records.study.key,
        first=False,
        added=len(difference.added),
        removed=len(difference.removed),
        summary=summary,
        warnings=warnings,
    )


def difference_of(prepared: PreparedStudy, store: GraphStore) -> Difference:
    """What an import would write into a store, without writing or checking it; of a snapshot, too."""
    with store.writing():
        _, graph = with_kept_reviews(prepared.study, prepared.graph, store)
        return difference_to_text(store, _texts(graph))


def check_graph(study: ReadStudy, graph: StudyGraph, validator: Validator | None = None) -> tuple[str, ...]:
    """Holds a study's graph against the SHACL shapes.

    Args:
        study: the study as it was read, for the rows that messages name.
        graph: its graph.
        validator: the shapes; the product's own where none are given.

    Returns:
        What the shapes advise, one line each.

    Raises:
        StudyRefused: with every violation, each with the row it comes from.
    """
    code_lists = b"".join(
        f"{quad.subject} {quad.predicate} {quad.object} .\n".encode()
        for quad in parse(code_lists_turtle(), RdfFormat.TURTLE)
    ).decode()
    report = (validator or Validator()).validate("".join(graph.triples.values()) + code_lists)
    if report.violations:
        raise StudyRefused(tuple(sorted(_line(each, study, graph) for each in report.violations)))
    return tuple(_line(each, study, graph) for each in report.warnings)


def _line(violation: Violation, study: ReadStudy, graph: StudyGraph) -> str:
    sheet, index = graph.rows.get(violation.focus, ("", 0))
    row = study.rows[sheet][index] if sheet else 0
    place = f"{sheet}.csv, row {row}" if row else violation.focus
    value = f" (it says “{violation.value}”)" if violation.value and violation.value != violation.focus else ""
    return f"{place}: {violation.message}{value}"


def _told(by: Attribution, summary: tuple[SummaryLine, ...]) -> Attribution:
    return by if by.message else replace(by, message="; ".join(map(str, summary)))


def _first(store: GraphStore, study: ReadStudy, graph: StudyGraph, by: Attribution) -> Imported:
    graphs = _texts(graph)
    summary = summarise_first(study.records)
    validator = Validator()
    with noting_whole(store, graph, validator):
        warnings = commit_first(store, graphs, lambda: check_graph(study, graph, validator), by=_told(by, summary))
    return Imported(
        study=study.records.study.key,
        first=True,
        added=sum(text.count(b"\n") for text in graphs.values()),
        removed=0,
        summary=summary,
        warnings=warnings,
    )


def _texts(graph: StudyGraph) -> dict[GraphName, bytes]:
    """All that an import writes: the study's graphs, and the vocabulary that comes with it."""
    vocabulary = "".join(f"{quad.triple} .\n" for quad in vocabulary_quads())
    return {name: text.encode() for name, text in (*graph.triples.items(), (NamedNode(VOCABULARY_GRAPH), vocabulary))}
