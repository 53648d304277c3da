"""Records as plain values (dicts, lists, strings, numbers) for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from inspect import getattr_static
from typing import Any


def as_plain(value: object) -> Any:
    """A record as values that JSON has, its computed properties included.

    Args:
        value: a frozen record of this package, or anything within one.

    Returns:
        A dict for a record (its fields, then its properties, in order of name), a list for a tuple, a string with all
        its places for a decimal, else the value itself.
    """
    if is_dataclass(value) and not isinstance(value, type):
        properties = sorted(name for name in dir(value) if isinstance(getattr_static(value, name), property))
        names = [each.name for each in fields(value)] + properties
        return {name: as_plain(getattr(value, name)) for name in names}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_plain(each) for each in value]
    return value
