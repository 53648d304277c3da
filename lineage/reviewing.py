"""Every link that no source states, with what was decided of it: the editors' readings and what a program proposes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from analysis.alignment import Alignment
from analysis.review_keys import reading_key, revision_key
from lineage.answer_records import AmendmentAnswer, StudyAnswers, Suggestion
from lineage.records import HypothesisLineage, Named, StudyOverview, Version
from lineage.review_records import EditorialReading, LinkEnd, LinkKind, LinkReview, ReviewLink

PROGRAM: Final = "Hypothread"
MOTIVE_METHOD: Final = "The words of the amendment, looked for in quotes and themes."
REVISION_METHOD: Final = "How far the two wordings agree, and the best match of all of them."
_ORDER: Final[Mapping[LinkKind, int]] = {"motive": 0, "revision": 1, "reading": 2}


def review_links(overview: StudyOverview, answers: StudyAnswers) -> tuple[ReviewLink, ...]:
    """The links of a study that a reviewer may decide on, and those that one decided on.

    Args:
        overview: the study.
        answers: what a program proposes, without what was decided already.

    Returns:
        Suggested motives, inferred revisions and readings, in this order; each kind in the order in which the study
        tells of what they lead from, with what was rejected in its place by key.
    """
    reviews = {each.key: each for each in overview.reviews}
    belongs = _belonging(overview)
    versions = {version.key: (version, each) for each in overview.lineages for version in each.versions}
    links = [
        *(_reading(each, reviews.get(reading_key(each.key)), belongs) for each in overview.readings),
        *(_motive(each, one, reviews) for each in answers.amendments for one in each.suggested),
        *(_revision(each, versions, reviews) for each in answers.inferred),
    ]
    there = {each.key for each in links}
    links += [_decided(each, belongs) for each in overview.reviews if each.key not in there]
    return tuple(sorted(links, key=lambda each: (_ORDER[each.kind], each.kind == "reading" and each.key)))


def motive_links(reviews: Iterable[LinkReview], answers: Iterable[AmendmentAnswer]) -> tuple[ReviewLink, ...]:
    """The suggested motives of some amendments, and those that a reviewer decided on.

    Args:
        reviews: the decisions, of which those on other kinds of link are left out.
        answers: what is suggested, without what was decided already.
    """
    decided = {each.key: each for each in reviews if each.kind == "motive"}
    links = tuple(_motive(each, one, decided) for each in answers for one in each.suggested)
    return _with_decided(links, decided)


def revision_links(overview: StudyOverview, inferred: Iterable[Alignment]) -> tuple[ReviewLink, ...]:
    """The inferred revisions, and those that a reviewer decided on.

    Args:
        overview: the study's versions and decisions, of which those on other kinds of link are left out.
        inferred: what is inferred, without what was rejected already.
    """
    decided = {each.key: each for each in overview.reviews if each.kind == "revision"}
    versions = {version.key: (version, each) for each in overview.lineages for version in each.versions}
    return _with_decided(tuple(_revision(each, versions, decided) for each in inferred), decided)


def reading_links(readings: Iterable[EditorialReading], reviews: Iterable[LinkReview]) -> tuple[ReviewLink, ...]:
    """The links that editors read, and those that a reviewer decided on, without the hypotheses they belong to.

    Args:
        readings: the editors' readings that stand.
        reviews: the decisions, of which those on other kinds of link are left out.
    """
    decided = {each.key: each for each in reviews if each.kind == "reading"}
    return _with_decided(tuple(_reading(each, decided.get(reading_key(each.key)), {}) for each in readings), decided)


def _with_decided(links: tuple[ReviewLink, ...], decided: Mapping[str, LinkReview]) -> tuple[ReviewLink, ...]:
    there = {each.key for each in links}
    return (*links, *(_decided(each, {}) for each in decided.values() if each.key not in there))


def _reading(reading: EditorialReading, review: LinkReview | None, belongs: Mapping[str, Named]) -> ReviewLink:
    holds = review is not None and review.holds_for(reading.start.item.iri, reading.end.item.iri)
    decided = review if holds else None
    return ReviewLink(
        key=reading_key(reading.key),
        kind="reading",
        status=decided.decision if decided else "open",
        start=reading.start,
        end=reading.end,
        amendment="",
        label=reading.end.item.label,
        hypothesis=belongs.get(reading.start.item.iri) or belongs.get(reading.end.item.iri),
        reason=reading.reason,
        attributed_to=reading.attributed_to,
        former_reason=decided.reviewed_reason if decided and decided.decision == "reworded" else "",
        decision_reason=decided.reason if decided and decided.decision == "accepted" else "",
        reviewer=decided.reviewer if decided else "",
        decided_at=decided.decided_at if decided else "",
    )


def _motive(answer: AmendmentAnswer, suggestion: Suggestion, reviews: Mapping[str, LinkReview]) -> ReviewLink:
    # What is still suggested is open or was reworded; what was accepted or rejected is told by its review.
    review = reviews.get(suggestion.key)
    change = answer.key.rpartition("/")[0]
    return ReviewLink(
        key=suggestion.key,
        kind="motive",
        status="open" if review is None else "reworded",
        start=LinkEnd(suggestion.kind, suggestion.motive),
        end=LinkEnd("change", Named(answer.change, change, change)),
        amendment=answer.phrase,
        label=answer.label,
        hypothesis=answer.hypothesis,
        reason=suggestion.explanation,
        attributed_to=PROGRAM,
        score=str(suggestion.score),
        method=MOTIVE_METHOD,
        former_reason=review.reviewed_reason if review else "",
        reviewer=review.reviewer if review else "",
        decided_at=review.decided_at if review else "",
    )


def _revision(
    alignment: Alignment,
    versions: Mapping[str, tuple[Version, HypothesisLineage]],
    reviews: Mapping[str, LinkReview],
) -> ReviewLink:
    key = revision_key(alignment.earlier, alignment.later)
    review = reviews.get(key)
    (earlier, _), (later, lineage) = versions[alignment.earlier], versions[alignment.later]
    return ReviewLink(
        key=key,
        kind="revision",
        status="open" if review is None else "reworded",
        start=LinkEnd("version", Named(earlier.iri, earlier.key, earlier.name)),
        end=LinkEnd("version", Named(later.iri, later.key, later.name)),
        amendment="",
        label=later.name,
        hypothesis=lineage.hypothesis,
        reason=review.reason if review else alignment.explanation,
        attributed_to=PROGRAM,
        score=str(alignment.score),
        method=REVISION_METHOD,
        former_reason=review.reviewed_reason if review else "",
        reviewer=review.reviewer if review else "",
        decided_at=review.decided_at if review else "",
    )


def _decided(review: LinkReview, belongs: Mapping[str, Named]) -> ReviewLink:
    # A rejected link is remembered by its review alone, and so is one that is not in the study any more.
    rejected = review.decision == "rejected"
    return ReviewLink(
        key=review.key,
        kind=review.kind,
        status=review.decision,
        start=review.start,
        end=review.end if review.new_end is None else review.new_end,
        amendment=review.amendment,
        label=f"“{review.amendment}”" if review.amendment else review.end.item.label,
        hypothesis=belongs.get(review.end.item.iri) or belongs.get(review.start.item.iri),
        reason=review.reviewed_reason if rejected else review.reason or review.reviewed_reason,
        attributed_to="" if review.kind == "reading" else PROGRAM,
        score=review.score,
        method=review.method,
        former_reason="" if rejected or not review.reason else review.reviewed_reason,
        decision_reason=review.reason if rejected else "",
        reviewer=review.reviewer,
        decided_at=review.decided_at,
    )


def _belonging(overview: StudyOverview) -> Mapping[str, Named]:
    """By the IRI of a hypothesis, version, change or quote, the hypothesis it belongs to."""
    return dict(_of_hypotheses(overview))


def _of_hypotheses(overview: StudyOverview) -> Iterator[tuple[str, Named]]:
    for lineage in overview.lineages:
        own = lineage.hypothesis
        yield own.iri, own
        yield from ((change.iri, own) for change in lineage.changes)
        for version in lineage.versions:
            yield version.iri, own
            yield from ((quote.iri, own) for quote in version.quotes)
