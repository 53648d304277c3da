"""What "You said, we did" is made of: what feedback led to, what amendments rest on, how much of either is recorded.

Only what a source states counts as an answer. Readings of the editors and suggestions of a program stand beside it
under their own names, and in figures of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from analysis.alignment import Alignment
from analysis.amendments import Amendment, described
from lineage.records import Link, MotiveStatement, Named, QuoteRecord

MotiveKind = Literal["quote", "theme"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A quote or theme that a program proposes as what moved an amendment, with score (0 to 1) and explanation.

    `passage` is the sentence of a quote that says most of the words matched, empty for a theme; `repeated_by` are the
    keys of quotes with the same words or some of them; `under_area` the area a quote is printed under, where it is not
    about the earlier version. `key` is what a reviewer names it by, `reworded_by` who gave it another explanation.
    """

    kind: MotiveKind
    motive: Named
    score: Decimal
    explanation: str
    passage: str = ""
    under_area: Named | None = None
    repeated_by: tuple[str, ...] = ()
    key: str = ""
    reworded_by: str = ""


@dataclass(frozen=True, slots=True)
class AmendmentAnswer:
    """An amendment and what it rests on.

    `key` is its change's key and its number there (``utility-1-to-2/1``); `before` and `after` the keys of the
    versions. `stated` are the motives that a source states, of the amendment itself or of its whole change; `rationale`
    the reason given for the change. `joining_words` says that it changed no word that carries meaning;
    `phrase` is the words that name it among the amendments of its change; `said` tells which analysts state which of
    the motives, `named` are those that the source itself names.
    """

    iri: str
    key: str
    hypothesis: Named
    change: str
    before: str
    after: str
    amendment: Amendment
    stated: tuple[Named, ...]
    rationale: str | None
    suggested: tuple[Suggestion, ...]
    joining_words: bool
    phrase: str = ""
    said: tuple[MotiveStatement, ...] = ()
    named: tuple[Named, ...] = ()

    @property
    def label(self) -> str:
        """What it did to the words, in a phrase."""
        return described(self.amendment)

    @property
    def explained(self) -> bool:
        """Whether a source states a motive or gives a reason."""
        return bool(self.stated or self.rationale)


@dataclass(frozen=True, slots=True)
class Proposed:
    """An amendment that a quote may have moved, as a program proposes."""

    amendment: AmendmentAnswer
    score: Decimal


@dataclass(frozen=True, slots=True)
class FeedbackAnswer:
    """What somebody said about a version, and what it led to.

    `moved` are the amendments and changes that a source states it moved; `printed_under` the area a source prints it
    under; `read_to` the areas the editors read it as speaking to; `proposed` the amendments a program proposes.
    """

    quote: QuoteRecord
    hypothesis: Named
    moved: tuple[Named, ...]
    printed_under: Named | None
    read_to: tuple[Link, ...]
    proposed: tuple[Proposed, ...]

    @property
    def answered(self) -> bool:
        """Whether a source states that it led to anything."""
        return bool(self.moved or self.printed_under)


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """A change of substance, whether a source says why, and the kinds of organisation whose quotes it names.

    `before` and `after` are the keys of its versions, `types` what kind of change is stated, `rationale` why.
    """

    change: Named
    hypothesis: Named
    explained: bool
    suggested: bool
    organisation_types: frozenset[str]
    types: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    rationale: str | None = None

    @property
    def hypotheses(self) -> frozenset[str]:
        """The keys of the hypotheses that take part in it."""
        return frozenset(key.partition("/")[0] for key in (*self.before, *self.after))


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percentage(self) -> Decimal | None:
        """The share in per cent, one place, rounded half up; None of nothing."""
        if not self.of:
            return None
        return (Decimal(100) * self.count / self.of).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much feedback has a recorded answer, and how many changes a recorded reason.

    `feedback` and `changes` count what sources state. `read` counts feedback without such an answer that the editors
    read as speaking to an area, `suggested` and `suggested_changes` that or those for which only a program proposes
    something. Of one kind of organisation, `changes` counts those that name a quote of it.
    """

    organisation_type: Named | None
    feedback: Share
    read: Share
    suggested: Share
    changes: Share
    suggested_changes: Share


@dataclass(frozen=True, slots=True)
class StudyAnswers:
    """What people said and what was done, both ways; `coverage` is that of all first, then by organisation type.

    `inferred` are the versions that a program joins where the study does not state it.
    """

    study: Named
    feedback: tuple[FeedbackAnswer, ...]
    amendments: tuple[AmendmentAnswer, ...]
    changes: tuple[ChangeAnswer, ...]
    coverage: tuple[Coverage, ...]
    inferred: tuple[Alignment, ...] = ()

    @property
    def unanswered(self) -> tuple[FeedbackAnswer, ...]:
        """Feedback to which no source states an answer."""
        return tuple(each for each in self.feedback if not each.answered)

    @property
    def unexplained(self) -> tuple[AmendmentAnswer, ...]:
        """Amendments for which no source states a motive or reason."""
        return tuple(each for each in self.amendments if not each.explained)

    def of_change(self, change: str) -> tuple[AmendmentAnswer, ...]:
        """The amendments of a change (an IRI)."""
        return tuple(each for each in self.amendments if each.change == change)

    def of_hypothesis(self, key: str) -> tuple[FeedbackAnswer, ...]:
        """The feedback on the versions of a hypothesis."""
        return tuple(each for each in self.feedback if each.hypothesis.key == key)
