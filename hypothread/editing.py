"""The rows of a study's sheets, edited one at a time for whoever writes over HTTP."""

from __future__ import annotations

from collections.abc import Mapping

from api.errors import ItemPresent, NothingThere, RowRefused
from api.rest.writes.editing import EditedRow
from graphstore import GraphStore
from ingest.editing.edit import Edited
from ingest.editing.editing import edit_rows, stored_rows
from ingest.editing.rows import stored_row
from ingest.entries import Entries
from ingest.errors import EditRefused, RowMissing, RowPresent
from ontology.edits import Edit
from ontology.iris import StudyIris


class SheetEditing:
    """Works out what an edit of one row changes, as the import would.

    It keeps the rows of the last study that was written to until somebody else writes: reading them all from the graph
    costs more than all the rest.
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
        if isinstance(edited, Edited):
            self._known = store.commit_number, iris, edited.rows

    def row(self, store: GraphStore, iris: StudyIris, sheet: str, key: str) -> Mapping[str, str] | None:
        """The cells of one row by column; None where there is no such row."""
        return stored_row(store, iris, sheet, key)

    def _rows(self, store: GraphStore, iris: StudyIris) -> Entries:
        if self._known is not None and self._known[:2] == (store.commit_number, iris):
            return self._known[2]
        found = stored_rows(store, iris)
        self._known = store.commit_number, iris, found
        return found
