"""The phrases that changes of wording remove and add, as items of the derived graph."""

from __future__ import annotations

from analysis.amendments import Amendment, described, reworded_phrases
from ingest.graph_builder import GraphBuilder
from ingest.study import StudyRecords
from ontology.terms import HT, PROV, SKOS, amendment_kind


def add_amendments(builder: GraphBuilder, records: StudyRecords) -> None:
    """Adds the amendments of every change that has versions of one hypothesis on both sides, numbered change by change.

    Between versions of different hypotheses (a merge, a split) there is no phrase that gave way to another.
    """
    versions = {version.key: version for version in records.versions}
    for change in records.changes:
        pairs = [
            (versions[before], versions[after])
            for before in change.before
            for after in change.after
            if versions[before].hypothesis == versions[after].hypothesis
        ]
        phrases = [
            (before.key, after.key, phrase)
            for before, after in pairs
            for phrase in reworded_phrases(before.statement, after.statement)
        ]
        for number, (before, after, phrase) in enumerate(phrases, start=1):
            _add(builder, change.key, number, before, after, phrase)


def _add(builder: GraphBuilder, change: str, number: int, before: str, after: str, phrase: Amendment) -> None:
    derived, iris = builder.derived, builder.iris
    iri = iris.amendment(change, number)
    derived.types(iri, HT.Amendment, PROV.Entity)
    derived.link(iri, HT.inStudy, iris.study)
    derived.link(iri, HT.ofChange, iris.change(change))
    derived.whole(iri, HT.ordinal, number)
    derived.text(iri, SKOS.prefLabel, described(phrase))
    derived.link(iri, HT.amendmentKind, amendment_kind(phrase.kind))
    derived.text(iri, HT.removedWords, phrase.removed_words or None)
    derived.text(iri, HT.addedWords, phrase.added_words or None)
    derived.link(iri, HT.amends, iris.version(before))
    derived.text(iri, HT.earlierPosition, str(phrase.before))
    derived.link(iri, HT.amendedIn, iris.version(after))
    derived.text(iri, HT.laterPosition, str(phrase.after))
