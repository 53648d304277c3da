"""Changes to the data of a study, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GraphWord = Literal["asserted", "derived", "editorial", "suggested", "restricted"]
What = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class ToldChangeset:
    """A changeset as the history graph of a study tells it.

    Attributes:
        iri: its IRI.
        number: its place among the commits to the whole store, from 1.
        ended: when it was written, as an instant of XML Schema.
        who: whose it is, in words.
        channel: the door it came through.
        message: what it is for; empty where nothing was said.
        removed: how many statements it removed, in all graphs.
        added: how many it added.
        reverts: the number of the changeset that it takes back.
        redacts: the IRI of the item whose words it took out.
    """

    iri: str
    number: int
    ended: str
    who: str
    channel: str
    message: str
    removed: int
    added: int
    reverts: int | None
    redacts: str | None


@dataclass(frozen=True, slots=True)
class Value:
    """What a statement says of an item: a text, or something else by its IRI and, where known, a name of it."""

    text: str | None
    iri: str | None = None
    label: str | None = None

    @property
    def shown(self) -> str:
        """In words."""
        return self.text if self.text is not None else self.label or self.iri or ""


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """What was removed from and added to one property of an item, in one graph.

    Attributes:
        property: the property's IRI.
        graph: whose word it is.
        removed: the values that were taken away, in order of their words.
        added: those that came.
    """

    property: str
    graph: GraphWord
    removed: tuple[Value, ...]
    added: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What one changeset, or several together, changed of one item.

    Attributes:
        iri: the item.
        kind: what it is, as its IRI says it: ``quote``.
        key: its key; the whole IRI of what does not belong to a study.
        label: a name of it, from the graph as it is or from the change itself.
        what: whether it came, went, or was there before and after.
        changes: by property.
    """

    iri: str
    kind: str
    key: str
    label: str
    what: What
    changes: tuple[PropertyChange, ...]

    @property
    def removed(self) -> int:
        """How many statements were removed."""
        return sum(len(each.removed) for each in self.changes)

    @property
    def added(self) -> int:
        """How many statements were added."""
        return sum(len(each.added) for each in self.changes)
