"""What a REST write needs of those who know the sheets; the program hands it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from graphstore import Difference, GraphStore
from ontology.edits import Edit
from ontology.iris import StudyIris


class EditedRow(Protocol):
    """What an edit comes to, before anything is written."""

    @property
    def difference(self) -> Difference:
        """The statements to remove and add."""

    @property
    def key(self) -> str:
        """The row's key."""

    @property
    def iri(self) -> str:
        """The item's IRI."""

    @property
    def cells(self) -> Mapping[str, str]:
        """By column, what the row's cells say afterwards."""

    @property
    def with_it(self) -> tuple[str, ...]:
        """Rows of other sheets that were made, reworked or removed with it."""


class Editing(Protocol):
    """Works out what an edit of one row changes."""

    def edit(self, store: GraphStore, iris: StudyIris, edit: Edit) -> EditedRow:
        """Works it out, under the writer's lock. Nothing is written.

        Raises:
            NothingThere: when there is no such study or row.
            ItemPresent: when a row that is to be new is there.
            RowRefused: with every mistake.
        """

    def written(self, store: GraphStore, iris: StudyIris, edited: EditedRow) -> None:
        """Is told, under the same lock, that what it worked out was written."""

    def row(self, store: GraphStore, iris: StudyIris, sheet: str, key: str) -> Mapping[str, str] | None:
        """The cells of one row by column; None where there is no such row."""
