"""You said, we did: what each quote led to, what each amendment rests on, and what has no answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lineage.answer_records import AmendmentAnswer, ChangeAnswer, Coverage, FeedbackAnswer, Share, StudyAnswers
from lineage.records import Named
from pages.addresses import ANSWERED, WE_DID_TABLE, YOU_SAID_TABLE, Address, area_path, hypothesis_path
from pages.contexts.change import change_sentence, change_words
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.many import MOST_AMENDMENTS, MOST_FEEDBACK, MOST_TOLD
from pages.contexts.motives import AmendmentView, amendment_anchor, amendment_views, quote_link, shortened
from pages.contexts.quotes import QuoteNames
from pages.contexts.versions import Versions
from pages.tables import JOINED, csv_text
from pages.words import capital, count, in_words, listed

_OF_WHOLE = frozenset({"introduced", "split", "merged", "withdrawn"})
_YOU_SAID = (
    "quote", "words", "organisation_type", "hypothesis", "version", "answered", "moved", "printed_under", "our_reading",
    "suggested_amendments", "suggested_scores", "iri",
)  # fmt: skip
_WE_DID = (
    "amendment", "hypothesis", "change", "kind", "removed", "added", "explained", "stated_motives", "reason_given",
    "suggested_motives", "suggested_scores", "suggested_because", "iri",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerTile:
    """A share as a number with what it counts; `ours` where no source states it."""

    number: str
    counts: str
    ours: bool


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How much is answered, of all or of one kind of organisation, each as "so many of so many"."""

    who: str
    feedback: str
    read: str
    suggested: str
    changes: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An amendment that a program proposes as what a quote moved."""

    amendment: Anchor
    score: str


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """A quote and what it led to."""

    quote: Anchor
    words: str
    organisation_type: str
    moved: tuple[Anchor, ...]
    printed_under: Anchor | None
    read_to: tuple[Anchor, ...]
    proposed: tuple[Proposal, ...]

    @property
    def answered(self) -> bool:
        """Whether a source states that it led to anything."""
        return bool(self.moved or self.printed_under)


@dataclass(frozen=True, slots=True)
class BecameRow:
    """What happened to whole hypotheses, where that is told, and the reason given."""

    change: Anchor
    types: str
    rationale: str


@dataclass(frozen=True, slots=True)
class Group:
    """A hypothesis with what was said about it and what became of it; `anchor` is its id.

    `amendments` are the phrases in which it was reworded; `became` tells of merges, splits, withdrawals and
    introductions it took part in.
    """

    anchor: str
    hypothesis: Anchor
    feedback: tuple[FeedbackRow, ...]
    amendments: tuple[AmendmentView, ...]
    became: tuple[BecameRow, ...]
    unanswered: tuple[Anchor, ...]
    unexplained: tuple[Anchor, ...]
    more_feedback: int
    more_unanswered: int
    more_amendments: int
    more_unexplained: int


@dataclass(frozen=True, slots=True)
class FurtherRow:
    """A hypothesis that is told of in numbers alone, each as "so many of so many"; its own page has the rest."""

    hypothesis: Anchor
    answered: str
    explained: str


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """Everything the page "You said, we did" shows."""

    frame: Frame
    summary: str
    none_stated: bool
    tiles: tuple[AnswerTile, ...]
    coverage: tuple[CoverageRow, ...]
    groups: tuple[Group, ...]
    further: tuple[FurtherRow, ...]
    unanswered: int
    unexplained: int
    has_readings: bool
    you_said_href: str
    we_did_href: str


def _share_told(share: Share) -> str:
    return f"{share.count} of {share.of}" if share.of else "–"


def _tiles(every: Coverage) -> tuple[AnswerTile, ...]:
    shares = (
        (every.feedback, "quotes about a hypothesis have a recorded answer", False),
        (every.changes, "changes of substance have a recorded reason", False),
        (every.read, "quotes without an answer are read as speaking to an area of the blueprint", True),
        (every.suggested, "quotes without an answer are suggested as a motive", True),
    )
    return tuple(AnswerTile(_share_told(share), counts, ours) for share, counts, ours in shares if share.of)


def _coverage_row(coverage: Coverage) -> CoverageRow:
    return CoverageRow(
        coverage.organisation_type.label if coverage.organisation_type else "All",
        *(_share_told(share) for share in (coverage.feedback, coverage.read, coverage.suggested, coverage.changes)),
    )


def _summary(answers: StudyAnswers) -> str:
    told = f"{capital(count(len(answers.feedback), 'quote'))} about the hypotheses, and "
    told += f"{count(len(answers.amendments), 'amendment')} of their wording."
    every = answers.coverage[0]
    if not every.changes.count:
        return f"{told} The report states no motive for any change."
    of = "change" if every.changes.of == 1 else "changes"
    return f"{told} A reason is recorded for {in_words(every.changes.count)} of {in_words(every.changes.of)} {of}."


def _moved(moved: Named, hypothesis: Named, here: Address) -> Anchor:
    amendment = "/amendment/" in moved.iri
    fragment = amendment_anchor(moved.key) if amendment else ""
    text = moved.label if amendment else "the change as a whole"
    return Anchor(text, here.to(hypothesis_path(hypothesis.key), fragment))


def _row(answer: FeedbackAnswer, names: QuoteNames, here: Address) -> FeedbackRow:
    quote = answer.quote
    area = answer.printed_under
    return FeedbackRow(
        quote_link(quote.key, names, here),
        shortened(quote.text),
        quote.organisation_type.label if quote.organisation_type else "not stated",
        tuple(_moved(each, answer.hypothesis, here) for each in answer.moved),
        Anchor(area.label, here.to(area_path(area.key))) if area else None,
        tuple(Anchor(link.to.label, here.to(area_path(link.to.key))) for link in answer.read_to),
        tuple(
            Proposal(
                Anchor(
                    each.amendment.label,
                    here.to(hypothesis_path(each.amendment.hypothesis.key), amendment_anchor(each.amendment.key)),
                ),
                str(each.score),
            )
            for each in answer.proposed
        ),
    )


def _became(
    hypothesis: Named, changes: Iterable[ChangeAnswer], versions: Versions, here: Address
) -> Iterable[BecameRow]:
    for each in changes:
        before, after = ([versions[key] for key in keys if key in versions] for keys in (each.before, each.after))
        target = hypothesis_path(hypothesis.key)
        yield BecameRow(
            Anchor(change_sentence(before, after), here.to(target)),
            listed(change_words(each.types)),
            each.rationale or "",
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What there is to tell of one hypothesis."""

    hypothesis: Named
    feedback: list[FeedbackAnswer]
    amendments: list[AmendmentAnswer]
    whole: list[ChangeAnswer]


