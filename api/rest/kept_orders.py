"""Whether commits can have changed in which order quotes and versions are listed.

Most commits cannot: a motive, a reading, a decision on a link. To put tens of thousands of quotes in order takes
seconds, to look through such a commit milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Final

from pyoxigraph import NamedNode

from graphstore import Difference, GraphStore
from lineage.asking import ask_in_any_order
from ontology.terms import DCTERMS, HT, RDF, SKOS

KEPT_LISTS: Final = frozenset({"quotes", "versions"})
"""The lists whose tables and orders this module knows about."""

_ORDERED_BY: Final = frozenset(
    {HT.about, HT.number, HT.inIteration, HT.ordinal, HT.ofHypothesis, HT.organisationType, HT.title}
)
_OF_ANYTHING: Final = frozenset({HT.inStudy, DCTERMS.identifier, SKOS.prefLabel, SKOS.notation})
_CLASSES: Final = frozenset({HT.Quote, HT.HypothesisVersion, HT.Hypothesis, HT.Iteration, HT.OrganisationType})
_MOST_ITEMS: Final = 1_000


def orders_stand(store: GraphStore, differences: Iterable[Difference]) -> bool:
    """Whether the orders of `KEPT_LISTS` are the same after some commits as before them.

    Args:
        store: the store after the last of them.
        differences: what they removed and added.

    Returns:
        False wherever it takes more than a look to know.
    """
    renamed: set[str] = set()
    for difference in differences:
        for quad in (*difference.removed, *difference.added):
            name, value = quad.predicate.value, quad.object
            is_class = name == RDF.type and isinstance(value, NamedNode) and value.value in _CLASSES
            if is_class or name in _ORDERED_BY:
                return False
            if name in _OF_ANYTHING:
                if not isinstance(quad.subject, NamedNode):
                    return False
                renamed.add(quad.subject.value)
    return len(renamed) <= _MOST_ITEMS and not _are_ordered_by(store, renamed)


def _are_ordered_by(store: GraphStore, iris: Set[str]) -> bool:
    """Whether any of some items is one that the lists hold, or are ordered by: what it is did not change."""
    if not iris:
        return False
    items = sorted(iris)
    for row in ask_in_any_order(store, "items/names", item=items):
        _, name, value = row.cells()
        if name == RDF.type and value in _CLASSES:
            return True
    return any(True for _ in ask_in_any_order(store, "lineage/version-particulars", hypothesis=items))
