"""What was counted about how a version resonates, out of a row of any question that tells of observations."""

from __future__ import annotations

from lineage.asking import Row
from lineage.records import Resonance


def resonance_of(row: Row, locators: tuple[str, ...]) -> Resonance:
    """The observation in a row of ``resonance/of-hypothesis`` or ``resonance/of-study``, with its places."""
    return Resonance(
        iri=row.text("observation"),
        resonance=row.named("resonance", "resonance_key", "resonance_label"),
        organisation_type=row.maybe_named("organisation_type", "organisation_type_label"),
        count=row.whole("count"),
        denominator=row.whole("denominator"),
        published_percentage=row.maybe("published_percentage"),
        percentage=row.decimal("percentage"),
        verdict=row.maybe("verdict"),
        printed_under=row.maybe("reading"),
        locators=locators,
    )
