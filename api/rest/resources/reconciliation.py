"""Whether what a study's sources print agrees with itself, in one look-up."""

from __future__ import annotations

from typing import Final

from api.rest.common import OF_ONE, STUDY
from api.rest.lineage import come_to
from api.rest.models import reconciliation as models
from api.rest.models.base import StatusLink, review_model
from api.rest.operations import Asked, Operation, Reply
from api.rest.programme import Scope, scope_of
from api.rest.replies import JSON
from lineage.reconciliation import (
    CitedNumber,
    NumberCheck,
    Reconciliation,
    TwoWordings,
    held_reconciliation,
    reconciliation,
)
from lineage.records import Named, Wording


def _answer(asked: Asked) -> Reply:
    scope = scope_of(asked)
    study = Named(scope.study.iri, scope.study.key, scope.study.title)
    whole: Reconciliation = scope.committed.remember(
        ("reconciliation", study.iri), lambda: reconciliation(asked.committed.store, study)
    )
    found = held_reconciliation(whole, come_to(scope))
    return Reply(
        models.ReconciliationResource(
            iri=study.iri,
            agrees=len(found.of_verdict("agrees")),
            truncated=len(found.of_verdict("truncated")),
            differs=len(found.of_verdict("differs")),
            not_recomputable=len(found.of_verdict("not-recomputable")),
            contradictions=found.contradictions,
            numbers=tuple(map(_number, found.numbers)),
            wordings=tuple(map(_wordings, found.wordings)),
            cited_numbers=tuple(_cited(each, scope) for each in found.cited_numbers),
        ),
        (study.iri,),
    )


def _number(number: NumberCheck) -> models.CheckedNumber:
    return models.CheckedNumber.model_validate(
        {
            "iri": number.iri,
            "kind": number.kind,
            "label": number.label,
            "published_value": number.published,
            "recomputed_value": number.recomputed,
            "difference": None if number.difference is None else str(number.difference),
            "verdict": number.verdict,
            "query": number.question,
            "explanation": number.explanation,
            "locators": number.locators,
            "other_locators": number.other_locators,
        }
    )


def _placed(wording: Wording) -> models.PlacedWording:
    return models.PlacedWording(iri=wording.iri, statement=wording.statement, locators=wording.locators)


def _wordings(found: TwoWordings) -> models.TwoWordings:
    return models.TwoWordings(
        version=found.version,
        canonical=_placed(found.comparison.before),
        other=_placed(found.comparison.after),
        removed=found.comparison.difference.phrases("removed"),
        added=found.comparison.difference.phrases("added"),
    )


def _cited(found: CitedNumber, scope: Scope) -> models.CitedNumber:
    return models.CitedNumber(
        iri=found.finding.iri,
        text=found.finding.label,
        cites_number=found.cited,
        locators=found.locators,
        bearers=tuple(models.NumberBearer(version=each.version, locators=each.locators) for each in found.bearers),
        reads_as=tuple(
            StatusLink(
                iri=link.to.iri,
                key=link.to.key,
                label=link.to.label,
                status=link.status,
                rationale=link.rationale,
                attributed_to=link.attributed_to,
                reviewed=review_model(link.reviewed),
            )
            for link in found.reads_as
            if link.status in scope.statuses
        ),
    )


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation(
        name="get_reconciliation",
        path="/studies/{study}/reconciliation",
        summary="Whether what the sources print agrees with itself.",
        description=(
            "Every published number with what recomputing it gives and the query that does so; every version that is "
            "worded in two ways, with both places and the words that differ; every conclusion citing a number which "
            "several hypotheses have borne. Computed from the store as it is now. Which hypothesis such a number means "
            "is the editors' reading, and comes with include=editorial. With iteration or on: wordings and cited "
            "numbers as far as the programme had come then."
        ),
        tag="Evidence",
        model=models.ReconciliationResource,
        answer=_answer,
        example="/studies/innovation-ecosystem/reconciliation?fields=iri,agrees,truncated,differs,not_recomputable,"
        "contradictions,wordings",
        formats=(JSON,),
        parameters=OF_ONE,
        places=(STUDY,),
    ),
)
