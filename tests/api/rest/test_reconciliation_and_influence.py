"""What does not add up, and whose words lead where: one look-up each, readings only where they are asked for."""

from __future__ import annotations

from tests.api.rest.conftest import Api

STUDY = "/api/v1/studies/innovation-ecosystem"


def test_what_does_not_add_up(bundled: Api) -> None:
    """26 numbers with their verdicts, nine wordings, six numbers cited; 34 and not 32, by the query that says so."""
    found = bundled.client.get(f"{STUDY}/reconciliation").json()
    verdicts = [found[name] for name in ("agrees", "truncated", "differs", "not_recomputable")]
    assert verdicts == [4, 4, 3, 15]
    assert (len(found["numbers"]), len(found["wordings"]), len(found["cited_numbers"])) == (26, 9, 6)
    (total,) = (each for each in found["numbers"] if each["kind"] == "total")
    assert (total["published_value"], total["recomputed_value"], total["difference"]) == ("32", "34", "-2")
    assert total["query"] == "figures/totals"
    (change_makers,) = (each for each in found["wordings"] if each["version"] == "change-makers/1")
    assert (change_makers["removed"], change_makers["added"]) == (["are"], ["is"])


def test_what_a_cited_number_means_is_a_reading(bundled: Api) -> None:
    """Without include no reading is given; with it, each with its reason and whose it is."""
    plain = bundled.client.get(f"{STUDY}/reconciliation").json()["cited_numbers"]
    assert [each["reads_as"] for each in plain] == [[]] * 6
    read = bundled.client.get(f"{STUDY}/reconciliation?include=asserted,editorial").json()["cited_numbers"]
    meant = {each["cites_number"]: [link["key"] for link in each["reads_as"]] for each in read}
    assert (meant["Hypothesis 7"], meant["Hypothesis 2"]) == (["evidence/1"], ["utility/2"])
    assert all(link["status"] == "editorial" and link["rationale"] for each in read for link in each["reads_as"])


def test_whose_words_lead_where(bundled: Api) -> None:
    """As many ways as are counted; ten stated ones; more, and fewer orphans, with the editors' readings."""
    stated = bundled.client.get(f"{STUDY}/influence").json()
    read = bundled.client.get(f"{STUDY}/influence?include=asserted,editorial").json()
    for found in (stated, read):
        for reach in (*found["organisation_types"], *found["themes"]):
            assert len(reach["ways"]) == reach["independent_ways"] <= reach["quotes"]
            assert all(way[-1]["key"] == reach["area"]["key"] for way in reach["ways"])
    assert sum(reach["independent_ways"] for reach in stated["organisation_types"]) == 10
    statuses = {item["status"] for reach in stated["organisation_types"] for way in reach["ways"] for item in way}
    assert statuses == {"asserted"}
    assert (len(stated["orphans"]), len(read["orphans"]), stated["quotes"]) == (42, 0, 52)
    assert [item["key"] for item in stated["areas"][0]["rests_on"]] == ["locality", "q43"]
    assert (stated["include"], read["include"]) == (["asserted"], ["asserted", "editorial"])


def test_at_the_first_iteration_no_number_had_two_meanings(bundled: Api) -> None:
    """Five wordings of iteration 1, no cited number, all published numbers; ways as far as the versions go."""
    found = bundled.client.get(f"{STUDY}/reconciliation?iteration=1").json()
    assert (len(found["numbers"]), len(found["wordings"]), len(found["cited_numbers"])) == (26, 5, 0)
    assert {each["version"].rpartition("/")[2] for each in found["wordings"]} == {"1"}
    ways = bundled.client.get(f"{STUDY}/influence?iteration=1&include=asserted,editorial").json()
    keys = {item["key"] for reach in ways["organisation_types"] for way in reach["ways"] for item in way}
    assert any(key.endswith("/1") for key in keys)
    assert not [key for key in keys if key.endswith("/2")]
