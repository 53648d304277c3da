"""Every change of a study, told of each hypothesis that it touches, read by a few questions about the whole study."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graphstore import GraphStore
from lineage.asking import ask, ask_in_any_order
from lineage.changing import change_between
from lineage.records import Change, Named, Version


class _Cells(NamedTuple):
    """The row of a change, in the order of the query's header."""

    key: str | None
    before: str | None
    after: str | None
    type: str | None
    rationale: str | None
    decided_by: str | None


def changes_by_hypothesis(
    store: GraphStore,
    study: Named,
    versions: Mapping[str, Mapping[str, Version]],
    motives: Mapping[str, Sequence[Named]],
) -> Mapping[str, tuple[Change, ...]]:
    """The changes of each hypothesis (by its IRI), in the order of the versions that they start from.

    Args:
        store: the store, or a snapshot of it.
        study: the study.
        versions: those of each hypothesis, by IRIs.
        motives: the quotes and themes that a source names as what moved a change, by the change's IRI.
    """
    owner = {iri: hypothesis for hypothesis, found in versions.items() for iri in found}
    own = {hypothesis: {each.key: each for each in found.values()} for hypothesis, found in versions.items()}
    every = {iri: version for found in versions.values() for iri, version in found.items()}
    rows: defaultdict[str, list[_Cells]] = defaultdict(list)
    for row in ask_in_any_order(store, "lineage/change-steps", study=study.iri):
        named, *cells = row.maybe_cells()
        rows[named or ""].append(_Cells(*cells))
    names = {
        row.text("organisation"): row.named("organisation", "key", "label")
        for row in ask(store, "organisations/list", study=study.iri)
    }
    found: defaultdict[str, list[tuple[tuple[object, ...], Change]]] = defaultdict(list)
    for iri, told in rows.items():
        before = _ordered((each.before for each in told), every)
        after = _ordered((each.after for each in told), every)
        key = told[0].key or ""
        change = Named(iri, key, key)
        for hypothesis in dict.fromkeys(owner[each] for each in (*before, *after)):
            record = change_between(
                change,
                before=tuple(every[each].key for each in before),
                after=tuple(every[each].key for each in after),
                own=own[hypothesis],
                types=_distinct(each.type for each in told),
                rationale=told[0].rationale,
                decided_by=tuple(names[each] for each in _distinct(one.decided_by for one in told) if each in names),
                motives=motives.get(iri, ()),
            )
            # What starts from nothing comes first, as an empty cell does in the order of a query.
            place = (*_place(before, every), *_place(after, every), change.key)
            found[hypothesis].append((place, record))
    return {
        hypothesis: tuple(record for _, record in sorted(changes, key=lambda each: each[0]))
        for hypothesis, changes in found.items()
    }


def _distinct(cells: Iterable[str | None]) -> Sequence[str]:
    found = {cell for cell in cells if cell is not None}
    return sorted(found) if len(found) > 1 else list(found)


def _ordered(cells: Iterable[str | None], every: Mapping[str, Version]) -> tuple[str, ...]:
    known = [iri for iri in _distinct(cells) if iri in every]
    if len(known) > 1:
        known.sort(key=lambda iri: (every[iri].iteration, every[iri].number, iri))
    return tuple(known)


def _place(versions: Sequence[str], every: Mapping[str, Version]) -> tuple[int, int]:
    return (every[versions[0]].iteration, every[versions[0]].number) if versions else (-1, -1)
