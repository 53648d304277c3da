"""How often one client may ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from api.operations.rates import Buckets, Rate

RATES = some.builds(Rate, some.integers(1, 50), some.sampled_from([1.0, 60.0, 3600.0]))


@pytest.mark.parametrize(
    ("text", "rate"),
    [("600/minute", Rate(600, 60.0)), ("5 / second", Rate(5, 1.0)), (" 7/hour ", Rate(7, 3600.0))],
)
def test_a_rate_is_read(text: str, rate: Rate) -> None:
    """A number, a slash, and a second, a minute or an hour."""
    assert Rate.parse(text) == rate


@pytest.mark.parametrize("text", ["", "0/minute", "-1/second", "600", "600/day", "1.5/second", "6e2/minute", "9" * 20])
def test_what_is_no_rate_is_told(text: str) -> None:
    """The message shows what was written and how to write it."""
    with pytest.raises(ValueError, match="600/minute"):
        Rate.parse(text)


@given(RATES, some.floats(0, 1e9))
def test_as_many_at_once_as_the_rate_says(rate: Rate, now: float) -> None:
    """A client that has been quiet may send all its requests at one instant, and no more."""
    buckets = Buckets(rate)
    waits = [buckets.take("client", now) for _ in range(rate.requests + 3)]
    assert waits[: rate.requests] == [0] * rate.requests
    assert all(wait >= 1 for wait in waits[rate.requests :])


@given(RATES, some.floats(0, 1e6), some.lists(some.floats(0, 100), max_size=60))
def test_never_more_than_the_rate_over_any_time(rate: Rate, begin: float, steps: list[float]) -> None:
    """Between any two instants a client gets at most what it may at once and what grew back meanwhile."""
    buckets, now, taken = Buckets(rate), begin, []
    for step in steps:
        now += step
        if buckets.take("client", now) == 0:
            taken.append(now)
    for first, earlier in enumerate(taken):
        for last, later in enumerate(taken[first:], first):
            assert last - first + 1 <= rate.requests * (1 + (later - earlier) / rate.seconds) + 0.01


@given(RATES, some.floats(0, 1e6), some.integers(0, 200))
def test_whoever_waits_as_told_is_answered(rate: Rate, now: float, asked: int) -> None:
    """The seconds told are enough, and asking too early does not make them more."""
    buckets = Buckets(rate)
    waits = [buckets.take("client", now) for _ in range(asked)]
    wait = buckets.take("client", now) if asked >= rate.requests else 0
    assert buckets.take("client", now + max([wait, *waits])) == 0


@given(RATES, some.integers(1, 100))
def test_asking_evenly_is_always_allowed(rate: Rate, count: int) -> None:
    """A client that keeps to the rate is never turned away."""
    buckets = Buckets(rate)
    assert [buckets.take("client", number * rate.seconds / rate.requests) for number in range(count)] == [0] * count


def test_clients_do_not_hinder_each_other() -> None:
    """What one has used up is not taken from another."""
    buckets = Buckets(Rate(1, 60.0))
    assert [buckets.take(client, 5.0) for client in ("one", "two", "one", "two")] == [0, 0, 60, 60]


def test_no_more_clients_are_remembered_than_agreed() -> None:
    """However many addresses ask, the memory stays bounded; the one that asked last longest ago goes first."""
    buckets = Buckets(Rate(1, 60.0), most_clients=10)
    for number in range(1000):
        assert buckets.take(f"client {number}", 1.0) == 0
    assert len(buckets) == 10
    assert buckets.take("client 999", 1.0) > 0
    assert buckets.take("client 0", 1.0) == 0
