"""The statements of a graph gathered by the item they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ontology.terms import RDF

Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Items:
    """What a graph says of each item, by property.

    Attributes:
        said: by the item's IRI and the property's, what is said.
        by_class: by the class's IRI, its items in order.
    """

    said: Mapping[str, Mapping[str, tuple[Term, ...]]]
    by_class: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, statements: Iterable[Quad | Triple]) -> Items:
        """Gathers statements; those about or with a blank node or another statement are left out: no row makes one."""
        said: dict[str, dict[str, list[Term]]] = {}
        classes: dict[str, list[str]] = {}
        for each in statements:
            subject, told = each.subject, each.object
            if not isinstance(subject, NamedNode) or not isinstance(told, NamedNode | Literal):
                continue
            predicate = each.predicate.value
            said.setdefault(subject.value, {}).setdefault(predicate, []).append(told)
            if predicate == RDF.type:
                classes.setdefault(told.value, []).append(subject.value)
        return cls(
            {
                item: {name: tuple(sorted(found, key=str)) for name, found in properties.items()}
                for item, properties in said.items()
            },
            {name: tuple(sorted(found)) for name, found in classes.items()},
        )

    def of_class(self, name: str) -> Iterator[str]:
        """The items of a class, in order of IRI."""
        yield from self.by_class.get(name, ())

    def terms(self, item: str, predicate: str) -> tuple[Term, ...]:
        """What is said of an item with a property, in order."""
        return self.said.get(item, {}).get(predicate, ())

    def texts(self, item: str, predicate: str) -> tuple[str, ...]:
        """The same where it is text, numbers or dates, as they are written."""
        return tuple(each.value for each in self.terms(item, predicate) if isinstance(each, Literal))

    def links(self, item: str, predicate: str) -> tuple[str, ...]:
        """The same where it is an IRI."""
        return tuple(each.value for each in self.terms(item, predicate) if isinstance(each, NamedNode))
