"""Versions: one hypothesis in one iteration, with its wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import BaseModel

from api.rest.lists import Filter, Listing
from api.rest.models.base import Link, StatusLink
from api.rest.models.hypothesis import ReadingResource, VersionResource
from api.rest.operations import Operation
from api.rest.parameters import Parameter
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.filters import RESONANCE, by_area, by_hypothesis, by_number, by_theme, by_words, versions_of
from api.rest.resources.resonance import versions_with
from api.rest.resources.tables import link, links_of, versions_table
from lineage.asking import Row, version_key
from ontology.terms import HT


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    rows = {row.text("version"): row for row in scope.committed.ask("versions/some", version=iris)}
    readings = _readings(scope, iris)
    areas = links_of(scope, iris, "BlueprintArea")
    return [_version(rows[iri], readings.get(iri, ()), areas.get(iri, ())) for iri in iris if iri in rows]


def _readings(scope: Scope, iris: Sequence[str]) -> Mapping[str, Sequence[ReadingResource]]:
    found: dict[str, list[ReadingResource]] = {}
    for row in scope.committed.ask("versions/readings", version=iris):
        reading = ReadingResource(
            iri=row.text("reading"), key=row.text("key"), statement=row.text("statement"), locators=row.places()
        )
        found.setdefault(row.text("version"), []).append(reading)
    return found


def _version(row: Row, readings: Sequence[ReadingResource], areas: Sequence[StatusLink]) -> VersionResource:
    iri, ordinal, revises = row.text("version"), row.whole("ordinal"), row.maybe("revises")
    return VersionResource(
        iri=iri,
        key=version_key(iri),
        hypothesis=Link(iri=row.text("hypothesis"), key=row.text("hypothesis_key"), label=row.text("label")),
        iteration=ordinal,
        iteration_label=row.maybe("iteration_label") or f"Iteration {ordinal}",
        number=row.whole("number"),
        title=row.maybe("title"),
        alt_label=row.maybe("alt_label"),
        statement=row.text("statement"),
        readings=tuple(readings),
        issued=row.maybe("issued"),
        used_at=link(row.maybe("used_at"), row.maybe("used_at_label")),
        revises=None if revises is None else version_key(revises),
        derived_from=tuple(version_key(each) for each in row.words("derived_from")),
        areas=tuple(areas),
        source=row.maybe("source"),
        locators=row.places(),
    )


VERSIONS: Final = Listing(
    "versions",
    versions_table,
    {
        "iteration": ("ordinal", "number"),
        "number": ("number", "ordinal"),
        "hypothesis": ("hypothesis", "ordinal"),
        "title": ("title", "ordinal", "number"),
    },
    (
        by_hypothesis(versions_table),
        by_number(versions_table),
        by_theme(versions_of),
        by_area(versions_of),
        Filter(RESONANCE, lambda scope, values: versions_with(scope, values)),
        by_words(HT.HypothesisVersion, (HT.title, HT.statement)),
    ),
    _details,
    dated=True,
)
_DESCRIBED: Final = Described("Hypotheses", VersionResource, "version")

OPERATIONS: Final[tuple[Operation, ...]] = (
    list_look_up(
        VERSIONS,
        _DESCRIBED,
        "The versions of all hypotheses.",
        "Each hypothesis in each iteration: number, title, wording, and other wordings of it in the source. `theme` "
        "and `blueprint` go by what the version and the quotes about it are linked to; `q` looks in title and wording.",
        is_long=True,
    ),
    one_look_up(
        VERSIONS,
        _DESCRIBED,
        "One version.",
        "A hypothesis in one iteration: number, title, wording, and other wordings of it in the source.",
        kind="hypothesis",
        places={
            "hypothesis": Parameter("hypothesis", "The hypothesis's key.", "utility"),
            "iteration": Parameter("iteration", "The iteration's number.", 1, {"type": "integer", "minimum": 1}),
        },
        iteration=lambda found: found.iteration if isinstance(found, VersionResource) else None,
        version=lambda found: found.iri if isinstance(found, VersionResource) else None,
    ),
)
