"""What each amendment of a study rests on, looked into when it is asked for: a page needs those of one hypothesis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from threading import RLock

from analysis.alignment import Alignment
from analysis.amendments import reworded_phrases
from analysis.content_words import Rarity
from analysis.naming_amendments import phrases_of
from lineage.answer_records import AmendmentAnswer
from lineage.decided import Decided
from lineage.inferring import inferred_revisions
from lineage.once import Once
from lineage.records import Change, HypothesisLineage, MotiveStatement, Named, StudyOverview, Version
from lineage.suggesting import Suggesting


class Answering:
    """Looks into the amendments of one study, change by change, and keeps what it found; any thread may ask.

    Args:
        overview: the study.
        definitions: those of its themes by IRI, where there are any: suggestions match their words too.
        rarity: how rare words are among the study's quotes; counted in the overview where it is not given.
    """

    def __init__(
        self, overview: StudyOverview, definitions: Mapping[str, str] | None = None, *, rarity: Rarity | None = None
    ) -> None:
        self.overview = overview
        self.lineages = sorted(
            overview.lineages, key=lambda each: (-each.latest.iteration, each.latest.number, each.hypothesis.key)
        )
        self.changes = _first_told(self.lineages)
        self._changes = {change.iri: change for change, _ in self.changes}
        self._suggesting = Once(lambda: Suggesting.within(overview, definitions or {}, rarity=rarity))
        self._inferred = Once(lambda: inferred_revisions(overview))
        self._decided = Decided.of(overview.reviews)
        self._of_version: Mapping[str, tuple[Version, HypothesisLineage]] = {
            version.key: (version, each) for each in self.lineages for version in each.versions
        }
        own: defaultdict[str, list[Named]] = defaultdict(list)
        for each in overview.amendment_motives:
            own[each.amendment].append(each.motive)
        self._own: Mapping[str, Sequence[Named]] = dict(own)
        said: defaultdict[str, list[tuple[int, MotiveStatement]]] = defaultdict(list)
        for place, statement in enumerate(overview.motive_statements):
            said[statement.moved].append((place, statement))
        self._said: Mapping[str, Sequence[tuple[int, MotiveStatement]]] = dict(said)
        self._by_analysts = {(each.moved, each.motive.iri) for each in overview.motive_statements}
        self._found: dict[str, tuple[AmendmentAnswer, ...]] = {}
        self._one_at_a_time = RLock()

    @property
    def inferred(self) -> tuple[Alignment, ...]:
        """The versions that a program joins where the study does not state it."""
        return self._inferred()

    def of_change(self, change: str) -> tuple[AmendmentAnswer, ...]:
        """The amendments of a change (an IRI), in order; none of one that the study does not tell of."""
        found = self._found.get(change)
        if found is None and change in self._changes:
            with self._one_at_a_time:
                found = self._found.get(change)
                if found is None:
                    found = self._found[change] = tuple(self._amendments(self._changes[change]))
        return found or ()

    def _amendments(self, change: Change) -> Iterator[AmendmentAnswer]:
        # The same pairs in the same order as on import, so that the numbers are those of the stored amendments.
        pairs = [
            (before, after)
            for before in sorted(change.before)
            for after in sorted(change.after)
            if before.rpartition("/")[0] == after.rpartition("/")[0]
            and before in self._of_version
            and after in self._of_version
        ]
        places = [
            (before, after, phrase)
            for before, after in pairs
            for phrase in reworded_phrases(self._of_version[before][0].statement, self._of_version[after][0].statement)
        ]
        names = phrases_of([phrase for _, _, phrase in places])
        suggesting = self._suggesting()
        for place, (before_key, after_key, phrase) in enumerate(places):
            (before, lineage), (after, _) = self._of_version[before_key], self._of_version[after_key]
            iri, named = f"{change.iri}/amendment/{place + 1}", names[place]
            stated = tuple(dict.fromkeys((*self._own.get(iri, ()), *change.motivated_by)))
            suggested = suggesting.for_amendment(
                phrase, before, after, lineage, without=self._decided.rejected(change.iri, change.key, named)
            )
            yield AmendmentAnswer(
                iri=iri,
                key=f"{change.key}/{place + 1}",
                hypothesis=lineage.hypothesis,
                change=change.iri,
                before=before.key,
                after=after.key,
                amendment=phrase,
                stated=stated,
                rationale=change.rationale,
                suggested=self._decided.left_of(
                    suggested, change.iri, change.key, named, {each.iri for each in stated}
                ),
                joining_words=suggesting.joining_words(phrase),
                phrase=named,
                said=self._statements(iri, change.iri),
                named=tuple(
                    dict.fromkeys(
                        motive
                        for moved, motives in ((iri, self._own.get(iri, ())), (change.iri, change.motivated_by))
                        for motive in motives
                        if (moved, motive.iri) not in self._by_analysts
                    )
                ),
            )

    def _statements(self, *moved: str) -> tuple[MotiveStatement, ...]:
        """What analysts state of an amendment and of its change, in the order of the study."""
        found = sorted((each for iri in moved for each in self._said.get(iri, ())), key=lambda each: each[0])
        return tuple(statement for _, statement in found)


def _first_told(lineages: Sequence[HypothesisLineage]) -> Sequence[tuple[Change, HypothesisLineage]]:
    """Every change once, with the first hypothesis it stands in that it led to, or else that it started from."""
    found: dict[str, tuple[Change, HypothesisLineage]] = {}
    for led_to in (True, False):
        for lineage in lineages:
            own = {version.key for version in lineage.versions}
            for change in lineage.changes:
                if not led_to or own & set(change.after):
                    found.setdefault(change.iri, (change, lineage))
    place = {lineage.hypothesis.iri: number for number, lineage in enumerate(lineages)}
    return sorted(found.values(), key=lambda each: place[each[1].hypothesis.iri])
