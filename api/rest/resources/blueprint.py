"""Areas of the blueprint, and what each rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from pydantic import BaseModel

from api.rest.lists import Filter, Listing, Table
from api.rest.models.area import AreaResource
from api.rest.models.base import StatusLink
from api.rest.operations import Operation
from api.rest.parameters import Parameter
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.feeding import feeds_of, hypotheses_feeding
from api.rest.resources.filters import HYPOTHESIS, by_words, known_hypotheses
from api.rest.resources.tables import Gathered, gathered, iris_of, link
from lineage.asking import Row
from ontology.terms import HT


def _rows(scope: Scope) -> Mapping[str, Row]:
    def make() -> Mapping[str, Row]:
        return {row.text("area"): row for row in scope.committed.ask("blueprint/in-order", study=scope.study.iri)}

    return scope.committed.remember(("areas", scope.study.iri), make)


def _table(scope: Scope) -> Table:
    rows = _rows(scope).items()
    return Table(
        ("number", "key", "label"),
        {iri: (row.whole("ordinal"), row.text("key"), row.text("label")) for iri, row in rows},
    )


def _of_hypotheses(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    known = iris_of("hypothesis", values, known_hypotheses(scope))
    return {each.area for each in feeds_of(scope, known)}


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    rows = _rows(scope)
    known = [iri for iri in iris if iri in rows]
    quotes, feeding = gathered(scope, known), hypotheses_feeding(scope)
    return [_area(rows[iri], quotes.get(iri, Gathered()), feeding.get(iri, ())) for iri in known]


def _area(row: Row, quotes: Gathered, hypotheses: Sequence[StatusLink]) -> AreaResource:
    return AreaResource(
        iri=row.text("area"),
        key=row.text("key"),
        number=row.whole("ordinal"),
        label=row.text("label"),
        generated_by=link(row.maybe("analysis"), row.maybe("analysis_label")),
        quotes=quotes.quotes,
        organisation_types=quotes.organisation_types,
        hypotheses=tuple(hypotheses),
        locators=row.places(),
    )


BLUEPRINT: Final = Listing(
    "blueprint",
    _table,
    {"number": ("number", "key"), "key": ("key",), "label": ("label", "key")},
    (
        Filter(HYPOTHESIS, _of_hypotheses),
        by_words(HT.BlueprintArea, ("http://www.w3.org/2004/02/skos/core#prefLabel",)),
    ),
    _details,
)
_DESCRIBED: Final = Described("Blueprint", AreaResource, "area")

OPERATIONS: Final[tuple[Operation, ...]] = (
    list_look_up(
        BLUEPRINT,
        _DESCRIBED,
        "The areas of the blueprint.",
        "Every area with the hypotheses that feed it and how many quotes it rests on: those held in the iteration "
        "asked for. `hypothesis` leaves the areas that it feeds, on the word that `include` names.",
        example="include=asserted,editorial&limit=2",
    ),
    one_look_up(
        BLUEPRINT,
        _DESCRIBED,
        "One area of the blueprint.",
        "The hypotheses that feed it, and how many quotes it rests on.",
        kind="blueprint",
        places={"key": Parameter("key", "The area's key.", "patient-voice")},
    ),
)
