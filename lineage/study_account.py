"""The study's account of itself as one object."""

from __future__ import annotations

from graphstore import GraphStore
from lineage.account import (
    codebooks,
    editorial_links,
    events,
    figure_checks,
    findings,
    organisation_roles,
    organisation_type_counts,
    sources,
)
from lineage.asking import ask
from lineage.overview import lineages, quote_counts
from lineage.records import StudyAccount
from lineage.studies import find_study
from ontology.iris import DEFAULT_BASE


def study_account(store: GraphStore, study: str, *, base: str = DEFAULT_BASE) -> StudyAccount:
    """Gathers what "About the data" tells.

    Raises:
        NotInStore: when there is no such study.
    """
    found = find_study(store, study, base=base)
    links, editors = editorial_links(store, found)
    several = [v for each in lineages(store, found) for v in each.versions if len(v.wordings) > 1]
    return StudyAccount(
        study=found,
        description=next(ask(store, "study/overview", study=found.iri)).maybe("description"),
        sources=sources(store, found),
        events=events(store, found),
        roles=organisation_roles(store, found),
        codebooks=codebooks(store, found),
        figures=figure_checks(store, found),
        findings=findings(store, found),
        several_readings=tuple(sorted(several, key=lambda version: (version.iteration, version.number))),
        organisation_types=organisation_type_counts(store, found),
        quote_counts=quote_counts(store, found),
        editorial_links=links,
        editors=editors,
    )
