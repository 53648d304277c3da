"""What documents lineage, trace and items is what the bundled study answers."""

from __future__ import annotations

import pytest

from api.rest.documentation import example_of
from api.rest.items import ITEM
from api.rest.lineage import LINEAGE
from api.rest.operations import Operation
from api.rest.trace import TRACE
from tests.api.rest.conftest import Api


@pytest.mark.parametrize("operation", [LINEAGE, TRACE, ITEM], ids=lambda each: each.name)
def test_examples_are_true(bundled: Api, operation: Operation) -> None:
    """The example in the OpenAPI document is the answer at the address that it names."""
    response = bundled.client.get(f"/api/v1{operation.example}")
    assert response.status_code == 200
    assert response.json() == example_of(operation)


@pytest.mark.parametrize("operation", [LINEAGE, TRACE, ITEM], ids=lambda each: each.name)
def test_the_second_answer_is_the_first(bundled: Api, operation: Operation) -> None:
    """Asked twice, the bytes are the same, and who holds them is told so."""
    first, second = (bundled.client.get(f"/api/v1{operation.example}") for _ in range(2))
    assert first.content == second.content
    held = bundled.client.get(f"/api/v1{operation.example}", headers={"If-None-Match": first.headers["ETag"]})
    assert held.status_code == 304
