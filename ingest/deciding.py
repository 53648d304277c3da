"""A reviewer's decision on a link: the row it becomes, and what it does to the graph.

What a decision does is what an import with that row would do: both build the graph from rows (`ingest.reviews`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import Quad, RdfFormat, parse

from graphstore import Difference, GraphStore
from ingest.editing.editing import stored_rows
from ingest.entries import records_of
from ingest.graph import build_stated
from ingest.rows.references import reference_of
from ingest.study import StudyRecords
from ontology.columns import columns
from ontology.iris import StudyIris
from ontology.records import SHEETS, Review


@dataclass(frozen=True, slots=True)
class LinkToDecide:
    """What a decision needs to know of a link: key, kind, what it joins (IRIs), what a program said of it."""

    key: str
    kind: str
    start: str
    end: str
    amendment: str = ""
    reason: str = ""
    score: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer says of a link: what is decided, why, and (of a reworded reading) what it leads to instead."""

    decision: str
    reason: str = ""
    new_body: str = ""


def reviewed(
    link: LinkToDecide, verdict: Verdict, former: Review | None, iris: StudyIris, *, who: str, when: str
) -> Review:
    """The row that a decision becomes; the former one where it says nothing else.

    A decision on what was decided before keeps what the link was before the first. A suggestion that was accepted and
    is reworded stays accepted, with another reason; a reading that was reworded and is accepted stays reworded.

    Args:
        link: the link.
        verdict: what is decided.
        former: the row of the decision before.
        iris: of the study.
        who: the reviewer.
        when: the instant, as a cell says it.
    """
    known = columns(SHEETS[Review.SHEET])
    first = former or Review(
        key=link.key,
        kind=link.kind,
        decision=verdict.decision,
        target=reference_of(iris.base, link.start, known["target"]) or "",
        body=reference_of(iris.base, link.end, known["body"]) or "",
        amendment=link.amendment or None,
        reviewed_rationale=link.reason or None,
        score=link.score or None,
        method=link.method or None,
        attributed_to=who,
        decided_at=when,
    )
    found = replace(
        first,
        decision=_decision(verdict, former),
        rationale=verdict.reason or (None if verdict.decision == "rejected" else _kept_reason(former)),
        new_body=None if verdict.decision == "rejected" else verdict.new_body or first.new_body,
    )
    return first if former is not None and found == former else replace(found, attributed_to=who, decided_at=when)


def _decision(verdict: Verdict, former: Review | None) -> str:
    if former is None or former.decision == "rejected" or verdict.decision == "rejected":
        return verdict.decision
    both = {former.decision, verdict.decision} == {"accepted", "reworded"}
    if both:
        return "reworded" if former.kind == "reading" else "accepted"
    return verdict.decision


def _kept_reason(former: Review | None) -> str | None:
    return None if former is None or former.decision == "rejected" else former.rationale


def records_in(store: GraphStore, iris: StudyIris) -> StudyRecords:
    """The rows of a study as a store holds them.

    Raises:
        RowMissing: when it holds no such study.
    """
    return records_of(stored_rows(store, iris))


def difference_of_decisions(
    records: StudyRecords, iris: StudyIris, made: Iterable[Review], reopened: Iterable[str] = ()
) -> Difference:
    """What decisions change in the store that `records` were read from (`records_in`).

    Args:
        records: the rows before.
        iris: of the study.
        made: the rows of the decisions.
        reopened: the keys of links whose decision is taken back.
    """
    gone = frozenset(reopened)
    reviews = {each.key: each for each in (*records.reviews, *made) if each.key not in gone}
    after = replace(records, reviews=tuple(reviews[key] for key in sorted(reviews)))
    return Difference.between(_quads(records, iris), _quads(after, iris))


def _quads(records: StudyRecords, iris: StudyIris) -> set[Quad]:
    # Sheets whose rows no decision changes, nor shares an item with one that it changes, need not be built.
    touched = replace(
        records, sources=(), organisations=(), quotes=(), responses=(), exclusions=(), codings=(),
        resonance=(), figures=(), blueprint=(),
    )  # fmt: skip
    return set(parse(build_stated(touched, base=iris.base).n_quads.encode(), RdfFormat.N_QUADS))
