"""What an index holds of one commit, and how it goes on to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphstore import GraphStore
from lineage.search.changes import Position, touched_between
from lineage.search.documents import Collection, Document
from lineage.search.facets import Attributes
from lineage.search.full_text import FullText
from lineage.search.reading import Renewal, difference, read_again, read_collection


@dataclass(frozen=True, slots=True)
class State:
    """What the index holds: one commit of the store.

    Attributes:
        position: the commit, or an earlier one where another came while it was read.
        collection: everything that can be searched.
        numbers: of each document by IRI; one that stays keeps its number.
        iris: by number.
        attributes: what the documents are told apart by.
    """

    position: Position
    collection: Collection
    numbers: Mapping[str, int]
    iris: Mapping[int, str]
    attributes: Attributes

    def document(self, number: int) -> Document:
        """The document of a number."""
        return self.collection.documents[self.iris[number]]


def brought_up_to(store: GraphStore, base: str, position: Position, old: State | None, full_text: FullText) -> State:
    """Reads what differs, and brings the full text along.

    Args:
        store: the store, at that commit or a later one.
        base: the instance base.
        position: the commit.
        old: what the index held before; None for nothing.
        full_text: the texts of the documents of `old`.

    Returns:
        What the index holds from now on.
    """
    touched = None if old is None else touched_between(store, old.position, position)
    renewal = None if old is None or touched is None else read_again(store, base, old.collection, touched)
    if old is not None and renewal is not None:
        return _renewed(old, renewal, position, full_text)
    collection = read_collection(store, base)
    renewal = difference(None if old is None else old.collection, collection)
    numbers = _numbers(old, renewal)
    state = State(position, collection, numbers, _turned(numbers), Attributes.of(collection, numbers))
    _write(old, renewal, numbers, full_text)
    return state


def _renewed(old: State, renewal: Renewal, position: Position, full_text: FullText) -> State:
    before = old.collection
    documents = {**before.documents, **renewal.documents}
    for iri in renewal.gone:
        del documents[iri]
    collection = Collection(documents, before.broader, before.organisation_types, before.studies)
    numbers = _numbers(old, renewal)
    differing = [*renewal.gone, *renewal.documents]
    removed = {old.numbers[iri]: before.documents[iri] for iri in differing if iri in before.documents}
    added = {numbers[iri]: document for iri, document in renewal.documents.items()}
    attributes = old.attributes.with_changes(collection, removed, added)
    _write(old, renewal, numbers, full_text)
    return State(position, collection, numbers, _turned(numbers), attributes)


def _numbers(old: State | None, renewal: Renewal) -> dict[str, int]:
    numbers = {} if old is None else dict(old.numbers)
    unused = max(numbers.values(), default=0) + 1
    for iri in renewal.gone:
        del numbers[iri]
    for iri in renewal.documents:
        if iri not in numbers:
            numbers[iri] = unused
            unused += 1
    return numbers


def _turned(numbers: Mapping[str, int]) -> dict[int, str]:
    return {number: iri for iri, number in numbers.items()}


def _write(old: State | None, renewal: Renewal, numbers: Mapping[str, int], full_text: FullText) -> None:
    before: Mapping[str, Document] = {} if old is None else old.collection.documents
    gone = [] if old is None else [old.numbers[iri] for iri in renewal.gone]
    # Only the words that differ are written anew.
    worded = [each for iri, each in renewal.documents.items() if iri not in before or before[iri].texts != each.texts]
    rewritten = [numbers[each.iri] for each in worded if each.iri in before]
    full_text.change([*gone, *rewritten], {numbers[each.iri]: each.texts for each in worded})
