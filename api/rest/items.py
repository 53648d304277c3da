"""Any item of a study by its IRI's own path: what the linked data leads to where there is no closer look-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from pyoxigraph import Literal, NamedNode

from api.errors import NothingThere
from api.linked_data.naming import item_of_path
from api.rest.common import FIELDS, INCLUDE, ON, ONE_ITERATION, STUDY
from api.rest.lineage import come_to, include_of
from api.rest.links import links_of_one
from api.rest.models.base import Status
from api.rest.models.item import ItemResource, ReadingOf, Statement
from api.rest.operations import Asked, Operation, Reply
from api.rest.parameters import Parameter
from api.rest.programme import scope_of
from api.rest.rdf import JSON_LD, TURTLE
from api.rest.replies import JSON
from lineage.asking import ask
from lineage.records import Named
from lineage.statements import Triples, described
from lineage.whereabouts import whereabouts
from ontology.prefixes import PREFIXES, shorten

PLACE: Final = Parameter(
    "path", "The item's IRI after that of its study: finding/value-awareness.", "finding/value-awareness"
)
_TYPE: Final = "rdf:type"
_NAMES: Final = tuple(f"{PREFIXES[prefix]}{name}" for prefix, name in (("skos", "prefLabel"), ("dcterms", "title")))


def _answer(asked: Asked) -> Reply:
    scope = scope_of(asked)
    iteration, include = come_to(scope), include_of(scope)
    study, path, store = scope.study, asked.path["path"], asked.committed.store
    found = item_of_path(f"{study.key}/{path}", (Named(study.iri, study.key, study.title),))
    where = whereabouts(store, found.iri) if found else None
    if found is None or where is None:
        raise NothingThere(f"There is no item “{path[:200]}” in {study.key}.")
    dated = where.iteration is not None and found.parsed.kind != "hypothesis"
    if iteration is not None and dated and (where.iteration or 0) > iteration:
        raise NothingThere(f"“{path}” was not held then: it belongs to iteration {where.iteration}.")
    triples = described(store, (found.iri,)).triples
    stated = _statements(found.iri, triples)
    codings = [row for row in ask(store, "items/codings", item=found.iri) if row.text("status") in include]
    content = ItemResource(
        iri=found.iri,
        kind=found.parsed.kind.replace("_", " "),
        key=found.parsed.rest,
        types=tuple(sorted(each.iri for each in stated if each.property == _TYPE and each.iri)),
        statements=tuple(each for each in stated if each.property != _TYPE),
        readings=tuple(
            ReadingOf(iri=row.text("coding"), status=cast("Status", row.text("status"))) for row in codings
        ),
    )  # fmt: skip
    return Reply(content, (found.iri,), links_of_one(asked, found.iri, around=found.iri))


def _statements(iri: str, triples: Triples) -> tuple[Statement, ...]:
    names = {
        each.subject.value: each.object.value
        for each in sorted(triples, key=str)
        if isinstance(each.subject, NamedNode) and isinstance(each.object, Literal) and each.predicate.value in _NAMES
    }
    found = (
        _statement(shorten(each.predicate.value), each.object, names)
        for each in triples
        if isinstance(each.subject, NamedNode) and each.subject.value == iri
    )
    return tuple(sorted(found, key=lambda each: (each.property, each.text or "", each.iri or "")))


def _statement(name: str, value: object, names: Mapping[str, str]) -> Statement:
    if isinstance(value, NamedNode):
        iri = shorten(value.value) if name == _TYPE else value.value
        return Statement(property=name, text=None, iri=iri, label=names.get(value.value))
    text = value.value if isinstance(value, Literal) else None
    return Statement(property=name, text=text, iri=None, label=None)


ITEM: Final = Operation(
    name="get_item",
    path="/studies/{study}/items/{path:path}",
    summary="All that is said of one item, of whatever kind.",
    description=(
        "Sources, events, readings, findings, figures, participations and whatever else has an IRI under the study's. "
        "It is found by what follows the study's IRI. With include: the readings that touch it too."
    ),
    tag="Items",
    model=ItemResource,
    answer=_answer,
    example="/studies/innovation-ecosystem/items/finding/value-awareness",
    formats=(JSON, JSON_LD, TURTLE),
    parameters=(FIELDS, ONE_ITERATION, ON, INCLUDE),
    places=(STUDY, PLACE),
)
