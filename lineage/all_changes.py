"""Every change of a study, told of each hypothesis that it touches, read by a few questions about the whole study."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graphstore import GraphStore
from lineage.asking import Row, ask, ask_in_any_order, version_key
from lineage.changing import change_between
from lineage.records import Change, Named, Version


def changes_by_hypothesis(
    store: GraphStore, study: Named, versions: Mapping[str, Mapping[str, Version]]
) -> Mapping[str, tuple[Change, ...]]:
    """The changes of each hypothesis (by its IRI), in the order of the versions that they start from.

    Args:
        store: the store, or a snapshot of it.
        study: the study.
        versions: those of each hypothesis, by IRIs.
    """
    owner = {iri: hypothesis for hypothesis, found in versions.items() for iri in found}
    own = {hypothesis: {each.key: each for each in found.values()} for hypothesis, found in versions.items()}
    every = {iri: version for found in versions.values() for iri, version in found.items()}
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in ask_in_any_order(store, "lineage/change-steps", study=study.iri):
        rows[row.text("change")].append(row)
    motives: defaultdict[str, list[Named]] = defaultdict(list)
    for row in ask(store, "lineage/motives", hypothesis=sorted(versions)) if versions else ():
        motives[row.text("change")].append(row.named("motive", "motive_key", "motive_label"))
    names = {
        row.text("organisation"): row.named("organisation", "key", "label")
        for row in ask(store, "organisations/list", study=study.iri)
    }
    found: defaultdict[str, list[tuple[tuple[object, ...], Change]]] = defaultdict(list)
    for iri, told in rows.items():
        before, after = _ordered(told, "from", every), _ordered(told, "to", every)
        change = Named(iri, told[0].text("key"), told[0].text("key"))
        for hypothesis in dict.fromkeys(owner[each] for each in (*before, *after)):
            record = change_between(
                change,
                before=tuple(map(version_key, before)),
                after=tuple(map(version_key, after)),
                own=own[hypothesis],
                types=_distinct(told, "type"),
                rationale=told[0].maybe("rationale"),
                decided_by=tuple(names[each] for each in _distinct(told, "decided_by") if each in names),
                motives=motives.get(iri, ()),
            )
            # What starts from nothing comes first, as an empty cell does in the order of a query.
            place = (*_place(before, every), *_place(after, every), change.key)
            found[hypothesis].append((place, record))
    return {
        hypothesis: tuple(record for _, record in sorted(changes, key=lambda each: each[0]))
        for hypothesis, changes in found.items()
    }


def _distinct(rows: Iterable[Row], name: str) -> Sequence[str]:
    return sorted({cell for row in rows if (cell := row.maybe(name)) is not None})


def _ordered(rows: Iterable[Row], name: str, every: Mapping[str, Version]) -> tuple[str, ...]:
    known = [iri for iri in _distinct(rows, name) if iri in every]
    return tuple(sorted(known, key=lambda iri: (every[iri].iteration, every[iri].number, iri)))


def _place(versions: Sequence[str], every: Mapping[str, Version]) -> tuple[int, int]:
    return (every[versions[0]].iteration, every[versions[0]].number) if versions else (-1, -1)
