"""The statements of a graph gathered by the item they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    said: Mapping[str, Mapping[str, Sequence[Term]]]
    by_class: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, statements: Iterable[Quad | Triple]) -> Items:
        """Gathers statements; those about or with a blank node or another statement are left out: no row makes one."""
        said: defaultdict[str, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        classes: defaultdict[str, list[str]] = defaultdict(list)
        for each in statements:
            subject, told = each.subject, each.object
            if not isinstance(subject, NamedNode) or not isinstance(told, NamedNode | Literal):
                continue
            predicate = each.predicate.value
            said[subject.value][predicate].append(told)
            if predicate == RDF.type:
                classes[told.value].append(subject.value)
        return cls(said, {name: tuple(sorted(found)) for name, found in classes.items()})

    def of_class(self, name: str) -> Iterator[str]:
        """The items of a class, in order of IRI."""
        yield from self.by_class.get(name, ())

    def terms(self, item: str, predicate: str) -> Sequence[Term]:
        """What is said of an item with a property, in order."""
        properties = self.said.get(item)
        found: Sequence[Term] = () if properties is None else properties.get(predicate, ())
        return sorted(found, key=str) if len(found) > 1 else found

    def texts(self, item: str, predicate: str) -> tuple[str, ...]:
        """The same where it is text, numbers or dates, as they are written."""
        return tuple(each.value for each in self.terms(item, predicate) if isinstance(each, Literal))

    def links(self, item: str, predicate: str) -> tuple[str, ...]:
        """The same where it is an IRI."""
        return tuple(each.value for each in self.terms(item, predicate) if isinstance(each, NamedNode))
