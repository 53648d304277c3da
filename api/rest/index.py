"""``/api/v1`` itself: where to begin."""

from __future__ import annotations

from collections.abc import Iterable

from api.rest.models.index import Index, StudyAddresses
from api.rest.operations import Asked, Operation, Reply
from api.rest.programme import Study, studies_of
from api.rest.replies import JSON
from pages.addresses import DOCUMENT, NAMESPACE, REFERENCE

_ROOT = "/api/v1"
_OF_A_STUDY = "/studies/{study}"


def index_of(operations: Iterable[Operation]) -> Operation:
    """The look-up that lists what there is.

    Args:
        operations: the other look-ups; those that need no more than a study are named for each study.
    """
    names = [each.path.removeprefix(f"{_OF_A_STUDY}/") for each in operations if _of_a_whole_study(each.path)]

    def answer(asked: Asked) -> Reply:
        studies = tuple(_addresses(each, names) for each in studies_of(asked.committed))
        content = Index(
            studies=studies,
            search=f"{_ROOT}/search",
            queries=f"{_ROOT}/queries",
            sparql="/sparql",
            data="/data",
            vocabulary=f"/{NAMESPACE}",
            reference=f"/{REFERENCE}",
            openapi=f"/{DOCUMENT}",
        )
        return Reply(content, tuple(each.iri for each in studies))

    return Operation(
        name="get_index",
        path="",
        summary="What there is, and where.",
        description="The studies of the store with the addresses of their look-ups, and what else the server answers.",
        tag="Studies",
        model=Index,
        answer=answer,
        example="",
        formats=(JSON,),
    )


def _of_a_whole_study(path: str) -> bool:
    name = path.removeprefix(f"{_OF_A_STUDY}/")
    return name != path and not set(name) & set("{/")


def _addresses(study: Study, names: Iterable[str]) -> StudyAddresses:
    own = f"{_ROOT}{_OF_A_STUDY.format(study=study.key)}"
    return StudyAddresses(
        iri=study.iri,
        key=study.key,
        title=study.title,
        address=own,
        look_ups={name.replace("-", "_"): f"{own}/{name}" for name in names},
    )
