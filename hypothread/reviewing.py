"""Reviewing the links of a study in its store: which there are, what is decided, and writing the decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import NamedNode

from api.deriving import with_derived
from graphstore import Difference, GraphStore
from graphstore.attribution import Attribution
from hypothread.conforming import must_conform
from hypothread.errors import CallError
from ingest.deciding import LinkToDecide, Verdict, difference_of_decisions, records_in, reviewed
from ingest.deriving import StudyDerivation
from ingest.editing.near import near_study
from ingest.mistakes import did_you_mean
from ingest.review_work import OPEN, VerdictProblem, bodies_in, check_verdict
from ingest.study import StudyRecords
from lineage.asking import ask
from lineage.review_records import ReviewLink
from lineage.reviewing import reading_links
from lineage.reviews import editorial_readings, link_reviews
from lineage.stored import StoredStudy
from lineage.studies import find_study
from ontology.errors import UnusableKeyError
from ontology.iris import VOCABULARY_GRAPH, StudyIris
from ontology.records import Review

READING: Final = "reading"
_SHORT: Final = "link-"


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The links of a study as its store has them, and the rows that decisions are made of."""

    iris: StudyIris
    links: Mapping[str, ReviewLink]
    records: StudyRecords

    @classmethod
    def of(cls, store: GraphStore, study: str, base: str) -> Reviewing:
        """Reads them."""
        iris = StudyIris(base, study)
        links = {each.key: each for each in StoredStudy(store, study, base).links()}
        return cls(iris, links, records_in(store, iris))

    @classmethod
    def near(cls, store: GraphStore, iris: StudyIris, links: Iterable[ReviewLink], items: Iterable[str]) -> Reviewing:
        """Some links, and the rows of some items (IRIs) with all that they lead to."""
        with near_study(store, iris, items) as near:
            return cls(iris, {each.key: each for each in links}, records_in(near, iris))

    @classmethod
    def of_reading(cls, store: GraphStore, iris: StudyIris, key: str, also: Iterable[str] = ()) -> Reviewing | None:
        """Reads one link that editors read, and the rows that a decision on it alone is made of.

        Args:
            store: the store.
            iris: of the study.
            key: the link's key.
            also: further items (IRIs): what it may be made to lead to.

        Returns:
            What `of` gives, with no other link than what is near; None where the key is not one of such a link.

        Raises:
            RowMissing: when there is no such study.
        """
        if not key.startswith(_SHORT):
            return None
        try:
            items = (iris.link(key.removeprefix(_SHORT)), iris.review(key))
        except UnusableKeyError:
            return None
        code_lists = Difference(added=set(store.quads(NamedNode(VOCABULARY_GRAPH))))
        with near_study(store, iris, (*items, *also)) as near:
            near.apply(code_lists)
            records = records_in(near, iris)
            study = find_study(near, iris.study_key, base=iris.base)
            found = reading_links(
                editorial_readings(ask(near, "links/all", study=study.iri)), link_reviews(near, study)
            )
        links = {each.key: each for each in found}
        return cls(iris, links, records) if key in links else None

    @property
    def rewordable(self) -> frozenset[str]:
        """The keys of the links that may be made to lead elsewhere."""
        return frozenset(key for key, each in self.links.items() if each.kind == READING)

    @property
    def bodies(self) -> frozenset[str]:
        """What a reading may lead to."""
        return bodies_in(self.records)

    def key_of(self, told: str) -> str:
        """The key of a link as somebody typed it; a reading may be named by its own key in the sheet of links.

        Raises:
            CallError: when there is no such link.
        """
        found = next((each for each in (told, f"{_SHORT}{told}") if each in self.links), None)
        if found is None:
            raise CallError(f"There is no link “{told}” to review. {did_you_mean(told, self.links)}")
        return found

    def must_say_enough(self, key: str, verdict: Verdict) -> None:
        """Checks what is to be decided of one link.

        Raises:
            CallError: when a rejection has no reason, a rewording nothing new, or it is to lead to what is not there.
        """
        try:
            check_verdict(verdict, rewordable=key in self.rewordable, known_bodies=self.bodies)
        except VerdictProblem as problem:
            raise CallError(f"{key}: {problem.wrong} {problem.right}") from problem

    def decided(self, verdicts: Mapping[str, Verdict], *, who: str, when: datetime) -> tuple[Review, ...]:
        """The rows of what is decided anew; what was decided so before is left out."""
        former = {each.key: each for each in self.records.reviews}
        instant = when.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
        made = (
            reviewed(_to_decide(self.links[key]), verdict, former.get(key), self.iris, who=who, when=instant)
            for key, verdict in verdicts.items()
            if verdict.decision != OPEN
        )
        return tuple(each for each in made if each != former.get(each.key))

    def reopened(self, verdicts: Mapping[str, Verdict]) -> tuple[str, ...]:
        """The keys of the decisions that are taken back."""
        held = {each.key for each in self.records.reviews}
        return tuple(key for key, verdict in verdicts.items() if verdict.decision == OPEN and key in held)


def _to_decide(link: ReviewLink) -> LinkToDecide:
    start, end = link.start.item.iri, link.end.item.iri
    return LinkToDecide(link.key, link.kind, start, end, link.amendment, link.reason, link.score, link.method)


@dataclass(frozen=True, slots=True)
class Decided:
    """What decisions come to, before anything is written: the rows made, the keys of those taken back, what changes."""

    made: tuple[Review, ...]
    reopened: tuple[str, ...]
    difference: Difference

    @property
    def told(self) -> tuple[str, ...]:
        """What was decided, a line each; none where all of it was decided so before."""
        if not len(self.difference):
            return ()
        return (
            *(f"{each.key}: {each.decision}" for each in self.made),
            *(f"{key}: open again" for key in self.reopened),
        )


def work_out(reviewing: Reviewing, verdicts: Mapping[str, Verdict], who: str) -> Decided:
    """Works out what decisions change, for the command line and for REST alike.

    Args:
        reviewing: the links; hold the store's `writing()` from reading them until the difference is applied.
        verdicts: what is decided, by the links' keys.
        who: the reviewer.
    """
    made = reviewing.decided(verdicts, who=who, when=datetime.now(UTC))
    reopened = reviewing.reopened(verdicts)
    return Decided(made, reopened, difference_of_decisions(reviewing.records, reviewing.iris, made, reopened))


def write_decisions(
    store: GraphStore,
    study: str,
    base: str,
    verdicts_of: Callable[[Reviewing], Mapping[str, Verdict]],
    by: Callable[[tuple[str, ...]], Attribution],
) -> tuple[str, ...]:
    """Decides on links and writes it in one step, or nothing.

    Args:
        store: the store, open for writing.
        study: the study's key.
        base: the instance base.
        verdicts_of: what is decided, by the keys of the links that it is given.
        by: whose write it is, given the lines that say what was decided.

    Returns:
        What was decided, a line each; none where all of it was decided so before.

    Raises:
        DataError: when the study would not be as the shapes ask.
    """
    with store.writing():
        reviewing = Reviewing.of(store, study, base)
        verdicts = verdicts_of(reviewing)
        decided = work_out(reviewing, verdicts, by(()).who)
        if decided.told:
            whole = with_derived(store, decided.difference, base, StudyDerivation())
            conformance = must_conform(store, whole, base)
            store.apply(whole, by=by(decided.told))
            conformance.written()
    return decided.told
