"""Bringing an engine from one state of a store to another, by what the journal says."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode, Quad, Store

from graphstore.embedded import EmbeddedStore
from graphstore.history.activities import activities
from graphstore.history.journal import Journal
from graphstore.history.mark import applied, mark_of, marks
from graphstore.history.replay import net_lines
from graphstore.port import Difference
from ontology.terms import PROV

_ASSOCIATED: Final = NamedNode(PROV.wasAssociatedWith)


def move_to(engine: Store, journal: Journal, number: int) -> None:
    """Brings an engine that nobody else uses to the state as of a changeset, backwards or forwards."""
    held = applied(engine).number
    first, last = sorted((held, number))
    net = net_lines(journal, first, last).difference()
    told = activities(*(journal.changeset(each) for each in range(first + 1, last + 1)))
    mark = {mark_of(journal.changeset(number))} if number else set()
    store = EmbeddedStore(engine)
    if number > held:
        store.apply(Difference(removed=net.removed | marks(engine), added=net.added | told | mark))
    else:
        of_agents = {quad for quad in told if "/changeset/" not in str(quad.subject)}
        removed = {*net.added, *(told - of_agents), *marks(engine)}
        store.apply(Difference(removed=removed, added=net.removed | mark))
        store.apply(Difference(removed={quad for quad in of_agents if not _is_associated(engine, quad)}))
    engine.flush()


def _is_associated(engine: Store, of_agent: Quad) -> bool:
    found = engine.quads_for_pattern(None, _ASSOCIATED, of_agent.subject, of_agent.graph_name)
    return next(found, None) is not None
