"""The study's account of itself as one object."""

from __future__ import annotations

from graphstore import GraphStore
from lineage.account import (
    codebooks,
    editorial_links,
    events,
    findings,
    organisation_roles,
    organisation_type_counts,
    organisations,
    sources,
)
from lineage.asking import ask
from lineage.overview import quote_counts
from lineage.reconciliation import reconciliation
from lineage.records import StudyAccount
from lineage.reviews import editorial_readings
from lineage.studies import find_study
from lineage.voices import voice_links
from ontology.iris import DEFAULT_BASE


def study_account(store: GraphStore, study: str, *, base: str = DEFAULT_BASE) -> StudyAccount:
    """Gathers what the study tells of itself.

    Raises:
        NotInStore: when there is no such study.
    """
    found = find_study(store, study, base=base)
    links, editors = editorial_links(store, found)
    return StudyAccount(
        study=found,
        description=next(ask(store, "study/overview", study=found.iri)).maybe("description"),
        sources=sources(store, found),
        events=events(store, found),
        roles=organisation_roles(store, found),
        codebooks=codebooks(store, found),
        findings=findings(store, found),
        reconciliation=reconciliation(store, found),
        voices=voice_links(store, found),
        organisation_types=organisation_type_counts(store, found),
        quote_counts=quote_counts(store, found),
        editorial_links=links,
        editors=editors,
        readings=editorial_readings(store, found),
        organisations=organisations(store, found),
    )
