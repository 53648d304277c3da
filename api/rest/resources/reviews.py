"""Every link that no source states, with what reviewers decided of it: the list that `hypothread review` prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Final

from pydantic import BaseModel

from api.errors import NothingThere
from api.rest.common import BOM, CURSOR, FIELDS, LIMIT, STUDY, filter_by, sort_by
from api.rest.lists import Filter, Listing, Table
from api.rest.models.base import Link
from api.rest.models.review import ReviewEnd, ReviewResource
from api.rest.operations import Asked, Operation, Reply
from api.rest.parameters import Parameter, must_be_among
from api.rest.programme import Scope, scope_of
from api.rest.replies import CSV, JSON
from api.rest.resources.building import WITHIN
from api.rest.resources.filters import by_hypothesis
from api.rest.writes.tags import review_tag
from lineage.review_records import LinkEnd, ReviewLink
from lineage.stored import StoredStudy
from ontology.choices import DECISIONS, LINK_KINDS
from ontology.iris import StudyIris

_STATUSES: Final = ("open", *DECISIONS)
_TAG: Final = "Reviewing"
_KEY: Final = "motive-utility-1-to-2-relative-advantage-to-patient-benefit-q19"
STATUS: Final = filter_by("status", "Only links of which this was decided.", "open", enum=list(_STATUSES))
KIND: Final = filter_by("kind", "Only links of this kind.", "motive", enum=list(LINK_KINDS))


def _links(scope: Scope) -> Mapping[str, ReviewLink]:
    """The links by the IRI of the decision on each, in the order that the command line has."""

    def make() -> Mapping[str, ReviewLink]:
        iris = StudyIris(scope.asked.base, scope.study.key)
        stored = StoredStudy(scope.committed.store, scope.study.key, scope.asked.base)
        return {iris.review(each.key): each for each in stored.links()}

    return scope.committed.remember(("review links", scope.study.iri), make)


def _table(scope: Scope) -> Table:
    return Table(
        ("place", "key", "status", "kind", "score", "hypothesis"),
        {
            iri: (
                place,
                each.key,
                each.status,
                each.kind,
                float(each.score) if each.score else None,
                None if each.hypothesis is None else each.hypothesis.key,
            )
            for place, (iri, each) in enumerate(_links(scope).items())
        },
    )


def _one_of(parameter: Parameter, allowed: Sequence[str]) -> Callable[[Scope, tuple[str, ...]], Set[str]]:
    def fitting(scope: Scope, values: tuple[str, ...]) -> Set[str]:
        must_be_among(parameter.name, values, allowed)
        return _table(scope).where(parameter.name, frozenset(values))

    return fitting


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    links = _links(scope)
    return [_resource(iri, links[iri]) for iri in iris if iri in links]


def _resource(iri: str, link: ReviewLink) -> ReviewResource:
    own = link.hypothesis
    return ReviewResource(
        iri=iri,
        key=link.key,
        kind=link.kind,
        status=link.status,
        hypothesis=None if own is None else Link(iri=own.iri, key=own.key, label=own.label),
        leads_from=_end(link.start, link.start.item.label),
        leads_to=_end(link.end, link.label),
        amendment=link.amendment or None,
        reason=link.reason,
        score=link.score or None,
        method=link.method or None,
        attributed_to=link.attributed_to or None,
        former_reason=link.former_reason or None,
        decision_reason=link.decision_reason or None,
        reviewer=link.reviewer or None,
        decided_at=link.decided_at or None,
    )


def _end(end: LinkEnd, label: str) -> ReviewEnd:
    return ReviewEnd(kind=end.kind, iri=end.item.iri, key=end.item.key, label=label)


def _one(asked: Asked) -> Reply:
    scope, key = scope_of(asked), asked.path["key"]
    iri = scope.study.item("review", key)
    found = _details(scope, (iri,))
    if not found:
        raise NothingThere(
            f"There is no link “{key[:90]}” to review. /api/v1/studies/{scope.study.key}/reviews lists them."
        )
    iris = StudyIris(asked.base, scope.study.key)
    return Reply(found[0], (iri,), item=review_tag(asked.committed.store, iris, key))


REVIEWS: Final = Listing(
    "reviews",
    _table,
    {
        "place": ("place",),
        "key": ("key",),
        "status": ("status", "place"),
        "kind": ("kind", "place"),
        "score": ("score", "place"),
        "hypothesis": ("hypothesis", "place"),
    },
    (
        Filter(STATUS, _one_of(STATUS, _STATUSES)),
        Filter(KIND, _one_of(KIND, LINK_KINDS)),
        by_hypothesis(_table),
    ),
    _details,
)
PLACES: Final = (STUDY, Parameter("key", "The link's key.", _KEY))

OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation(
        name="list_reviews",
        path=f"{WITHIN}/reviews",
        summary="The links that no source states, and what was decided of them.",
        description="Motives and revisions that a program proposes, and the readings of the study's editors: what "
        "each joins, why, with what score, and what a reviewer decided. A suggestion that was rejected stays in the "
        "list and nowhere else. The same list as `hypothread review` prints.",
        tag=_TAG,
        model=ReviewResource,
        answer=REVIEWS.answer,
        example="/studies/innovation-ecosystem/reviews?kind=motive&hypothesis=utility&limit=2",
        formats=(JSON, CSV),
        is_list=True,
        parameters=(
            *(each.parameter for each in REVIEWS.filters), sort_by(tuple(REVIEWS.sorts)), FIELDS, LIMIT, CURSOR, BOM,
        ),
        places=(STUDY,),
    ),
    Operation(
        name="get_review",
        path=f"{WITHIN}/reviews/{{key}}",
        summary="One link that no source states, and what was decided of it.",
        description="What it joins, why, with what score, and what a reviewer decided. Its `ETag` guards a decision.",
        tag=_TAG,
        model=ReviewResource,
        answer=_one,
        example=f"/studies/innovation-ecosystem/reviews/{_KEY}",
        formats=(JSON,),
        parameters=(FIELDS,),
        places=PLACES,
    ),
)  # fmt: skip
