"""Resonance: how many of those who answered said what of which version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from pydantic import BaseModel

from api.rest.lists import Filter, Listing, Table
from api.rest.models.resonance import ResonanceResource
from api.rest.operations import Operation
from api.rest.parameters import must_be_among
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up
from api.rest.resources.filters import RESONANCE, by_hypothesis, by_organisation_type, known_hypotheses
from api.rest.resources.tables import link
from lineage.asking import Row, last_segment, version_key
from ontology.choices import RESONANCE_VALUES


def _observations(scope: Scope) -> Mapping[str, Row]:
    def make() -> Mapping[str, Row]:
        hypotheses = tuple(known_hypotheses(scope).values())
        rows = scope.committed.ask("resonance/of-hypothesis", hypothesis=hypotheses) if hypotheses else ()
        return {row.text("observation"): row for row in rows}

    return scope.committed.remember(("observations", scope.study.iri), make)


def _table(scope: Scope) -> Table:
    columns = (
        "ordinal",
        "number",
        "hypothesis",
        "resonance",
        "organisation_type",
        "count",
        "denominator",
        "percentage",
    )

    def make() -> Table:
        return Table(columns, {iri: _values(row) for iri, row in _observations(scope).items()})

    return scope.committed.remember(("table", "resonance", scope.study.iri), make)


def _values(row: Row) -> tuple[str | int | float | None, ...]:
    kind = row.maybe("organisation_type")
    return (
        row.whole("ordinal"),
        row.whole("number"),
        version_key(row.text("version")).partition("/")[0],
        row.text("resonance_key"),
        None if kind is None else last_segment(kind),
        row.whole("count"),
        row.whole("denominator"),
        float(row.decimal("percentage")),
    )


def versions_with(scope: Scope, values: Sequence[str]) -> frozenset[str]:
    """The versions of the iterations asked for of which some of these answers were counted.

    Raises:
        UnusableValue: when a value is no answer.
    """
    found = _with_answers(scope, values)
    observations = _observations(scope)
    return frozenset(
        observations[iri].text("version") for iri in found if scope.holds(observations[iri].whole("ordinal"))
    )


def _with_answers(scope: Scope, values: Sequence[str]) -> Set[str]:
    must_be_among("resonance", values, RESONANCE_VALUES)
    return _table(scope).where("resonance", frozenset(values))


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    found = _observations(scope)
    return [_observation(found[iri]) for iri in iris if iri in found]


def _observation(row: Row) -> ResonanceResource:
    version = version_key(row.text("version"))
    resonance = link(row.text("resonance"), row.text("resonance_label"))
    assert resonance is not None  # noqa: S101 (the cell is always filled)
    return ResonanceResource(
        iri=row.text("observation"),
        dataset=last_segment(row.text("dataset")),
        version=version,
        hypothesis=version.partition("/")[0],
        iteration=row.whole("ordinal"),
        number=row.whole("number"),
        resonance=resonance.model_copy(update={"key": row.text("resonance_key")}),
        organisation_type=link(row.maybe("organisation_type"), row.maybe("organisation_type_label")),
        count=row.whole("count"),
        denominator=row.whole("denominator"),
        published_percentage=row.maybe("published_percentage"),
        percentage=str(row.decimal("percentage")),
        verdict=row.maybe("verdict"),
        printed_under=row.maybe("reading"),
        locators=row.places(),
    )


RESONANCES: Final = Listing(
    "resonance",
    _table,
    {
        "number": ("ordinal", "number", "resonance"),
        "percentage": ("percentage", "ordinal", "number"),
        "count": ("count", "ordinal", "number"),
        "denominator": ("denominator", "ordinal", "number"),
    },
    (by_hypothesis(_table), by_organisation_type(_table), Filter(RESONANCE, _with_answers)),
    _details,
    dated=True,
)

OPERATIONS: Final[tuple[Operation, ...]] = (
    list_look_up(
        RESONANCES,
        Described("Evidence", ResonanceResource, "observation"),
        "How the hypotheses resonate.",
        "What was counted of each version, as published, with the percentage computed anew and whether the two agree.",
    ),
)
