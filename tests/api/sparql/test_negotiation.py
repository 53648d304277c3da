"""Content negotiation (RFC 9110, section 12.5.1), by example and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import MalformedRequest
from api.formats import GRAPHS, RESULTS, SHORT_NAMES, serialised_as, wanted_formats
from api.negotiation import MediaType, choose, parse_accept, quality_of

OFFERED = tuple(MediaType(name) for name in ("text/turtle", "application/n-triples", "application/ld+json", "text/csv"))
NAMES = [each.name for each in OFFERED]
RANGES = [*NAMES, "text/*", "application/*", "*/*", "image/png"]
weights = st.integers(0, 1000).map(lambda number: f"{number / 1000:.3f}")
accepts = st.lists(st.tuples(st.sampled_from(RANGES), weights), min_size=1, max_size=6, unique_by=lambda each: each[0])


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/csv, text/turtle", "text/turtle"),  # equal weights: the server's order
        ("text/csv;q=0.9, text/turtle;q=0.8", "text/csv"),
        ("text/*;q=0.9, text/turtle;q=0.1", "text/csv"),  # the more specific range counts
        ("text/turtle;q=0, */*;q=0.1", "application/n-triples"),  # q=0 excludes
        ("*/*;q=0", None),
        ("image/png", None),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;charset=UTF-8", "text/turtle"),
        ("text/turtle;version=2", None),  # a parameter that the format has not
        ('text/turtle;x="a,b", text/csv', "text/csv"),  # a comma in a quoted string separates nothing
        ("text/csv ; q=0.5 ; ext=1 , application/ld+json;q=0.6", "application/ld+json"),
        ("nonsense, text/csv", "text/csv"),
        ("*/turtle", None),  # no range: RFC 9110 has type/* only
        ("text/csv;q=2, text/turtle;q=0.1", "text/turtle"),  # no weight: at most 1
        (",, ,text/csv,,", "text/csv"),  # empty elements (RFC 9110, 5.6.1.2)
    ],
)
def test_the_format_that_suits_best(accept: str | None, chosen: str | None) -> None:
    """Weights, wildcards, specificity, exclusion, parameters, and headers that are not quite right."""
    found = choose(OFFERED, accept)
    assert (found.name if found else None) == chosen


@given(accepts)
def test_nothing_better_is_passed_over(accept: list[tuple[str, str]]) -> None:
    """What is chosen has the greatest weight, and is None just when all weights are 0."""
    field = ", ".join(f"{name};q={weight}" for name, weight in accept)
    given = {name: float(weight) for name, weight in accept}

    def weight(name: str) -> float:
        kind = name.partition("/")[0]
        return next((given[each] for each in (name, f"{kind}/*", "*/*") if each in given), 0.0)

    found = choose(OFFERED, field)
    best = max(weight(name) for name in NAMES)
    assert (found is None) == (best == 0)
    if found is not None:
        assert weight(found.name) == best
        assert found.name == next(name for name in NAMES if weight(name) == best)


@given(accepts, st.randoms(use_true_random=False))
def test_the_order_of_an_accept_field_means_nothing(accept: list[tuple[str, str]], randoms: object) -> None:
    """RFC 9110, 12.5.1: weights alone say what is preferred."""
    shuffled = list(accept)
    randoms.shuffle(shuffled)  # type: ignore[attr-defined]
    fields = (", ".join(f"{name};q={weight}" for name, weight in each) for each in (accept, shuffled))
    assert len({choose(OFFERED, field) for field in fields}) == 1


@given(st.text())
def test_any_text_is_survived(field: str) -> None:
    """A field from a stranger never fails, and weighs from 0 to 1."""
    ranges = parse_accept(field)
    assert all(0 <= each.quality <= 1 for each in ranges)
    assert all(0 <= quality_of(name, ranges) <= 1 for name in NAMES)


def test_general_names_give_the_format_they_stand_for() -> None:
    """A client that asks for JSON or XML gets it under that name, from the right serialiser."""
    for name, serialised in (
        ("application/json", ("application/sparql-results+json", "application/ld+json")),
        ("text/xml", ("application/sparql-results+xml", "application/rdf+xml")),
    ):
        results, graph = wanted_formats(name, None)
        assert (results, graph) == (MediaType(name), MediaType(name))
        assert serialised_as(results, graph) == serialised


def test_short_names_and_whole_names_of_formats() -> None:
    """?format= knows both; anything else is refused with what there is."""
    assert wanted_formats("text/csv", "turtle") == (None, GRAPHS[0])
    assert wanted_formats(None, "text/csv") == (RESULTS[2], None)
    with pytest.raises(MalformedRequest) as refused:
        wanted_formats(None, "docx")
    assert refused.value.allowed == tuple(SHORT_NAMES)
