"""A whole study as records, one tuple a sheet, before it becomes a graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from ontology.columns import Row
from ontology.records import (
    BlueprintArea,
    Change,
    Coding,
    Event,
    Exclusion,
    Figure,
    Finding,
    Hypothesis,
    HypothesisVersion,
    Iteration,
    Link,
    Motive,
    Organisation,
    OrganisationType,
    Quote,
    Reading,
    ResonanceObservation,
    Response,
    Review,
    Source,
    Study,
    Theme,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRecords:
    """Everything a study says, whatever format it came in.

    Each field bears the name of its sheet in ``ontology.records.SHEETS`` and holds that sheet's rows in their order; a
    sheet that was not given is empty. `study` is the one row of the sheet of that name.
    """

    study: Study
    sources: tuple[Source, ...] = ()
    events: tuple[Event, ...] = ()
    organisation_types: tuple[OrganisationType, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    iterations: tuple[Iteration, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    versions: tuple[HypothesisVersion, ...] = ()
    readings: tuple[Reading, ...] = ()
    changes: tuple[Change, ...] = ()
    motives: tuple[Motive, ...] = ()
    themes: tuple[Theme, ...] = ()
    quotes: tuple[Quote, ...] = ()
    responses: tuple[Response, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    codings: tuple[Coding, ...] = ()
    resonance: tuple[ResonanceObservation, ...] = ()
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    blueprint: tuple[BlueprintArea, ...] = ()
    links: tuple[Link, ...] = ()
    reviews: tuple[Review, ...] = ()

    def sheets(self) -> Iterator[tuple[str, tuple[Row, ...]]]:
        """Each sheet's name with its rows, in the order of the fields; the study's own sheet has one row."""
        yield "study", (self.study,)
        for each in fields(self):
            if each.name != "study":
                yield each.name, getattr(self, each.name)
