"""Suggested motives: what matches, what is only a coincidence, how it is scored, and that it is always the same."""

from __future__ import annotations

from decimal import Decimal

from analysis.amendments import Amendment, reworded_phrases
from analysis.content_words import Rarity, Stemmer
from analysis.motives import SuggestedMotive, ThemeWords, Voice, suggested_motives, telling_words

BEFORE = "A café needs tools and warm rooms, and people who know their trade."
AFTER = "A café needs tools and cheap rooms near a bus stop, and people who know."
EVEN = Rarity(1, {})


def amendment(number: int, before: str = BEFORE, after: str = AFTER) -> Amendment:
    """The amendment with this number between two wordings."""
    return reworded_phrases(before, after)[number]


def suggested(
    number: int, *voices: Voice, themes: tuple[ThemeWords, ...] = (), rarity: Rarity = EVEN
) -> tuple[SuggestedMotive, ...]:
    """What is suggested for an amendment of the café's wording."""
    return suggested_motives(amendment(number), BEFORE, AFTER, voices, themes, rarity, Stemmer())


def test_the_amendments_meant_below() -> None:
    """“warm” gave way to “cheap”; “near a bus stop” came in; “their trade” went."""
    assert [(each.removed_words, each.added_words) for each in reworded_phrases(BEFORE, AFTER)] == [
        ("warm", "cheap"),
        ("", "near a bus stop"),
        ("their trade", ""),
    ]


def test_a_quote_that_asks_for_what_came_in_scores_full() -> None:
    """All telling words said, in a sentence that wants something: 1.00, with the words and the cue named."""
    (found,) = suggested(0, Voice("a", "It must be cheap."))
    assert (found.score, found.cue) == (Decimal("1.00"), "must")
    assert [(each.word, each.kind) for each in found.matches] == [("cheap", "brought-in")]


def test_without_a_wish_it_scores_less() -> None:
    """The same word in a sentence that wants nothing counts three quarters; a wish elsewhere does not help."""
    (found,) = suggested(0, Voice("a", "Ours is cheap. We must go."))
    assert (found.score, found.cue) == (Decimal("0.75"), "")


def test_a_quote_that_doubts_what_went_is_suggested() -> None:
    """The removed phrase is matched apart from the added one; doubting it scores full."""
    (found,) = suggested(0, Voice("a", "It is not warm."))
    assert (found.score, found.matches[0].kind, found.cue) == (Decimal("1.00"), "taken-out", "not")


def test_words_that_the_statement_had_and_has_tell_nothing() -> None:
    """“Tools” stands in both wordings: a quote about tools moved none of these amendments."""
    for number in range(3):
        assert suggested(number, Voice("a", "We need more tools, rooms and people.")) == ()


def test_joining_words_tell_nothing() -> None:
    """An amendment of “is” to “are” has no telling word, so nothing is suggested for it."""
    before, after = "Tea is what counts", "Tea are what counts"
    (only,) = reworded_phrases(before, after)
    assert not telling_words(only, before, after, EVEN, Stemmer()).any
    assert suggested_motives(only, before, after, [Voice("a", "It is not.")], [], EVEN, Stemmer()) == ()


def test_what_an_amendment_is_about_counts_half() -> None:
    """A word in what went as in what came is the subject: half its weight, of all the weight on that side."""
    before, after = "across several partners", "across strong partner coalitions"
    (only,) = reworded_phrases(before, after)
    (found,) = suggested_motives(
        only, before, after, [Voice("a", "Partners matter, we should say.")], [], EVEN, Stemmer()
    )
    assert found.matches[0].kind == "about"
    # Nothing is doubted: 0.75 x 0.5 / (0.5 + 1) for what went, more than 0.5 / (0.5 + 1 + 1) for what came.
    assert found.score == Decimal("0.25")


def test_rare_words_weigh_more() -> None:
    """Of “bus” and “stop”, the one that few quotes say brings more."""
    rarity = Rarity(100, {"bus": 1, "stop": 50, "near": 50})
    (bus, stop) = suggested(1, Voice("x", "A bus."), Voice("y", "More stop, near."), rarity=rarity)
    assert (bus.key, stop.key) == ("x", "y")
    assert bus.score > stop.score


def test_a_quote_under_an_area_must_say_two_words_and_counts_half() -> None:
    """What was not said of this hypothesis is held to more."""
    one = Voice("one", "We must have a bus.", under_area="Rooms")
    two = Voice("two", "We must have a bus stop near.", under_area="Rooms")
    (found,) = suggested(1, one, two)
    assert (found.key, found.score, found.under_area) == ("two", Decimal("0.50"), "Rooms")


def test_repeats_are_named_by_what_they_repeat() -> None:
    """The same words printed twice are one voice."""
    (found,) = suggested(0, Voice("a", "It should be cheap."), Voice("b", "be cheap", repeats="a"))
    assert (found.key, found.repeated_by) == ("a", ("b",))


def test_themes_are_matched_by_name_or_carried_by_two_quotes() -> None:
    """A theme whose name says what came in; or one that two suggested quotes carry, at half the better one's score."""
    money, other = ThemeWords("money", "Cheap money"), ThemeWords("other", "Something else")
    voices = (Voice("a", "It must be cheap.", ("other",)), Voice("b", "Cheap!", ("other",)))
    found = suggested(0, *voices, themes=(money, other))
    assert [(each.kind, each.key, str(each.score)) for each in found] == [
        ("quote", "a", "1.00"), ("quote", "b", "0.75"), ("theme", "money", "0.75"), ("theme", "other", "0.50"),
    ]  # fmt: skip
    assert found[3].carriers == ("a", "b")
    assert not suggested(0, voices[0], themes=(other,))[1:], "one voice alone does not bring a theme in"
