"""The page "What changed when": the changes to the data themselves, day by day, item by item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from types import MappingProxyType
from typing import Final

from analysis.wording import compare_wordings
from lineage.history.opened import OpenChangeset, OpenHistory
from lineage.history.records import ItemChange, PropertyChange, Value
from lineage.records import Named
from ontology.iris import parse_iri
from pages.addresses import HISTORY, Address, history_path
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.wordings import DifferencePart, parts
from pages.words import capital, count, day, listed

BLOCK: Final = 50
"""Changesets that one page tells, by their numbers: 1 to 50, 51 to 100."""

_TOLD: Final = 12
"""Items that are told one by one; where more were touched, they are counted and listed below."""
_NAMED: Final = 200
_LONGEST_NAME: Final = 120
_IS_A_TEXT: Final = 3  # words from which a difference is shown word by word
_NOBODY: Final = "unknown"

_DOORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "import": "by an import",
        "sparql-update": "by a SPARQL update",
        "graph-store": "as a whole graph",
        "rest": "over the programming interface",
        "program": "by a program",
        "revert": "by taking a change back",
        "redaction": "by taking words out",
    }
)
_KINDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "version": ("wording", "wordings"),
        "hypothesis": ("hypothesis", "hypotheses"),
        "reading": ("other reading", "other readings"),
        "organisation type": ("kind of organisation", "kinds of organisation"),
        "organisation types": ("list of kinds of organisation", "lists of kinds of organisation"),
        "participation": ("role", "roles"),
        "resonance": ("resonance count", "resonance counts"),
        "dataset": ("data set", "data sets"),
        "blueprint": ("blueprint area", "blueprint areas"),
        "link": ("reading of ours", "readings of ours"),
        "agent": ("name of who judged", "names of who judged"),
        "analysis": ("analysis", "analyses"),
        "study": ("description of the study", "descriptions of the study"),
        "item": ("other thing", "other things"),
    }
)
_PROPERTIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prefLabel": "name",
        "altLabel": "other name",
        "identifier": "key",
        "notation": "key",
        "locator": "place in the source",
        "hasBody": "says of it",
        "hasTarget": "about",
        "exact": "words as in the source",
        "type": "kind",
        "wasAttributedTo": "judged by",
        "wasAssociatedWith": "who took part",
    }
)
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What happened to one property: `parts` show it word by word where one text took the place of another."""

    name: str
    parts: tuple[DifferencePart, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What happened to one item: `what` is "added", "removed" or "changed"; `editorial` whether it is our reading."""

    kind: str
    name: str
    what: str
    editorial: bool
    changes: tuple[ValueChange, ...]


@dataclass(frozen=True, slots=True)
class ChangesetView:
    """One changeset. `items` are told one by one; where there are too many, `summary` counts and `names` lists them."""

    number: int
    anchor: str
    title: str
    time: str
    instant: str
    who: str
    door: str
    takes_back: Anchor | None
    summary: str
    items: tuple[ItemRow, ...]
    names: tuple[ItemRow, ...]
    further: int


@dataclass(frozen=True, slots=True)
class DayView:
    """The changesets of one day, the newest first."""

    date: str
    changesets: tuple[ChangesetView, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The page "What changed when", or one of those of older changes.

    Attributes:
        frame: what every page has.
        told: which changesets an older page tells; empty on the newest.
        days: the days, the newest first.
        others: the pages of the other blocks, the newest first.
        look_ups: where a server tells more.
    """

    frame: Frame
    told: str
    days: tuple[DayView, ...]
    others: tuple[Anchor, ...]
    look_ups: str


def changeset_anchor(number: int) -> str:
    """The id of a changeset on its page."""
    return f"changeset-{number}"


def block_of(number: int) -> int:
    """The block that a changeset belongs to, from 1."""
    return (max(1, number) - 1) // BLOCK + 1


def changeset_place(number: int, newest: int) -> tuple[str, str]:
    """The page that tells of a changeset, and its id there, where the newest changeset is known."""
    return history_path(block_of(number), block_of(newest)), changeset_anchor(number)


def history_page(study: Named, history: OpenHistory | None, block: int) -> HistoryPage:
    """The page of one block of changesets.

    Args:
        study: the study.
        history: its history, as far as it is for everybody; None where none is kept.
        block: the block's number, from 1.
    """
    newest = block_of(history.newest) if history is not None else 1
    here = Address(history_path(block, newest))
    found = history.between((block - 1) * BLOCK + 1, block * BLOCK) if history is not None else ()
    views = [_view(each, here, history) for each in found] if history is not None else []
    older = block < newest
    title = f"Changes {_range(block)}" if older else "What changed when"
    return HistoryPage(
        frame(study.label, here, title, section=HISTORY if older else None),
        _range(block) if older else "",
        tuple(DayView(day(date), tuple(group)) for date, group in groupby(views, key=lambda each: each.instant[:10])),
        tuple(_other(each, newest, here) for each in range(newest, 0, -1) if each != block),
        f"/api/v1/studies/{study.key}/history",
    )


def _other(block: int, newest: int, here: Address) -> Anchor:
    words = f"Changes {_range(block)}" if block < newest else "The newest changes"
    return Anchor(words, here.to(history_path(block, newest)))


def _range(block: int) -> str:
    return f"{(block - 1) * BLOCK + 1} to {block * BLOCK}"


def _view(changeset: OpenChangeset, here: Address, history: OpenHistory) -> ChangesetView:
    told = changeset.told
    when = datetime.fromisoformat(told.ended).astimezone(UTC)
    rows = tuple(_row(each) for each in changeset.items or ())
    few = len(rows) <= _TOLD
    takes_back = None
    if told.reverts is not None:
        path, anchor = changeset_place(told.reverts, history.newest)
        takes_back = Anchor(f"change {told.reverts}", here.to(path, anchor))
    return ChangesetView(
        told.number,
        changeset_anchor(told.number),
        _title(changeset, rows, history.base),
        f"{when:%H:%M}",
        when.isoformat(timespec="seconds"),
        "Somebody who gave no name" if told.who == _NOBODY else told.who,
        _DOORS.get(told.channel, told.channel),
        takes_back,
        "" if few else _summary(rows),
        rows if few else (),
        () if few else rows[:_NAMED],
        0 if few else max(0, len(rows) - _NAMED),
    )


def _title(changeset: OpenChangeset, rows: Sequence[ItemRow], base: str) -> str:
    told = changeset.told
    if told.redacts is not None:
        found = parse_iri(base, told.redacts)
        item = "an item" if found is None else f"{_kind(found.kind.replace('_', ' '))} {found.rest}"
        return f"Words of {item} taken out"
    if changeset.items is None:
        return told.message or "A very large change"
    return _first_sentence(told.message).rstrip(".") or _total(rows)


def _first_sentence(message: str) -> str:
    # What an import says of itself lists what came, item by item kind; that is told below.
    return "" if "; " in message and message[:1].isdigit() else message


def _total(rows: Sequence[ItemRow]) -> str:
    if len({row.kind for row in rows}) == 1:
        return _summary(rows)
    counted = Counter(row.what for row in rows)
    told = [f"{count(counted[what], 'item')} {what}" for what in ("added", "changed", "removed") if counted[what]]
    return capital(listed(told))


def _summary(rows: Iterable[ItemRow]) -> str:
    """How many items of which kind came, went and changed, in a sentence."""
    told = []
    counted = Counter((row.what, row.kind) for row in rows)
    plural = dict(_KINDS.values())
    for what in ("added", "changed", "removed"):
        kinds = [count(number, kind, plural.get(kind)) for (each, kind), number in counted.items() if each == what]
        if kinds:
            told.append(f"{listed(kinds)} {what}")
    return capital("; ".join(told))


def _kind(kind: str) -> str:
    return _KINDS[kind][0] if kind in _KINDS else kind


def _row(item: ItemChange) -> ItemRow:
    changes = tuple(_changes(item.changes)) if item.what == "changed" else ()
    editorial = all(each.graph in ("editorial", "suggested") for each in item.changes)
    return ItemRow(_kind(item.kind), _short(item.label), item.what, editorial, changes)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME].rstrip()}…"


def _changes(changes: Iterable[PropertyChange]) -> Iterator[ValueChange]:
    for each in changes:
        yield ValueChange(_property(each.property), *_values(each.removed, each.added))


def _values(
    removed: tuple[Value, ...], added: tuple[Value, ...]
) -> tuple[tuple[DifferencePart, ...], tuple[str, ...], tuple[str, ...]]:
    if len(removed) == len(added) == 1 and removed[0].text is not None and added[0].text is not None:
        before, after = removed[0].text, added[0].text
        if min(len(before.split()), len(after.split())) >= _IS_A_TEXT:
            return parts(compare_wordings(before, after).segments), (), ()
    return (), tuple(_shown(each) for each in removed), tuple(_shown(each) for each in added)


def _shown(value: Value) -> str:
    if value.text is not None:
        return value.text
    return value.label or (value.iri or "").rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _property(iri: str) -> str:
    name = iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return capital(_PROPERTIES.get(name) or _HUMP.sub(" ", name).lower())
