"""Sets of numbers as bits of an integer."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lineage.search.bits import bits_of, numbers_of

numbers = st.sets(st.integers(0, 3_000))


@settings(deadline=None)
@given(numbers)
def test_the_numbers_come_back_in_order(some: set[int]) -> None:
    """What was put in comes out, each number once, the least first."""
    assert numbers_of(bits_of(some)) == sorted(some)


@settings(deadline=None)
@given(numbers, numbers)
def test_joining_and_counting_are_those_of_sets(one: set[int], other: set[int]) -> None:
    """Both, either, and the one without the other: the same numbers, and as many, as Python's sets give."""
    bits, others = bits_of(one), bits_of(other)
    assert numbers_of(bits & others) == sorted(one & other)
    assert numbers_of(bits | others) == sorted(one | other)
    assert numbers_of(bits & ~others) == sorted(one - other)
    assert (bits & others).bit_count() == len(one & other)
