"""Every look-up there is, in the order in which they are documented."""

from __future__ import annotations

from typing import Final

from api.rest.index import index_of
from api.rest.operations import Operation
from api.rest.resources import (
    answered,
    blueprint,
    changes,
    figures,
    history,
    history_differences,
    hypotheses,
    influence,
    organisations,
    questions,
    quotes,
    reconciliation,
    resonance,
    reviews,
    studies,
    themes,
    versions,
)

_RESOURCES: Final[tuple[Operation, ...]] = (
    *studies.OPERATIONS,
    *hypotheses.OPERATIONS,
    *versions.OPERATIONS,
    *changes.OPERATIONS,
    *quotes.OPERATIONS,
    *themes.OPERATIONS,
    *resonance.OPERATIONS,
    *figures.OPERATIONS,
    *answered.OPERATIONS,
    *reconciliation.OPERATIONS,
    *influence.OPERATIONS,
    *organisations.OPERATIONS,
    *blueprint.OPERATIONS,
    *reviews.OPERATIONS,
    *history_differences.OPERATIONS,
    *history.OPERATIONS,
    *questions.OPERATIONS,
)

ROUTES: Final[tuple[Operation, ...]] = (index_of(_RESOURCES), *_RESOURCES)
