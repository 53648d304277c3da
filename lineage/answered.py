"""You said, we did: what each piece of feedback led to, what each amendment rests on, and what has no answer.

Feedback is what somebody said about a version. It is answered where a source states that it moved an amendment or a
change (itself, or through a theme that the source gives it), or prints it under an area of the blueprint. A change of
substance reworded, introduced, split, merged or withdrew a hypothesis; it is explained where a source states a motive
of it or of an amendment of it, or gives a reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lineage.answer_records import (
    AmendmentAnswer,
    ChangeAnswer,
    Coverage,
    FeedbackAnswer,
    Proposed,
    Share,
    StudyAnswers,
)
from lineage.answering import Answering
from lineage.records import Change, HypothesisLineage, Named, QuoteRecord, StudyOverview

SUBSTANCE = frozenset({"reworded", "introduced", "split", "merged", "withdrawn"})


def study_answers(
    overview: StudyOverview, definitions: Mapping[str, str] | None = None, *, only: Container[str] | None = None
) -> StudyAnswers:
    """What people said and what was done, both ways.

    Args:
        overview: the study.
        definitions: those of its themes by IRI, where there are any: suggestions match their words too.
        only: the changes (IRIs) whose amendments are looked into; all where None.
    """
    return answers_within(Answering(overview, definitions), only=only)


def answers_within(answering: Answering, *, only: Container[str] | None = None) -> StudyAnswers:
    """The same, where some of the amendments may have been looked into already."""
    overview, changes = answering.overview, answering.changes
    amendments = tuple(
        amendment
        for change, _ in changes
        if only is None or change.iri in only
        for amendment in answering.of_change(change.iri)
    )
    speakers = {
        quote.iri: quote.organisation_type.iri
        for each in overview.lineages
        for quote in each.quotes
        if quote.organisation_type is not None
    }
    of_change: defaultdict[str, list[AmendmentAnswer]] = defaultdict(list)
    for each in amendments:
        of_change[each.change].append(each)
    answered = tuple(
        _change(change, lineage, of_change.get(change.iri, ()), speakers)
        for change, lineage in changes
        if SUBSTANCE & set(change.types)
    )
    moving = _Moving.of([change for change, _ in changes], amendments)
    feedback = tuple(answer for each in answering.lineages for answer in _feedback(each, moving))
    return StudyAnswers(
        overview.study, feedback, amendments, answered, _coverages(feedback, answered), answering.inferred
    )


def _change(
    change: Change, lineage: HypothesisLineage, own: Sequence[AmendmentAnswer], speakers: Mapping[str, str]
) -> ChangeAnswer:
    motives = {each.iri for each in (*change.motivated_by, *(named for one in own for named in one.stated))}
    return ChangeAnswer(
        Named(change.iri, change.key, lineage.hypothesis.label),
        lineage.hypothesis,
        bool(change.rationale or motives),
        any(each.suggested for each in own),
        frozenset(speakers[each] for each in motives if each in speakers),
        change.types,
        change.before,
        change.after,
        change.rationale,
    )


@dataclass(frozen=True, slots=True)
class _Moving:
    """The changes and amendments that a quote or theme moved or may have moved, each list in the study's order.

    `changes` and `amendments` are by the IRI of a stated motive, each with its place in the order; `proposed` by the
    key of a quote that is suggested.
    """

    changes: Mapping[str, Sequence[tuple[int, Change]]]
    amendments: Mapping[str, Sequence[tuple[int, AmendmentAnswer]]]
    proposed: Mapping[str, Sequence[Proposed]]

    @classmethod
    def of(cls, changes: Sequence[Change], amendments: Sequence[AmendmentAnswer]) -> _Moving:
        by_motive: defaultdict[str, list[tuple[int, Change]]] = defaultdict(list)
        for place, change in enumerate(changes):
            for iri in {each.iri for each in change.motivated_by}:
                by_motive[iri].append((place, change))
        amended: defaultdict[str, list[tuple[int, AmendmentAnswer]]] = defaultdict(list)
        proposed: defaultdict[str, list[Proposed]] = defaultdict(list)
        for place, amendment in enumerate(amendments):
            for iri in {each.iri for each in amendment.stated}:
                amended[iri].append((place, amendment))
            for suggestion in amendment.suggested:
                if suggestion.kind == "quote":
                    for key in dict.fromkeys((suggestion.motive.key, *suggestion.repeated_by)):
                        proposed[key].append(Proposed(amendment, suggestion.score))
        return cls(by_motive, amended, proposed)

    def by(self, quote: QuoteRecord) -> tuple[Named, ...]:
        """What sources state that a quote moved, itself or through a theme that a source gives it."""
        themes = {link.to.iri for link in quote.themes if link.status == "asserted"}
        changes: dict[int, Change] = dict(self.changes.get(quote.iri, ()))
        amendments: dict[int, AmendmentAnswer] = dict(self.amendments.get(quote.iri, ()))
        for theme in themes:
            # Every change of the study: what was said of one hypothesis may have moved another.
            changes |= {place: each for place, each in self.changes.get(theme, ()) if quote.version in each.before}
            amendments |= {
                place: each for place, each in self.amendments.get(theme, ()) if quote.version == each.before
            }
        moved = {each.iri: Named(each.iri, each.key, each.key) for _, each in sorted(changes.items(), key=_place)}
        for _, each in sorted(amendments.items(), key=_place):
            if each.change not in moved:
                moved[each.iri] = Named(each.iri, each.key, each.label)
        return tuple(moved.values())


def _place(item: tuple[int, object]) -> int:
    return item[0]


def _feedback(lineage: HypothesisLineage, moving: _Moving) -> Iterator[FeedbackAnswer]:
    for quote in lineage.quotes:
        yield FeedbackAnswer(
            quote=quote,
            hypothesis=lineage.hypothesis,
            moved=moving.by(quote),
            printed_under=quote.illustrates,
            read_to=tuple(link for link in quote.areas if link.status == "editorial"),
            proposed=tuple(moving.proposed.get(quote.key, ())),
        )


def _coverages(feedback: Sequence[FeedbackAnswer], changes: Sequence[ChangeAnswer]) -> tuple[Coverage, ...]:
    types = {
        each.quote.organisation_type.iri: each.quote.organisation_type
        for each in feedback
        if each.quote.organisation_type is not None
    }
    ordered = sorted(types.values(), key=lambda each: each.label)
    return (_coverage(None, feedback, changes), *(_coverage(each, feedback, changes) for each in ordered))


def _coverage(
    organisation_type: Named | None, feedback: Sequence[FeedbackAnswer], changes: Sequence[ChangeAnswer]
) -> Coverage:
    said = [each for each in feedback if organisation_type in (None, each.quote.organisation_type)]
    open_feedback = [each for each in said if not each.answered]
    if organisation_type is None:
        explained = sum(1 for each in changes if each.explained)
        suggested = sum(1 for each in changes if not each.explained and each.suggested)
    else:
        explained = sum(1 for each in changes if organisation_type.iri in each.organisation_types)
        proposed = {other.amendment.change for each in open_feedback for other in each.proposed}
        suggested = sum(1 for each in changes if not each.explained and each.change.iri in proposed)
    return Coverage(
        organisation_type,
        Share(len(said) - len(open_feedback), len(said)),
        Share(sum(1 for each in open_feedback if each.read_to), len(said)),
        Share(sum(1 for each in open_feedback if each.proposed), len(said)),
        Share(explained, len(changes)),
        Share(suggested, len(changes)),
    )
