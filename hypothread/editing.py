"""The rows of a study's sheets, edited one at a time for whoever writes over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from api.errors import ItemPresent, NothingThere, RowRefused
from api.rest.writes.editing import EditedRow
from graphstore import GraphStore
from ingest.editing.edit import Edited
from ingest.editing.editing import edit_rows, stored_rows
from ingest.editing.near import items_of_edit, near_study, touches_only
from ingest.editing.rows import row_of, stored_row, with_row
from ingest.entries import Entries
from ingest.errors import EditRefused, RowMissing, RowPresent
from ontology.edits import Edit
from ontology.iris import StudyIris


class SheetEditing:
    """Works out what an edit of one row changes, as the import would.

    A row that no other names is worked out from the items that it names. For any other the rows of the whole study are
    asked; those of the last study that was written to are kept until somebody else writes, because reading them all
    from the graph costs more than all the rest.
    """

    def __init__(self) -> None:
        self._known: tuple[int, StudyIris, Entries] | None = None

    def edit(self, store: GraphStore, iris: StudyIris, edit: Edit) -> Edited:
        """Works it out, under the writer's lock. Nothing is written.

        Raises:
            NothingThere: when there is no such study or row.
            ItemPresent: when a row that is to be new is there.
            RowRefused: with every mistake.
        """
        near = _edited_near(store, iris, edit)
        if near is not None:
            return self._among_known(store, iris, edit.sheet, near)
        try:
            return edit_rows(self._rows(store, iris), iris, edit)
        except RowMissing as error:
            raise NothingThere(str(error)) from error
        except RowPresent as error:
            raise ItemPresent(str(error)) from error
        except EditRefused as error:
            raise RowRefused(error.mistakes) from error

    def written(self, store: GraphStore, iris: StudyIris, edited: EditedRow) -> None:
        """Keeps the rows as they are after a write that it worked out."""
        if isinstance(edited, Edited) and edited.is_whole:
            self._known = store.commit_number, iris, edited.rows

    def row(self, store: GraphStore, iris: StudyIris, sheet: str, key: str) -> Mapping[str, str] | None:
        """The cells of one row by column; None where there is no such row."""
        return stored_row(store, iris, sheet, key)

    def _among_known(self, store: GraphStore, iris: StudyIris, sheet: str, near: Edited) -> Edited:
        """The same edit with the rows of the whole study, where they are known."""
        entry = row_of(near.rows, sheet, near.key)
        if entry is None or self._known is None or self._known[:2] != (store.commit_number, iris):
            return near
        rows = self._known[2]
        held = row_of(rows, sheet, near.key)
        placed = replace(entry, row=len(rows[sheet]) + 1 if held is None else held.row)
        return replace(near, rows=with_row(rows, placed), is_whole=True)

    def _rows(self, store: GraphStore, iris: StudyIris) -> Entries:
        if self._known is not None and self._known[:2] == (store.commit_number, iris):
            return self._known[2]
        found = stored_rows(store, iris)
        self._known = store.commit_number, iris, found
        return found


def _edited_near(store: GraphStore, iris: StudyIris, edit: Edit) -> Edited | None:
    """What an edit comes to, judged by the items that decide it; None where the whole study has to be asked.

    So it is where something is wrong, because what would be right is told from all that there is.
    """
    items = items_of_edit(store, iris, edit)
    if items is None:
        return None
    with near_study(store, iris, items) as near:
        try:
            edited = edit_rows(stored_rows(near, iris), iris, edit)
        except (RowMissing, RowPresent, EditRefused):
            return None
    return replace(edited, is_whole=False) if touches_only(edited.difference, (edited.iri,)) else None
