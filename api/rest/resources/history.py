"""The history of a study's data: its changesets, what each changed, and whether anybody tampered with it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from api.access.roles import Role
from api.errors import NothingThere, UnusableValue
from api.linked_data.relations import Relation, link_field
from api.rest.common import BOM, CURSOR, FIELDS, LIMIT, STUDY, filter_by, sort_by
from api.rest.history_formats import JSON_LINES, RDF_PATCH, json_lines
from api.rest.lists import Filter, Listing, Table
from api.rest.models.history import ChangesetResource
from api.rest.operations import Asked, Format, Operation, Reply
from api.rest.parameters import Parameter, must_be_among
from api.rest.programme import Scope, scope_of
from api.rest.replies import CSV, JSON
from api.rest.resources.history_items import history_of, must_be_told, told_by_item, touched
from graphstore.attribution import Channel
from graphstore.history.errors import UnusableMoment
from graphstore.history.moments import parse_moment
from lineage.history.changesets import told_changesets
from lineage.history.records import ItemChange, ToldChangeset

HOW: Final = filter_by("how", "Only what came through this door.", "import", enum=[each.value for each in Channel])
WHO: Final = filter_by("who", "Only what is attributed to this name.", "Programme team")
ITEM: Final = filter_by(
    "item", "Only what touched this item, by its IRI or what follows the study's in it.", "quote/q01"
)
SINCE: Final = Parameter("since", "Only what was written at or after this instant; a day means its end.", "2024-05-31")
UNTIL: Final = Parameter("until", "Only what was written at or before this instant.", "2024-05-31T16:00Z")
MESSAGE: Final = Parameter("q", "Only what says this in its message, whatever its capitals.", "report")
NUMBER: Final = Parameter("number", "The changeset's number.", 1, {"type": "integer", "minimum": 1})
_DESCRIBED: Final = "History"


def _changesets(scope: Scope) -> dict[str, ToldChangeset]:
    return scope.committed.remember(
        ("changesets", scope.study.iri),
        lambda: {each.iri: each for each in told_changesets(scope.committed.store, scope.study.iri)},
    )


def _table(scope: Scope) -> Table:
    # Negated for the newest first.
    return Table(
        ("newest", "number", "who"),
        {each.iri: (-each.number, each.number, each.who) for each in _changesets(scope).values()},
    )


def _instant(name: str, text: str) -> datetime:
    try:
        found = parse_moment(text)
    except UnusableMoment as error:
        raise UnusableValue(f"{name}: {error}") from error
    if isinstance(found, int):
        raise UnusableValue(f"{name} cannot be “{text}”. Write an instant, such as 2024-05-31T16:00Z.")
    return found


def _since(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    wanted = _instant("since", values[0])
    return {each.iri for each in _changesets(scope).values() if datetime.fromisoformat(each.ended) >= wanted}


def _until(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    wanted = _instant("until", values[0])
    return {each.iri for each in _changesets(scope).values() if datetime.fromisoformat(each.ended) <= wanted}


def _through(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    must_be_among("how", values, [each.value for each in Channel])
    return {each.iri for each in _changesets(scope).values() if each.channel in values}


def _by(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    found = _changesets(scope).values()
    must_be_among("who", values, sorted({each.who for each in found}))
    return {each.iri for each in found if each.who in values}


def _touching(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    iris = [each if ":" in each else f"{scope.study.iri}/{each.strip('/')}" for each in values]
    wanted, history = tuple(f"<{each}>".encode() for each in iris), history_of(scope)
    return {
        each.iri
        for each in _changesets(scope).values()
        if each.redacts in iris or _mentions(history.patch(each.number), wanted)
    }


def _mentions(patch: bytes, iris: Sequence[bytes]) -> bool:
    return any(each in patch for each in iris)


def _saying(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    words = values[0].casefold()
    return {each.iri for each in _changesets(scope).values() if words in each.message.casefold()}


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    found = _changesets(scope)
    return [_resource(scope, found[iri]) for iri in iris]


def _resource(scope: Scope, told: ToldChangeset) -> ChangesetResource:
    return ChangesetResource(
        iri=told.iri,
        number=told.number,
        when=told.ended,
        who=told.who,
        how=told.channel,
        message=told.message,
        removed=told.removed,
        added=told.added,
        reverts=told.reverts,
        redacts=told.redacts,
        items=touched(_changes_of(scope, told.number)) if _is_wanted(scope, "items") else None,
    )


def _is_wanted(scope: Scope, field: str) -> bool:
    words = scope.asked.given.words("fields")
    return not words or field in words


def _changes_of(scope: Scope, number: int) -> tuple[ItemChange, ...] | None:
    def make() -> tuple[tuple[ItemChange, ...] | None]:
        return (told_by_item(scope, history_of(scope).lines(number).in_graphs_of(scope.study.iri)),)

    return scope.committed.remember(("changes of", scope.study.iri, number), make)[0]


def _one(scope: Scope) -> ToldChangeset:
    asked, found = scope.asked.path["number"], _changesets(scope).values()
    told = next((each for each in found if str(each.number) == asked), None)
    if told is None:
        numbers = [each.number for each in found]
        held = f" Its changesets go from {min(numbers)} to {max(numbers)}." if numbers else " It has none yet."
        raise NothingThere(f"No changeset “{asked[:60]}” touched {scope.study.key}.{held}")
    return told


def _one_changeset(asked: Asked) -> Reply:
    scope = scope_of(asked)
    told = _one(scope)
    return Reply(_resource(scope, told), (told.iri,), link_field((Relation(told.iri, "canonical"),)))


def _patch_of_one(_: Reply, asked: Asked) -> bytes:
    scope = scope_of(asked)
    return history_of(scope).patch(_one(scope).number)


def _lines_of_one(_: Reply, asked: Asked) -> bytes:
    scope = scope_of(asked)
    return json_lines(must_be_told(_changes_of(scope, _one(scope).number)))


HISTORY: Final = Listing(
    "history",
    _table,
    {"newest": ("newest",), "number": ("number",), "who": ("who", "newest")},
    (
        Filter(HOW, _through),
        Filter(WHO, _by),
        Filter(ITEM, _touching),
        Filter(SINCE, _since),
        Filter(UNTIL, _until),
        Filter(MESSAGE, _saying),
    ),
    _details,
)
_WITHIN: Final = "/studies/{study}/history"
_EXAMPLE: Final = "/studies/innovation-ecosystem/history"
_PATCH_OF_ONE: Final = Format("patch", RDF_PATCH, _patch_of_one)
_LINES_OF_ONE: Final = Format("jsonl", JSON_LINES, _lines_of_one)

OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation(
        name="list_history",
        path=_WITHIN,
        summary="What changed in the data, the newest first.",
        description=(
            "Every changeset that touched the study: when, who, through which door, what for, and which items it "
            "touched. Restricted graphs included, so it takes a token. Changesets are numbered for the whole store."
        ),
        tag=_DESCRIBED,
        model=ChangesetResource,
        answer=HISTORY.answer,
        example=f"{_EXAMPLE}?fields=iri,number,who,how,message,removed,reverts,redacts&limit=1",
        formats=(JSON, CSV),
        is_list=True,
        parameters=(
            *(each.parameter for each in HISTORY.filters),
            sort_by(tuple(HISTORY.sorts)),
            FIELDS,
            LIMIT,
            CURSOR,
            BOM,
        ),
        places=(STUDY,),
        has_past=False,
        role=Role.reader,
    ),
    Operation(
        name="get_changeset",
        path=f"{_WITHIN}/{{number}}",
        summary="One changeset.",
        description=(
            "What it is and which items it touched, as JSON; statement by statement, an item a line, as JSON Lines; as "
            "the journal keeps it, all that it changed in the store, as RDF Patch."
        ),
        tag=_DESCRIBED,
        model=ChangesetResource,
        answer=_one_changeset,
        example=f"{_EXAMPLE}/1?fields=iri,number,who,how,message,removed,reverts,redacts",
        formats=(JSON, _LINES_OF_ONE, _PATCH_OF_ONE),
        parameters=(FIELDS,),
        places=(STUDY, NUMBER),
        has_past=False,
        role=Role.reader,
    ),
)
