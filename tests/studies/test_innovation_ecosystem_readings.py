"""The study's findings and its editors' readings: what is the source's and what is ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

Sheets = Mapping[str, list[dict[str, str]]]


def bodies(sheets: Sheets, target: str, body: str) -> Counter[str]:
    """How many links go from each row of one sheet to rows of another."""
    return Counter(
        row["target"].partition(":")[2]
        for row in sheets["links"]
        if row["target"].startswith(f"{target}:") and row["body"].startswith(f"{body}:")
    )


def test_links_are_the_editors_with_a_reason(sheets: Sheets) -> None:
    """Each reading is attributed to the editors, gives its reason in one line, and is made once."""
    assert {row["attributed_to"] for row in sheets["links"]} == {"Hypothread editors"}
    for row in sheets["links"]:
        assert 10 < len(row["rationale"]) < 200
        assert "\n" not in row["rationale"]
    pairs = Counter((row["target"], row["body"]) for row in sheets["links"])
    assert set(pairs.values()) == {1}


def test_each_quote_speaks_to_one_to_three_themes(sheets: Sheets) -> None:
    """Every quote has a theme, none more than three; codebooks themselves are no themes."""
    themed = bodies(sheets, "quotes", "themes")
    assert set(themed) == {row["key"] for row in sheets["quotes"]}
    assert set(themed.values()) <= {1, 2, 3}
    codebooks = {f"themes:{row['key']}" for row in sheets["themes"] if row["kind"] == "codebook"}
    assert not [row["key"] for row in sheets["links"] if row["body"] in codebooks]


def test_equal_words_are_read_alike(sheets: Sheets) -> None:
    """A quote printed twice has the same readings both times."""
    read = {
        key: {row["body"] for row in sheets["links"] if row["target"] == f"quotes:{key}"}
        for key in (each["key"] for each in sheets["quotes"])
    }
    twins = [(row["key"], row["same_words_as"]) for row in sheets["quotes"] if row["same_words_as"]]
    assert twins
    assert all(read[one] == read[other] for one, other in twins)


def test_each_hypothesis_feeds_an_area(sheets: Sheets) -> None:
    """Every hypothesis feeds at least one area and every area is fed."""
    assert set(bodies(sheets, "hypotheses", "blueprint")) == {row["key"] for row in sheets["hypotheses"]}
    fed = {row["body"] for row in sheets["links"] if row["target"].startswith("hypotheses:")}
    assert fed == {f"blueprint:{row['key']}" for row in sheets["blueprint"]}


def test_what_the_source_states_is_not_read_again(sheets: Sheets) -> None:
    """A quote printed under an area is asserted to illustrate it, so no reading says so."""
    stated = {(f"quotes:{row['key']}", f"blueprint:{row['illustrates']}") for row in sheets["quotes"]}
    assert not [row["key"] for row in sheets["links"] if (row["target"], row["body"]) in stated]


def test_cited_numbers_stand_as_printed_and_are_only_read(sheets: Sheets) -> None:
    """The executive summary cites nine numbers; which version each means is a reading, or unclear."""
    cited = {row["key"]: row["cites_number"] for row in sheets["findings"] if row["cites_number"]}
    assert sorted(cited.values()) == [f"Hypothesis {number}" for number in range(1, 10)]
    read = {
        row["target"].partition(":")[2]: row["body"] for row in sheets["links"] if row["target"].startswith("findings:")
    }
    assert {cited[key]: body for key, body in read.items()} == {
        "Hypothesis 1": "versions:pathway/1",
        "Hypothesis 2": "versions:utility/2",
        "Hypothesis 3": "judgements:unclear",
        "Hypothesis 4": "versions:leadership/1",
        "Hypothesis 5": "versions:using-data/1",
        "Hypothesis 6": "versions:making-the-case/1",
        "Hypothesis 7": "versions:evidence/1",
        "Hypothesis 8": "versions:change-makers/1",
        "Hypothesis 9": "versions:complexity/1",
    }


def test_a_version_read_into_a_number_bears_that_number(sheets: Sheets) -> None:
    """A reading never names a version whose number differs from the one cited."""
    numbers = {f"versions:{row['hypothesis']}/{row['iteration']}": row["number"] for row in sheets["versions"]}
    cited = {f"findings:{row['key']}": row["cites_number"] for row in sheets["findings"]}
    read = [row for row in sheets["links"] if row["body"].startswith("versions:")]
    assert len(read) == 8
    assert all(cited[row["target"]] == f"Hypothesis {numbers[row['body']]}" for row in read)


def test_editorial_findings_compare_places(sheets: Sheets) -> None:
    """What the editors find about the report names each place it compares, and cites no number."""
    editorial = [row for row in sheets["findings"] if row["kind"] == "editorial"]
    assert len(editorial) == 14
    for row in editorial:
        assert len(row["locator"].split("|")) >= 2
        assert row["cites_number"] == ""
    assert len([row for row in sheets["findings"] if row["kind"] == "source"]) == 21
