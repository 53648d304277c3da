"""A state of the past, as somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PastState:
    """A state of the past that is asked for.

    Attributes:
        number: the changeset after which it was so; 0 for the empty store.
        whole: whether whoever asks may read closed graphs. If not, what stands in a closed graph today is left out of
            the open ones too, where it stood then.
    """

    number: int
    whole: bool = True
