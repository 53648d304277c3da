"""The study's account of itself as one object."""

from __future__ import annotations

from graphstore import GraphStore
from lineage.account import (
    codebooks,
    events,
    findings,
    organisation_roles,
    organisation_type_counts,
    organisations,
    sources,
)
from lineage.account_records import StudyAccount
from lineage.asking import ask
from lineage.overview import quote_counts
from lineage.studies import find_study
from ontology.iris import DEFAULT_BASE


def study_account(store: GraphStore, study: str, *, base: str = DEFAULT_BASE) -> StudyAccount:
    """Gathers what the study tells of itself.

    Raises:
        NotInStore: when there is no such study.
    """
    found = find_study(store, study, base=base)
    return StudyAccount(
        study=found,
        description=next(ask(store, "study/overview", study=found.iri)).maybe("description"),
        sources=sources(store, found),
        events=events(store, found),
        roles=organisation_roles(store, found),
        codebooks=codebooks(store, found),
        findings=findings(store, found),
        organisation_types=organisation_type_counts(store, found),
        quote_counts=quote_counts(store, found),
        organisations=organisations(store, found),
    )
