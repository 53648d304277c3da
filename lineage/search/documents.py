"""What is searched: one document an item, with its texts and what it is told apart by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from lineage.asking import last_segment
from lineage.search.records import KINDS, Kind, Part
from ontology.iris import parse_iri

NESTED: Final = ("theme", "organisation type")

_BODY: Final[Mapping[Kind, Part]] = MappingProxyType(
    {"quote": "text", "finding": "text", "version": "statement", "reading": "statement"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """One item's texts, and what it is told apart by.

    `name` is its title or label, `body` its text, statement or definition; where there are several of one sort they are
    lines of one text, in order. Organisation types, hypotheses and themes are keys. The first of `organisation_types`
    is its own; these and `themes` hold the wider ones too, so that one finds what stands under its narrower ones.
    """

    iri: str
    kind: Kind
    key: str
    study: str
    name: str
    other_name: str
    body: str
    organisation_types: tuple[str, ...]
    hypotheses: tuple[str, ...]
    iteration: int | None
    themes: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, str, str]:
        """Its texts in the order of `parts`; what it does not have is empty."""
        return self.name, self.other_name, self.body

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        """What each of `texts` is."""
        return "title" if self.kind == "version" else "label", "alternative label", _BODY.get(self.kind, "definition")


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that can be searched.

    Attributes:
        documents: by IRI.
        broader: by IRI of each theme and each organisation type, the IRIs of those just above it.
        organisation_types: labels by key.
        studies: titles by key.
    """

    documents: Mapping[str, Document]
    broader: Mapping[str, tuple[str, ...]]
    organisation_types: Mapping[str, str]
    studies: Mapping[str, str]


class ItemRow(NamedTuple):
    """One row of an item: IRIs and lexical forms, None where a cell is empty."""

    item: str
    kind: str | None
    study: str | None
    name: str | None
    other_name: str | None
    body: str | None
    organisation_type: str | None
    hypothesis: str | None
    ordinal: str | None
    under: str | None


class Keys(dict[str, str]):
    """Keys by IRI, each worked out once.

    Args:
        base: the instance base, to tell keys from IRIs.
    """

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def __missing__(self, iri: str) -> str:
        """Works out the key of an IRI."""
        parsed = parse_iri(self._base, iri)
        self[iri] = last_segment(iri) if parsed is None else parsed.rest or parsed.study
        return self[iri]


class Wider(dict[str, tuple[str, ...]]):
    """The keys of each theme or organisation type and of every wider one, however far.

    A circle of them ends where it began.

    Args:
        broader: by IRI, those just above.
        keys: keys by IRI.
    """

    def __init__(self, broader: Mapping[str, Sequence[str]], keys: Keys) -> None:
        super().__init__()
        self._broader = broader
        self._keys = keys

    def __missing__(self, iri: str) -> tuple[str, ...]:
        """Works out those of an IRI."""
        found: dict[str, None] = {}
        waiting = [iri]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found[each] = None
                waiting.extend(self._broader.get(each, ()))
        self[iri] = tuple(dict.fromkeys([self._keys[each] for each in found]))
        return self[iri]


def kind_of(rows: Sequence[ItemRow]) -> str | None:
    """What an item is; the first in the order of the alphabet where it is several things."""
    return rows[0].kind if len(rows) == 1 else next(iter(distinct(rows, "kind")), None)


def documents_of(items: Mapping[str, Sequence[ItemRow]], keys: Keys, wider: Wider) -> dict[str, Document]:
    """The documents of some items, by IRI; what is of no kind that is searched gives none."""
    return {
        iri: _of_one(rows[0], keys, wider) if len(rows) == 1 else _of_several(rows, keys, wider)
        for iri, rows in items.items()
        if kind_of(rows) in KINDS
    }


def _of_one(row: ItemRow, keys: Keys, wider: Wider) -> Document:
    """The document of an item with one row, as most have: worked out without looking for what differs."""
    iri, kind, study, name, other_name, body, organisation_type, hypothesis, ordinal, under = row
    if kind == "hypothesis":
        hypothesis = iri
    elif kind == "theme":
        under = iri
    return Document(
        iri,
        cast("Kind", kind),
        keys[iri],
        keys[study or ""],
        name or "",
        other_name or "",
        body or "",
        () if organisation_type is None else wider[organisation_type],
        () if hypothesis is None else (keys[hypothesis],),
        None if ordinal is None else int(ordinal),
        () if under is None else wider[under],
    )


def _of_several(rows: Sequence[ItemRow], keys: Keys, wider: Wider) -> Document:
    iri, kind = rows[0].item, cast("Kind", kind_of(rows))
    hypotheses = [iri] if kind == "hypothesis" else distinct(rows, "hypothesis")
    ordinals = distinct(rows, "ordinal")
    themes = [iri] if kind == "theme" else distinct(rows, "under")
    return Document(
        iri=iri,
        kind=kind,
        key=keys[iri],
        study=keys[distinct(rows, "study")[0]],
        name="\n".join(distinct(rows, "name")),
        other_name="\n".join(distinct(rows, "other_name")),
        body="\n".join(distinct(rows, "body")),
        organisation_types=_all_wider(distinct(rows, "organisation_type"), wider),
        hypotheses=tuple([keys[each] for each in hypotheses]),
        iteration=min(map(int, ordinals)) if ordinals else None,
        themes=_all_wider(themes, wider),
    )


def _all_wider(iris: Iterable[str], wider: Wider) -> tuple[str, ...]:
    return tuple(dict.fromkeys([key for iri in iris for key in wider[iri]]))


def distinct(rows: Sequence[ItemRow], column: str) -> list[str]:
    """The values in one column, in order."""
    return sorted({cell for row in rows if (cell := getattr(row, column)) is not None})