def _by_hypothesis(answers: StudyAnswers) -> Sequence[_Told]:
    """What there is to tell of each hypothesis, in the order in which they are first spoken of."""
    whole = [each for each in answers.changes if _OF_WHOLE & set(each.types)]
    spoken_of = (each.hypothesis for group in (answers.feedback, answers.amendments, whole) for each in group)
    found = {each.key: _Told(each, [], [], []) for each in spoken_of}
    for feedback in answers.feedback:
        found[feedback.hypothesis.key].feedback.append(feedback)
    for amendment in answers.amendments:
        found[amendment.hypothesis.key].amendments.append(amendment)
    for change in whole:
        for key in change.hypotheses & found.keys():
            found[key].whole.append(change)
    return tuple(found.values())


def _told_in_full(told: Sequence[_Told]) -> int:
    """Of how many hypotheses a page can tell everything: of all, unless that is too much to be read."""
    rows = 0
    for number, each in enumerate(told):
        rows += min(len(each.feedback), MOST_FEEDBACK) + min(len(each.amendments), MOST_AMENDMENTS)
        if rows > MOST_TOLD:
            return max(number, 1)
    return len(told)


def _group(told: _Told, names: QuoteNames, versions: Versions, here: Address) -> Group:
    said, did = told.feedback[-MOST_FEEDBACK:], told.amendments[-MOST_AMENDMENTS:]
    path = hypothesis_path(told.hypothesis.key)
    return Group(
        f"about-{told.hypothesis.key}",
        Anchor(told.hypothesis.label, here.to(path)),
        tuple(_row(each, names, here) for each in said),
        amendment_views(did, names, here),
        tuple(_became(told.hypothesis, told.whole, versions, here)),
        tuple(quote_link(each.quote.key, names, here) for each in said if not each.answered),
        tuple(Anchor(each.label, here.to(path, amendment_anchor(each.key))) for each in did if not each.explained),
        len(told.feedback) - len(said),
        sum(not each.answered for each in told.feedback[:-MOST_FEEDBACK]),
        len(told.amendments) - len(did),
        sum(not each.explained for each in told.amendments[:-MOST_AMENDMENTS]),
    )


