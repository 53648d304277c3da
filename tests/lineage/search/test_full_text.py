"""The engine itself: it changes all or nothing, and is stopped at its deadline."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator

import pytest

from lineage.search.errors import SearchTookTooLong
from lineage.search.full_text import FullText


def many_texts() -> dict[int, tuple[str, str, str]]:
    """Texts enough that a search of them all is looked at while it runs."""
    chance = random.Random(1)  # noqa: S311 (letters, not secrets)
    letters = "abcdefghij"
    return {n: ("", "", " ".join(chance.choices(letters, k=20))) for n in range(1, 5001)}


@pytest.fixture
def two_texts() -> Iterator[FullText]:
    """An engine that holds two texts."""
    engine = FullText()
    engine.change((), {1: ("Shelf", "", "A tall shelf."), 2: ("", "Ledge", "A shelf as well.")})
    yield engine
    engine.close()


def test_a_name_weighs_more_than_a_body(two_texts: FullText) -> None:
    """Both are found; that whose name it is scores higher."""
    scores = two_texts.scores('"shelf"')
    assert list(scores) == [1, 2]
    assert scores[1] > scores[2] > 0


def test_a_change_is_all_or_nothing(two_texts: FullText) -> None:
    """Where one text of a change cannot be written, the others are not either, and nothing is removed."""
    with pytest.raises(sqlite3.Error):
        two_texts.change([2], {3: ("", "", "A drawer."), 1: ("", "", "A number that is taken.")})
    assert set(two_texts.scores('"shelf"')) == {1, 2}
    assert two_texts.scores('"drawer"') == {}
    two_texts.change([2], {3: ("", "", "A drawer.")})
    assert (set(two_texts.scores('"shelf"')), set(two_texts.scores('"drawer"'))) == ({1}, {3})


@pytest.mark.parametrize("number", [0, 1, 7, 3_000])
def test_a_score_is_the_same_among_few(number: int) -> None:
    """Whether all that match are scored or some of them, and whether they are marked too, makes no difference."""
    engine = FullText()
    engine.change((), many_texts())
    expression = '"a" AND ("b" OR "c"*)'
    every = engine.scores(expression)
    assert engine.matching(expression) == sorted(every)
    some = sorted(every)[:number]
    wanted = {each: every[each] for each in some}
    assert {each: score for each, score in engine.scores(expression, some).items() if each in wanted} == wanted
    assert engine.scored_and_marked(expression, some) == (wanted, engine.marked(expression, some))
    engine.close()


def test_what_nothing_matches(two_texts: FullText) -> None:
    """A word that stands nowhere matches nothing."""
    assert two_texts.matching('"cupboard"') == []
    assert two_texts.scores('"cupboard"', []) == {}


def test_a_search_is_stopped_at_its_deadline() -> None:
    """The error names the time; the engine can be used afterwards."""
    engine = FullText(seconds=0)
    engine.change((), many_texts() | {9999: ("", "", "zyzzyva")})
    with pytest.raises(SearchTookTooLong, match=r"after 0 seconds\. Search for fewer or longer words"):
        engine.scores('"a"* OR "b"* OR "c"*')
    with pytest.raises(SearchTookTooLong):
        engine.matching('"a"* OR "b"* OR "c"*')
    assert set(engine.scores('"zyzzyva"')) == {9999}
    engine.close()


def test_an_engine_that_nobody_holds_is_closed() -> None:
    """Whoever only lets go of it leaves nothing open."""
    engine = FullText()
    closing = engine._close
    assert closing.alive
    del engine
    assert not closing.alive
