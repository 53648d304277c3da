"""What deciding on a link over REST needs of those who know reviews; the program hands it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from graphstore import Difference, GraphStore
from ontology.iris import StudyIris


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """What a reviewer decides of a link.

    Attributes:
        status: what it is to be: ``accepted``, ``rejected``, ``reworded`` or ``open``.
        reason: why, or the reason as it should read; empty for none.
        new_body: of a reworded reading, what it is to lead to, such as ``themes:leadership``; empty for what it does.
    """

    status: str
    reason: str
    new_body: str


@dataclass(frozen=True, slots=True)
class DecidedLink:
    """What a decision comes to, before anything is written; all but the difference and the status empty when open.

    Attributes:
        difference: the statements to remove and add; none where it was decided so before.
        status: what the link is then.
        reason: the reason that the decision has.
        new_body: what a reworded reading leads to instead.
        reviewer: who decided.
        decided_at: when.
    """

    difference: Difference
    status: str
    reason: str = ""
    new_body: str = ""
    reviewer: str = ""
    decided_at: str = ""


class LinkUnderReview(Protocol):
    """A link that there is to review."""

    def decided(self, decision: LinkDecision, *, who: str) -> DecidedLink:
        """Works out what a decision changes. Nothing is written.

        Raises:
            RowRefused: with every mistake; the fields are ``decision``, ``reason`` and ``new_body``.
        """


class Reviewing(Protocol):
    """Works out what decisions on links change."""

    def link(self, store: GraphStore, iris: StudyIris, key: str) -> LinkUnderReview:
        """A link of a study by its key, read under the writer's lock.

        Raises:
            NothingThere: when there is no such study or link.
        """
