"""Where the cells of each sheet stand in the graph: the way back from ``ingest.graph_*``, sheet by sheet.

``docs/reference/graph.md`` says it in words. A test imports studies, reads their rows back and finds the same graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from ontology.terms import DCTERMS, HT, OA, ORG, PROV, SKOS

GraphKind = Literal["asserted", "editorial", "restricted"]


@dataclass(frozen=True, slots=True)
class SheetForm:
    """How the rows of a sheet stand in the graph.

    Attributes:
        classes: the classes of its items.
        properties: by column, the property that bears its cell.
        graph: the graph they stand in.
        kinds: what their IRIs are, as `ontology.iris.parse_iri` names it; where empty, the classes tell.
        key: the column that holds the last part of the IRI; empty where the row is named otherwise.
        attributed: whether a column ``attributed_to`` holds the name of an agent.
    """

    classes: tuple[str, ...]
    properties: Mapping[str, str]
    graph: GraphKind = "asserted"
    kinds: tuple[str, ...] = ()
    key: str = "key"
    attributed: bool = False


def _form(*classes: str, **properties: str) -> SheetForm:
    return SheetForm(classes, MappingProxyType(properties))


_CODING: Final[Mapping[str, str]] = MappingProxyType(
    {"target": OA.hasTarget, "body": OA.hasBody, "rationale": HT.rationale}
)

FORMS: Final[Mapping[str, SheetForm]] = MappingProxyType(
    {
        "sources": _form(
            HT.Source, title=DCTERMS.title, issued=DCTERMS.issued, publisher=DCTERMS.publisher, sha256=HT.sha256
        ),
        "events": _form(
            HT.Event, HT.PlannedEvent, HT.Analysis, HT.Workstream, label=SKOS.prefLabel, ordinal=HT.ordinal,
            part_of=DCTERMS.isPartOf, used=PROV.used, associated=PROV.wasAssociatedWith,
        ),
        "organisation_types": _form(
            HT.OrganisationType, label=SKOS.prefLabel, definition=SKOS.definition, broader=SKOS.broader
        ),
        "organisations": _form(
            HT.Organisation, label=SKOS.prefLabel, type=HT.organisationType, part_of=ORG.subOrganizationOf
        ),
        "iterations": SheetForm(
            (HT.Iteration,),
            MappingProxyType({"label": SKOS.prefLabel, "issued": DCTERMS.issued, "used_at": HT.usedAt}),
            key="ordinal",
        ),
        "hypotheses": _form(HT.Hypothesis, label=SKOS.prefLabel),
        "versions": SheetForm(
            (HT.HypothesisVersion,),
            MappingProxyType(
                {
                    "number": HT.number,
                    "title": HT.title,
                    "alt_label": SKOS.altLabel,
                    "statement": HT.statement,
                    "revises": PROV.wasRevisionOf,
                    "derived_from": PROV.wasDerivedFrom,
                }
            ),
            key="",
        ),
        "readings": _form(HT.Reading, version=HT.readingOf, statement=HT.statement),
        "changes": _form(
            HT.Change, before=HT.from_, after=HT.to, types=HT.changeType, rationale=HT.rationale,
            motivated_by=HT.motivatedBy, decided_by=PROV.wasAssociatedWith,
        ),
        "motives": SheetForm(
            (HT.Motive,),
            MappingProxyType({"amendment": HT.phrase, "motive": OA.hasBody, "rationale": HT.rationale}),
            attributed=True,
        ),
        "themes": _form(
            HT.Theme, HT.Codebook, codebook=SKOS.inScheme, label=SKOS.prefLabel, definition=SKOS.definition,
            broader=SKOS.broader,
        ),
        "quotes": _form(
            HT.Quote, text=HT.text, organisation_type=HT.organisationType, about=HT.about, illustrates=HT.illustrates,
            printed_under=HT.printedUnder, themes=HT.theme, emphasis=HT.emphasis, same_words_as=HT.sameWordsAs,
            within_quote=HT.withinQuote, from_response=HT.fromResponse,
        ),
        "responses": SheetForm(
            (HT.Response,),
            MappingProxyType(
                {
                    "participant": HT.participant,
                    "organisation_type": HT.organisationType,
                    "about": HT.about,
                    "event": HT.event,
                    "text": HT.text,
                }
            ),
            "restricted",
        ),
        "exclusions": SheetForm(
            (HT.Exclusion,),
            MappingProxyType({"response": HT.excludes, "reason": HT.exclusionReason}),
            "restricted",
            key="",
        ),
        "codings": SheetForm(
            (HT.Coding,), MappingProxyType({**_CODING, "round": HT.round}), "restricted", ("coding",), attributed=True
        ),
        "resonance": SheetForm(
            (HT.ResonanceObservation,),
            MappingProxyType(
                {
                    "version": HT.version,
                    "printed_under": HT.printedUnder,
                    "resonance": HT.resonance,
                    "organisation_type": HT.organisationType,
                    "count": HT.count,
                    "denominator": HT.denominator,
                    "published_percentage": HT.publishedPercentage,
                }
            ),
            key="",
        ),
        "figures": _form(
            HT.Figure, label=SKOS.prefLabel, value=HT.publishedValue, parts=HT.sumOf,
            subtracted_from=HT.subtractedFrom, obstacle=HT.obstacle,
        ),
        "findings": _form(HT.Finding, text=HT.text, cites_number=HT.citesNumber),
        "blueprint": _form(
            HT.BlueprintArea, ordinal=HT.ordinal, label=SKOS.prefLabel, generated_by=PROV.wasGeneratedBy
        ),
        "reviews": SheetForm(
            (HT.Review,),
            MappingProxyType(
                {
                    "kind": HT.linkKind,
                    "decision": HT.decision,
                    "target": HT.reviewedTarget,
                    "body": HT.reviewedBody,
                    "amendment": HT.phrase,
                    "new_body": HT.newBody,
                    "rationale": HT.rationale,
                    "reviewed_rationale": HT.reviewedRationale,
                    "score": HT.score,
                    "method": HT.method,
                    "decided_at": PROV.endedAtTime,
                }
            ),
            "editorial",
        ),
        "links": SheetForm((HT.Coding, PROV.Entity), _CODING, "editorial", ("link",), attributed=True),
    }
)  # fmt: skip
"""By sheet; the sheet ``study`` has one row, which is the study itself."""
