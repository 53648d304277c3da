"""A long lineage in a terminal: what changed nothing takes one line, and nothing that was said is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from analysis.changes import VersionFacts
from hypothread.lineage_text import lineage_text
from lineage.records import Change, Comparison, HypothesisLineage, Named, QuoteRecord, Version, Wording

BASE = "https://example.org/lamps"
STUDY = Named(BASE, "lamps", "Lamps")


def version(iteration: int, statement: str, *quotes: str) -> Version:
    """A version with these words, and quotes about it."""
    iri, key = f"{BASE}/hypothesis/light/{iteration}", f"light/{iteration}"
    said = tuple(
        QuoteRecord(f"{BASE}/quote/{each}", each, f"Words of {each}.", None, key, None, None, (), None, None, ())
        for each in quotes
    )
    wording = Wording(iri, statement, True, ())
    return Version(iri, key, iteration, f"Round {iteration}", 1, "Light", None, None, None, (wording,), (), said)


def change(before: Version, after: Version) -> Change:
    """What happened between two versions, as they show it."""
    pair = (VersionFacts(1, "Light", before.statement), VersionFacts(1, "Light", after.statement))
    plain = Change(
        f"{BASE}/change/{after.iteration}", f"to-{after.iteration}", (before.key,), (after.key,), (), (pair,), None, (),
        (Comparison(before.wordings[0], after.wordings[0]),),
    )  # fmt: skip
    return replace(plain, types=plain.derived_types)


def lines(*versions: Version, **changed: str) -> list[str]:
    """The lineage of these versions as plain lines; `changed` gives reasons by the change's key."""
    changes = [change(before, after) for before, after in pairwise(versions)]
    told = tuple(replace(each, rationale=changed.get(each.key.replace("-", "_"))) for each in changes)
    found = HypothesisLineage(STUDY, Named(f"{BASE}/hypothesis/light", "light", "Light"), versions, told, (), (), ())
    return [str(each) for each in lineage_text(found)]


def test_a_short_lineage_is_told_in_full() -> None:
    """Three versions with the same words have each their own heading, and so has each change."""
    told = lines(*(version(n, "Lamps help.") for n in (1, 2, 3)))
    assert [each for each in told if each.startswith("Iteration ")] == [
        f"Iteration {n}, number 1: Light" for n in (1, 2, 3)
    ]
    assert sum(each.startswith("From light/") for each in told) == 2


def test_what_changed_nothing_is_told_together() -> None:
    """Rounds 3 to 6 say what round 2 says: one line, with the quotes about them, and no change between them."""
    words = ["Lamps.", *["Lamps help."] * 5, "Lamps help readers."]
    told = lines(*(version(n, each, *(["q5"] if n == 5 else [])) for n, each in enumerate(words, start=1)))
    assert "Iterations 3 to 6: the same words under the same number" in told
    assert [each for each in told if each.startswith("Iteration ")] == [
        f"Iteration {n}, number 1: Light" for n in (1, 2, 7)
    ]
    assert any("Words of q5." in each for each in told)
    assert [each for each in told if each.startswith("From light/")] == [
        "From light/1 to light/2: reworded", "From light/6 to light/7: reworded",
    ]  # fmt: skip


def test_a_change_with_a_reason_is_always_told() -> None:
    """Though no word changed, somebody said why it was left so."""
    told = lines(*(version(n, "Lamps help.") for n in range(1, 7)), to_4="Nobody objected.")
    assert [each for each in told if each.startswith("From light/")] == ["From light/3 to light/4: unchanged"]
    assert any("Nobody objected." in each for each in told)


def test_the_way_of_very_many_steps_names_the_first_and_the_last() -> None:
    """Twenty rewordings: the first, how many lie between, the last three."""
    told = lines(*(version(n, f"Lamps help {n} readers.") for n in range(1, 21)))
    assert told[1] == (
        "iteration 1 number 1 “Light” → … 16 more … → iteration 18 number 1 “Light” → iteration 19 number 1 “Light” → "
        "iteration 20 number 1 “Light”"
    )
