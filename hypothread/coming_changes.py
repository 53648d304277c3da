"""What an import is about to do to hypotheses: which versions and changes come, go, or are worded anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from graphstore import Difference, open_store
from graphstore.opening import MEMORY
from lineage.account import codebooks, theme_definitions
from lineage.answer_records import StudyAnswers
from lineage.answered import study_answers
from lineage.overview import study_overview
from ontology.iris import VOCABULARY_GRAPH, parse_iri
from ontology.resources import code_lists_turtle
from ontology.terms import HT, RDF

if TYPE_CHECKING:
    from ingest.graph import StudyGraph
    from ingest.study import StudyRecords
    from ontology.records import Change, HypothesisVersion

_FACTS: Final = (HT.statement, HT.title, HT.number)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A version that is in the store and would say something else; `before` is what it says there, where it differs."""

    version: HypothesisVersion
    statement: str | None
    title: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class ComingChanges:
    """What an import would do to hypotheses.

    `changes` are those that are new or lead to a new or corrected version; `unexplained` new versions that no change
    leads to; `gone` the keys of versions and changes that would be removed.
    """

    versions: dict[str, HypothesisVersion]
    changes: tuple[Change, ...]
    unexplained: tuple[HypothesisVersion, ...]
    corrected: tuple[Corrected, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.changes or self.unexplained or self.corrected or self.gone)


def coming_changes(records: StudyRecords, difference: Difference, base: str) -> ComingChanges:
    """Sorts out what a difference does to versions and changes.

    Args:
        records: the study that would be imported.
        difference: what the import would write (`ingest.importing.difference_of`).
        base: the instance base.
    """
    removed, added = _by_item(difference.removed, base), _by_item(difference.added, base)
    new = {each for each, found in added.items() if RDF.type in found and RDF.type not in removed[each]}
    gone = {each for each, found in removed.items() if RDF.type in found and RDF.type not in added[each]}
    touched = {each for each in (*added, *removed) if each not in gone}
    versions = {each.key: each for each in records.versions}
    changes = tuple(
        each
        for each in records.changes
        if ("change", each.key) in touched or any(("version", key) in new for key in each.after)
    )
    told = {key for each in changes for key in each.after}
    return ComingChanges(
        versions,
        changes,
        tuple(each for each in records.versions if ("version", each.key) in new and each.key not in told),
        tuple(
            _corrected(each, removed["version", each.key])
            for each in records.versions
            if ("version", each.key) in touched - new
            and any(fact in side["version", each.key] for side in (added, removed) for fact in _FACTS)
        ),
        tuple(sorted(f"{kind} {key}" for kind, key in gone)),
    )


def answers_of(graph: StudyGraph, study: str, changes: Iterable[Change]) -> StudyAnswers:
    """What suggests itself as motives of some changes of a study that is not in a store yet."""
    with open_store(MEMORY) as store:
        store.load_first({name: text.encode() for name, text in graph.triples.items() if text})
        store.load(code_lists_turtle(), RdfFormat.TURTLE, to_graph=NamedNode(VOCABULARY_GRAPH))
        overview = study_overview(store, study, base=graph.iris.base)
        definitions = theme_definitions(codebooks(store, overview.study))
        return study_answers(overview, definitions, only={graph.iris.change(each.key) for each in changes})


_Items = defaultdict[tuple[str, str], dict[str, str]]


def _by_item(quads: Iterable[Quad], base: str) -> _Items:
    found: _Items = defaultdict(dict)
    for quad in quads:
        if not isinstance(quad.subject, NamedNode):
            continue
        parsed = parse_iri(base, quad.subject.value)
        if parsed is not None and parsed.kind in {"version", "change"}:
            found[parsed.kind, parsed.rest][quad.predicate.value] = (
                quad.object.value if isinstance(quad.object, Literal | NamedNode) else ""
            )
    return found


def _corrected(version: HypothesisVersion, removed: dict[str, str]) -> Corrected:
    return Corrected(version, removed.get(HT.statement), removed.get(HT.title), removed.get(HT.number))
