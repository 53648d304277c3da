"""Everything that can go wrong while data comes in."""

from __future__ import annotations

from ontology.edits import RowMistake


class IngestError(Exception):
    """The root of every error this package raises."""


class StudyNotFound(IngestError):
    """The path names no study folder."""


class UnknownInStudy(IngestError):
    """Something was named that the study does not have, or that cannot be carried on."""


class FolderNotWritten(IngestError):
    """A folder to edit cannot be written where it was asked for; nothing was written."""


class StudyRefused(IngestError):
    """The study has mistakes; nothing was written.

    Attributes:
        mistakes: one line each: the place, what is wrong, what would be right.
    """

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class EditRefused(IngestError):
    """A row cannot be written as it is; nothing was written.

    Attributes:
        mistakes: what is wrong, each with the row's item, the column and the remedy.
    """

    def __init__(self, mistakes: tuple[RowMistake, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


class RowMissing(IngestError):
    """The sheet has no such row."""


class RowPresent(IngestError):
    """The sheet has a row of that key already."""


class WrittenSince(IngestError):
    """An import would undo what was written since the last one by other ways; nothing was written.

    Attributes:
        items: a line for each item, with what of it would go or come back, and who wrote it.
    """

    def __init__(self, items: tuple[str, ...]) -> None:
        super().__init__("\n".join(items))
        self.items = items
