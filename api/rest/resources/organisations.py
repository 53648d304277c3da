"""Organisations, and the kinds that quotes are attributed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import BaseModel

from api.rest.lists import Listing, Table
from api.rest.models.base import Link
from api.rest.models.organisation import OrganisationResource, OrganisationTypeResource, Part
from api.rest.operations import Operation
from api.rest.parameters import Parameter
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.filters import by_organisation_type, by_words, narrower_types
from api.rest.resources.tables import held_quotes, link, quotes_table
from lineage.asking import Row, last_segment
from ontology.terms import HT

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"


def _organisations(scope: Scope) -> Mapping[str, Row]:
    def make() -> Mapping[str, Row]:
        rows = scope.committed.ask("organisations/list", study=scope.study.iri)
        return {row.text("organisation"): row for row in rows}

    return scope.committed.remember(("organisations", scope.study.iri), make)


def _organisations_table(scope: Scope) -> Table:
    rows = _organisations(scope).items()
    return Table(
        ("key", "label", "organisation_type"),
        {iri: (row.text("key"), row.text("label"), _last(row.maybe("type"))) for iri, row in rows},
    )


def _last(iri: str | None) -> str | None:
    return None if iri is None else last_segment(iri)


def _parts(scope: Scope) -> Mapping[str, Sequence[Part]]:
    def make() -> Mapping[str, Sequence[Part]]:
        found: dict[str, list[Part]] = {}
        for row in scope.committed.ask("organisations/by-role", study=scope.study.iri):
            event = Link(iri=row.text("event"), key=row.text("event_key"), label=row.text("event_label"))
            found.setdefault(row.text("organisation"), []).append(Part(role=row.text("role_key"), event=event))
        return found

    return scope.committed.remember(("parts", scope.study.iri), make)


def _organisation_details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    rows, parts = _organisations(scope), _parts(scope)
    return [_organisation(rows[iri], parts.get(iri, ())) for iri in iris if iri in rows]


def _organisation(row: Row, parts: Sequence[Part]) -> OrganisationResource:
    return OrganisationResource(
        iri=row.text("organisation"),
        key=row.text("key"),
        label=row.text("label"),
        organisation_type=link(row.maybe("type"), row.maybe("type_label")),
        part_of=link(row.maybe("part_of"), row.maybe("part_of_label")),
        roles=tuple(parts),
    )


def _types(scope: Scope) -> Mapping[str, Row]:
    def make() -> Mapping[str, Row]:
        return {row.text("type"): row for row in scope.committed.ask("study/organisation-types", study=scope.study.iri)}

    return scope.committed.remember(("organisation types by IRI", scope.study.iri), make)


def _types_table(scope: Scope) -> Table:
    rows = _types(scope).items()
    return Table(("key", "label"), {iri: (row.text("key"), row.text("label")) for iri, row in rows})


def _type_details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    rows = _types(scope)
    return [_type(scope, rows[iri]) for iri in iris if iri in rows]


def _type(scope: Scope, row: Row) -> OrganisationTypeResource:
    said = quotes_table(scope).where("organisation_type", narrower_types(scope, (row.text("key"),)))
    held = held_quotes(scope)
    return OrganisationTypeResource(
        iri=row.text("type"),
        key=row.text("key"),
        label=row.text("label"),
        definition=row.maybe("definition"),
        broader=link(row.maybe("broader"), row.maybe("broader_label")),
        quotes=len(said if held is None else said & held),
    )


ORGANISATIONS: Final = Listing(
    "organisations",
    _organisations_table,
    {"key": ("key",), "label": ("label", "key"), "organisation_type": ("organisation_type", "key")},
    (by_organisation_type(_organisations_table), by_words(HT.Organisation, (f"{_SKOS}prefLabel",))),
    _organisation_details,
)
ORGANISATION_TYPES: Final = Listing(
    "organisation-types",
    _types_table,
    {"key": ("key",), "label": ("label", "key")},
    (by_words(HT.OrganisationType, (f"{_SKOS}prefLabel", f"{_SKOS}definition")),),
    _type_details,
)
_ORGANISATION: Final = Described("Organisations", OrganisationResource, "organisation")
_TYPE: Final = Described("Organisations", OrganisationTypeResource, "organisation type")

OPERATIONS: Final[tuple[Operation, ...]] = (
    list_look_up(
        ORGANISATIONS, _ORGANISATION, "The organisations.", "Every organisation with its kind and the parts it played."
    ),
    one_look_up(
        ORGANISATIONS,
        _ORGANISATION,
        "One organisation.",
        "Its kind and the parts it played.",
        kind="organisation",
        places={"key": Parameter("key", "The organisation's key.", "health-innovation-wessex")},
    ),
    list_look_up(
        ORGANISATION_TYPES,
        _TYPE,
        "The kinds of organisation.",
        "Every kind, and how many quotes come from it: those held in the iteration asked for.",
    ),
    one_look_up(
        ORGANISATION_TYPES,
        _TYPE,
        "One kind of organisation.",
        "What counts as one, and how many quotes come from it.",
        kind="organisation-type",
        places={"key": Parameter("key", "The kind's key.", "innovator")},
    ),
)
