"""``/api/v1`` itself: whoever begins there finds everything else."""

from __future__ import annotations

from tests.api.rest.conftest import Api


def test_every_address_of_the_index_answers(bundled: Api) -> None:
    """Of each study every look-up that needs no more than the study, and what else there is."""
    index = bundled.client.get("/api/v1").json()
    (study,) = index["studies"]
    assert study["iri"] == bundled.iri
    documented = {
        path.rpartition("/")[2]
        for path, methods in bundled.application.openapi()["paths"].items()
        if path.startswith("/api/v1/studies/{study}/") and path.count("/") == 5 and "get" in methods
    }
    assert {each.rpartition("/")[2] for each in study["look_ups"].values()} == documented
    needs_a_token = study["look_ups"].pop("history")
    assert bundled.client.get(needs_a_token).status_code == 401
    for address in (study["address"], *study["look_ups"].values(), index["queries"], index["openapi"]):
        assert bundled.client.get(address).status_code == 200, address
    for name in ("sparql", "vocabulary", "reference"):
        assert bundled.client.get(index[name], headers={"Accept": "text/html"}).status_code == 200, name
    assert bundled.client.get(f"{index['search']}?q=patient").status_code == 200
    assert bundled.client.get(f"{index['data']}?default").status_code == 200


def test_an_empty_store_has_an_index_too(nothing_stored: Api) -> None:
    """Without a study there is still where to begin."""
    answer = nothing_stored.client.get("/api/v1")
    assert (answer.status_code, answer.json()["studies"]) == (200, [])
