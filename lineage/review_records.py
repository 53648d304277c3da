"""Links that no source states, and what reviewers decided of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lineage.records import Named

LinkKind = Literal["reading", "motive", "revision"]
LinkStatus = Literal["open", "accepted", "rejected", "reworded"]


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """What a link joins: what it is (``quote``, ``blueprint area``), and its name."""

    kind: str
    item: Named


@dataclass(frozen=True, slots=True)
class EditorialReading:
    """A reading of the study's editors, by its key in the sheet of links."""

    key: str
    start: LinkEnd
    end: LinkEnd
    reason: str
    attributed_to: str


@dataclass(frozen=True, slots=True)
class LinkReview:
    """A decision on a link; `end` is what it led to when it was reviewed, `new_end` what it leads to since, if else.

    `reason` is that of the decision or as it was reworded, `reviewed_reason` the one that the link bore before; both
    are empty where none was given. `decided_at` is as it was written.
    """

    key: str
    kind: LinkKind
    decision: LinkStatus
    start: LinkEnd
    end: LinkEnd
    amendment: str
    new_end: LinkEnd | None
    reason: str
    reviewed_reason: str
    score: str
    method: str
    reviewer: str
    decided_at: str

    def holds_for(self, start: str, end: str) -> bool:
        """Whether it is of the link between two items (IRIs), and not of another one that later bears the key."""
        ends = {each.item.iri for each in (self.end, self.new_end) if each is not None}
        return self.start.item.iri == start and end in ends


@dataclass(frozen=True, slots=True)
class ReviewLink:
    """A link to review: what it joins, why, whose it is, and what was decided.

    `amendment` is the words of an amendment, in the shortest way that names it; `label` says in a line what the link
    leads to. `reason` is the one that it bears now; `former_reason` the one before it was reworded; `decision_reason`
    why it was rejected, empty otherwise. `score` and `method` are a program's.
    """

    key: str
    kind: LinkKind
    status: LinkStatus
    start: LinkEnd
    end: LinkEnd
    amendment: str
    label: str
    hypothesis: Named | None
    reason: str
    attributed_to: str
    score: str = ""
    method: str = ""
    former_reason: str = ""
    decision_reason: str = ""
    reviewer: str = ""
    decided_at: str = ""
