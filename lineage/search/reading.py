"""Reading what is searched: all of it by one question a study, or again what some commits touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final, cast

from pyoxigraph import NamedNode

from graphstore import GraphStore
from graphstore.rows import Cells
from lineage.asking import solutions
from lineage.errors import UnexpectedAnswer
from lineage.records import Named
from lineage.search.changes import Touched
from lineage.search.documents import (
    NESTED,
    Collection,
    Document,
    ItemRow,
    Keys,
    Wider,
    distinct,
    documents_of,
    kind_of,
)
from lineage.studies import studies
from queries.library import QUERIES

_EVERYTHING: Final = "search/items"
_SOME: Final = "search/of-items"
_RESTING: Final = "search/resting-on"
_OF_A_STUDY: Final = tuple(name for name in ItemRow._fields if name != "study")
MOST_ITEMS: Final = 5_000
"""How many items are read again at most; that takes about as long as to read half a million triples whole."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What differs from what was read before.

    Attributes:
        documents: those that are new or differ, by IRI.
        gone: the IRIs of those that are there no more.
    """

    documents: Mapping[str, Document]
    gone: Set[str]


def read_collection(store: GraphStore, base: str) -> Collection:
    """Reads everything that can be searched, of all studies of a store.

    Args:
        store: the store, or a snapshot of it; only its open graphs are read.
        base: the instance base, to tell keys from IRIs.
    """
    named = studies(store)
    keys = Keys(base)
    items: dict[str, list[ItemRow]] = {}
    for study in dict.fromkeys(each.iri for each in named):
        for row in _rows_of_study(store, study):
            items.setdefault(row.item, []).append(row)
    kinds = {iri: kind_of(rows) for iri, rows in items.items()}
    broader = {iri: _above(items[iri]) for iri, kind in kinds.items() if kind in NESTED}
    return Collection(
        documents_of(items, keys, Wider(broader, keys)),
        broader,
        _labels({iri: rows for iri, rows in items.items() if kinds[iri] == "organisation type"}, keys),
        _titles(named, keys),
    )


def read_again(store: GraphStore, base: str, old: Collection, touched: Touched) -> Renewal | None:
    """Reads what some commits may have changed.

    Args:
        store: the store, or a snapshot of it, after those commits.
        base: the instance base.
        old: what was read before them.
        touched: what they touched.

    Returns:
        What differs; None where it must all be read: when studies, organisation types or the places of themes in one
        another changed, which many items bear, or when too much did.
    """
    keys = Keys(base)
    named = studies(store)
    if _titles(named, keys) != old.studies:
        return None
    wanted = touched.subjects | _resting_on(store, touched.versions)
    if len(wanted) > MOST_ITEMS:
        return None
    items = _rows_of_items(store, wanted, {each.iri for each in named})
    for iri in wanted:
        rows = items.get(iri, ())
        kind = kind_of(rows) if rows else None
        is_type = kind == "organisation type" or (iri in old.broader and iri not in old.documents)
        if is_type or old.broader.get(iri, ()) != (_above(rows) if kind in NESTED else ()):
            return None
    read = documents_of(items, keys, Wider(old.broader, keys))
    return Renewal(
        {iri: document for iri, document in read.items() if old.documents.get(iri) != document},
        {iri for iri in wanted if iri in old.documents and iri not in read},
    )


def difference(old: Collection | None, new: Collection) -> Renewal:
    """What of a collection differs from one that was read before."""
    if old is None:
        return Renewal(new.documents, frozenset())
    differing = {iri: each for iri, each in new.documents.items() if old.documents.get(iri) != each}
    return Renewal(differing, old.documents.keys() - new.documents.keys())


def _rows_of_study(store: GraphStore, study: str) -> Iterable[ItemRow]:
    for item, kind, *rest in _answer(store, _EVERYTHING, _OF_A_STUDY, {"study": [NamedNode(study)]}):
        yield ItemRow(cast("str", item), kind, study, *rest)


def _rows_of_items(store: GraphStore, wanted: Set[str], known: Set[str]) -> dict[str, list[ItemRow]]:
    """The rows of those items that are of a kind that is searched, and in a study of the store."""
    if not wanted:
        return {}
    items: dict[str, list[ItemRow]] = {}
    for cells in _answer(store, _SOME, ItemRow._fields, {"item": [NamedNode(each) for each in sorted(wanted)]}):
        row = ItemRow._make(cells)
        if row.study is None or row.study in known:
            items.setdefault(row.item, []).append(row)
    return {iri: rows for iri, rows in items.items() if kind_of(rows) is not None}


def _resting_on(store: GraphStore, versions: Set[str]) -> Set[str]:
    if not versions:
        return frozenset()
    answer = _answer(store, _RESTING, ("item",), {"version": [NamedNode(each) for each in sorted(versions)]})
    return {item for (item,) in answer if item is not None}


def _answer(
    store: GraphStore, question: str, returns: Sequence[str], values: Mapping[str, Sequence[NamedNode]]
) -> Sequence[Cells]:
    # To put the rows of a million triples in order would take as long as to find them.
    answer = solutions(store, QUERIES[question].without_order(), values)
    if answer.variables != tuple(returns):
        raise UnexpectedAnswer(f"{question} is no SELECT of {', '.join(returns)}.")
    return answer.rows


def _above(rows: Sequence[ItemRow]) -> tuple[str, ...]:
    return tuple(distinct(rows, "under"))


def _titles(named: Sequence[Named], keys: Keys) -> dict[str, str]:
    return {keys[each.iri]: each.label for each in named}


def _labels(items: Mapping[str, Sequence[ItemRow]], keys: Keys) -> dict[str, str]:
    # Two studies may have the same key; the label of the first in order of IRI stands for both.
    labels: dict[str, str] = {}
    for iri, rows in sorted(items.items()):
        labels.setdefault(keys[iri], "\n".join(distinct(rows, "name")) or keys[iri])
    return labels
