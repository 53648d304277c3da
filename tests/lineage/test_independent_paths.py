"""Independent paths and what every path passes are those that trying out all paths finds."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from lineage.independent_paths import independent_paths, steps_of, unavoidable

NAMES = "sabcdet"
START, END = "s", "t"
PAIRS = [(one, other) for one in NAMES for other in NAMES]
graphs = st.lists(st.sampled_from(PAIRS), max_size=22, unique=True)


def every_path(pairs: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Every path from start to end that passes nothing twice, found by walking."""
    found: list[tuple[str, ...]] = []
    open_paths: list[tuple[str, ...]] = [(START,)]
    while open_paths:
        path = open_paths.pop()
        for one, other in pairs:
            if one == path[-1] and other not in path:
                longer = (*path, other)
                (found if other == END else open_paths).append(longer)
    return found


def most_at_once(paths: list[tuple[str, ...]]) -> int:
    """How many of the paths can be had at once, by trying every choice."""
    inner = [frozenset(path[1:-1]) for path in paths]
    for size in range(len(NAMES) - 1, 0, -1):
        for chosen in combinations(inner, size):
            if all(not one & other for one, other in combinations(chosen, 2)):
                return size
    return 0


@settings(deadline=None)
@given(graphs)
def test_there_are_as_many_as_can_be_had_at_once(pairs: list[tuple[str, str]]) -> None:
    """No choice among all paths has more that share nothing but their ends."""
    assert len(independent_paths(steps_of(pairs), START, END)) == most_at_once(every_path(pairs))


@settings(deadline=None)
@given(graphs)
def test_they_are_paths_and_share_nothing(pairs: list[tuple[str, str]]) -> None:
    """Each runs from start to end over steps that there are, and no two meet between."""
    found = independent_paths(steps_of(pairs), START, END)
    for path in found:
        assert (path[0], path[-1]) == (START, END)
        assert all(step in pairs for step in pairwise(path))
    passed = [each for path in found for each in path[1:-1]]
    assert len(passed) == len(set(passed))
    assert [len(path) for path in found] == sorted(len(path) for path in found)


@settings(deadline=None)
@given(graphs)
def test_what_cannot_be_avoided_is_on_every_path(pairs: list[tuple[str, str]]) -> None:
    """Exactly what lies on all paths is told, in the order in which any path passes it."""
    paths = every_path(pairs)
    on_all = set.intersection(*(set(path[1:-1]) for path in paths)) if paths else set()
    found = unavoidable(steps_of(pairs), START, END)
    assert set(found) == on_all
    assert len(found) == len(on_all)
    for path in paths:
        assert [each for each in path if each in on_all] == list(found)


def test_many_quotes_through_one_hypothesis_are_one_path() -> None:
    """However many items lead into one that all must pass, there is one path, and that one cannot be avoided."""
    inner = [f"q{number}" for number in range(50)]
    pairs = [(START, each) for each in inner] + [(each, "h") for each in inner] + [("h", END)]
    assert len(independent_paths(steps_of(pairs), START, END)) == 1
    assert unavoidable(steps_of(pairs), START, END) == ("h",)


def test_where_an_end_is_missing_there_is_no_path() -> None:
    """An item that nothing is joined to is reached by nothing."""
    steps: nx.DiGraph[str] = steps_of([(START, "a")])
    assert independent_paths(steps, START, END) == ()
    assert unavoidable(steps, START, END) == ()
    assert independent_paths(steps, "elsewhere", "a") == ()


def test_the_same_steps_give_the_same_paths() -> None:
    """Of several largest choices the same is found, in whatever order the steps were added."""
    pairs = [(start, end) for start, ends in (("s", "abc"), ("a", "xyz"), ("b", "xyz"), ("c", "xyz")) for end in ends]
    pairs += [(each, "m") for each in "xyz"] + [(each, "n") for each in "xyz"] + [("m", "t"), ("n", "t")]
    first = independent_paths(steps_of(pairs), "s", "t")
    assert len(first) == 2
    for seed in range(20):
        shuffled = Random(seed).sample(pairs, len(pairs))  # noqa: S311 # nothing is kept secret by it
        assert independent_paths(steps_of(shuffled), "s", "t") == first
