"""Content negotiation (RFC 9110, section 12.5.1): which of the formats there are suits a client best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

_NAME: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE: Final = re.compile(rf"\s*(?P<type>{_NAME})/(?P<subtype>{_NAME})\s*(?P<rest>.*)", re.DOTALL)
_PARAMETER: Final = re.compile(rf';\s*(?:({_NAME})=({_NAME}|"(?:[^"\\]|\\.)*"))?\s*')
# Commas and semicolons inside a quoted string separate nothing.
_ELEMENT: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_QUALITY: Final = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")
_CHARSET: Final = "charset"


@dataclass(frozen=True, slots=True)
class MediaType:
    """A format that there is: its name without parameters, in lower case, and the `Content-Type` it is sent with."""

    name: str
    sent_as: str = ""

    @property
    def content_type(self) -> str:
        """The `Content-Type` of an answer in this format."""
        return self.sent_as or self.name


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an `Accept` field.

    Attributes:
        kind: the type, or ``*``.
        subtype: the subtype, or ``*``.
        quality: from 0 (not wanted at all) to 1.
        parameters: those before ``q``, sorted; ``charset=utf-8`` is left out since all text here is in UTF-8.
    """

    kind: str
    subtype: str
    quality: float = 1.0
    parameters: tuple[tuple[str, str], ...] = field(default=())

    def matches(self, name: str) -> bool:
        """Whether a format of that name, which has no parameters, lies in the range."""
        kind, _, subtype = name.partition("/")
        return not self.parameters and self.kind in {"*", kind} and self.subtype in {"*", subtype}

    @property
    def specificity(self) -> int:
        """``text/turtle`` comes before ``text/*``, that before ``*/*``."""
        return (self.kind != "*") + (self.subtype != "*")


def parse_accept(field_value: str) -> tuple[MediaRange, ...]:
    """The ranges of an `Accept` field, in its order; elements that are no media range are left out."""
    found = (_range(each) for each in _ELEMENT.findall(field_value))
    return tuple(each for each in found if each is not None)


def _range(element: str) -> MediaRange | None:
    found = _RANGE.fullmatch(element)
    if found is None or (found["type"] == "*" != found["subtype"]):
        return None
    quality, parameters, rest = 1.0, [], found["rest"]
    while rest:
        parameter = _PARAMETER.match(rest)
        if parameter is None:
            return None
        rest = rest[parameter.end() :]
        if parameter[1] is None:
            continue
        name, value = parameter[1].lower(), _unquoted(parameter[2])
        if name == "q":
            if not _QUALITY.fullmatch(value):
                return None
            quality = float(value)
            break  # what follows the weight is no parameter of the format (RFC 7231, section 5.3.2)
        if (name, value.lower()) != (_CHARSET, "utf-8"):
            parameters.append((name, value))
    return MediaRange(found["type"].lower(), found["subtype"].lower(), quality, tuple(sorted(parameters)))


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def quality_of(name: str, ranges: Sequence[MediaRange]) -> float:
    """How much a format is wanted: the weight of the most specific range that it lies in; 0 where it lies in none."""
    best = max((each for each in ranges if each.matches(name)), key=lambda each: each.specificity, default=None)
    return 0.0 if best is None else best.quality


def choose(offered: Sequence[MediaType], accept: str | None) -> MediaType | None:
    """The format that suits the client best, the earlier of `offered` where several suit it equally.

    Args:
        offered: the formats there are, the server's favourite first.
        accept: the `Accept` field (several joined by commas); None where the client sent none, which takes anything.

    Returns:
        None where the client takes none of them.
    """
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    ranges = parse_accept(accept)
    weighed = [(quality_of(each.name, ranges), -place) for place, each in enumerate(offered)]
    quality, place = max(weighed, default=(0.0, 0))
    return offered[-place] if quality > 0 else None
