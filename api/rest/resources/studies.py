"""Studies, and the iterations of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel

from api.rest.common import BOM, CURSOR, FIELDS, LIMIT, OF_ONE, STUDY, sort_by
from api.rest.formats import FOR_ONE, FORMATS
from api.rest.lists import Listing, Table, page_reply
from api.rest.models.study import IterationResource, StudyResource
from api.rest.operations import Asked, Operation, Reply
from api.rest.parameters import Parameter
from api.rest.programme import Iteration, Scope, Study, iterations_of, scope_of, studies_of
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.tables import link

_SORTS: Final = {"key": ("key",), "title": ("title", "key")}


def _studies(asked: Asked) -> Reply:
    found = studies_of(asked.committed)
    table = Table(("key", "title"), {each.iri: (each.key, each.title) for each in found})
    by_iri = {each.iri: each for each in found}
    return page_reply(
        asked, "studies", lambda: table, _SORTS, None, lambda iris: [_study_resource(by_iri[iri]) for iri in iris]
    )


def _study(asked: Asked) -> Reply:
    scope = scope_of(asked)
    scope.must_have_begun()
    return Reply(_study_resource(scope.study), (scope.study.iri,))


def _study_resource(study: Study) -> StudyResource:
    return StudyResource(iri=study.iri, key=study.key, title=study.title, description=study.description)


def _table(scope: Scope) -> Table:
    rows = iterations_of(scope.committed, scope.study)
    return Table(("ordinal", "label"), {each.iri: (each.ordinal, each.label) for each in rows})


def _iterations(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    found = {each.iri: each for each in iterations_of(scope.committed, scope.study)}
    return [_iteration_resource(found[iri]) for iri in iris if iri in found]


def _iteration_resource(iteration: Iteration) -> IterationResource:
    return IterationResource(
        iri=iteration.iri,
        number=iteration.ordinal,
        label=iteration.label,
        issued=iteration.issued,
        used_at=link(iteration.used_at, iteration.used_at_label),
        since=iteration.since.isoformat() if iteration.since else None,
        versions=iteration.versions,
    )


ITERATIONS: Final = Listing(
    "iterations", _table, {"number": ("ordinal",), "label": ("label", "ordinal")}, (), _iterations, dated=True
)
_ITERATION: Final = Described("Studies", IterationResource, "iteration")

OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation(
        name="list_studies",
        path="/studies",
        summary="The studies there are.",
        description="Every study of the store, with its title. A store may hold none yet.",
        tag="Studies",
        model=StudyResource,
        answer=_studies,
        example="/studies",
        formats=FORMATS,
        is_list=True,
        parameters=(sort_by(tuple(_SORTS)), FIELDS, LIMIT, CURSOR, BOM),
    ),
    Operation(
        name="get_study",
        path="/studies/{study}",
        summary="One study.",
        description="Its title and what it is about. Before its first iteration there is nothing.",
        tag="Studies",
        model=StudyResource,
        answer=_study,
        example="/studies/innovation-ecosystem",
        formats=FOR_ONE,
        parameters=OF_ONE,
        places=(STUDY,),
    ),
    list_look_up(
        ITERATIONS,
        _ITERATION,
        "The iterations of a study.",
        "The ordered sets of versions, and since when each was held.",
    ),
    one_look_up(
        ITERATIONS,
        _ITERATION,
        "One iteration.",
        "When it was issued or used, and how many versions it holds.",
        kind="iteration",
        places={"number": Parameter("number", "The iteration's number.", 1, {"type": "integer", "minimum": 1})},
        iteration=lambda found: found.number if isinstance(found, IterationResource) else None,
    ),
)
