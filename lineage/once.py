"""Something that is worked out when it is first asked for, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Once(Generic[Value]):
    """What a function gives, worked out once by whichever thread asks first; the others wait for it.

    Where working it out fails, the error is told and whoever asks next tries again. One may ask another on the way, as
    long as none asks itself in the end.
    """

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._one_at_a_time = RLock()
        self._made: tuple[Value] | None = None  # a tuple, so that None can be what was made

    def __call__(self) -> Value:
        """The value."""
        made = self._made
        if made is None:
            with self._one_at_a_time:
                made = self._made
                if made is None:
                    made = self._made = (self._make(),)
        return made[0]
