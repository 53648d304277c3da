"""The verdict on a printed percentage against exact arithmetic in Python."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from queries.library import QUERIES

HT = "https://w3id.org/hypothread/ns#"
S = "https://example.org/id/s"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
IDENTIFIER = NamedNode("http://purl.org/dc/terms/identifier")


def verdict_of(count: int, denominator: int, printed: str) -> str:
    """What the question says of one observation."""
    study, version, hypothesis, observation = (NamedNode(f"{S}{end}") for end in ("", "/v", "/h", "/o"))
    store = Store()
    store.extend(
        [
            Quad(observation, TYPE, NamedNode(f"{HT}ResonanceObservation")),
            Quad(observation, NamedNode(f"{HT}inStudy"), study),
            Quad(observation, NamedNode(f"{HT}publishedPercentage"), Literal(printed)),
            Quad(observation, NamedNode(f"{HT}version"), version),
            Quad(observation, NamedNode(f"{HT}count"), Literal(count)),
            Quad(observation, NamedNode(f"{HT}denominator"), Literal(denominator)),
            Quad(version, NamedNode(f"{HT}number"), Literal(1)),
            Quad(version, NamedNode(f"{HT}ofHypothesis"), hypothesis),
            Quad(hypothesis, IDENTIFIER, Literal("h")),
        ]
    )
    found = store.query(QUERIES["figures/percentages"].bind({"study": study}))
    assert isinstance(found, QuerySolutions)
    (row,) = found
    verdict = row["verdict"]
    assert isinstance(verdict, Literal)
    return verdict.value


def at_places(share: Fraction, places: int, rounding: str) -> Decimal:
    """A share in per cent at so many places; 60 digits tell every half of these fractions from its neighbours."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(share.numerator) * 100 / Decimal(share.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=rounding)


@settings(deadline=None)
@given(st.integers(1, 5000), st.data(), st.integers(0, 4), st.sampled_from(["%", " %", ""]))
def test_rounded_and_cut_numbers_are_told_apart(denominator: int, data: st.DataObject, places: int, sign: str) -> None:
    """A number rounded half up agrees; one cut off that is not the rounded one is truncated; any other differs."""
    count = data.draw(st.integers(0, denominator))
    rounded = at_places(Fraction(count, denominator), places, ROUND_HALF_UP)
    cut = at_places(Fraction(count, denominator), places, ROUND_FLOOR)
    step = Decimal(1).scaleb(-places)
    assert verdict_of(count, denominator, f"{rounded}{sign}") == "agrees"
    assert verdict_of(count, denominator, f"{cut}{sign}") == ("agrees" if cut == rounded else "truncated")
    assert verdict_of(count, denominator, f"{rounded + 2 * step}{sign}") == "differs"


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="\x00"), max_size=8))
@example("about half")
@example("")
@settings(deadline=None)
def test_words_are_not_recomputable(printed: str) -> None:
    """What holds no number, and a share of nobody, is not recomputable, and the row stays."""
    assert verdict_of(1, 2, printed) == "not-recomputable"
    assert verdict_of(0, 0, "10%") == "not-recomputable"
