"""Areas of the blueprint, and what each rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from pydantic import BaseModel

from api.rest.lists import Filter, Listing, Table
from api.rest.models.area import AreaResource
from api.rest.models.base import StatusLink
from api.rest.operations import Operation
from api.rest.parameters import Parameter, must_be_among
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.filters import HYPOTHESIS, by_words, known_hypotheses
from api.rest.resources.tables import counted, joined, link, quotes_table, status_link, versions_table
from lineage.asking import Row
from ontology.terms import HT


def _rows(scope: Scope) -> Mapping[str, Row]:
    def make() -> Mapping[str, Row]:
        return {row.text("area"): row for row in scope.committed.ask("blueprint/areas", study=scope.study.iri)}

    return scope.committed.remember(("areas", scope.study.iri), make)


def _table(scope: Scope) -> Table:
    rows = _rows(scope).items()
    return Table(
        ("number", "key", "label"),
        {iri: (row.whole("ordinal"), row.text("key"), row.text("label")) for iri, row in rows},
    )


def _feeding(scope: Scope) -> Mapping[str, Sequence[StatusLink]]:
    """Of each area the hypotheses that feed it, each once for each word."""
    hypotheses = known_hypotheses(scope)
    labels = dict(_labels(scope))

    def make() -> tuple[Row, ...]:
        iris = tuple(hypotheses.values())
        return scope.committed.ask("blueprint/of-hypothesis", hypothesis=iris) if iris else ()

    keys = {iri: key for key, iri in hypotheses.items()}
    held = _held_items(scope)
    found: dict[str, dict[tuple[str, str], StatusLink]] = {}
    for row in scope.committed.remember(("areas of hypotheses", scope.study.iri), make):
        if row.text("status") not in scope.statuses or (held is not None and row.text("item") not in held):
            continue
        iri = row.text("hypothesis")
        new = status_link(row, "area", "area_key", "area_label").model_copy(
            update={"iri": iri, "key": keys[iri], "label": labels.get(iri, keys[iri])}
        )
        links = found.setdefault(row.text("area"), {})
        key = (iri, new.status)
        links[key] = joined(links[key], new) if key in links else new
    return {area: tuple(sorted(links.values(), key=_order)) for area, links in found.items()}


def _order(link: StatusLink) -> tuple[str, str]:
    return link.status, link.key


def _labels(scope: Scope) -> Sequence[tuple[str, str]]:
    def make() -> Sequence[tuple[str, str]]:
        rows = scope.committed.ask("hypotheses/in-order", study=scope.study.iri)
        return tuple((row.text("hypothesis"), row.text("label")) for row in rows)

    return scope.committed.remember(("labels", scope.study.iri), make)


def _held_items(scope: Scope) -> frozenset[str] | None:
    """What the iterations asked for hold of hypotheses, versions and quotes; None for everything."""
    if scope.ordinals is None:
        return None
    versions = versions_table(scope).where("ordinal", scope.ordinals)
    hypotheses = versions_table(scope).column("hypothesis_iri")
    through = {str(hypotheses[version]) for version in versions}
    return frozenset(versions | through | quotes_table(scope).where("ordinal", scope.ordinals))


def _of_hypotheses(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    must_be_among("hypothesis", values, tuple(sorted(known_hypotheses(scope))))
    return {area for area, links in _feeding(scope).items() if any(each.key in values for each in links)}


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    rows = _rows(scope)
    known = [iri for iri in iris if iri in rows]
    quotes, feeding = counted(scope, known), _feeding(scope)
    kinds = quotes_table(scope).column("organisation_type")
    return [_area(rows[iri], quotes[iri], kinds, feeding.get(iri, ())) for iri in known]


def _area(row: Row, quotes: Set[str], kinds: Mapping[str, object], hypotheses: Sequence[StatusLink]) -> AreaResource:
    return AreaResource(
        iri=row.text("area"),
        key=row.text("key"),
        number=row.whole("ordinal"),
        label=row.text("label"),
        generated_by=link(row.maybe("analysis"), row.maybe("analysis_label")),
        quotes=len(quotes),
        organisation_types=len({kinds[quote] for quote in quotes} - {None}),
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
