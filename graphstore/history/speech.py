"""Which texts of an item are somebody's words, and which are keys, places and numbers."""

from __future__ import annotations

from typing import Final

from ontology.terms import DCTERMS, HT, OA, RDFS, SKOS

KEYS: Final = frozenset(
    (
        DCTERMS.identifier, SKOS.notation, HT.locator, HT.emphasis, HT.sha256, HT.participant, HT.publishedValue,
        HT.publishedPercentage, HT.citesNumber,
    )
)  # fmt: skip
"""Properties whose text is a key, a place or a number as printed, and nobody's words."""
WORDS: Final = frozenset((HT.text, HT.statement, HT.rationale, OA.exact, RDFS.comment))
"""Properties that hold what somebody said: what equals the words there is a copy of them, at whatever item."""
