"""The passage of a report that is most like given words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.against.passages import Difference, differences, nearest_passage
from ingest.against.plain import plain_text

SENTENCES = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=7), min_size=4, max_size=12).map(" ".join)


@given(st.lists(SENTENCES, min_size=1, max_size=5), st.integers(0, 4))
def test_words_that_stand_there_are_their_own_nearest_passage(sentences: list[str], which: int) -> None:
    """What a report holds to the letter is entirely like itself."""
    wanted = sentences[which % len(sentences)]
    nearest = nearest_passage(wanted, plain_text("\n".join(sentences)))
    assert nearest is not None
    assert (nearest.text, nearest.likeness, nearest.differences) == (wanted, 100.0, ())


def test_neighbouring_sentences_are_no_difference() -> None:
    """The passage ends where the wanted words end."""
    report = plain_text("It was late. The kettle sang loudly in the old kitchen. Nobody came.")
    nearest = nearest_passage("The kettle sang softly in the old kitchen.", report)
    assert nearest is not None
    assert nearest.text == "The kettle sang loudly in the old kitchen."
    assert nearest.differences == (Difference("softly", "loudly"),)


def test_a_word_left_out_is_shown() -> None:
    """Words that only one of the two has stand against nothing."""
    report = plain_text("The kettle sang loudly in the old kitchen.")
    nearest = nearest_passage("The kettle sang in the very old kitchen.", report)
    assert nearest is not None
    assert nearest.differences == (Difference("", "loudly"), Difference("very", ""))


def test_a_changed_first_and_last_word_stay_in_the_passage() -> None:
    """Words changed at the very ends are shown, not cut off."""
    report = plain_text("Before. One kettle sang loudly in the old kitchen. After.")
    nearest = nearest_passage("The kettle sang loudly in the old house.", report)
    assert nearest is not None
    assert nearest.differences == (Difference("The", "One"), Difference("house", "kitchen"))


def test_nothing_alike_gives_none() -> None:
    """Words that are nothing like the report have no nearest passage."""
    assert nearest_passage("zzzz qqqq xxxx", plain_text("The kettle sang loudly.")) is None
    assert nearest_passage("", plain_text("The kettle sang loudly.")) is None


@given(SENTENCES, SENTENCES)
def test_differences_vanish_only_between_equal_words(one: str, other: str) -> None:
    """Two wordings differ if and only if their words do."""
    assert (differences(one, other) == ()) == (one == other)
