"""You said, we did: what feedback led to and what amendments rest on, one look-up each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, TypeVar

from pydantic import BaseModel

from api.rest.common import OF_ONE, STUDY
from api.rest.lineage import come_to
from api.rest.models import answered as models
from api.rest.models.base import Link, StatusLink, review_model
from api.rest.operations import Asked, Operation, Reply
from api.rest.programme import STATUSES, Scope, scope_of
from api.rest.replies import JSON
from lineage.account import codebooks, theme_definitions
from lineage.answer_records import AmendmentAnswer, Coverage, FeedbackAnswer, StudyAnswers
from lineage.answered import study_answers
from lineage.narrowing import narrowed_lineage
from lineage.overview import study_overview
from lineage.records import Named, StudyOverview

Part = TypeVar("Part", bound=BaseModel)


def _answers(scope: Scope) -> StudyAnswers:
    """What was said and done by the time asked for, worked out once a commit."""
    store, study, iteration = scope.committed.store, scope.study, come_to(scope)

    def overview() -> StudyOverview:
        return study_overview(store, study.key, base=scope.asked.base)

    def made() -> StudyAnswers:
        whole: StudyOverview = scope.committed.remember(("overview", study.iri), overview)
        held = (narrowed_lineage(each, frozenset(STATUSES), iteration) for each in whole.lineages)
        books = codebooks(store, Named(study.iri, study.key, study.title))
        return study_answers(
            replace(whole, lineages=tuple(each for each in held if each.versions)), theme_definitions(books)
        )

    return scope.committed.remember(("answers", study.iri, iteration), made)


def _link(named: Named) -> Link:
    return Link(iri=named.iri, key=named.key, label=named.label)


def _amendments(asked: Asked) -> Reply:
    scope = scope_of(asked)
    found = _answers(scope)
    return Reply(
        models.AmendmentsResource(
            iri=scope.study.iri,
            unexplained=len(found.unexplained),
            amendments=tuple(_amendment(each, scope) for each in found.amendments),
        ),
        (scope.study.iri,),
    )


def _amendment(answer: AmendmentAnswer, scope: Scope) -> models.AmendmentPart:
    return models.AmendmentPart(
        iri=answer.iri,
        key=answer.key,
        hypothesis=_link(answer.hypothesis),
        kind=answer.amendment.kind,
        removed=answer.amendment.removed_words,
        added=answer.amendment.added_words,
        earlier_version=answer.before,
        earlier_position=str(answer.amendment.before),
        later_version=answer.after,
        later_position=str(answer.amendment.after),
        explained=answer.explained,
        rationale=answer.rationale,
        motives=tuple(each for each in _motives(answer) if each.status in scope.statuses),
    )


def _motives(answer: AmendmentAnswer) -> Iterator[models.Motive]:
    for stated in answer.stated:
        yield models.Motive(
            **_link(stated).model_dump(),
            kind="quote" if "/quote/" in stated.iri else "theme",
            status="asserted",
            score=None,
            explanation=None,
            repeated_by=(),
        )
    for each in answer.suggested:
        yield models.Motive(
            **_link(each.motive).model_dump(),
            kind=each.kind,
            status="suggested",
            score=str(each.score),
            explanation=each.explanation,
            repeated_by=each.repeated_by,
        )


def _answered(asked: Asked) -> Reply:
    scope = scope_of(asked)
    found = _answers(scope)
    return Reply(
        models.AnsweredResource(
            iri=scope.study.iri,
            coverage=tuple(_coverage(each, scope) for each in found.coverage),
            feedback=tuple(_feedback(each, scope) for each in found.feedback),
            unanswered=tuple(each.quote.key for each in found.unanswered),
            unexplained_changes=tuple(each.change.key for each in found.changes if not each.explained),
        ),
        (scope.study.iri,),
    )


def _feedback(answer: FeedbackAnswer, scope: Scope) -> models.Feedback:
    quote = answer.quote
    return models.Feedback(
        quote=Link(iri=quote.iri, key=quote.key, label=quote.text),
        organisation_type=_link(quote.organisation_type) if quote.organisation_type else None,
        version=quote.version,
        answered=answer.answered,
        moved=tuple(each for each in _moved(answer) if each.status in scope.statuses),
        areas=tuple(each for each in _areas(answer) if each.status in scope.statuses),
    )


def _moved(answer: FeedbackAnswer) -> Iterator[models.Outcome]:
    for named in answer.moved:
        yield models.Outcome(**_link(named).model_dump(), status="asserted", score=None)
    for each in answer.proposed:
        to = each.amendment
        yield models.Outcome(iri=to.iri, key=to.key, label=to.label, status="suggested", score=str(each.score))


def _areas(answer: FeedbackAnswer) -> Iterator[StatusLink]:
    if answer.printed_under is not None:
        stated = _link(answer.printed_under).model_dump()
        yield StatusLink(**stated, status="asserted", rationale=None, attributed_to=None)
    for link in answer.read_to:
        read = _link(link.to).model_dump()
        yield StatusLink(
            **read,
            status=link.status,
            rationale=link.rationale,
            attributed_to=link.attributed_to,
            reviewed=review_model(link.reviewed),
        )


def _coverage(coverage: Coverage, scope: Scope) -> models.CoveragePart:
    read, suggested = "editorial" in scope.statuses, "suggested" in scope.statuses
    return models.CoveragePart(
        organisation_type=_link(coverage.organisation_type) if coverage.organisation_type else None,
        feedback=coverage.feedback.of,
        answered=coverage.feedback.count,
        read=coverage.read.count if read else None,
        suggested=coverage.suggested.count if suggested else None,
        changes=coverage.changes.of,
        explained=coverage.changes.count,
        suggested_changes=coverage.suggested_changes.count if suggested else None,
    )


def _look_up(
    name: str, summary: str, description: str, model: type[Part], answer: Callable[[Asked], Reply], example: str
) -> Operation:
    return Operation(
        name=f"get_{name}",
        path=f"/studies/{{study}}/{name}",
        summary=summary,
        description=description,
        tag="Evidence",
        model=model,
        answer=answer,
        example=f"/studies/innovation-ecosystem/{name}?{example}",
        formats=(JSON,),
        parameters=OF_ONE,
        places=(STUDY,),
    )


OPERATIONS: Final[tuple[Operation, ...]] = (
    _look_up(
        "answered",
        "What people said, and what came of it.",
        "Every quote about a version with the amendments and changes that a source says it moved and the area it is "
        "printed under; which quotes and changes have nothing recorded; how much has, by kind of organisation. "
        "include=editorial adds the areas it is read as speaking to, include=suggested the amendments that a program "
        "proposes; neither is ever an answer. With iteration or on: as far as the programme had come then.",
        models.AnsweredResource,
        _answered,
        "fields=iri,coverage,unexplained_changes&include=asserted,suggested",
    ),
    _look_up(
        "amendments",
        "What each rewording changed, and what moved it.",
        "Every phrase that a rewording added, removed or replaced, with its place in both statements, the reason given "
        "and the motives that a source states. include=suggested adds quotes and themes that a program proposes from "
        "their words, each with score and explanation; they are no evidence. With iteration or on: as far as the "
        "programme had come then.",
        models.AmendmentsResource,
        _amendments,
        "iteration=2&include=asserted,suggested",
    ),
)
