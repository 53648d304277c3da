"""Everything that can go wrong while a lineage is traced."""

from __future__ import annotations


class LineageError(Exception):
    """The root of every error this package raises."""


class NotInStore(LineageError):
    """There is no such study, hypothesis or area; the message names those there are."""


class UnexpectedAnswer(LineageError):
    """A query of the library answered in another shape than its header says."""
