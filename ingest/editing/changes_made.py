"""The change that a version makes: worked out from the versions, where nobody states one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analysis.changes import VersionFacts, change_types_between
from ingest.editing.rows import row_of
from ingest.entries import Entries
from ingest.references import Entry
from ontology.columns import LIST_SEPARATOR, columns
from ontology.records import SHEETS

_PROVENANCE: Final = ("source", "locator")


def changes_made(entries: Entries, version: Entry) -> tuple[Mapping[str, str], ...]:
    """The cells of the change that leads to a new version; none where one is stated, or it is of the first iteration.

    A version that revises another is judged by what the two say (`analysis.changes`). One that grew out of versions of
    other hypotheses is merged where there are several and split off where there is one. Else it is introduced.
    """
    if any(version.key in each.many("after") for each in entries["changes"]):
        return ()
    before = (*version.many("revises"), *version.many("derived_from"))
    if not before and _is_first(entries, version):
        return ()
    cells = dict.fromkeys(columns(SHEETS["changes"]), "")
    hypothesis, iteration = version.text("hypothesis") or "", version.text("iteration") or ""
    earlier = (before[0].rpartition("/")[2],) if before else ()
    cells["key"] = _free_key(entries, "-".join((hypothesis, *earlier, "to", iteration)))
    cells["before"] = LIST_SEPARATOR.join(before)
    cells["after"] = version.key
    cells["types"] = LIST_SEPARATOR.join(change_types(entries, version))
    return ({**cells, **{name: version.cells[name] for name in _PROVENANCE}},)


def change_types(entries: Entries, version: Entry) -> tuple[str, ...]:
    """The types of the change into a version, in alphabetical order."""
    derived_from = version.many("derived_from")
    revised = row_of(entries, "versions", version.text("revises") or "")
    types = set() if revised is None else set(change_types_between(_facts(revised), _facts(version)))
    if derived_from:
        types.add("merged" if len(derived_from) + (revised is not None) > 1 else "split")
    return tuple(sorted(types or {"introduced"}))


def changes_reworked(entries: Entries, before: Entry, after: Entry) -> tuple[Mapping[str, str], ...]:
    """The cells of changes whose types follow from a version that is edited, with the types that follow now.

    A change whose types are not those that its versions show was judged by somebody, and stays as it is.
    """
    found = []
    for change in entries["changes"]:
        if after.key not in (*change.many("before"), *change.many("after")) or len(change.many("after")) != 1:
            continue
        led_to = change.many("after")[0]
        old = before if led_to == before.key else row_of(entries, "versions", led_to)
        new = after if led_to == after.key else old
        if old is None or new is None:
            continue
        if tuple(sorted(change.many("types"))) != change_types(_with(entries, before), old):
            continue
        types = change_types(_with(entries, after), new)
        if set(types) != set(change.many("types")):
            found.append({**change.cells, "types": LIST_SEPARATOR.join(types)})
    return tuple(found)


def changes_into_alone(entries: Entries, version: str) -> tuple[str, ...]:
    """The keys of the changes that lead to a version and to no other."""
    return tuple(each.key for each in entries["changes"] if each.many("after") == (version,))


def _with(entries: Entries, version: Entry) -> Entries:
    return {**entries, "versions": (*(each for each in entries["versions"] if each.key != version.key), version)}


def _is_first(entries: Entries, version: Entry) -> bool:
    ordinals = [int(each.cells["ordinal"]) for each in entries["iterations"]]
    iteration = version.text("iteration") or ""
    return not iteration.isdecimal() or not ordinals or int(iteration) <= min(ordinals)


def _free_key(entries: Entries, wanted: str) -> str:
    taken = {each.key for each in entries["changes"]}
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


def _facts(version: Entry) -> VersionFacts:
    return VersionFacts(int(version.text("number") or 0), version.text("title"), version.text("statement") or "")
