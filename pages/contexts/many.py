"""What is shown of very much: a page stays readable, says what it leaves out, and leads to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

Item = TypeVar("Item")

MOST_ITERATIONS: Final = 5
"""Iterations in a drawing or table of a whole study: the first and the last ones."""
MOST_HYPOTHESES: Final = 40
"""Hypotheses in a drawing of a whole study: those with the lowest numbers in the newest iteration."""
MOST_VERSIONS: Final = 4
"""Versions in the drawing of one hypothesis: the first, the last, and those worded anew before it."""
MOST_CHANGES: Final = 200
"""Changes in the table of a whole study: those that led to the newest iterations."""
FIRST_CHANGES: Final = 40
"""Of these, those that are seen at once where there are more: the rest is folded."""
NEWEST_VERSIONS: Final = 2
"""Versions of a long lineage that are seen at once: the newest ones that said something new."""
MOST_AMENDMENTS: Final = 10
"""Amendments of one hypothesis on a page about all of them: the newest ones."""


MOST_FEEDBACK: Final = 30
"""Quotes about one hypothesis on a page about all of them: the last ones."""
MOST_TOLD: Final = 150
"""Quotes and amendments that a page about all hypotheses tells one by one; of further hypotheses it gives numbers."""
MANY_WAYS: Final = 400
"""Ways from voices to areas that a page shows in full; of more, `FEW_WAYS` from each voice to each area."""
FEW_WAYS: Final = 2
MOST_LINKS: Final = 400
"""Links that no source states and nobody decided on, told one by one; those decided on are all told."""
MOST_ORPHANS: Final = 200
"""Quotes that lead nowhere and are named one by one."""


def first_and_last(items: Sequence[Item], most: int = MOST_ITERATIONS) -> tuple[Item, ...]:
    """The first item and the last ones, `most` together; all of them where there are no more."""
    if len(items) <= most:
        return tuple(items)
    return (items[0], *items[len(items) - most + 1 :])
