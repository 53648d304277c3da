"""Amendments: where they stand, what kind they are, and that applying them gives the later wording."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.amendments import TokenRange, amended_tokens, amendments_between, described, reworded_phrases
from analysis.wording import compare_wordings, tokens

WORDINGS = st.lists(
    st.sampled_from(
        ["spread", "of", "local", "needs", "don’t", "co-design", ",", ".", "(", ")", "is", "Évidence", "7"]
    ),
    max_size=25,
).map(" ".join)
ANY_TEXT = st.text(max_size=60)


@given(before=WORDINGS, after=WORDINGS)
def test_amendments_applied_to_the_earlier_wording_give_the_later(before: str, after: str) -> None:
    """Whatever two wordings are, the amendments between them lead from the one to the other, token by token."""
    assert amended_tokens(before, amendments_between(before, after)) == tokens(after)


@given(before=ANY_TEXT, after=ANY_TEXT)
def test_they_do_for_any_text(before: str, after: str) -> None:
    """The same holds for texts of any characters."""
    assert amended_tokens(before, amendments_between(before, after)) == tokens(after)


@given(before=WORDINGS, after=WORDINGS)
def test_positions_say_where_the_words_stand(before: str, after: str) -> None:
    """The tokens at an amendment's position are those it removed from the earlier and added to the later wording."""
    earlier, later = tokens(before), tokens(after)
    for each in amendments_between(before, after):
        assert earlier[each.before.start : each.before.end] == tokens(each.removed)
        assert later[each.after.start : each.after.end] == tokens(each.added)
        assert each.removed or each.added


@given(before=WORDINGS, after=WORDINGS)
def test_amendments_hold_all_that_the_comparison_found(before: str, after: str) -> None:
    """Together they remove and add exactly the phrases that the comparison of the wordings removes and adds."""
    found, difference = amendments_between(before, after), compare_wordings(before, after)
    for kind, own in (("removed", [each.removed for each in found]), ("added", [each.added for each in found])):
        assert [each for each in own if each] == [each.text for each in difference.segments if each.kind == kind]


@given(WORDINGS)
def test_equal_wordings_have_none(wording: str) -> None:
    """Nothing is amended between a wording and itself."""
    assert amendments_between(wording, wording) == ()


def test_the_kinds() -> None:
    """Words come in, words go, words take the place of others: told by words, whatever the punctuation does."""
    (added,) = amendments_between("Tea keeps people.", "Hot tea keeps people.".replace("Hot tea", "Tea, hot,"))
    assert (added.kind, added.added_words, added.removed_words) == ("added", "hot", "")
    (removed,) = amendments_between("Tea (ideally hot) keeps people.", "Tea keeps people.")
    assert (removed.kind, removed.removed_words) == ("removed", "(ideally hot)")
    (replaced,) = amendments_between("Tea keeps people.", "Tea brings people.")
    assert (replaced.kind, replaced.removed_words, replaced.added_words) == ("replaced", "keeps", "brings")
    assert (replaced.before, replaced.after) == (TokenRange(1, 2), TokenRange(1, 2))
    assert str(replaced.before) == "1-2"
    (joined,) = amendments_between("Tea and cake.", "Tea, cake.")
    assert (joined.kind, joined.removed_words, joined.added) == ("removed", "and", ",")


def test_punctuation_alone_is_no_reworded_phrase() -> None:
    """“will and” to “will, and” is an amendment of marks, and no phrase of it is reworded."""
    (mark,) = amendments_between("build will and drive", "build will, and drive")
    assert (mark.kind, mark.changes_words) == ("added", False)
    assert reworded_phrases("build will and drive", "build will, and drive") == ()


def test_what_an_amendment_did_is_told_in_a_phrase() -> None:
    """Each kind has its phrase, with the words in quotation marks."""
    told = [
        described(each)
        for later in ("Hot tea keeps people.", "Tea brings people.", "Tea keeps.")
        for each in amendments_between("Tea keeps people.", later.replace("Hot tea", "Tea alone"))
    ]
    assert told == ["“alone” added", "“keeps” replaced by “brings”", "“people” removed"]
