"""A study as far as some of its items lead: enough to write one row that no other row names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad

from graphstore import Difference, GraphStore, open_store
from graphstore.opening import MEMORY
from ingest.editing.rows import iri_of
from ingest.graph_builder import GraphBuilder
from ontology.columns import columns
from ontology.edits import Deed, Edit
from ontology.errors import UnusableKeyError
from ontology.iris import StudyIris, parse_iri
from ontology.records import SHEETS
from ontology.terms import HT, PROV, SKOS

NAMED_BY_NONE: Final = frozenset({"motives", "links"})
"""The sheets whose rows no row of another one names, but a review."""
_BACKWARDS: Final = frozenset({PROV.hadMember, PROV.generated})
_AREA: Final = "blueprint"


def near_study(store: GraphStore, iris: StudyIris, items: Iterable[str]) -> GraphStore:
    """A store in memory with some items of a study, whatever they name, what that names, and so on.

    What is said of an item by rows of others is left out: an iteration's members, an area's quotes, what an analysis
    gave. So every row in it is whole, and leads nowhere that is not in it.

    Args:
        store: the store.
        iris: of the study.
        items: the IRIs to begin with; the study itself is always there.
    """
    near = open_store(MEMORY)
    near.apply(Difference(added=set(_reached(store, iris, items))))
    return near


def items_of_edit(store: GraphStore, iris: StudyIris, edit: Edit) -> tuple[str, ...] | None:
    """The items that decide what an edit comes to: the row's own, its review, and those that its cells name.

    Returns:
        Their IRIs; None where the whole study has to be asked.
    """
    if edit.sheet not in NAMED_BY_NONE or edit.deed is Deed.remove:
        return None
    key = edit.key or edit.cells.get("key", "")
    try:
        own = (iri_of(iris, edit.sheet, key), iris.review(f"{edit.sheet.removesuffix('s')}-{key}"))
        named = tuple(_named(iris, edit))
    except UnusableKeyError:
        return None
    led = NamedNode(HT.to)
    changes = (
        quad.subject.value
        for each in named
        for quad in store.quads(NamedNode(iris.graph()), predicate=led, obj=NamedNode(each))
        if isinstance(quad.subject, NamedNode)
    )
    return (*own, *named, *changes)


def touches_only(difference: Difference, items: Iterable[str]) -> bool:
    """Whether a difference takes statements from nobody but some items, so that no other row can make them too."""
    own = {NamedNode(each) for each in items}
    return all(quad.subject in own for quad in difference.removed)


def without_shared_agents(
    store: GraphStore, iris: StudyIris, difference: Difference, items: Iterable[str]
) -> Difference | None:
    """A difference that leaves what is said of agents whom other items of the same graph name too.

    Args:
        store: the store.
        iris: of the study.
        difference: the difference as the rows of some items alone give it.
        items: those items, all of whose rows are known.

    Returns:
        The difference; None where it takes statements from others, so that the whole study has to be asked.
    """
    own = frozenset(items)
    removed = set[Quad]()
    for quad in difference.removed:
        if str(quad.subject)[1:-1] in own:
            removed.add(quad)
            continue
        named = _named_by_others(store, iris, quad, own)
        if named is None:
            return None
        if not named:
            removed.add(quad)
    return Difference(removed=removed, added=difference.added)


def _named_by_others(store: GraphStore, iris: StudyIris, quad: Quad, own: frozenset[str]) -> bool | None:
    """Whether other items name the agent that a statement is about; None where it is about no agent of one name."""
    agent, graph = quad.subject, quad.graph_name
    if not isinstance(agent, NamedNode) or not isinstance(graph, NamedNode):
        return None
    found = parse_iri(iris.base, agent.value)
    labels = list(store.quads(graph, subject=agent, predicate=NamedNode(SKOS.prefLabel)))
    if found is None or found.kind != "agent" or len(labels) != 1:
        return None
    return any(
        str(each.subject)[1:-1] not in own
        for naming in (PROV.wasAttributedTo, PROV.wasAssociatedWith)
        for each in store.quads(graph, predicate=NamedNode(naming), obj=agent)
    )


def _named(iris: StudyIris, edit: Edit) -> Iterator[str]:
    builder = GraphBuilder(iris)
    for name, column in columns(SHEETS[edit.sheet]).items():
        cell = edit.cells.get(name, "")
        if cell and column.refers_to:
            yield iris.source(cell) if column.refers_to == ("sources",) else builder.reference(cell)


def _reached(store: GraphStore, iris: StudyIris, items: Iterable[str]) -> Iterator[Quad]:
    graphs = [NamedNode(name) for name in (iris.graph(), iris.editorial_graph(), iris.restricted_graph())]
    waiting, met = [iris.study, *items], set[str]()
    while waiting:
        item = waiting.pop()
        if item in met or not item.startswith(iris.study):
            continue
        met.add(item)
        for graph in graphs:
            for quad in store.quads(graph, subject=NamedNode(item)):
                if _leads_backwards(iris, quad):
                    continue
                yield quad
                if isinstance(quad.object, NamedNode):
                    waiting.append(quad.object.value)


def _leads_backwards(iris: StudyIris, quad: Quad) -> bool:
    if quad.predicate.value in _BACKWARDS:
        return True
    if quad.predicate.value != PROV.wasDerivedFrom or not isinstance(quad.subject, NamedNode):
        return False
    found = parse_iri(iris.base, quad.subject.value)
    return found is not None and found.kind == _AREA
