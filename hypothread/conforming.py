"""Whether a store would still be as the shapes ask, once a difference is applied."""

from __future__ import annotations

from graphstore import Difference, GraphStore
from graphstore.conforming import reports_to_come
from hypothread.errors import DataError
from ontology.validation import Validator


def must_conform(store: GraphStore, difference: Difference, base: str) -> None:
    """Holds each study that a difference touches against the shapes, as it would be afterwards.

    Raises:
        DataError: with every violation.
    """
    reports = reports_to_come(store, difference, base, Validator()).values()
    mistakes = [f"{each.focus}: {each.message}" for report in reports for each in report.violations]
    if mistakes:
        raise DataError(sorted(mistakes))
