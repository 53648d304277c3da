"""Lists: an order, filters that each give the IRIs that fit, and the details of one page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from api.errors import UnusableValue
from api.rest.links import link_to_next
from api.rest.operations import Asked, Page, Reply
from api.rest.paging import DEFAULT_LIMIT, MOST, Ordered, SortValue, cut
from api.rest.parameters import Parameter, must_be_among
from api.rest.programme import Scope, scope_of

BOOLEANS = ("true", "false")


@dataclass(frozen=True, slots=True)
class Table:
    """What a list is ordered and filtered by: of each item the IRI and some values, the same at one commit.

    Attributes:
        columns: the values' names.
        rows: by IRI, the values.
    """

    columns: tuple[str, ...]
    rows: Mapping[str, tuple[SortValue, ...]]

    def __len__(self) -> int:
        """How many items there are."""
        return len(self.rows)

    def values(self, iri: str, names: Iterable[str]) -> tuple[SortValue, ...]:
        """Some values of an item."""
        row = self.rows[iri]
        return tuple(row[self.columns.index(name)] for name in names)

    def column(self, name: str) -> Mapping[str, SortValue]:
        """One value of every item."""
        at = self.columns.index(name)
        return {iri: row[at] for iri, row in self.rows.items()}

    def where(self, name: str, wanted: Set[Any]) -> frozenset[str]:
        """The items with one of these values."""
        at = self.columns.index(name)
        return frozenset(iri for iri, row in self.rows.items() if row[at] in wanted)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its parameter, and what gives the IRIs of the items that fit any of the values."""

    parameter: Parameter
    fitting: Callable[[Scope, tuple[str, ...]], Set[str]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a study.

    Attributes:
        name: what it holds: ``quotes``.
        table: every item of the study, with the values to order and filter by.
        sorts: by the name of an order, the columns it goes by; the first is that without ``sort``.
        filters: its filters.
        details: the resources of some IRIs, in their order.
        dated: whether items belong to iterations: the table's column ``ordinal`` says to which.
    """

    name: str
    table: Callable[[Scope], Table]
    sorts: Mapping[str, tuple[str, ...]]
    filters: tuple[Filter, ...]
    details: Callable[[Scope, Sequence[str]], Sequence[BaseModel]]
    dated: bool = False

    def answer(self, asked: Asked) -> Reply:
        """One page of the list."""
        scope = scope_of(asked)
        key = (self.name, scope.study.iri, scope.ordinals)
        return page_reply(
            asked,
            key,
            lambda: self.table(scope),
            self.sorts,
            self._wanted(scope),
            lambda iris: self.details(scope, iris),
        )

    def _wanted(self, scope: Scope) -> Set[str] | None:
        sets: list[Set[str]] = []
        if scope.before_the_first:
            sets.append(frozenset())
        elif self.dated and scope.ordinals is not None:
            sets.append(self.table(scope).where("ordinal", scope.ordinals))
        for each in self.filters:
            values = scope.asked.given.all(each.parameter.name)
            if values:
                sets.append(each.fitting(scope, values))
        return frozenset.intersection(*map(frozenset, sets)) if sets else None


def page_reply(
    asked: Asked,
    key: Hashable,
    table: Callable[[], Table],
    sorts: Mapping[str, tuple[str, ...]],
    wanted: Set[str] | None,
    details: Callable[[Sequence[str]], Sequence[BaseModel]],
) -> Reply:
    """One page of a list.

    Args:
        asked: the look-up, with its order, limit and cursor.
        key: what tells the list from others of the same commit.
        table: gives every item.
        sorts: by the name of an order, the columns it goes by.
        wanted: the IRIs that the filters leave; None for all.
        details: gives the resources of some IRIs.

    Raises:
        UnusableValue: when the order, the limit or the cursor is none that there is.
    """
    limit = _limit(asked)
    must_be_among("bom", asked.given.all("bom"), BOOLEANS)
    sort, descending = _sort(asked, sorts)

    def make() -> Ordered:
        items = table()
        return Ordered.of(sort, [(iri, items.values(iri, sorts[sort])) for iri in items.rows])

    ordered = asked.committed.remember(("ordered", key, sort), make)
    found = cut(ordered, wanted, limit=limit, cursor=asked.given.one("cursor"), descending=descending)
    items = tuple(details(found.iris)) if found.iris else ()
    following = _next(asked, found.next)
    return Reply(Page(items, found.total, following), found.iris, link_to_next(following))


def _sort(asked: Asked, sorts: Mapping[str, tuple[str, ...]]) -> tuple[str, bool]:
    given = asked.given.one("sort")
    if given is None:
        return next(iter(sorts)), False
    must_be_among("sort", (given,), [word for name in sorts for word in (name, f"-{name}")])
    return given.removeprefix("-"), given.startswith("-")


def _limit(asked: Asked) -> int:
    given = asked.given.one("limit")
    if given is None:
        return DEFAULT_LIMIT
    if not (given.isascii() and given.isdecimal() and len(given) < 5 and 1 <= int(given) <= MOST):
        raise UnusableValue(f"limit cannot be “{given[:60]}”. It is a whole number from 1 to {MOST}.")
    return int(given)


def _next(asked: Asked, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    return f"{asked.address}?{asked.given.with_value('cursor', cursor).canonical}"
