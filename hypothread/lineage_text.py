"""A lineage as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from analysis.wording import WordingDifference
from lineage.records import Change, Comparison, HypothesisLineage, QuoteRecord, Resonance, Version, Wording

_INDENT = "  "
_MOST_STEPS = 4
_MOST_WAY = 8
_STYLES = {"kept": "", "removed": "red strike", "added": "green underline"}


def lineage_text(found: HypothesisLineage) -> Iterator[Text]:
    """The lineage, line by line: the way of number and title, each version, each change, the areas.

    Of a long lineage, versions that say the same under the same number are told together, with what was said of each.

    Without colour, removed words stand in ``[-…-]`` and added ones in ``{+…+}``, as in ``git diff --word-diff``.
    """
    yield Text(f"{found.hypothesis.label} ({found.hypothesis.key}) in {found.study.label}", style="bold")
    runs = _alike(found)
    yield Text(" → ".join(_way(runs)))
    for run in runs:
        yield Text()
        yield from _version(run[0])
        if run[1:]:
            yield from _same(run[1:])
    place = {version.key: number for number, run in enumerate(runs) for version in run}
    for change in found.changes:
        if not _says_nothing(change, place):
            yield Text()
            yield from _change(change)
    yield from _other_hypotheses(found)
    yield Text()
    yield from _areas(found)


def _alike(found: HypothesisLineage) -> Sequence[Sequence[Version]]:
    """The versions in order; those of a long lineage that change nothing together with the one before them."""
    runs: list[list[Version]] = []
    for version in found.versions:
        same = runs and _says(runs[-1][-1]) == _says(version) and not version.derived_from and not version.wordings[1:]
        if same and len(found.versions) > _MOST_STEPS:
            runs[-1].append(version)
        else:
            runs.append([version])
    return runs


def _says(version: Version) -> tuple[object, ...]:
    return version.number, version.title, version.alt_label, version.statement


def _same(versions: Sequence[Version]) -> Iterator[Text]:
    first, last = versions[0].iteration, versions[-1].iteration
    which = f"Iteration {first}" if first == last else f"Iterations {first} to {last}"
    yield Text(f"{which}: the same words under the same number", style="bold")
    for version in versions:
        for resonance in version.resonance:
            yield indented(f"Iteration {version.iteration}: {_resonance(resonance)}")
        for quote in version.quotes:
            yield from _quote(quote)


def _says_nothing(change: Change, place: Mapping[str, int]) -> bool:
    """Whether a change leads from one version to another that says the same, and nobody says more of it."""
    ends = {place.get(key) for key in (*change.before, *change.after)}
    stated = change.rationale or change.motivated_by or not change.types_agree
    return len(ends) == 1 and None not in ends and len(change.before) == 1 and not stated


def _way(runs: Sequence[Sequence[Version]]) -> Iterator[str]:
    """The steps of number and title; of very many the first and the last ones."""
    if len(runs) <= _MOST_WAY:
        yield from (_step(run[0]) for run in runs)
        return
    yield _step(runs[0][0])
    yield f"… {len(runs) - _MOST_STEPS} more …"
    yield from (_step(run[0]) for run in runs[1 - _MOST_STEPS :])


def _step(version: Version) -> str:
    title = f" “{version.title}”" if version.title else ""
    return f"iteration {version.iteration} number {version.number}{title}"


def _version(version: Version) -> Iterator[Text]:
    yield Text(f"Iteration {version.iteration}, number {version.number}: {version.name}", style="bold")
    if version.used_at:
        yield indented(f"Put before: {version.used_at.label}")
    yield indented(f"Issued: {version.issued}" if version.issued else "Date of issue not stated")
    for wording in version.wordings:
        yield from _wording(wording)
    for resonance in version.resonance:
        yield indented(_resonance(resonance))
    if version.quotes:
        count = len(version.quotes)
        yield indented(f"{count} quote{'' if count == 1 else 's'}:")
        for quote in version.quotes:
            yield from _quote(quote)


def _wording(wording: Wording) -> Iterator[Text]:
    kind = "Wording" if wording.canonical else "Other reading"
    yield indented(f"{kind} ({'; '.join(wording.locators) or 'place not stated'}):")
    yield indented(f"“{wording.statement}”", 2)


def _resonance(resonance: Resonance) -> str:
    who = f" ({resonance.organisation_type.label})" if resonance.organisation_type else ""
    printed = ""
    if resonance.published_percentage:
        verdict = _VERDICTS.get(resonance.verdict or "", "is not checked")
        printed = f"; printed {resonance.published_percentage}, which {verdict}"
    return (
        f"{resonance.resonance.label}{who}: {resonance.count}/{resonance.denominator} "
        f"= {resonance.percentage}%{printed}"
    )


_VERDICTS = {"agrees": "agrees", "truncated": "is cut off, not rounded", "differs": "differs"}


def _quote(quote: QuoteRecord) -> Iterator[Text]:
    repeat = ""
    if quote.same_words_as:
        repeat = f", the same words as {quote.same_words_as}"
    elif quote.within_quote:
        repeat = f", also within {quote.within_quote}"
    who = quote.organisation_type.label if quote.organisation_type else "kind of organisation not stated"
    yield indented(f"{quote.key} [{who}{repeat}]", 2)
    yield indented(f"“{quote.text}”", 3)
    readings = [f"{link.to.label}" for link in quote.themes if link.status == "editorial"]
    if readings:
        yield indented(f"Our reading: {'; '.join(readings)}", 3)


def _change(change: Change) -> Iterator[Text]:
    decided = f", by {', '.join(each.label for each in change.decided_by)}" if change.decided_by else ""
    yield Text(
        f"{_ends(change)}: {', '.join(change.types)}{decided}",
        style="bold",
    )
    if not change.types_agree:
        yield indented(f"The versions themselves show: {', '.join(change.derived_types)}.")
    yield indented(f"Reason: {change.rationale}" if change.rationale else "The source states no reason.")
    for motive in change.motivated_by:
        yield indented(f"Moved by {motive.key}: {motive.label}", 1)
    for comparison in change.comparisons:
        yield from _comparison(comparison)


def _ends(change: Change) -> str:
    ends = [f"from {', '.join(change.before)}"] if change.before else []
    ends += [f"to {', '.join(change.after)}"] if change.after else []
    return " ".join(ends).capitalize()


def _other_hypotheses(found: HypothesisLineage) -> Iterator[Text]:
    if found.ancestors or found.descendants:
        yield Text()
        yield Text("Versions of other hypotheses", style="bold")
    if found.ancestors:
        yield indented(f"It grew from {', '.join(found.ancestors)}.")
    if found.descendants:
        yield indented(f"It led to {', '.join(found.descendants)}.")


def _comparison(comparison: Comparison) -> Iterator[Text]:
    difference = comparison.difference
    kept = f"{difference.share_kept:.0%} of the words kept"
    if not difference.words_differ:
        kept = "the same words" + ("; punctuation differs" if difference.punctuation_differs else "")
    yield indented(f"{_place(comparison.before)} → {_place(comparison.after)}: {kept}")
    if not difference.words_differ:
        return
    for label, kind in (("added", "added"), ("removed", "removed")):
        phrases = difference.phrases("added") if kind == "added" else difference.phrases("removed")
        if phrases:
            yield indented(f"{label}: {', '.join(f'“{phrase}”' for phrase in phrases)}", 2)
    yield marked_difference(difference, 2)


def marked_difference(difference: WordingDifference, depth: int) -> Text:
    """The later wording with what was taken out in ``[-…-]`` and what was put in in ``{+…+}``, indented."""
    marked = Text(_INDENT * depth)
    for segment in difference.segments:
        text = {"removed": f"[-{segment.text}-]", "added": f"{{+{segment.text}+}}"}.get(segment.kind, segment.text)
        glue = "" if segment.text[0] in ",.;:)" else " "
        marked.append(glue)
        marked.append(text, style=_STYLES[segment.kind])
    return marked


def _place(wording: Wording) -> str:
    return wording.locators[-1] if wording.locators else ("canonical wording" if wording.canonical else "other reading")


def _areas(found: HypothesisLineage) -> Iterator[Text]:
    yield Text("Blueprint areas", style="bold")
    if not found.areas:
        yield indented("The source does not say which areas this hypothesis led to.")
    for link in found.areas:
        whose = "" if link.status == "asserted" else f" (our reading: {link.rationale})"
        yield indented(f"{link.to.label}{whose}", 1)
    if found.areas and all(link.status != "asserted" for link in found.areas):
        yield indented("The source itself does not say which areas this hypothesis led to.")


def indented(text: str, depth: int = 1) -> Text:
    """A line that stands in from the margin."""
    return Text(_INDENT * depth + text)
