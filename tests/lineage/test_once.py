"""What is worked out when it is first asked for: once, by whoever comes first, and again where that failed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from lineage.once import Once


def test_nothing_is_worked_out_before_it_is_asked_for() -> None:
    """Making one asks nothing; two calls ask once, also where nothing is what was found."""
    asked: list[str] = []
    part = Once(lambda: asked.append("asked"))
    assert asked == []
    assert part() is part() is None
    assert asked == ["asked"]


def test_threads_that_ask_at_once_get_the_same_object() -> None:
    """Eight threads ask at the same moment: one works it out, the others wait for it."""
    together, made = Barrier(8), list[object]()

    def make() -> object:
        made.append(object())
        return made[-1]

    part = Once(make)

    def ask(_: int) -> object:
        together.wait(timeout=30)
        return part()

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(8)))
    assert len(made) == 1
    assert all(each is made[0] for each in found)


def test_a_failure_is_told_and_tried_again() -> None:
    """The first call tells the error; the second works it out."""
    answers = iter([ValueError("not yet"), None])

    def make() -> int:
        failure = next(answers)
        if failure is not None:
            raise failure
        return 3

    part = Once(make)
    with pytest.raises(ValueError, match="not yet"):
        part()
    assert part() == 3


def test_parts_may_rest_on_each_other() -> None:
    """A part that needs another asks for it on the way."""
    first = Once(lambda: 20)
    assert Once(lambda: first() + 1)() == 21
