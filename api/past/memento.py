"""What an answer about the past says of itself (RFC 7089, pattern 1.2: an address that leads to its own past)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, urlencode

from api.linked_data.relations import Relation
from api.past.moments import AS_OF, Moment

VARY: Final = "Accept-Datetime"
MEMENTO_DATETIME: Final = "Memento-Datetime"


def memento_fields(moment: Moment, path: str, parameters: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The header fields of an answer about the past.

    Args:
        moment: the state it is about.
        path: the path that was asked.
        parameters: the parameters it was asked with.

    Returns:
        When it was so; where the very state can be had; where the present one is.
    """
    others = [(name, value) for name, values in parameters.items() if name != AS_OF for value in values]
    original = _address(path, others)
    memento = _address(path, [*others, (AS_OF, str(moment.number))])
    relations = (
        str(Relation(original, "original timegate")),
        f'{Relation(memento, "memento")}; datetime="{moment.http_date}"',
    )
    return {MEMENTO_DATETIME: moment.http_date, "Content-Location": memento, "Link": ", ".join(relations)}


def _address(path: str, parameters: list[tuple[str, str]]) -> str:
    query = urlencode(sorted(parameters), quote_via=quote, safe=",:/")
    return quote(path, safe="/:@=&-._~") + (f"?{query}" if query else "")


def with_links(fields: Mapping[str, str], others: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Header fields together; where both have one, as `Link`, their values in one."""
    joined = dict(others)
    for name, value in fields.items():
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return tuple(joined.items())
