"""What a command prints: answers on standard output, notes and progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

_UNBOUNDED = 100_000
_LEAST_ROOM = 20
_MOST_ROOM = 100
_CONTROL_PICTURES: Final = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
}
STEPS = ("reading", "building", "comparing", "writing")


def visible(text: str) -> str:
    """A text of somebody else's, with signs that can be seen in place of those that a terminal would obey."""
    return text.translate(_CONTROL_PICTURES)


class Terminal:
    """Where a command speaks: colour and bars on a terminal, plain text in a pipe."""

    def __init__(self) -> None:
        # Into a pipe a line is as long as it is: programs read lines, and nobody reads syllables.
        width = None if sys.stdout.isatty() else _UNBOUNDED
        self.answers = Console(file=sys.stdout, highlight=False, soft_wrap=width is not None, width=width)
        self.notes = Console(file=sys.stderr, highlight=False, soft_wrap=True)

    def answer(self, text: str) -> None:
        """Prints a line of the answer as it stands."""
        self.answers.print(visible(text), markup=False)

    def line(self, line: Text) -> None:
        """Prints a line of the answer; on a terminal that is too narrow for it, all its lines stand in as its first."""
        if not self.answers.is_terminal:
            self.answers.print(line)
            return
        line = line.copy()
        line.plain = visible(line.plain)
        indent = len(line.plain) - len(line.plain.lstrip(" "))
        room = max(_LEAST_ROOM, min(self.answers.width, _MOST_ROOM) - indent)
        for each in line[indent:].wrap(self.answers, room):
            self.answers.print(Text(" " * indent).append_text(each), no_wrap=True)

    def note(self, text: str) -> None:
        """Prints a line for the person, out of the way of the answer."""
        self.notes.print(text, markup=False)

    def progress(self, text: str) -> None:
        """Prints a line about what takes long, on a terminal only."""
        if self.notes.is_terminal:
            self.note(text)

    @contextmanager
    def steps(self) -> Iterator[Callable[[str], None]]:
        """A bar over the steps of an import, on a terminal only; gives the function that begins the next step."""
        if not self.notes.is_terminal:
            yield lambda _: None
            return
        columns = (TextColumn("{task.description:<10}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.notes, transient=True) as progress:
            task = progress.add_task("starting", total=len(STEPS))

            def begin(step: str) -> None:
                progress.update(task, description=step, completed=STEPS.index(step))

            yield begin
            progress.update(task, completed=len(STEPS))
