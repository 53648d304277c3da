"""The phrases that changes of wording remove and add, as items of the derived graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.amendments import Amendment, described, reworded_phrases
from ingest.graph_builder import GraphBuilder
from ingest.study import StudyRecords
from ontology.records import Change, HypothesisVersion
from ontology.terms import HT, PROV, SKOS, amendment_kind


@dataclass(frozen=True, slots=True)
class AmendedPhrase:
    """An amendment between two versions, by their keys."""

    before: str
    after: str
    phrase: Amendment


def amended_phrases(change: Change, versions: Mapping[str, HypothesisVersion]) -> tuple[AmendedPhrase, ...]:
    """The amendments of a change, in the order in which they are numbered from 1.

    Between versions of different hypotheses (a merge, a split) there is no phrase that gave way to another.

    Args:
        change: the change.
        versions: the study's versions by key.
    """
    # In order of keys, which every reader of the graph can tell again: that of the cells is not in it.
    pairs = [
        (versions[before], versions[after])
        for before in sorted(change.before)
        for after in sorted(change.after)
        if versions[before].hypothesis == versions[after].hypothesis
    ]
    return tuple(
        AmendedPhrase(before.key, after.key, phrase)
        for before, after in pairs
        for phrase in reworded_phrases(before.statement, after.statement)
    )


def add_amendments(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds the amendments of every change of a hypothesis's own wording, numbered change by change."""
    versions = {version.key: version for version in records.versions}
    for change in records.changes:
        for number, amended in enumerate(amended_phrases(change, versions), start=1):
            _add(builder, change.key, number, amended)


def _add(builder: GraphBuilder, change: str, number: int, amended: AmendedPhrase) -> None:
    derived, iris, phrase = builder.derived, builder.iris, amended.phrase
    iri = iris.amendment(change, number)
    derived.types(iri, HT.Amendment, PROV.Entity)
    derived.link(iri, HT.inStudy, iris.study)
    derived.link(iri, HT.ofChange, iris.change(change))
    derived.whole(iri, HT.ordinal, number)
    derived.text(iri, SKOS.prefLabel, described(phrase))
    derived.link(iri, HT.amendmentKind, amendment_kind(phrase.kind))
    derived.text(iri, HT.removedWords, phrase.removed_words or None)
    derived.text(iri, HT.addedWords, phrase.added_words or None)
    derived.link(iri, HT.amends, iris.version(amended.before))
    derived.text(iri, HT.earlierPosition, str(phrase.before))
    derived.link(iri, HT.amendedIn, iris.version(amended.after))
    derived.text(iri, HT.laterPosition, str(phrase.after))
