"""Numbers, dates and lists in plain British English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def in_words(number: int) -> str:
    """`number` as a word up to twelve ("no" for 0), in figures beyond."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def count(number: int, one: str, many: str | None = None) -> str:
    """`number` in figures with its noun: "1 quote", "3 quotes"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """`text` with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def in_a_sentence(label: str) -> str:
    """The name of an iteration as it stands within a sentence."""
    return label.lower()


def listed(items: Sequence[str]) -> str:
    """The items as a list in a sentence: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def day(instant: str) -> str:
    """A date as written in the data (2023-12-11, 2024-01, a full instant) as "11 December 2023" or "January 2024".

    Anything else is given back as it stands.
    """
    parts = instant[:10].split("-")
    try:
        if len(parts) == 3:
            found = date.fromisoformat(instant[:10])
            return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"
        if len(parts) == 2:
            return f"{_MONTHS[int(parts[1]) - 1]} {int(parts[0])}"
    except (ValueError, IndexError):
        return instant
    return instant


def period(started: str | None, ended: str | None) -> str:
    """From when to when, in words; empty where neither is known."""
    if started and ended and started != ended:
        return f"{day(started)} to {day(ended)}"
    known = started or ended
    return day(known) if known else ""
