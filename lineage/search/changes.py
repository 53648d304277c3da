"""Which commit a store is at, and what its later commits touched, as its journal tells."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graphstore import Difference, GraphStore
from graphstore.disk import DiskStore
from graphstore.errors import GraphStoreError
from graphstore.history import HistoryReader
from ontology.terms import HT

MOST_STATEMENTS: Final = 50_000
"""How many statements are read from the journal; beyond it the graph is read whole."""

_PLACE_OF_A_VERSION: Final = frozenset((HT.ofHypothesis, HT.inIteration))


@dataclass(frozen=True, slots=True)
class Position:
    """A commit.

    Attributes:
        commit_number: the store's own number of it.
        changeset: the number of its changeset; None where the store keeps no journal.
    """

    commit_number: int
    changeset: int | None


@dataclass(frozen=True, slots=True)
class Touched:
    """What commits touched.

    Attributes:
        subjects: the IRIs that they say something else of.
        versions: those of them that went to another hypothesis or iteration, so that what is about them went too.
    """

    subjects: Set[str]
    versions: Set[str]


def position_of(store: GraphStore) -> Position:
    """The last commit that was acknowledged; what is read afterwards holds it, and perhaps a later one."""
    if isinstance(store, DiskStore):
        newest = store.newest_snapshot
        return Position(newest.commit_number, newest.changeset)
    return Position(store.commit_number, None)


def touched_between(store: GraphStore, old: Position, new: Position) -> Touched | None:
    """What the commits after one, up to another, touched.

    Returns:
        None where the journal does not tell all of it, or what changed is what many items are told apart by.
    """
    found = differences_between(store, old, new)
    return None if found is None else touched_by(found)


def differences_between(store: GraphStore, old: Position, new: Position) -> tuple[Difference, ...] | None:
    """What the commits after one, up to another, removed and added, commit by commit.

    Returns:
        None where the journal does not tell all of it: there is none, too much changed, or words were redacted.
    """
    if not isinstance(store, DiskStore) or old.changeset is None or new.changeset is None:
        return None
    numbers = range(old.changeset + 1, new.changeset + 1)
    # Each commit is a changeset: where there are more of one than of the other, something else happened.
    if not numbers or len(numbers) != new.commit_number - old.commit_number:
        return None
    try:
        return _differences(HistoryReader(store.folder), numbers)
    except GraphStoreError:
        return None


def _differences(history: HistoryReader, numbers: range) -> tuple[Difference, ...] | None:
    changesets = [history.changeset(number) for number in numbers]
    if any(each.redacts for each in changesets) or sum(each.removed + each.added for each in changesets) > (
        MOST_STATEMENTS
    ):
        return None
    return tuple([history.change(number) for number in numbers])


def touched_by(differences: Iterable[Difference]) -> Touched | None:
    """What some differences touch; None where it may be an iteration's number, or of something without an IRI."""
    subjects: set[str] = set()
    versions: set[str] = set()
    for difference in differences:
        for quad in (*difference.removed, *difference.added):
            if not isinstance(quad.subject, NamedNode) or quad.predicate.value == HT.ordinal:
                return None
            subjects.add(quad.subject.value)
            if quad.predicate.value in _PLACE_OF_A_VERSION:
                versions.add(quad.subject.value)
    return Touched(subjects, versions)
