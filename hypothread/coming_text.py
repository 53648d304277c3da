"""What an import would do to hypotheses, as text to be read before it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.text import Text

from analysis.changes import VersionFacts, change_types_between
from analysis.wording import compare_wordings
from hypothread.coming_changes import ComingChanges, Corrected
from hypothread.lineage_text import indented, marked_difference
from lineage.answer_records import AmendmentAnswer, StudyAnswers

if TYPE_CHECKING:
    from ontology.records import Change, HypothesisVersion

MOST_SHOWN: Final = 40
_SUGGESTIONS: Final = 3
_PASSAGE: Final = 120


def coming_text(coming: ComingChanges, answers: StudyAnswers | None, study: str) -> Iterator[Text]:
    """The lines: each change with both wordings, its types and its amendments with suggested motives.

    Args:
        coming: what is to come.
        answers: what suggests itself as motives, None to leave that out.
        study: the IRI of the study.
    """
    for change in coming.changes[:MOST_SHOWN]:
        amendments = answers.of_change(f"{study}/change/{change.key}") if answers else ()
        yield from _change(change, coming, amendments)
        yield Text()
    yield from _more(len(coming.changes), "change")
    for version in coming.unexplained[:MOST_SHOWN]:
        yield Text(f"New: {_named(version)}; no change leads to it", style="bold")
        yield indented(f"“{version.statement}”", 1)
        yield Text()
    yield from _more(len(coming.unexplained), "new version")
    for each in coming.corrected[:MOST_SHOWN]:
        yield from _correction(each)
        yield Text()
    yield from _more(len(coming.corrected), "corrected version")
    if coming.gone:
        shown = ", ".join(coming.gone[:MOST_SHOWN])
        yield Text(f"Removed from the study: {shown}", style="bold")
        yield from _more(len(coming.gone), "more")
        yield Text()


def _more(count: int, what: str) -> Iterator[Text]:
    if count > MOST_SHOWN:
        rest = count - MOST_SHOWN
        yield Text(f"… and {rest} {what}{'' if rest == 1 or what == 'more' else 's'}.")
        yield Text()


def _named(version: HypothesisVersion) -> str:
    title = f" “{version.title}”" if version.title else ""
    return f"{version.key}, number {version.number}{title}"


def _change(change: Change, coming: ComingChanges, amendments: tuple[AmendmentAnswer, ...]) -> Iterator[Text]:
    before = [coming.versions[key] for key in change.before]
    after = [coming.versions[key] for key in change.after]
    pairs = [(one, other) for one in before for other in after if one.hypothesis == other.hypothesis]
    shown = sorted({word for one, other in pairs for word in _shown(one, other)})
    types = ", ".join(change.types or shown) + ("" if change.types else " (worked out from the versions)")
    ends = " → ".join(" + ".join(each) or "nothing" for each in (change.before, change.after))
    yield Text(f"{ends}: {types}", style="bold")
    if change.types and pairs and set(shown) - set(change.types):
        yield indented(f"The versions themselves show: {', '.join(shown)}.")
    for one, other in pairs:
        if one.number != other.number:
            yield indented(f"Number {one.number} → {other.number}")
        if one.title != other.title:
            yield indented(f"Title {_title(one)} → {_title(other)}")
    if len({version.statement for version in (*before, *after)}) == 1:
        yield indented("The wording stays:")
        yield indented(f"“{(*before, *after)[0].statement}”", 2)
    else:
        for label, versions in (("Before", before), ("After", after)):
            for version in versions:
                yield indented(f"{label} ({_named(version)}):")
                yield indented(f"“{version.statement}”", 2)
    for one, other in pairs:
        difference = compare_wordings(one.statement, other.statement)
        if difference.words_differ:
            yield indented(f"{difference.share_kept:.0%} of the words of {one.key} kept:")
            yield marked_difference(difference, 1)
    yield from _amendments(amendments)
    yield indented(f"Reason: {change.rationale}" if change.rationale else "No reason is given.")
    if change.motivated_by:
        yield indented(f"Moved by: {', '.join(change.motivated_by)}")
    if change.decided_by:
        yield indented(f"Decided by: {', '.join(change.decided_by)}")


def _amendments(amendments: tuple[AmendmentAnswer, ...]) -> Iterator[Text]:
    for each in amendments:
        yield indented(f"Amendment: {each.label}")
        for suggestion in each.suggested[:_SUGGESTIONS]:
            says = suggestion.passage or suggestion.motive.label
            says = says if len(says) <= _PASSAGE else f"{says[:_PASSAGE].rpartition(' ')[0]} …"
            yield indented(
                f"suggested motive, score {suggestion.score}: {suggestion.kind} {suggestion.motive.key}, “{says}”", 2
            )
        if not each.suggested:
            yield indented("no motive suggests itself", 2)


def _correction(each: Corrected) -> Iterator[Text]:
    version = each.version
    yield Text(f"Corrected: {version.key}, which is in the store already", style="bold")
    if each.number is not None:
        yield indented(f"Number {each.number} → {version.number}")
    if each.title is not None:
        yield indented(f"Title “{each.title}” → {_title(version)}")
    if each.statement is not None:
        yield indented("In the store:")
        yield indented(f"“{each.statement}”", 2)
        yield indented("In this folder:")
        yield indented(f"“{version.statement}”", 2)
        yield marked_difference(compare_wordings(each.statement, version.statement), 2)


def _title(version: HypothesisVersion) -> str:
    return f"“{version.title}”" if version.title else "none"


def _shown(before: HypothesisVersion, after: HypothesisVersion) -> tuple[str, ...]:
    return change_types_between(
        VersionFacts(before.number, before.title, before.statement),
        VersionFacts(after.number, after.title, after.statement),
    )
