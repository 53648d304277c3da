"""What can go wrong in this package; every error it raises on purpose is an `OntologyError`."""

from __future__ import annotations

from collections.abc import Sequence


class OntologyError(Exception):
    """Something about the vocabulary, its IRIs or its shapes is not as it should be."""


class UnknownCodeError(OntologyError, ValueError):
    """A word is not in the code list it was looked up in."""

    def __init__(self, list_name: str, word: str, words: Sequence[str]) -> None:
        super().__init__(f"There is no {list_name} “{word}”. Use one of: {', '.join(words)}.")


class UnusableKeyError(OntologyError, ValueError):
    """A key or label cannot become part of an IRI."""


class ShapesError(OntologyError):
    """The SHACL shapes cannot be compiled."""


class UnreadableDataError(OntologyError, ValueError):
    """The data handed over for validation is not RDF in the format named."""


class UnreadableSparqlError(OntologyError, ValueError):
    """A text cannot be split into the words of SPARQL.

    Attributes:
        line: where, from 1.
        column: likewise.
    """

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class UnboundedConstraint(OntologyError):
    """What a shape reads cannot be worked out, so that it has to be held against everything."""
