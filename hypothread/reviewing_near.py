"""What is to be known for one decision on a link, read from what is near it rather than from the whole study."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from graphstore import GraphStore
from hypothread.reviewing import Reviewing
from ingest.graph_builder import GraphBuilder
from lineage.proposing import motives_of_change, revisions_of_study
from ontology.errors import UnusableKeyError
from ontology.iris import StudyIris
from ontology.terms import HT, OA, RDF

_MOTIVE = "motive-"
_REVISION = "revision-"
_READING = "link-"


@dataclass(frozen=True, slots=True)
class NearReviewing:
    """A link with what is near it, and the items (IRIs) whose statements are made by nothing but the rows read."""

    reviewing: Reviewing
    own: frozenset[str]


def reviewing_near(store: GraphStore, iris: StudyIris, key: str, new_body: str = "") -> NearReviewing | None:
    """What `Reviewing.of` gives of one link, as far as a decision on it needs it.

    Args:
        store: the store; hold its `writing()`.
        iris: of the study.
        key: the link's key.
        new_body: what a reading is to lead to, such as ``themes:leadership``; empty for what it does.

    Returns:
        The link; None where the key is none of a link there is, or the whole study has to be asked.

    Raises:
        RowMissing: when there is no such study.
        LineageError: when there is none.
    """
    try:
        if key.startswith(_READING):
            return _reading(store, iris, key, new_body)
        if key.startswith(_MOTIVE):
            return _motive(store, iris, key)
        return _revision(store, iris, key) if key.startswith(_REVISION) else None
    except UnusableKeyError:
        return None


def _reading(store: GraphStore, iris: StudyIris, key: str, new_body: str) -> NearReviewing | None:
    own = iris.review(key), iris.link(key.removeprefix(_READING))
    also = (GraphBuilder(iris).reference(new_body),) if new_body else ()
    found = Reviewing.of_reading(store, iris, key, also)
    return None if found is None else NearReviewing(found, frozenset(own))


def _motive(store: GraphStore, iris: StudyIris, key: str) -> NearReviewing | None:
    changes = list(_changes_named(store, iris, key.removeprefix(_MOTIVE)))
    if len(changes) != 1:
        return None  # the key may be one of two changes
    change = iris.change(changes[0])
    found = {each.key: each for each in motives_of_change(store, iris, change) or ()}
    link = found.get(key)
    if link is None or link.end.item.iri != change:
        return None
    asserted, derived = NamedNode(iris.graph()), NamedNode(iris.derived_graph())
    amendments = store.quads(derived, predicate=NamedNode(HT.ofChange), obj=NamedNode(change))
    moved = (change, *(str(each.subject)[1:-1] for each in amendments))
    stated = {
        str(each.subject)[1:-1]
        for target in moved
        for each in store.quads(asserted, predicate=NamedNode(OA.hasTarget), obj=NamedNode(target))
    }
    own = (iris.review(key), iris.motive(key.removeprefix(_MOTIVE)), *moved, *stated)
    return NearReviewing(Reviewing.near(store, iris, [link], (*own, link.start.item.iri)), frozenset(own))


def _revision(store: GraphStore, iris: StudyIris, key: str) -> NearReviewing | None:
    found = {each.key: each for each in revisions_of_study(store, iris)}
    link = found.get(key)
    if link is None:
        return None
    ends = link.start.item.iri, link.end.item.iri
    # What a version is derived from says its row, or the reviews that accepted that it carries another on.
    editorial = NamedNode(iris.editorial_graph())
    reviews = {
        str(each.subject)[1:-1]
        for each in store.quads(editorial, predicate=NamedNode(HT.reviewedBody), obj=NamedNode(ends[1]))
    }
    own = {iris.review(key), ends[1], *reviews}
    return NearReviewing(Reviewing.near(store, iris, [link], (*own, *ends)), frozenset(own))


def _changes_named(store: GraphStore, iris: StudyIris, rest: str) -> Iterator[str]:
    """The keys of the changes that a key, less its first word, may begin with."""
    places = (place for place, letter in enumerate(rest) if letter == "-")
    for change in dict.fromkeys(rest[:place] for place in places if place):
        quad = Quad(NamedNode(iris.change(change)), NamedNode(RDF.type), NamedNode(HT.Change), NamedNode(iris.graph()))
        if store.contains(quad):
            yield change
