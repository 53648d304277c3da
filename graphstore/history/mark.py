"""The mark in the engine that says which changeset it holds: written in the same atomic step as the statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from graphstore.embedded import EmbeddedStore
from graphstore.history.changeset import Changeset
from graphstore.layout import BOOKKEEPING
from graphstore.port import GraphStore

_STORE: Final = NamedNode("urn:x-hypothread:store")
_APPLIED: Final = NamedNode("urn:x-hypothread:applied")


class Applied(NamedTuple):
    """The newest changeset that an engine holds; number 0 for none."""

    number: int
    digest: str


NOTHING_APPLIED: Final = Applied(0, "")


def mark_of(changeset: Changeset) -> Quad:
    """The mark that says: this changeset is in."""
    return Quad(_STORE, _APPLIED, Literal(f"{changeset.number} {changeset.digest}"), BOOKKEEPING)


def marks(engine: Store) -> set[Quad]:
    """The marks in an engine. Adding one is cheaper than replacing one, so there may be several."""
    return set(engine.quads_for_pattern(_STORE, _APPLIED, None, BOOKKEEPING))


def applied(engine: Store) -> Applied:
    """The newest changeset that an engine holds."""
    return max(_read(engine), default=NOTHING_APPLIED)


def changeset_in(store: GraphStore) -> int | None:
    """The number of the newest changeset that a store or snapshot holds, 0 for none; None where it keeps no mark."""
    return applied(store.engine).number if isinstance(store, EmbeddedStore) else None


def _read(engine: Store) -> Iterator[Applied]:
    for quad in marks(engine):
        if isinstance(quad.object, Literal):
            number, _, digest = quad.object.value.partition(" ")
            yield Applied(int(number), digest)
