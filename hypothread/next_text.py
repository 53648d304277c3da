"""What a next iteration holds and what to edit in it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from shlex import quote as quoted
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.next_folder import WrittenRows
    from ingest.next_iteration import NextIteration
    from ingest.study import StudyRecords

_NOT_IN_IT = (
    "That says nothing of them: they are neither changed nor withdrawn, and another iteration can take them up. "
    "To withdraw one, add a row to changes.csv with its version as “before” and the type “withdrawn”."
)
_GUIDE = """\
{title}: {label}, to edit.

Everything else in this folder is the study as it was. Edit the new rows, then see what they would change:

    hypothread import {out} --dry-run
    hypothread import {out}

versions.csv
    statement   Repeats iteration {earlier}. Edit the words.
    number      Its place in the new iteration. A number may be used again by another hypothesis.
    title       Edit or empty.
    locator     Where the new wording stands; name its document in “source” (a row of sources.csv).
    Take out a row to leave its hypothesis out of the iteration, together with its row in changes.csv.
    Merge or split: give the new hypothesis a row in hypotheses.csv and in versions.csv, leave “revises” empty and name
    the versions it grew from in “derived_from”, separated by “|”.

changes.csv
    types       Leave empty between two versions of one hypothesis: what happened is worked out from their number,
                title and words. State the others: introduced, split, merged, withdrawn.
    rationale   The reason given, if any.
    motivated_by  The quotes and themes that moved those who decided, if it is known: quotes:q01|themes:patient-voice.
    decided_by  The organisations that decided.

iterations.csv
    label, issued, used_at   What the new iteration is called, when it was issued, the event it is put before.

{left}"""


def next_text(records: StudyRecords, new: NextIteration, out: Path, added: Mapping[str, WrittenRows]) -> Iterator[str]:
    """The lines that tell what was written and what comes next."""
    labels = {each.key: each.label for each in records.hypotheses}
    events = {each.key: each.label for each in records.events}
    yield (
        f"{new.iteration.label} of “{records.study.title}”, put before “{events[new.iteration.used_at or '']}”, "
        f"goes on from iteration {_earlier(new)}:"
    )
    for version in new.versions:
        yield f"  {version.number} {version.title or labels[version.hypothesis]} ({version.hypothesis})"
    if new.left:
        yield f"Not in it: {', '.join(new.left)}. {_NOT_IN_IT}"
    yield f"Written to {out}. Edit {'; '.join(f'{sheet}.csv, {rows}' for sheet, rows in added.items())}."
    yield f"Then: hypothread import {quoted(str(out))} --dry-run"


def guide(records: StudyRecords, new: NextIteration, out: Path) -> str:
    """What to edit, as a text beside the sheets."""
    left = f"Not in this iteration: {', '.join(new.left)}.\n{_NOT_IN_IT}\n" if new.left else ""
    return _GUIDE.format(
        title=records.study.title, label=new.iteration.label, out=quoted(str(out)), earlier=_earlier(new), left=left
    )


def _earlier(new: NextIteration) -> str:
    return (new.versions[0].revises or "").rpartition("/")[2]
