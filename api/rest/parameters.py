"""What a look-up may be asked with: parameters defined once, for reading and for the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode

from api.errors import UnknownParameter, UnusableValue
from api.parameters import Parameters

LONGEST_VALUE: Final = 2000
"""Characters that one value may have; a key or a word to look for is far shorter."""

MOST_VALUES: Final = 100
"""How often one parameter may be repeated."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address.

    Attributes:
        name: its name.
        says: what it does, one or two sentences.
        example: a value that means something in the bundled study.
        schema: the JSON schema of a value.
        many: whether it may be repeated; the values are alternatives.
    """

    name: str
    says: str
    example: str | int
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    many: bool = False

    def documented(self, where: str = "query") -> dict[str, Any]:
        """The parameter object of the OpenAPI document."""
        kind = dict(self.schema)
        schema = {"type": "array", "items": kind, "maxItems": MOST_VALUES} if self.many else kind
        example = [self.example] if self.many else self.example
        return {
            "name": self.name,
            "in": where,
            "required": where == "path",
            "description": self.says,
            "schema": schema,
            "examples": {"study": {"value": example}},
        }


@dataclass(frozen=True, slots=True)
class Given:
    """The values that a request gives, by parameter; a parameter that is not given has none."""

    values: Mapping[str, tuple[str, ...]]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return self.values.get(name, ())

    def one(self, name: str) -> str | None:
        """The value of a parameter that cannot be repeated; None where it is not given."""
        found = self.all(name)
        return found[0] if found else None

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a parameter that may be repeated or hold several, separated by commas."""
        return tuple(dict.fromkeys(word for value in self.all(name) for word in value.split(",") if word))

    @property
    def canonical(self) -> str:
        """The same text for every request that means the same."""
        pairs = [(name, value) for name in sorted(self.values) for value in sorted(set(self.all(name)))]
        return urlencode(pairs, quote_via=quote, safe=",:/")

    def with_value(self, name: str, value: str) -> Given:
        """These values, with one of them another."""
        return Given({**self.values, name: (value,)})


def read_given(encoded: bytes, known: Sequence[Parameter]) -> Given:
    """Reads the parameters of an address.

    Args:
        encoded: what follows the question mark.
        known: the parameters that there are.

    Raises:
        MalformedRequest: when it is wrongly encoded.
        UnknownParameter: when one is not known.
        UnusableValue: when a value is too long, or one that cannot be repeated is.
    """
    by_name = {each.name: each for each in known}
    found: dict[str, tuple[str, ...]] = {}
    for name, value in Parameters.parse(encoded, "the address").pairs:
        if name not in by_name:
            allowed = tuple(sorted(by_name))
            raise UnknownParameter(f"There is no parameter {_short(name)} here. See allowed.", allowed)
        if len(value) > LONGEST_VALUE:
            raise UnusableValue(f"{name} has {len(value):,} characters. {LONGEST_VALUE:,} is the most.")
        found[name] = (*found.get(name, ()), value)
    for name, values in found.items():
        if not by_name[name].many and len(values) > 1:
            raise UnusableValue(f"{name} is given {len(values)} times. Give it once.")
        if len(values) > MOST_VALUES:
            raise UnusableValue(f"{name} is given {len(values)} times. {MOST_VALUES} is the most.")
    return Given(found)


def must_be_among(name: str, values: Sequence[str], allowed: Sequence[str]) -> None:
    """Checks that each value of a parameter is one of those there are.

    Raises:
        UnusableValue: when one is not.
    """
    known = frozenset(allowed)
    for value in values:
        if value not in known:
            remedy = "See allowed." if allowed else "There is none that it may have."
            raise UnusableValue(f"{name} cannot be {_short(value)}. {remedy}", tuple(allowed))


def _short(text: str) -> str:
    return f"“{text if len(text) <= 60 else f'{text[:60]}…'}”"
