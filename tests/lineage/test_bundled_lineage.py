"""What the bundled study's lineages say, checked by hand against the published report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graphstore import GraphStore
from lineage.areas import area_evidence
from lineage.errors import NotInStore
from lineage.records import HypothesisLineage
from lineage.stored import StoredStudy

STUDY = "innovation-ecosystem"


@pytest.fixture
def bundled(study_store: GraphStore) -> StoredStudy:
    """The bundled study in its store."""
    return StoredStudy(study_store, STUDY)


@pytest.fixture
def utility(bundled: StoredStudy) -> HypothesisLineage:
    """The lineage of the utility hypothesis."""
    return bundled.lineage("utility")


def test_utility_moved_from_third_to_second(utility: HypothesisLineage) -> None:
    """Number 3 of iteration 1, put before the kick-off; number 2 “Utility” of iteration 2, issued the day after."""
    assert [(each.iteration, each.number, each.title) for each in utility.versions] == [(1, 3, None), (2, 2, "Utility")]
    assert utility.first.used_at is not None
    assert utility.first.used_at.key == "kick-off"
    assert (utility.first.issued, utility.latest.issued) == (None, "2023-12-12")
    assert utility.latest.name == "Utility"


def test_what_people_said_about_utility(utility: HypothesisLineage) -> None:
    """Six quotes, all about iteration 1, each with editorial themes and a kind of organisation."""
    assert [quote.key for quote in utility.first.quotes] == ["q16", "q17", "q18", "q19", "q20", "q21"]
    assert utility.quotes == utility.first.quotes
    assert all(link.status == "editorial" and link.rationale for quote in utility.quotes for link in quote.themes)
    assert all(quote.themes and quote.organisation_type for quote in utility.quotes)
    assert utility.quotes[0].text.startswith("Yes, but perception of utility will be hampered")


def test_how_utility_resonated(utility: HypothesisLineage) -> None:
    """27 of 33, printed as 81.81%, which is cut off."""
    (answer,) = utility.first.resonance
    assert (answer.count, answer.denominator, answer.published_percentage) == (27, 33, "81.81%")
    assert (answer.percentage, answer.verdict) == (Decimal("81.82"), "truncated")


def test_utility_has_a_second_reading_in_each_iteration(utility: HypothesisLineage) -> None:
    """The canonical wording comes first; the other says “are crucial” where it says “is”."""
    canonical, other = utility.first.wordings
    assert (canonical.canonical, other.canonical) == (True, False)
    assert utility.first.statement == canonical.statement
    assert "is crucial for success" in canonical.statement
    assert "are crucial for success" in other.statement
    assert "Table 2, Hypothesis 3" in other.locators
    assert len(utility.latest.wordings) == 2


def test_the_change_of_utility(utility: HypothesisLineage) -> None:
    """Reworded, renumbered and titled, as stated; every earlier wording is held against every later one."""
    (change,) = utility.changes
    assert change.types == change.derived_types == ("renumbered", "reworded", "titled")
    assert change.types_agree
    assert (change.before, change.after) == (("utility/1",), ("utility/2",))
    assert len(change.comparisons) == 4
    first = change.comparisons[0]
    assert first.before.canonical
    assert first.after.canonical
    assert first.difference.phrases("added")[:2] == ("patient benefit", "local needs and")
    assert first.difference.phrases("removed")[0] == "relative advantage"
    assert change.rationale is None, "the report gives no reason"


def test_change_makers_reads_in_two_ways(bundled: StoredStudy) -> None:
    """Against Table 1 nothing changed; against the reading in Table 2 one word did."""
    found = bundled.lineage("change-makers")
    (change,) = found.changes
    assert change.types == change.derived_types == ("renumbered", "titled", "unchanged")
    assert [each.before.canonical for each in change.comparisons] == [True, False]
    canonical, other = (each.difference for each in change.comparisons)
    assert not canonical.words_differ
    assert canonical.share_kept == 1
    assert other.words_differ
    assert other.words("added") <= 1
    assert other.words("removed") <= 1


def test_no_hypothesis_of_the_report_was_split_or_merged(bundled: StoredStudy) -> None:
    """Each of the nine has two versions and one change, and no other hypothesis in its line."""
    overview = bundled.overview()
    assert len(overview.lineages) == 9
    assert {(len(each.versions), len(each.changes)) for each in overview.lineages} == {(2, 1)}
    assert {(*each.ancestors, *each.descendants) for each in overview.lineages} == {()}
    assert [each.first.number for each in overview.lineages] == list(range(1, 10))


def test_the_overview_adds_up(bundled: StoredStudy) -> None:
    """52 quotes, 51 distinct, 49 whole; 289 of 320 answers."""
    overview = bundled.overview()
    counts = overview.quote_counts
    assert (counts.all, counts.distinct, counts.not_contained) == (52, 51, 49)
    assert overview.resonance is not None
    assert (overview.resonance.count, overview.resonance.denominator) == (289, 320)
    assert overview.resonance.percentage == Decimal("90.31")
    under_hypotheses = sum(len(each.quotes) for each in overview.lineages)
    under_areas = sum(len(each.quotes) for each in overview.areas)
    assert (under_hypotheses, under_areas) == (42, 10)


def test_one_lineage_is_the_same_alone_and_in_the_overview(bundled: StoredStudy) -> None:
    """Whoever asks for one hypothesis gets what the overview shows of it."""
    for found in bundled.overview().lineages:
        assert bundled.lineage(found.hypothesis.key) == found


def test_each_area_rests_on_its_quotes(bundled: StoredStudy, study_store: GraphStore) -> None:
    """What is printed under an area is asserted; what the editors read into it is told apart, with reasons."""
    for area in bundled.overview().areas:
        assert area == area_evidence(study_store, STUDY, area.area.key)
        assert all(quote.illustrates == area.area for quote in area.quotes)
        assert all(link.status == "editorial" and link.rationale for link in area.hypotheses)
        assert all(link.status == "editorial" and link.rationale for _, link in area.read_quotes)


def test_the_account_tells_whose_word_it_is(bundled: StoredStudy) -> None:
    """Its 139 editorial links have their editors, and its codebooks count theirs apart from the source's own."""
    account = bundled.account()
    readings = bundled.overview().readings
    assert len(readings) == 139
    assert all(each.attributed_to for each in readings)
    assert [source.key for source in account.sources] == ["rapid-insight-report"]
    assert sum(theme.asserted_quotes for book in account.codebooks for theme in book.themes) == 0
    assert sum(theme.editorial_quotes for book in account.codebooks for theme in book.themes) > 50
    assert sum(each.quotes for each in account.organisation_types) == 52
    assert {each.kind for each in account.findings} == {"source", "editorial"}


@pytest.mark.parametrize(
    ("study", "hypothesis", "words"),
    [
        ("innovation-ecosystem", "utlity", "There is no hypothesis “utlity” in innovation-ecosystem"),
        ("ecosystem", "utility", "There is no study “ecosystem” in the store. It holds: innovation-ecosystem."),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    study_store: GraphStore, study: str, hypothesis: str, words: str
) -> None:
    """An unknown key is refused with those that are known."""
    with pytest.raises(NotInStore, match=words) as caught:
        StoredStudy(study_store, study).lineage(hypothesis)
    assert "utility" in str(caught.value) or study == "ecosystem"


def test_an_unknown_area_is_told_with_those_that_are_known(study_store: GraphStore) -> None:
    """The message names the five areas."""
    with pytest.raises(NotInStore, match="no blueprint area “roof”") as caught:
        area_evidence(study_store, STUDY, "roof")
    assert str(caught.value).count(",") == 4


def test_an_empty_store_says_how_a_study_comes_in(empty_store: GraphStore) -> None:
    """Nothing to trace, and the remedy."""
    with pytest.raises(NotInStore, match="It holds no study yet: hypothread import PATH"):
        StoredStudy(empty_store, STUDY).overview()
