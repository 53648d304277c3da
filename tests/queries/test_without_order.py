"""A question may be asked without its order, by whoever puts the rows in order anyway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from queries.library import QUERIES, example_values


@pytest.mark.parametrize("name", list(QUERIES))
def test_the_same_rows_without_order(
    name: str, allotments_in_pyoxigraph: Callable[[str], list[dict[str, Any]]]
) -> None:
    """Without its order a question gives the same rows, groups and all, and still takes its values."""
    query = QUERIES[name]
    loose = query.without_order()
    assert "ORDER BY" not in loose.text.rpartition("\n}")[2]
    assert query.bind(example_values(query)).startswith(loose.bind(example_values(query)))
    ordered, found = (allotments_in_pyoxigraph(each.text) for each in (query, loose))
    assert sorted(map(repr, found)) == sorted(map(repr, ordered))
