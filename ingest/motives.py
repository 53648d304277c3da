"""Motives that analysts state: which change or amendment the words in a row mean, and the row as triples.

A row says the words as they stand on the page, not the number of the amendment: numbers follow from the wordings and
may move when one is put right, the words do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.naming_amendments import amendments_named, listed
from ingest.amend import AmendedPhrase, amended_phrases
from ingest.cells import CellProblem
from ingest.graph_builder import GraphBuilder
from ingest.mistakes import MistakeList
from ingest.references import Entry
from ingest.study import StudyRecords
from ontology.records import Change, HypothesisVersion, Motive
from ontology.terms import DCTERMS, HT, OA


class MotiveProblem(CellProblem):
    """A motive that cannot be told of anything: `column` names the cell."""

    def __init__(self, column: str, wrong: str, right: str) -> None:
        super().__init__(wrong, right)
        self.column = column


@dataclass(frozen=True, slots=True)
class Moved:
    """What a motive moved: a change by its key, or one of its amendments by its number there, from 1."""

    change: str
    amendment: int | None


def moved_by(motive: Motive, changes: Sequence[Change], versions: Mapping[str, HypothesisVersion]) -> Moved:
    """What a motive moved.

    Args:
        motive: the row, its references known to lead somewhere.
        changes: the study's changes.
        versions: its versions by key.

    Raises:
        MotiveProblem: when no change led to the version or several did, or when the words name no amendment of the
            change or several; with the changes or amendments there are.
    """
    change = _change(motive, changes)
    if motive.amendment is None:
        return Moved(change.key, None)
    amended = amended_phrases(change, versions)
    found = amendments_named(motive.amendment, [each.phrase for each in amended])
    if len(found) != 1:
        raise MotiveProblem("amendment", *_told(motive.amendment, change.key, amended, found))
    return Moved(change.key, found[0] + 1)


def _change(motive: Motive, changes: Sequence[Change]) -> Change:
    sheet, _, key = motive.change.partition(":")
    found = [each for each in changes if key in (each.after if sheet == "versions" else (each.key,))]
    if not found:
        raise MotiveProblem(
            "change",
            f"No row of “changes” says what led to {key}.",
            "Add the change to the sheet “changes”, or name another version.",
        )
    if len(found) > 1:
        told = " or ".join(f"changes:{each.key}" for each in found)
        raise MotiveProblem("change", f"Several changes led to {key}.", f"Say which: {told}.")
    return found[0]


def _told(words: str, change: str, amended: Sequence[AmendedPhrase], found: Sequence[int]) -> tuple[str, str]:
    if not amended:
        return (
            f"The change “{change}” replaced no phrase of one hypothesis, so it has no amendments.",
            "Leave the cell empty: then the motive is one of the change as a whole.",
        )
    known = "; ".join(listed([each.phrase for each in amended]))
    if not found:
        return f"“{words}” names no amendment of “{change}”.", f"Write the words of one of these: {known}."
    several = ", ".join(str(place + 1) for place in found)
    return (
        f"“{words}” fits several amendments of “{change}”: {several}.",
        f"Write more of the words, “removed → added”, or the number of one of these: {known}.",
    )


def check_motives(records: StudyRecords, entries: Sequence[Entry], mistakes: MistakeList) -> None:
    """Notes every motive that cannot be told of anything; `entries` are the rows that the motives were made of."""
    versions = {version.key: version for version in records.versions}
    for motive, entry in zip(records.motives, entries, strict=True):
        try:
            moved_by(motive, records.changes, versions)
        except MotiveProblem as problem:
            mistakes.add(entry.file, problem.wrong, problem.right, row=entry.row, column=problem.column)


def add_motives(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds the motives: the direct statement of what moved what, and who says so and why.

    Raises:
        MotiveProblem: when a motive cannot be told of anything; `check_motives` finds such ones with their rows.
    """
    versions = {version.key: version for version in records.versions}
    for index, motive in enumerate(records.motives):
        add_motive(builder, motive, index, moved_by(motive, records.changes, versions))


def add_motive(builder: GraphBuilder, motive: Motive, index: int, moved: Moved) -> None:
    """Adds one motive, the row at `index` of its sheet."""
    asserted, iris = builder.asserted, builder.iris
    iri = iris.motive(motive.key)
    target = iris.change(moved.change) if moved.amendment is None else iris.amendment(moved.change, moved.amendment)
    body = builder.reference(motive.motive)
    asserted.link(target, HT.motivatedBy, body)
    builder.item(asserted, iri, motive, index, HT.Motive, OA.Annotation)
    asserted.text(iri, DCTERMS.identifier, motive.key)
    asserted.link(iri, OA.hasTarget, target)
    asserted.link(iri, OA.hasBody, body)
    asserted.text(iri, HT.phrase, motive.amendment)
    asserted.text(iri, HT.rationale, motive.rationale)
    builder.attribution(asserted, iri, motive.attributed_to)
