"""You said, we did: what each piece of feedback led to, what each amendment rests on, and what has no answer.

Feedback is what somebody said about a version. It is answered where a source states that it moved an amendment or a
change (itself, or through a theme that the source gives it), or prints it under an area of the blueprint. A change of
substance reworded, introduced, split, merged or withdrew a hypothesis; it is explained where a source states a motive
of it or of an amendment of it, or gives a reason.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from analysis.amendments import reworded_phrases
from analysis.naming_amendments import phrase_of
from lineage.answer_records import (
    AmendmentAnswer,
    ChangeAnswer,
    Coverage,
    FeedbackAnswer,
    Proposed,
    Share,
    StudyAnswers,
)
from lineage.decided import Decided
from lineage.inferring import inferred_revisions
from lineage.records import Change, HypothesisLineage, Named, StudyOverview, Version
from lineage.suggesting import Suggesting

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
    suggesting = Suggesting.within(overview, definitions or {})
    own: dict[str, list[Named]] = {}
    for each in overview.amendment_motives:
        own.setdefault(each.amendment, []).append(each.motive)
    lineages = sorted(
        overview.lineages, key=lambda each: (-each.latest.iteration, each.latest.number, each.hypothesis.key)
    )
    changes = _first_told(lineages)
    of_version = {version.key: (version, each) for each in lineages for version in each.versions}
    amendments = tuple(
        amendment
        for change, _ in changes
        if only is None or change.iri in only
        for amendment in _amendments(change, of_version, own, suggesting, overview)
    )
    answered = tuple(
        _change(change, lineage, amendments, overview) for change, lineage in changes if SUBSTANCE & set(change.types)
    )
    feedback = tuple(answer for each in lineages for answer in _feedback(each, [one for one, _ in changes], amendments))
    return StudyAnswers(
        overview.study, feedback, amendments, answered, _coverages(feedback, answered), inferred_revisions(overview)
    )


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


def _amendments(
    change: Change,
    of_version: Mapping[str, tuple[Version, HypothesisLineage]],
    own: Mapping[str, Sequence[Named]],
    suggesting: Suggesting,
    overview: StudyOverview,
) -> Iterator[AmendmentAnswer]:
    decided = Decided.of(overview.reviews)
    by_analysts = {(each.moved, each.motive.iri) for each in overview.motive_statements}
    # The same pairs in the same order as on import, so that the numbers are those of the stored amendments.
    pairs = [
        (before, after)
        for before in sorted(change.before)
        for after in sorted(change.after)
        if before.rpartition("/")[0] == after.rpartition("/")[0] and before in of_version and after in of_version
    ]
    places = [
        (before, after, phrase)
        for before, after in pairs
        for phrase in reworded_phrases(of_version[before][0].statement, of_version[after][0].statement)
    ]
    phrases = [phrase for _, _, phrase in places]
    for place, (before_key, after_key, phrase) in enumerate(places):
        (before, lineage), (after, _) = of_version[before_key], of_version[after_key]
        iri, named = f"{change.iri}/amendment/{place + 1}", phrase_of(phrases, place)
        stated = tuple(dict.fromkeys((*own.get(iri, ()), *change.motivated_by)))
        suggested = suggesting.for_amendment(
            phrase, before, after, lineage, without=decided.rejected(change.iri, change.key, named)
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
            suggested=decided.left_of(suggested, change.iri, change.key, named, {each.iri for each in stated}),
            joining_words=suggesting.joining_words(phrase),
            phrase=named,
            said=tuple(each for each in overview.motive_statements if each.moved in (iri, change.iri)),
            named=tuple(
                dict.fromkeys(
                    motive
                    for moved, motives in ((iri, own.get(iri, ())), (change.iri, change.motivated_by))
                    for motive in motives
                    if (moved, motive.iri) not in by_analysts
                )
            ),
        )


def _change(
    change: Change, lineage: HypothesisLineage, amendments: Sequence[AmendmentAnswer], overview: StudyOverview
) -> ChangeAnswer:
    own = [each for each in amendments if each.change == change.iri]
    motives = {each.iri for each in (*change.motivated_by, *(named for one in own for named in one.stated))}
    types = frozenset(
        quote.organisation_type.iri
        for each in overview.lineages
        for quote in each.quotes
        if quote.iri in motives and quote.organisation_type is not None
    )
    return ChangeAnswer(
        Named(change.iri, change.key, lineage.hypothesis.label),
        lineage.hypothesis,
        bool(change.rationale or motives),
        any(each.suggested for each in own),
        types,
        change.types,
        change.before,
        change.after,
        change.rationale,
    )


def _feedback(
    lineage: HypothesisLineage, changes: Sequence[Change], amendments: Sequence[AmendmentAnswer]
) -> Iterator[FeedbackAnswer]:
    # All changes of the study: what was said of one hypothesis may have moved another.
    for quote in lineage.quotes:
        themes = {link.to.iri for link in quote.themes if link.status == "asserted"}
        moved: dict[str, Named] = {}
        for change in changes:
            through_theme = quote.version in change.before and any(each.iri in themes for each in change.motivated_by)
            if through_theme or any(each.iri == quote.iri for each in change.motivated_by):
                moved[change.iri] = Named(change.iri, change.key, change.key)
        for each in amendments:
            named = {motive.iri for motive in each.stated}
            through_theme = quote.version == each.before and bool(named & themes)
            if each.change not in moved and (quote.iri in named or through_theme):
                moved[each.iri] = Named(each.iri, each.key, each.label)
        yield FeedbackAnswer(
            quote=quote,
            hypothesis=lineage.hypothesis,
            moved=tuple(moved.values()),
            printed_under=quote.illustrates,
            read_to=tuple(link for link in quote.areas if link.status == "editorial"),
            proposed=tuple(
                Proposed(each, suggestion.score)
                for each in amendments
                for suggestion in each.suggested
                if quote.key in (suggestion.motive.key, *suggestion.repeated_by) and suggestion.kind == "quote"
            ),
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
