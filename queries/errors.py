"""What can go wrong in the query library, one tree."""

from __future__ import annotations


class QueryError(Exception):
    """Anything that this package refuses; its message names the place and the remedy."""


class QueryFileError(QueryError):
    """A query file that the library cannot take.

    Attributes:
        file: The file, as the library names it (`lineage/ancestors.rq`).
        line: The line in it, from 1.
        problem: What is wrong and what would be right.
    """

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


class HeaderError(QueryFileError):
    """The header is missing, is no YAML, or does not keep to the closed model."""


class SlotError(QueryFileError):
    """A parameter has no slot, or a slot cannot be read."""


class QuerySyntaxError(QueryFileError):
    """The text is not a SPARQL 1.1 query."""


class ReturnsError(QueryFileError):
    """The header's `returns` is not what the query returns."""


class UnknownQueryError(QueryError, KeyError):
    """The library has no query of that name."""

    def __str__(self) -> str:
        return str(self.args[0])


class BindingError(QueryError):
    """The values given to a query do not fit its parameters."""


class MissingParameterError(BindingError):
    """A parameter was given no value."""


class UnknownParameterError(BindingError):
    """A value was given for a parameter that the query does not have."""


class ValueKindError(BindingError, TypeError):
    """A value is not a typed term that may stand in a `VALUES` block."""


class ParameterTextError(BindingError, ValueError):
    """What was typed for a parameter cannot be read as a term."""
