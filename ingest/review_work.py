"""The list of links as a table to work through: a row a link, with a column for the decision and one for its reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from ingest.cells import CellProblem
from ingest.deciding import Verdict
from ingest.entries import read_entry
from ingest.mistakes import MistakeList, did_you_mean
from ingest.references import Entry
from ingest.sheets import read_sheet
from ingest.study import StudyRecords
from ontology.choices import DECISIONS, LINK_KINDS
from ontology.columns import Row, column, columns

OPEN: Final = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWork(Row):
    """One link to decide on; only `decision`, `reason` and `new_body` are read back, the rest is there to be read."""

    SHEET: ClassVar[str] = "review-work"

    key: str = column("key", "The link's key.", required=True)
    decision: str | None = column(
        "choice", "What is decided; empty leaves it as it is, “open” takes it back.", choices=(*DECISIONS, OPEN)
    )
    reason: str | None = column("text", "Why it is rejected, or its reason in other words.")
    new_body: str | None = column(
        "text", "Of a reworded reading, what it speaks to instead, such as ``themes:plain-language``."
    )
    kind: str | None = column("choice", "What it is.", choices=LINK_KINDS)
    hypothesis: str | None = column("text", "The hypothesis it belongs to.")
    leads_from: str | None = column("text", "What it leads from.")
    leads_from_words: str | None = column("text", "The same in words.")
    leads_to: str | None = column("text", "What it leads to.")
    leads_to_words: str | None = column("text", "The same in words.")
    amendment: str | None = column("text", "The words of an amendment.")
    reason_now: str | None = column("text", "The reason that it bears.")
    score: str | None = column("text", "A program's score.")
    method: str | None = column("text", "A program's method.")
    attributed_to: str | None = column("text", "Whose link it is.")
    reviewer: str | None = column("text", "Who decided.")
    decided_at: str | None = column("text", "When.")


def read_review_work(
    path: Path, keys: frozenset[str], rewordable: frozenset[str], known_bodies: frozenset[str]
) -> dict[str, Verdict]:
    """Reads the decisions in a table.

    Args:
        path: the CSV file.
        keys: of the links there are.
        rewordable: of those that may lead elsewhere: the readings.
        known_bodies: what a reading may lead to, such as ``themes:plain-language``.

    Returns:
        What is decided by key; a row without a decision is left out.

    Raises:
        StudyRefused: with every mistake: file, row, column, what is wrong, what would be right.
    """
    mistakes = MistakeList()
    found: dict[str, Verdict] = {}
    seen: dict[str, int] = {}
    for row in read_sheet(path, ReviewWork, mistakes):
        entry = read_entry(path.name, ReviewWork.SHEET, columns(ReviewWork), row, mistakes)
        key = entry.text("key")
        if key is None:
            continue
        if key in seen:
            _note(mistakes, entry, "key", f"“{key}” is already in row {seen[key]}.", "Keep one of the two.")
        elif key not in keys:
            _note(mistakes, entry, "key", f"There is no link “{key}”.", did_you_mean(key, keys))
        seen.setdefault(key, entry.row)
        if entry.text("decision") is not None:
            found[key] = _verdict(entry, key in rewordable, known_bodies, mistakes)
    mistakes.raise_if_any()
    return found


def _verdict(entry: Entry, rewordable: bool, known_bodies: frozenset[str], mistakes: MistakeList) -> Verdict:
    verdict = Verdict(entry.text("decision") or "", entry.text("reason") or "", entry.text("new_body") or "")
    try:
        check_verdict(verdict, rewordable=rewordable, known_bodies=known_bodies)
    except VerdictProblem as problem:
        _note(mistakes, entry, problem.column, problem.wrong, problem.right)
    return verdict


class VerdictProblem(CellProblem):
    """A decision that says too little or too much: `column` names what."""

    def __init__(self, column: str, wrong: str, right: str) -> None:
        super().__init__(wrong, right)
        self.column = column


def check_verdict(verdict: Verdict, *, rewordable: bool, known_bodies: frozenset[str]) -> None:
    """Checks that a decision says what it must.

    Raises:
        VerdictProblem: when a rejection has no reason, a rewording has nothing new, or what a link is to lead to is not
            in the study or not to be given.
    """
    if verdict.decision == "rejected" and not verdict.reason:
        raise VerdictProblem("reason", "A link is rejected for a reason.", "Say in one line why it does not hold.")
    if verdict.decision == "reworded" and not (verdict.reason or verdict.new_body):
        raise VerdictProblem("reason", "Nothing is worded anew.", "Write the reason as it should read.")
    if verdict.new_body and (verdict.decision != "reworded" or not rewordable):
        raise VerdictProblem("new_body", "Only a reworded reading can lead elsewhere.", "Leave it empty.")
    if verdict.new_body and verdict.new_body not in known_bodies:
        raise VerdictProblem(
            "new_body", f"“{verdict.new_body}” is not in the study.", did_you_mean(verdict.new_body, known_bodies)
        )


def bodies_in(records: StudyRecords) -> frozenset[str]:
    """What a reading of a study may lead to: ``themes:…``, ``blueprint:…``, ``versions:…``, ``judgements:unclear``."""
    keys = {
        "themes": tuple(each.key for each in records.themes if each.kind == "theme"),
        "blueprint": tuple(each.key for each in records.blueprint),
        "versions": tuple(each.key for each in records.versions),
    }
    return frozenset({"judgements:unclear", *(f"{sheet}:{key}" for sheet, found in keys.items() for key in found)})


def _note(mistakes: MistakeList, entry: Entry, name: str, wrong: str, right: str) -> None:
    mistakes.add(entry.file, wrong, right, row=entry.row, column=name)
