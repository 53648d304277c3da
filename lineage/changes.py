"""The changes of one hypothesis, put together from what is said of each.

Asked for as one row a change, they cost the engine three times as much: most of it goes into planning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from graphstore import GraphStore
from lineage.asking import Statements, ask, statements_about, version_key
from lineage.changing import change_between
from lineage.naming import named_items
from lineage.records import Change, Named, Version

Places: TypeAlias = Mapping[str, tuple[int, int]]
"""By a version's IRI, the number of its iteration and its own number in it."""

_NOWHERE = (-1, -1)


def changes_of(store: GraphStore, study: Named, hypothesis: str, versions: Sequence[Version]) -> tuple[Change, ...]:
    """The changes that a hypothesis went through, in the order of the versions that they start from.

    Args:
        store: the store, or a snapshot of it.
        study: the study.
        hypothesis: the IRI of the hypothesis.
        versions: all its versions.
    """
    told = {
        iri: about
        for iri, about in statements_about(store, "lineage/change-particulars", hypothesis).items()
        if "identifier" in about
    }
    if not told:
        return ()
    places = _places(store, versions, told.values())
    decided_by = {iri for about in told.values() for iri in about.get("wasAssociatedWith", ())}
    organisations = {
        row.text("organisation"): row.named("organisation", "key", "label")
        for row in (ask(store, "organisations/list", study=study.iri) if decided_by else ())
    }
    motives: defaultdict[str, list[Named]] = defaultdict(list)
    for row in ask(store, "lineage/motives", hypothesis=hypothesis):
        motives[row.text("change")].append(row.named("motive", "motive_key", "motive_label"))
    own = {version.key: version for version in versions}
    found = [
        (_place(about, places), _change(iri, about, places, own, organisations, motives[iri]))
        for iri, about in told.items()
    ]
    return tuple(change for _, change in sorted(found, key=lambda each: each[0]))


def _places(store: GraphStore, versions: Iterable[Version], changes: Iterable[Statements]) -> Places:
    own = {version.iri: (version.iteration, version.number) for version in versions}
    others = {iri for about in changes for side in ("from", "to") for iri in about.get(side, ())} - own.keys()
    named = named_items(store, others) if others else {}
    return own | {
        iri: (item.ordinal, item.number)
        for iri, item in named.items()
        if item.ordinal is not None and item.number is not None
    }


def _place(about: Statements, places: Places) -> tuple[object, ...]:
    # What starts from nothing comes first, as an empty cell does in the order of a query.
    first, last = (_in_order(about, side, places)[:1] for side in ("from", "to"))
    ends = [places[side[0]] if side else _NOWHERE for side in (first, last)]
    return *ends[0], *ends[1], about["identifier"][0], first, last


def _in_order(about: Statements, side: str, places: Places) -> tuple[str, ...]:
    known = [iri for iri in about.get(side, ()) if iri in places]
    return tuple(sorted(known, key=lambda iri: (*places[iri], iri)))


def _change(
    iri: str,
    about: Statements,
    places: Places,
    own: Mapping[str, Version],
    organisations: Mapping[str, Named],
    motives: Sequence[Named],
) -> Change:
    key = about["identifier"][0]
    return change_between(
        Named(iri, key, key),
        before=tuple(map(version_key, _in_order(about, "from", places))),
        after=tuple(map(version_key, _in_order(about, "to", places))),
        own=own,
        types=about.get("changeType", ()),
        rationale=next(iter(about.get("rationale", ())), None),
        decided_by=tuple(organisations[each] for each in about.get("wasAssociatedWith", ()) if each in organisations),
        motives=motives,
    )
