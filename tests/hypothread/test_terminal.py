"""Lines on a terminal stand in as their first does, however narrow it is; into a pipe they go whole."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from hypothread.terminal import Terminal, visible

WORDS = "People come back because they feel welcome and are taught something they can use at home."


def printed(width: int, line: Text) -> list[str]:
    """The lines that a terminal of some width shows of one line of an answer."""
    terminal, shown = Terminal(), io.StringIO()
    terminal.answers = Console(file=shown, width=width, force_terminal=True, color_system=None, highlight=False)
    terminal.line(line)
    return shown.getvalue().splitlines()


@pytest.mark.parametrize("width", [30, 60, 100, 300])
def test_a_paragraph_keeps_its_indentation(width: int) -> None:
    """Every word is there once, no line is wider than the terminal or than a hundred signs, and each stands in."""
    lines = printed(width, Text(f"    “{WORDS}”"))
    assert " ".join(line.strip() for line in lines) == f"“{WORDS}”"
    assert all(line.startswith("    ") and not line.startswith("     ") for line in lines)
    assert max(map(len, lines)) <= min(width, 100)


def test_marks_keep_their_style_across_lines() -> None:
    """What is removed and added stays marked where the line is broken."""
    terminal, shown = Terminal(), io.StringIO()
    terminal.answers = Console(file=shown, width=26, force_terminal=True, color_system="standard", highlight=False)
    line = Text("  ")
    line.append("one two three four five six seven ")
    line.append("eight nine ten eleven twelve", style="green")
    terminal.line(line)
    assert shown.getvalue().count("\x1b[32m") == 2


def test_an_empty_line_stays() -> None:
    """It parts what stands above from what stands below."""
    assert printed(60, Text()) == [""]


def test_a_pipe_gets_the_line_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Programs read lines."""
    Terminal().line(Text(f"    {WORDS} {WORDS}"))
    assert capsys.readouterr().out == f"    {WORDS} {WORDS}\n"


def test_control_characters_are_shown_and_not_obeyed() -> None:
    """What somebody wrote cannot colour or clear a terminal, nor give it another title."""
    assert visible("a\x1b[31mb\x07\x9b2J\tc\nd\x7f") == "a␛[31mb␇�2J\tc\nd␡"
    assert printed(60, Text("  red: \x1b[31m")) == ["  red: ␛[31m"]
