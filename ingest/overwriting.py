"""What an import would undo: what was written since the study's last one by other ways, and redactions, ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from graphstore import Difference
from graphstore.attribution import Channel
from graphstore.history import HistoryReader
from graphstore.history.changeset import Changeset
from graphstore.history.kept_forms import as_kept
from graphstore.history.striking import is_tombstone
from ingest.errors import WrittenSince
from ingest.rows.references import sheet_of
from ontology.iris import StudyIris

_NOBODY_S: Final = frozenset((Channel.study_import, Channel.revert, Channel.redaction))
"""The doors through which nothing new of anybody's comes: what a revert or a redaction takes back, stays so."""
_SELECTOR: Final = "/selector"


def refuse_to_undo(history: HistoryReader, iris: StudyIris) -> Callable[[Difference], None]:
    """What an import asks before it writes a difference.

    Args:
        history: of the store.
        iris: of the study.

    Returns:
        A function that raises `WrittenSince` with a line for each item of which the difference would undo something
        that was written since the study's last import, or would put words where some were taken out, whenever.
    """

    def ask(difference: Difference) -> None:
        added, removed = written_since(history, iris)
        would_go = {quad: added[quad] for quad in difference.removed if quad in added}
        would_return = {quad: removed[quad] for quad in as_kept(difference.added) if quad in removed}
        lines = (
            *_lines(iris, would_go, "would go"),
            *_lines(iris, would_return, "would come back, removed"),
            *_words_again(history, iris, difference),
        )
        if lines:
            raise WrittenSince(lines)

    return ask


def written_since(history: HistoryReader, iris: StudyIris) -> tuple[dict[Quad, Changeset], dict[Quad, Changeset]]:
    """The statements that were added and removed since a study's last import and still are, each with its changeset.

    What follows by computation is left out: every import and every write brings it up to date.
    """
    graphs = {NamedNode(each) for each in (iris.graph(), iris.editorial_graph(), iris.restricted_graph())}
    added: dict[Quad, Changeset] = {}
    removed: dict[Quad, Changeset] = {}
    for changeset in _since(history, iris):
        change = history.change(changeset.number)
        for quad in change.removed:
            added.pop(quad, None)
        for quad in change.added:
            removed.pop(quad, None)
        if changeset.how in _NOBODY_S:
            continue
        added |= {quad: changeset for quad in change.added if quad.graph_name in graphs}
        removed |= {quad: changeset for quad in change.removed if quad.graph_name in graphs}
    return added, removed


def _words_again(history: HistoryReader, iris: StudyIris, difference: Difference) -> Iterable[str]:
    """A line for each item that has a tombstone and would have words in its place."""
    given = {(quad.subject, quad.predicate, quad.graph_name) for quad in difference.added if not _has_tombstone(quad)}
    redacted = {
        quad.subject.value
        for quad in difference.removed
        if isinstance(quad.subject, NamedNode)
        and _has_tombstone(quad)
        and (quad.subject, quad.predicate, quad.graph_name) in given
    }
    by = {each.redacts: each for each in history.changesets() if each.redacts} if redacted else {}
    for iri in sorted(redacted):
        if iri.removesuffix(_SELECTOR) in redacted and iri.endswith(_SELECTOR):
            continue  # the quote that it belongs to is told of
        changeset = by.get(iri)
        who = f" (by {changeset.who}, changeset {changeset.number})" if changeset else ""
        yield f"{_name(iris, iri)}: words would stand again where some were taken out{who}."


def _has_tombstone(quad: Quad) -> bool:
    return isinstance(quad.object, Literal) and is_tombstone(quad.object.value)


def _since(history: HistoryReader, iris: StudyIris) -> list[Changeset]:
    found: list[Changeset] = []
    for changeset in history.changesets():
        if iris.history_graph() in changeset.histories:
            if changeset.how is Channel.study_import:
                found.clear()
            else:
                found.append(changeset)
    return found


def _lines(iris: StudyIris, undone: dict[Quad, Changeset], what: str) -> Iterable[str]:
    counts = Counter(_item(iris, quad) for quad in undone)
    for item in sorted(counts):
        last = max((each for quad, each in undone.items() if _item(iris, quad) == item), key=lambda each: each.number)
        count = counts[item]
        yield (
            f"{item}: {count} statement{'' if count == 1 else 's'} {what} "
            f"(by {last.who}, {last.how.value}, changeset {last.number})."
        )


def _item(iris: StudyIris, quad: Quad) -> str:
    subject = quad.subject
    if not isinstance(subject, NamedNode):
        return str(subject)
    return _name(iris, subject.value)


def _name(iris: StudyIris, iri: str) -> str:
    found = sheet_of(iris.base, iri)
    return f"{found[0]} {found[1]}" if found else iri.removeprefix(f"{iris.study}/")
