"""The transitive closure of ``skos:broader`` (SKOS Reference, section 8.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def broader_closure(broader: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Pairs of a concept and each wider one, near ones first; never a concept with itself.

    Args:
        broader: the wider concept of each, or None; free of cycles.
    """
    for key in broader:
        wider = broader[key]
        while wider is not None:
            yield key, wider
            wider = broader.get(wider)
