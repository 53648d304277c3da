"""What tells one state of an item from another: a digest of what its own graph says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from graphstore import Difference, GraphStore
from graphstore.history.kept_forms import as_kept
from ontology.iris import StudyIris
from ontology.terms import PROV

_OF_READINGS: Final = "link-"
_WEAK: Final = "W/"
_OF_OTHERS: Final = NamedNode(PROV.hadMember)
"""What rows of other items say of this one is no part of it: an iteration gains members by rows of its versions."""


def item_tag(store: GraphStore, graph: str, iri: str) -> str:
    """The tag of an item's present state; empty where the graph says nothing of it.

    Args:
        store: the store.
        graph: the graph that its row stands in.
        iri: the item.
    """
    return _tag(store.quads(NamedNode(graph), subject=NamedNode(iri)))


def item_tag_to_come(store: GraphStore, graph: str, iri: str, difference: Difference) -> str:
    """The same as it will be once a difference is applied."""
    subject, name = NamedNode(iri), NamedNode(graph)

    def own(quads: Iterable[Quad]) -> set[Quad]:
        return as_kept(quad for quad in quads if quad.subject == subject and quad.graph_name == name)

    return _tag((set(store.quads(name, subject=subject)) - own(difference.removed)) | own(difference.added))


def review_tag(store: GraphStore, iris: StudyIris, key: str, difference: Difference | None = None) -> str:
    """The tag of a link to review: of the decision on it, and of the reading where it is one. It is never empty.

    Args:
        store: the store.
        iris: of the study.
        key: the link's review key.
        difference: what is about to be applied; None for the present state.

    Raises:
        UnusableKeyError: when it is no key.
    """
    graph, items = iris.editorial_graph(), [iris.review(key)]
    if key.startswith(_OF_READINGS):
        items.append(iris.link(key.removeprefix(_OF_READINGS)))
    if difference is None:
        tags = [item_tag(store, graph, each) for each in items]
    else:
        tags = [item_tag_to_come(store, graph, each, difference) for each in items]
    return hashlib.blake2b("/".join(tags).encode(), digest_size=12).hexdigest()


def must_match(if_match: str | None, if_none_match: str | None, tag: str) -> str | None:
    """Whether the conditions of a request hold (RFC 9110, sections 13.1.1 and 13.1.2).

    A tag counts by its last part: that of a look-up's answer names the bytes and, after a full stop, the item. A
    weak one (``W/"…"``) never guards a write, because what makes a tag weak may hide a change.

    Args:
        if_match: the field `If-Match`.
        if_none_match: the field `If-None-Match`.
        tag: the item's tag; empty where there is no such item.

    Returns:
        What is wrong, in words; None where the conditions hold.
    """
    if if_match is not None:
        held = _tags(if_match, weak=False)
        if not tag:
            return "There is no such item now, and If-Match asks for one."
        if "*" not in held and tag not in held:
            if tag in _tags(if_match, weak=True):
                return "If-Match takes strong tags alone: send the ETag as the server gave it, without W/."
            return "The item has changed since that state of it. Get it again, and send the change with its new ETag."
    if if_none_match is not None and tag:
        held = _tags(if_none_match, weak=True)
        if "*" in held:
            return "The item is there already, and If-None-Match asks that it be not."
        if tag in held:
            return "The item is still in the state that If-None-Match names."
    return None


def _tags(field: str, *, weak: bool) -> set[str]:
    each_tag = (each.strip() for each in field.split(","))
    return {
        each.removeprefix(_WEAK).strip('"').rpartition(".")[2]
        for each in each_tag
        if weak or not each.startswith(_WEAK)
    }


def _tag(quads: Iterable[Quad]) -> str:
    own = [quad.triple for quad in quads if quad.predicate != _OF_OTHERS]
    if not own:
        return ""
    lines = sorted((serialize(own, format=RdfFormat.N_TRIPLES) or b"").splitlines())
    return hashlib.blake2b(b"\n".join(lines), digest_size=12).hexdigest()
