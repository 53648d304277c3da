"""What the history graphs tell: each changeset as a ``prov:Activity``, made from the journal (PROV-O, section 3.1).

A study has a history graph where its own data say so (``ht:historyGraph``). A commit is told there when it touches one
of the study's graphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from graphstore.datasets import GraphName
from graphstore.history.changeset import Changeset
from graphstore.history.kept_forms import as_kept
from graphstore.layout import HISTORY_ENDING
from graphstore.port import Difference
from ontology.errors import UnusableKeyError
from ontology.iris import slug
from ontology.terms import HT, PROV, RDF, RDFS, SKOS, XSD

_HISTORY: Final = NamedNode(HT.historyGraph)
_NAMED: Final = re.compile(rf"<{re.escape(HT.historyGraph)}> <([^>]*{HISTORY_ENDING})> \.\n".encode())


def activity_iri(history: str, number: int) -> str:
    """The IRI of a changeset in a history graph: ``…/{study}/changeset/{number}``."""
    return f"{history.removesuffix(HISTORY_ENDING)}/changeset/{number}"


def agent_iri(history: str, who: str) -> str:
    """The IRI of whoever wrote it: ``…/{study}/agent/{slug}``."""
    try:
        key = slug(who)
    except UnusableKeyError:
        key = f"agent-{blake2b(who.encode(), digest_size=6).hexdigest()}"
    return f"{history.removesuffix(HISTORY_ENDING)}/agent/{key}"


def activities(*changesets: Changeset) -> set[Quad]:
    """The statements about changesets, in each history graph that tells of them."""
    return as_kept(quad for each in changesets for history in each.histories for quad in _told(history, each))


def _told(history: str, changeset: Changeset) -> Iterator[Quad]:
    graph, activity = NamedNode(history), NamedNode(activity_iri(history, changeset.number))
    agent = NamedNode(agent_iri(history, changeset.who))

    def about(predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(activity, NamedNode(predicate), value, graph)

    yield about(RDF.type, NamedNode(HT.Changeset))
    yield about(RDF.type, NamedNode(PROV.Activity))
    yield about(HT.inStudy, NamedNode(history.removesuffix(HISTORY_ENDING)))
    yield about(HT.ordinal, Literal(changeset.number))
    yield about(PROV.endedAtTime, Literal(changeset.when.isoformat(), datatype=NamedNode(XSD.dateTime)))
    yield about(PROV.wasAssociatedWith, agent)
    yield Quad(agent, NamedNode(RDF.type), NamedNode(PROV.Agent), graph)
    yield Quad(agent, NamedNode(SKOS.prefLabel), Literal(changeset.who), graph)
    yield about(HT.channel, Literal(changeset.how.value))
    yield about(HT.removedStatements, Literal(changeset.removed))
    yield about(HT.addedStatements, Literal(changeset.added))
    if changeset.message:
        yield about(RDFS.comment, Literal(changeset.message))
    if changeset.reverts is not None:
        yield about(HT.reverts, NamedNode(activity_iri(history, changeset.reverts)))
    if changeset.redacts is not None:
        yield about(HT.redacts, NamedNode(changeset.redacts))


def touched_histories(engine: Store, difference: Difference) -> tuple[str, ...]:
    """The history graphs that shall tell of a difference, in order of name."""
    named = {quad.object for quad in engine.quads_for_pattern(None, _HISTORY, None, None)}
    named |= {quad.object for quad in (*difference.removed, *difference.added) if quad.predicate == _HISTORY}
    graphs = {quad.graph_name for quad in difference.removed} | {quad.graph_name for quad in difference.added}
    return _of_touched((each.value for each in named if isinstance(each, NamedNode)), graphs)


def named_histories(graphs: Mapping[GraphName, bytes]) -> tuple[str, ...]:
    """The same for what a first load brings."""
    named = {found.decode() for text in graphs.values() for found in _NAMED.findall(text)}
    return _of_touched(named, {name for name, text in graphs.items() if text})


def _of_touched(histories: Iterable[str], graphs: Iterable[object]) -> tuple[str, ...]:
    touched = {each.value for each in graphs if isinstance(each, NamedNode)}
    studies = {each.removesuffix(HISTORY_ENDING) for each in histories if each.endswith(HISTORY_ENDING)}
    return tuple(
        sorted(
            study + HISTORY_ENDING
            for study in studies
            if any(each == f"{study}/graph" or each.startswith(f"{study}/graph/") for each in touched)
        )
    )
