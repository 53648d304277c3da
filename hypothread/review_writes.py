"""Decisions on links, worked out for whoever sends them over HTTP as the command works them out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.errors import NothingThere, RowRefused
from api.rest.writes.reviewing import DecidedLink, LinkDecision, LinkUnderReview
from graphstore import GraphStore
from hypothread.reviewing import Reviewing, work_out
from hypothread.reviewing_near import NearReviewing, reviewing_near
from ingest.deciding import Verdict
from ingest.editing.near import without_shared_agents
from ingest.errors import RowMissing
from ingest.mistakes import did_you_mean
from ingest.review_work import VerdictProblem, check_verdict
from lineage.errors import LineageError
from ontology.edits import RowMistake
from ontology.iris import StudyIris


class StoreReviewing:
    """Works out what decisions on the links of a store's studies change."""

    def link(self, store: GraphStore, iris: StudyIris, key: str) -> LinkUnderReview:
        """A link by its key, read under the writer's lock.

        Raises:
            NothingThere: when there is no such study or link.
        """
        near = _near(store, iris, key)
        return _link(store, iris, key) if near is None else _NearLink(store, near, key)


def _near(store: GraphStore, iris: StudyIris, key: str, new_body: str = "") -> NearReviewing | None:
    try:
        return reviewing_near(store, iris, key, new_body)
    except (RowMissing, LineageError) as error:
        raise NothingThere(str(error)) from error


def _link(store: GraphStore, iris: StudyIris, key: str) -> _Link:
    try:
        reviewing = Reviewing.of(store, iris.study_key, iris.base)
    except (RowMissing, LineageError) as error:
        raise NothingThere(str(error)) from error
    if key not in reviewing.links:
        raise NothingThere(f"There is no link “{key[:90]}” to review. {did_you_mean(key, reviewing.links)}")
    return _Link(reviewing, key)


@dataclass(frozen=True, slots=True)
class _NearLink:
    """A link, decided on by what is near it; by the whole study where that does not say enough."""

    store: GraphStore
    near: NearReviewing
    key: str

    def decided(self, decision: LinkDecision, *, who: str) -> DecidedLink:
        """Works out what a decision changes.

        Raises:
            RowRefused: when a rejection has no reason, a rewording nothing new, or it is to lead to what is not there.
        """
        iris = self.near.reviewing.iris
        near = _near(self.store, iris, self.key, decision.new_body) if decision.new_body else self.near
        found = None if near is None else self._by(near, decision, who)
        return found or _link(self.store, iris, self.key).decided(decision, who=who)

    def _by(self, near: NearReviewing, decision: LinkDecision, who: str) -> DecidedLink | None:
        try:
            found = _Link(near.reviewing, self.key).decided(decision, who=who)
        except RowRefused:
            return None  # the whole study can tell what there is
        difference = without_shared_agents(self.store, near.reviewing.iris, found.difference, near.own)
        return None if difference is None else replace(found, difference=difference)


@dataclass(frozen=True, slots=True)
class _Link:
    reviewing: Reviewing
    key: str

    def decided(self, decision: LinkDecision, *, who: str) -> DecidedLink:
        """Works out what a decision changes.

        Raises:
            RowRefused: when a rejection has no reason, a rewording nothing new, or it is to lead to what is not there.
        """
        verdict = Verdict(decision.status, decision.reason, decision.new_body)
        rewordable, bodies = self.key in self.reviewing.rewordable, self.reviewing.bodies
        try:
            check_verdict(verdict, rewordable=rewordable, known_bodies=bodies)
        except VerdictProblem as problem:
            raise RowRefused((RowMistake("", problem.column, problem.wrong, problem.right),)) from problem
        decided = work_out(self.reviewing, {self.key: verdict}, who)
        held = {each.key: each for each in (*self.reviewing.records.reviews, *decided.made)}.get(self.key)
        if held is None or self.key in decided.reopened:
            return DecidedLink(decided.difference, "open")
        return DecidedLink(
            decided.difference,
            held.decision,
            held.rationale or "",
            held.new_body or "",
            held.attributed_to,
            held.decided_at,
        )
