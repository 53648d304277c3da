"""Look-ups of a list, and of one of its items, from one definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from pydantic import BaseModel

from api.errors import NothingThere
from api.rest.common import OF_LISTS, OF_ONE, STUDY, sort_by
from api.rest.formats import FOR_ONE, FORMATS
from api.rest.links import links_of_one
from api.rest.lists import Listing
from api.rest.operations import Asked, Operation, Reply
from api.rest.parameters import Parameter
from api.rest.programme import Scope, scope_of
from api.rest.writes.collections import COLLECTIONS
from api.rest.writes.tags import item_tag

WITHIN: Final = "/studies/{study}"
_WRITABLE: Final = frozenset(each.kind for each in COLLECTIONS)
_MOST_TO_LOOK_THROUGH: Final = 2_000
_EXAMPLE: Final = "/studies/innovation-ecosystem"


@dataclass(frozen=True, slots=True)
class Described:
    """What a resource is called in the documentation: its group, its model, and what one of it is."""

    tag: str
    model: type[BaseModel]
    one: str


def list_look_up(
    listing: Listing,
    described: Described,
    summary: str,
    description: str,
    *,
    example: str = "limit=2",
    is_long: bool = False,
) -> Operation:
    """The look-up of a list, at the address of the list's name."""
    path = f"{WITHIN}/{listing.name}"
    return Operation(
        name=f"list_{listing.name.replace('-', '_')}",
        path=path,
        summary=summary,
        description=description,
        tag=described.tag,
        model=described.model,
        answer=listing.answer,
        example=f"{_EXAMPLE}/{listing.name}?{example}",
        formats=FORMATS,
        is_list=True,
        is_long=is_long,
        parameters=(*(each.parameter for each in listing.filters), sort_by(tuple(listing.sorts)), *OF_LISTS),
        places=(STUDY,),
    )


def one_look_up(
    listing: Listing,
    described: Described,
    summary: str,
    description: str,
    *,
    kind: str,
    places: Mapping[str, Parameter],
    iteration: Callable[[BaseModel], int | None] = lambda _: None,
    version: Callable[[BaseModel], str | None] = lambda _: None,
) -> Operation:
    """The look-up of one item of a list, at the list's address followed by its key.

    Args:
        listing: the list.
        described: what it is called.
        summary: one line.
        description: what it answers.
        kind: the part of an item's IRI before its key.
        places: the keys in the path.
        iteration: the iteration that an item belongs to; an item of another than is asked for is not there.
        version: the IRI of the version that an item is or shows; its links lead to those around it.
    """

    def answer(asked: Asked) -> Reply:
        scope = scope_of(asked)
        scope.must_have_begun()
        keys = [asked.path[name] for name in places]
        iri = scope.study.item(kind, *keys)
        found = listing.details(scope, (iri,))
        name = "/".join(keys)
        if not found:
            near = _nearest(scope, listing, kind, name)
            raise NothingThere(
                f"There is no {described.one} “{name[:60]}”.{near} {_list_address(asked, listing)} lists them."
            )
        if listing.dated:
            _must_be_held(scope, iteration(found[0]), f"The {described.one} “{name}”")
        tag = item_tag(asked.committed.store, f"{scope.study.iri}/graph", iri) if kind in _WRITABLE else ""
        return Reply(found[0], (iri,), links_of_one(asked, iri, around=version(found[0])), tag)

    address = "/".join(f"{{{name}}}" for name in places)
    example = "/".join(str(each.example) for each in places.values())
    return Operation(
        name=f"get_{described.one.replace(' ', '_')}",
        path=f"{WITHIN}/{listing.name}/{address}",
        summary=summary,
        description=description,
        tag=described.tag,
        model=described.model,
        answer=answer,
        example=f"{_EXAMPLE}/{listing.name}/{example}",
        formats=FOR_ONE,
        parameters=OF_ONE,
        places=(STUDY, *places.values()),
    )


def _nearest(scope: Scope, listing: Listing, kind: str, name: str) -> str:
    """A question after the key that was meant, where one is near; nothing where there are too many to look through."""
    rows = listing.table(scope).rows
    if len(rows) > _MOST_TO_LOOK_THROUGH:
        return ""
    before = scope.study.item(kind, "x").removesuffix("x")
    close = get_close_matches(name[:60], [each.removeprefix(before) for each in rows], n=1)
    return f" Did you mean “{close[0]}”?" if close else ""


def _list_address(asked: Asked, listing: Listing) -> str:
    return f"/api/v1/studies/{asked.path['study']}/{listing.name}"


def _must_be_held(scope: Scope, ordinal: int | None, what: str) -> None:
    if not scope.holds(ordinal):
        wanted = ", ".join(map(str, sorted(scope.ordinals or ())))
        belongs = f"belongs to iteration {ordinal}" if ordinal is not None else "belongs to no iteration"
        raise NothingThere(f"{what} {belongs}, not to iteration {wanted}.")
