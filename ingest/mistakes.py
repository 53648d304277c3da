"""What is wrong with a study, said so that whoever wrote it can put it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches

from ingest.errors import StudyRefused


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake: where it is, what is wrong, and what would be right.

    `row` counts as a spreadsheet does (the header is row 1); 0 means the file as a whole. `column` is the column's
    name, empty for the row as a whole.
    """

    file: str
    row: int
    column: str
    wrong: str
    right: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {self.column}")
        return f"{', '.join(place)}: {self.wrong} {self.right}".rstrip()


class MistakeList:
    """Gathers mistakes so that all of them are told at once."""

    def __init__(self) -> None:
        self._mistakes: list[Mistake] = []

    def add(self, file: str, wrong: str, right: str, *, row: int = 0, column: str = "") -> None:
        """Notes one mistake."""
        self._mistakes.append(Mistake(file, row, column, wrong, right))

    def __len__(self) -> int:
        return len(self._mistakes)

    def __iter__(self) -> Iterator[Mistake]:
        return iter(sorted(self._mistakes))

    def raise_if_any(self) -> None:
        """Ends the work when there is a mistake.

        Raises:
            StudyRefused: with all of them, in the order of files and rows.
        """
        if self._mistakes:
            raise StudyRefused(tuple(str(mistake) for mistake in self))


def did_you_mean(word: str, known: Iterable[str], *, limit: int = 6) -> str:
    """A remedy for an unknown word: the nearest known one, or the known ones where they are few."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{close[0]}”?"
    if names and len(names) <= limit:
        return f"Known are: {', '.join(names)}."
    return (
        f"It must be one of {len(names)} known ones, such as {', '.join(names[:3])}." if names else "None is known yet."
    )


@contextmanager
def all_at_once() -> Iterator[MistakeList]:
    """A list to gather mistakes in; leaving the block raises them together.

    Raises:
        StudyRefused: when any was noted.
    """
    mistakes = MistakeList()
    yield mistakes
    mistakes.raise_if_any()
