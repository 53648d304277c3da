"""Changes: what happened between versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from pydantic import BaseModel

from api.rest.common import filter_by
from api.rest.lists import Filter, Listing, Table
from api.rest.models.base import Link
from api.rest.models.change import ChangeResource
from api.rest.operations import Operation
from api.rest.parameters import Parameter, must_be_among
from api.rest.programme import Scope
from api.rest.resources.building import Described, list_look_up, one_look_up
from api.rest.resources.filters import HYPOTHESIS, by_words, known_hypotheses
from api.rest.resources.tables import maybe_whole, named
from lineage.asking import Row, version_key
from ontology.choices import CHANGE_TYPES
from ontology.terms import HT

TYPE: Final = filter_by("type", "Only changes of this type.", "reworded", enum=list(CHANGE_TYPES))


def _rows(scope: Scope) -> tuple[Row, ...]:
    return scope.committed.remember(
        ("changes", scope.study.iri), lambda: scope.committed.ask("changes/in-order", study=scope.study.iri)
    )


def _table(scope: Scope) -> Table:
    def make() -> Table:
        return Table(
            ("key", "ordinal", "number"),
            {
                row.text("change"): (row.text("key"), maybe_whole(row, "ordinal"), maybe_whole(row, "number"))
                for row in _rows(scope)
            },
        )

    return scope.committed.remember(("table", "changes", scope.study.iri), make)


def _of_hypotheses(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    must_be_among("hypothesis", values, tuple(sorted(known_hypotheses(scope))))
    return {row.text("change") for row in _rows(scope) if row.maybe("hypothesis_key") in values}


def _of_types(scope: Scope, values: tuple[str, ...]) -> Set[str]:
    must_be_among("type", values, CHANGE_TYPES)
    return {row.text("change") for row in _rows(scope) if row.maybe("type_key") in values}


def _details(scope: Scope, iris: Sequence[str]) -> Sequence[BaseModel]:
    rows = {row.text("change"): row for row in scope.committed.ask("changes/some", change=iris)}
    mentioned = [iri for row in rows.values() for name in ("decided_by", "motivated_by") for iri in row.words(name)]
    names = named(scope, mentioned)
    ordinals = _table(scope).column("ordinal")
    return [_change(rows[iri], names, ordinals.get(iri)) for iri in iris if iri in rows]


def _change(row: Row, names: Mapping[str, Link], ordinal: object) -> ChangeResource:
    return ChangeResource(
        iri=row.text("change"),
        key=row.text("key"),
        iteration=ordinal if isinstance(ordinal, int) else None,
        before=tuple(map(version_key, row.words("before"))),
        after=tuple(map(version_key, row.words("after"))),
        types=row.words("types"),
        rationale=row.maybe("rationale"),
        motivated_by=tuple(names[iri] for iri in row.words("motivated_by") if iri in names),
        decided_by=tuple(names[iri] for iri in row.words("decided_by") if iri in names),
        source=row.maybe("source"),
        locators=row.places(),
    )


CHANGES: Final = Listing(
    "changes",
    _table,
    {"iteration": ("ordinal", "number", "key"), "key": ("key",), "number": ("number", "ordinal", "key")},
    (Filter(HYPOTHESIS, _of_hypotheses), Filter(TYPE, _of_types), by_words(HT.Change, (HT.rationale,))),
    _details,
    dated=True,
)
_DESCRIBED: Final = Described("Hypotheses", ChangeResource, "change")

OPERATIONS: Final[tuple[Operation, ...]] = (
    list_look_up(
        CHANGES,
        _DESCRIBED,
        "What happened between versions.",
        "Every change with its types, the reason given, who decided and what moved them. A change belongs to the "
        "iteration it led to. `q` looks in the reason.",
    ),
    one_look_up(
        CHANGES,
        _DESCRIBED,
        "One change.",
        "Its types, the reason given, who decided and what moved them.",
        kind="change",
        places={"key": Parameter("key", "The change's key.", "utility-1-to-2")},
        iteration=lambda found: found.iteration if isinstance(found, ChangeResource) else None,
    ),
)
