"""What differs between two states of a study's data, and whether anybody tampered with its history."""

from __future__ import annotations

from typing import Final

from api.access.roles import Role
from api.errors import UnusableValue
from api.rest.common import FIELDS, STUDY
from api.rest.history_formats import JSON_LINES, RDF_PATCH, json_lines
from api.rest.models.history import DifferenceResource, VerificationResource
from api.rest.operations import Asked, Format, Operation, Reply
from api.rest.parameters import Parameter
from api.rest.programme import Scope, scope_of
from api.rest.replies import JSON
from api.rest.resources.history_items import history_of, must_be_told, told_by_item, touched
from graphstore.history import HistoryReader
from graphstore.history.errors import UnusableMoment
from graphstore.history.moments import parse_moment
from graphstore.history.patch import Lines, patch_between

FROM: Final = Parameter(
    "from", "The one state: a changeset by its number, 0 for the empty store, or an instant. The one before `to` "
    "without it.", "0",
)  # fmt: skip
TO: Final = Parameter("to", "The other state, likewise; the newest without it.", "1")
_WITHIN: Final = "/studies/{study}/history"
_EXAMPLE: Final = "/studies/innovation-ecosystem/history"


def _states(scope: Scope) -> tuple[int, int]:
    history, newest = history_of(scope), history_of(scope).newest()
    after = _state(history, "to", scope.asked.given.one("to"), newest, newest)
    return _state(history, "from", scope.asked.given.one("from"), max(0, after - 1), newest), after


def _state(history: HistoryReader, name: str, text: str | None, otherwise: int, newest: int) -> int:
    if text is None:
        return otherwise
    try:
        found = history.number_at(parse_moment(text))
    except UnusableMoment as error:
        raise UnusableValue(f"{name}: {error}") from error
    if found > newest:
        raise UnusableValue(f"{name} cannot be {found}. The newest changeset is {newest}.")
    return found


def _between(scope: Scope) -> Lines:
    return history_of(scope).lines_between(*_states(scope)).in_graphs_of(scope.study.iri)


def _difference(asked: Asked) -> Reply:
    scope = scope_of(asked)
    before, after = _states(scope)
    lines = _between(scope)
    content = DifferenceResource(
        iri=scope.study.iri,
        before=before,
        after=after,
        removed=len(lines.removed),
        added=len(lines.added),
        items=touched(told_by_item(scope, lines)),
    )
    return Reply(content, (scope.study.iri,))


def _patch_of_difference(_: Reply, asked: Asked) -> bytes:
    return patch_between(_between(scope_of(asked)))


def _lines_of_difference(_: Reply, asked: Asked) -> bytes:
    scope = scope_of(asked)
    return json_lines(must_be_told(told_by_item(scope, _between(scope))))


def _verification(asked: Asked) -> Reply:
    scope = scope_of(asked)
    history = history_of(scope)
    problems, count, digest = history.verify(), history.newest(), history.newest_digest()
    content = VerificationResource(
        iri=scope.study.iri, whole=not problems, changesets=count, digest=digest, problems=tuple(problems)
    )
    return Reply(content, (scope.study.iri,))


_FORMATS: Final = (
    JSON,
    Format("jsonl", JSON_LINES, _lines_of_difference),
    Format("patch", RDF_PATCH, _patch_of_difference),
)

OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation(
        name="get_difference",
        path=f"{_WITHIN}/diff",
        summary="What differs between two states of the data.",
        description=(
            "What has to be removed from and added to the study as of `from` to make it as of `to`, either way round: "
            "which items, as JSON; statement by statement, an item a line, as JSON Lines; exactly, as RDF Patch."
        ),
        tag="History",
        model=DifferenceResource,
        answer=_difference,
        example=f"{_EXAMPLE}/diff?from=1&to=1",
        formats=(
            JSON,
            Format("jsonl", JSON_LINES, _lines_of_difference),
            Format("patch", RDF_PATCH, _patch_of_difference),
        ),
        parameters=(FROM, TO, FIELDS),
        places=(STUDY,),
        has_past=False,
        role=Role.reader,
    ),
    Operation(
        name="get_verification",
        path=f"{_WITHIN}/verify",
        summary="Whether anybody tampered with the history.",
        description=(
            "Checks the chain of digests over every changeset of the store, then holds the store against it, statement "
            "by statement. It reads everything: of a million statements that takes minutes."
        ),
        tag="History",
        model=VerificationResource,
        answer=_verification,
        example=f"{_EXAMPLE}/verify?fields=iri,whole,changesets,problems",
        formats=(JSON,),
        parameters=(FIELDS,),
        places=(STUDY,),
        has_past=False,
        role=Role.reader,
    ),
)
