"""One write, from what was sent to the commit and its answer. It blocks: call it in a thread."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from api.errors import NothingThere, PreconditionFailed, RowRefused
from api.rest.writes.collections import Collection
from api.rest.writes.editing import EditedRow, Editing
from api.rest.writes.requests import Answer
from api.rest.writes.sent import SentRow, row_as_json
from api.rest.writes.tags import item_tag, item_tag_to_come, must_match
from api.serving import Serving
from api.writing import commit_planned
from graphstore import Difference
from graphstore.attribution import Attribution
from ontology.columns import columns
from ontology.edits import Deed, Edit, RowMistake
from ontology.errors import UnusableKeyError
from ontology.iris import StudyIris
from ontology.records import SHEETS

PREFIX: Final = "/api/v1"
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Write:
    """A write that somebody asks for.

    Attributes:
        collection: the list it is about.
        deed: what is to be done.
        study: the study's key.
        key: the item's key; empty for a new one whose row says it.
        sent: what was sent.
        if_match: the field `If-Match`.
        if_none_match: the field `If-None-Match`.
    """

    collection: Collection
    deed: Deed
    study: str
    key: str
    sent: SentRow
    if_match: str | None
    if_none_match: str | None


def carry_out(
    serving: Serving, editing: Editing, write: Write, by: Attribution, note: Callable[[Answer], object]
) -> Answer:
    """Carries a write out.

    Args:
        serving: the store, and what it is held against.
        editing: works out what the row changes.
        write: the write.
        by: whose it is.
        note: is given the answer just before the commit.

    Raises:
        NothingThere: when there is no such study or row.
        ItemPresent: when a row that is to be new is there.
        PreconditionFailed: when the conditions do not hold.
        RowRefused: with every mistake.
        ShapesViolated: with the report; nothing was written.
    """
    iris = _study_of(serving, write)
    done = _Done(serving, editing, write, iris)
    with serving.store.writing():
        commit_planned(serving, done.plan, by=by, before_commit=lambda: note(done.answer()))
        if not len(done.edited.difference):
            note(done.answer())
        editing.written(serving.store, iris, done.edited)
    return done.answer()


class _Done:
    """A write while it is carried out: what it was worked out to change, once it is."""

    edited: EditedRow

    def __init__(self, serving: Serving, editing: Editing, write: Write, iris: StudyIris) -> None:
        self._store, self._editing, self._write, self._iris = serving.store, editing, write, iris
        self._graph = write.collection.graph_of(iris)
        self._created = False
        self._answer: Answer | None = None

    def plan(self) -> Difference:
        """What is to be removed and added, once the conditions hold and the row is sound."""
        write = self._write
        iri = write.collection.iri(self._iris, write.key)
        if write.key and iri is None:
            raise NothingThere(f"There can be no {write.collection.one} “{write.key[:60]}”.")
        held = item_tag(self._store, self._graph, iri) if iri is not None else ""
        if write.key:
            self._must_match(held)
        self.edited = self._edited()
        if not write.key:
            self._must_match(item_tag(self._store, self._graph, self.edited.iri))
        self._created = not held and write.deed is not Deed.remove
        return self.edited.difference

    def _must_match(self, held: str) -> None:
        wrong = must_match(self._write.if_match, self._write.if_none_match, held)
        if wrong is not None:
            raise PreconditionFailed(wrong)

    def _edited(self) -> EditedRow:
        write = self._write
        edit = Edit(write.deed, write.collection.sheet, write.key, write.sent.cells)
        wrong, allowed = write.sent.mistakes, tuple(columns(SHEETS[write.collection.sheet]))
        try:
            edited = self._editing.edit(self._store, self._iris, edit)
        except RowRefused as refused:
            # A cell that could not be sent is told of once: that it is empty now is no second mistake.
            told = {each.field for each in wrong}
            more = tuple(each for each in refused.mistakes if each.item or each.field not in told)
            raise RowRefused((*wrong, *more), _unknown(wrong, allowed)) from refused
        if wrong:
            raise RowRefused(wrong, _unknown(wrong, allowed))
        return edited

    def answer(self) -> Answer:
        """The answer, the same before and after the commit."""
        if self._answer is None:
            self._answer = self._made()
        return self._answer

    def _made(self) -> Answer:
        edited, collection = self.edited, self._write.collection
        if self._write.deed is Deed.remove:
            return Answer(204, (), b"")
        tag = item_tag_to_come(self._store, self._graph, edited.iri, edited.difference)
        address = f"{PREFIX}/studies/{quote(self._iris.study_key)}/{collection.sheet}/{quote(edited.key)}"
        row: Mapping[str, Any] = {
            "iri": edited.iri,
            **row_as_json(collection.sheet, edited.cells),
            "with_it": list(edited.with_it),
        }
        headers = [("ETag", f'"{tag}"'), ("Content-Type", JSON)]
        if self._created:
            headers.append(("Location", address))
        body = json.dumps(row, ensure_ascii=False).encode()
        return Answer(201 if self._created else 200, tuple(headers), body)


def _study_of(serving: Serving, write: Write) -> StudyIris:
    try:
        return StudyIris(serving.base, write.study)
    except UnusableKeyError as error:
        raise NothingThere(f"There is no study “{write.study[:60]}”.") from error


def _unknown(wrong: tuple[RowMistake, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
    return allowed if any(each.field not in allowed for each in wrong) else ()
