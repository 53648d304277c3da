"""Breaking text into lines that fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pages.drawings.text import ELLIPSIS, shorten, width, wrap

WORDS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2100, categories=("L", "N", "P", "Zs")), max_size=200)


def test_widths_are_those_of_helvetica() -> None:
    """A known word is as wide as the font's published metrics say: W 944, i 222, d 556, e 556."""
    assert width("Wide", 1000) == 944 + 222 + 556 + 556
    assert width("Wide", 1000, bold=True) == 944 + 278 + 611 + 556


@given(WORDS, st.floats(min_value=20, max_value=400))
def test_lines_fit_and_lose_nothing(text: str, room: float) -> None:
    """Every line fits the room (one character always may stand), and all characters come back in order."""
    lines = wrap(text, room, 13)
    assert all(width(line, 13) <= room or len(line) == 1 for line in lines)
    assert "".join("".join(line.split()) for line in lines) == "".join(text.split())


@given(WORDS, st.integers(min_value=1, max_value=4))
def test_no_more_lines_than_allowed(text: str, lines: int) -> None:
    """With a limit there are at most so many lines, and an ellipsis says where something was left out."""
    whole = wrap(text, 120, 13)
    cut = wrap(text, 120, 13, lines=lines)
    assert len(cut) == min(lines, len(whole))
    if len(whole) > lines:
        assert cut[-1].endswith(ELLIPSIS)
        assert width(cut[-1], 13) <= 120
    else:
        assert cut == whole


@given(WORDS, st.integers(min_value=2, max_value=60))
def test_shortened_text_is_no_longer_than_asked(text: str, characters: int) -> None:
    """A shortened text keeps the length and is the text itself where that is short enough."""
    short = shorten(text, characters)
    assert len(short) <= characters
    assert short == text or short.endswith(ELLIPSIS)