def _further(told: _Told, here: Address) -> FurtherRow:
    answered = sum(each.answered for each in told.feedback)
    explained = sum(each.explained for each in told.amendments)
    return FurtherRow(
        Anchor(told.hypothesis.label, here.to(hypothesis_path(told.hypothesis.key))),
        _share_told(Share(answered, len(told.feedback))),
        _share_told(Share(explained, len(told.amendments))),
    )


def answered_page(answers: StudyAnswers, names: QuoteNames, versions: Versions) -> AnsweredPage:
    """The page "You said, we did" of the study; `versions` are all of its versions."""
    here = Address(ANSWERED)
    every = answers.coverage[0]
    told = _by_hypothesis(answers)
    whole = _told_in_full(told)
    return AnsweredPage(
        frame(answers.study.label, here, "You said, we did"),
        _summary(answers),
        not every.changes.count and bool(answers.amendments),
        _tiles(every),
        tuple(_coverage_row(each) for each in answers.coverage),
        tuple(_group(each, names, versions, here) for each in told[:whole]),
        tuple(_further(each, here) for each in told[whole:]),
        len(answers.unanswered),
        len(answers.unexplained),
        any(each.read_to or each.proposed for each in answers.feedback)
        or any(each.suggested for each in answers.amendments),
        here.to(YOU_SAID_TABLE),
        here.to(WE_DID_TABLE),
    )


def you_said_table(answers: StudyAnswers) -> str:
    """What each quote led to, as comma-separated values."""
    return csv_text(_YOU_SAID, map(_you_said, answers.feedback))


def we_did_table(answers: StudyAnswers) -> str:
    """What each amendment rests on, as comma-separated values."""
    return csv_text(_WE_DID, map(_we_did, answers.amendments))


def _you_said(answer: FeedbackAnswer) -> tuple[str, ...]:
    quote = answer.quote
    return (
        quote.key,
        quote.text,
        quote.organisation_type.label if quote.organisation_type else "",
        answer.hypothesis.key,
        quote.version or "",
        "yes" if answer.answered else "no",
        JOINED.join(each.label for each in answer.moved),
        answer.printed_under.label if answer.printed_under else "",
        JOINED.join(link.to.label for link in answer.read_to),
        JOINED.join(each.amendment.key for each in answer.proposed),
        JOINED.join(str(each.score) for each in answer.proposed),
        quote.iri,
    )


def _we_did(answer: AmendmentAnswer) -> tuple[str, ...]:
    return (
        answer.key,
        answer.hypothesis.key,
        answer.key.partition("/")[0],
        answer.amendment.kind,
        answer.amendment.removed_words,
        answer.amendment.added_words,
        "yes" if answer.explained else "no",
        JOINED.join(each.key for each in answer.stated),
        answer.rationale or "",
        JOINED.join(each.motive.key for each in answer.suggested),
        JOINED.join(str(each.score) for each in answer.suggested),
        JOINED.join(each.explanation for each in answer.suggested),
        answer.iri,
    )
