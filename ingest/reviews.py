"""Readings of the editors, what reviewers decided of them, and of what a program suggests, as triples.

A decision holds for one link: its key, and what it joins. Where that link is not in the study (any more), the decision
is remembered and does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.naming_amendments import phrase_of
from analysis.review_keys import motive_key, reading_key, revision_key
from ingest.amend import amended_phrases
from ingest.graph_builder import GraphBuilder
from ingest.mistakes import MistakeList, did_you_mean
from ingest.motives import MotiveProblem, Moved, add_motive, moved_by
from ingest.references import Entry
from ingest.study import StudyRecords
from ontology.records import Link, Motive, Review
from ontology.terms import DCTERMS, HT, OA, PROV, SKOS, decision, link_kind


def review_of(link: Link, reviews: Mapping[str, Review]) -> Review | None:
    """The review that holds for an editorial reading; `reviews` by key."""
    found = reviews.get(reading_key(link.key))
    holds = found is not None and found.kind == "reading" and (found.target, found.body) == (link.target, link.body)
    return found if holds else None


def accepted_motive(review: Review) -> Motive | None:
    """The motive that a reviewer stated by accepting a suggestion; None for any other review."""
    if review.kind != "motive" or review.decision != "accepted":
        return None
    return Motive(
        key=review.key.removeprefix("motive-"),
        change=review.body,
        amendment=review.amendment,
        motive=review.target,
        attributed_to=review.attributed_to,
        rationale=review.rationale or review.reviewed_rationale,
    )


def add_readings(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds the editors' readings, as reviewers left them.

    A rejected one keeps its key, its reason and whose it was, but is no coding any more and leads nowhere, so no
    question meets it. A reworded one bears its new reason, and leads to what the reviewer says.
    """
    editorial, iris = builder.editorial, builder.iris
    reviews = {each.key: each for each in records.reviews}
    for index, link in enumerate(records.links):
        iri, review = iris.link(link.key), review_of(link, reviews)
        if review is not None and review.decision == "rejected":
            builder.item(editorial, iri, link, index, PROV.Entity)
            editorial.link(iri, PROV.wasInvalidatedBy, iris.review(review.key))
            rationale = link.rationale
        else:
            reworded = review if review is not None and review.decision == "reworded" else None
            rationale = reworded.rationale if reworded is not None and reworded.rationale else link.rationale
            body = reworded.new_body if reworded is not None and reworded.new_body else link.body
            builder.item(editorial, iri, link, index, HT.Coding, OA.Annotation)
            editorial.link(iri, OA.hasTarget, builder.reference(link.target))
            editorial.link(iri, OA.hasBody, builder.reference(body))
        editorial.text(iri, DCTERMS.identifier, link.key)
        editorial.text(iri, HT.rationale, rationale)
        builder.attribution(editorial, iri, link.attributed_to)


def add_reviews(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds the reviews, and what accepted suggestions became: motives and derivations that the reviewer states."""
    stated = {each.key for each in records.motives}
    versions = {version.key: version for version in records.versions}
    for index, review in enumerate(records.reviews):
        _add(builder, review, index)
        motive = accepted_motive(review)
        if motive is not None and motive.key not in stated:
            try:
                moved = moved_by(motive, records.changes, versions)
            except MotiveProblem:
                continue
            add_motive(builder, motive, index, moved)
            builder.rows[builder.iris.motive(motive.key)] = (Review.SHEET, index)
        if review.kind == "revision" and review.decision == "accepted":
            _add_derivation(builder, review, {each.key for each in records.versions})


def _add(builder: GraphBuilder, review: Review, index: int) -> None:
    editorial, iris = builder.editorial, builder.iris
    iri, agent = iris.review(review.key), iris.agent(review.attributed_to)
    builder.item(editorial, iri, review, index, HT.Review, PROV.Activity)
    editorial.text(iri, DCTERMS.identifier, review.key)
    editorial.link(iri, HT.linkKind, link_kind(review.kind))
    editorial.link(iri, HT.decision, decision(review.decision))
    editorial.link(iri, HT.reviewedTarget, builder.reference(review.target))
    editorial.link(iri, HT.reviewedBody, builder.reference(review.body))
    editorial.text(iri, HT.phrase, review.amendment)
    if review.new_body is not None:
        editorial.link(iri, HT.newBody, builder.reference(review.new_body))
    editorial.text(iri, HT.rationale, review.rationale)
    editorial.text(iri, HT.reviewedRationale, review.reviewed_rationale)
    editorial.text(iri, HT.score, review.score)
    editorial.text(iri, HT.method, review.method)
    editorial.link(iri, PROV.wasAssociatedWith, agent)
    editorial.types(agent, PROV.Agent)
    editorial.text(agent, SKOS.prefLabel, review.attributed_to)
    editorial.instant(iri, PROV.endedAtTime, review.decided_at)


def _add_derivation(builder: GraphBuilder, review: Review, versions: set[str]) -> None:
    earlier, later = (each.partition(":")[2] for each in (review.target, review.body))
    if {earlier, later} <= versions:
        builder.asserted.link(builder.iris.version(later), PROV.wasDerivedFrom, builder.iris.version(earlier))


def check_reviews(records: StudyRecords, entries: Sequence[Entry], mistakes: MistakeList) -> None:
    """Notes every review in the sheet whose key is not that of what it says it reviewed."""
    links = {reading_key(each.key): each for each in records.links}
    for review, entry in zip(records.reviews, entries, strict=True):
        if review.kind == "reading":
            link = links.get(review.key)
            if link is None:
                _note(entry, mistakes, "No row of “links” has this review key.", did_you_mean(review.key, links))
            elif (link.target, link.body) != (review.target, review.body):
                joined = f"from {link.target} to {link.body}"
                _note(entry, mistakes, f"The link leads {joined} now.", "Take the row out, and review the link anew.")
            continue
        key = _motive_key(review, records) if review.kind == "motive" else _revision_key(review)
        if key is None:
            _note(
                entry, mistakes, "The words name no amendment of the change, or the cells no motive of it.",
                "Write quotes:… or themes:…, then changes:…, then the words of one amendment; or take the row out.",
            )  # fmt: skip
        elif key != review.key:
            _note(entry, mistakes, "This is not the key of what is reviewed.", f"It would be “{key}”.")


def _note(entry: Entry, mistakes: MistakeList, wrong: str, right: str) -> None:
    mistakes.add(entry.file, wrong, right, row=entry.row, column="key")


def _motive_key(review: Review, records: StudyRecords) -> str | None:
    sheet, _, motive = review.target.partition(":")
    if sheet not in {"quotes", "themes"} or not review.body.startswith("changes:") or not review.amendment:
        return None
    versions = {version.key: version for version in records.versions}
    named = Motive(
        key=motive,
        change=review.body,
        amendment=review.amendment,
        motive=review.target,
        attributed_to=review.attributed_to,
    )
    try:
        moved = moved_by(named, records.changes, versions)
    except MotiveProblem:
        return None
    return _key_of(moved, motive, records)


def _key_of(moved: Moved, motive: str, records: StudyRecords) -> str | None:
    if moved.amendment is None:
        return None
    versions = {version.key: version for version in records.versions}
    change = next(each for each in records.changes if each.key == moved.change)
    phrases = [each.phrase for each in amended_phrases(change, versions)]
    return motive_key(moved.change, phrase_of(phrases, moved.amendment - 1), motive)


def _revision_key(review: Review) -> str:
    return revision_key(review.target.partition(":")[2], review.body.partition(":")[2])
