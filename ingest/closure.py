"""The transitive closure of ``skos:broader`` (SKOS Reference, section 8.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def broader_closure(broader: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Pairs of a concept and each wider one, near ones first; never a concept with itself.

    Args:
        broader: the wider concept of each, or None. In a circle each is wider than the others, once.
    """
    for key in broader:
        wider, met = broader[key], {key}
        while wider is not None and wider not in met:
            yield key, wider
            met.add(wider)
            wider = broader.get(wider)
