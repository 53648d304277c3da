"""Whether a store would still be as the shapes ask, once a difference is applied."""

from __future__ import annotations

from graphstore import Difference, GraphStore
from graphstore.conforming import Conformance
from hypothread.errors import DataError
from ontology.validation import Validator


def must_conform(store: GraphStore, difference: Difference, base: str) -> Conformance:
    """Holds each study that a difference touches against the shapes, as it would be afterwards.

    Returns:
        What is to be told (`written`) once the difference is applied, before the store's `writing()` is given back.

    Raises:
        DataError: with every violation.
    """
    conformance = Conformance(store, base, Validator())
    reports = conformance.reports(difference).values()
    mistakes = [f"{each.focus}: {each.message}" for report in reports for each in report.violations]
    if mistakes:
        raise DataError(sorted(mistakes))
    return conformance
