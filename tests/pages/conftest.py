"""An invented study about repair cafés, as the lineage's records, in the states the pages must cope with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from analysis.changes import VersionFacts
from lineage.account_records import StudyAccount
from lineage.reconciliation import Reconciliation
from lineage.records import (
    AreaEvidence,
    Change,
    Codebook,
    Comparison,
    Event,
    FindingRecord,
    HypothesisLineage,
    Iteration,
    Link,
    Named,
    OrganisationRole,
    OrganisationTypeCount,
    Overall,
    QuoteCounts,
    QuoteRecord,
    Resonance,
    Source,
    StudyOverview,
    ThemeRecord,
    Version,
    Wording,
)
from lineage.review_records import EditorialReading, LinkEnd
from lineage.voices import VoiceLinks
from pages.build import SitePages
from tests.pages.repair_accounts import StillStudy, reconciled, voices

BASE = "https://example.org/repair"
STUDY = Named(BASE, "repair", "Repair cafés & what keeps them going")
VOLUNTEER = Named(f"{BASE}/organisation-type/cafe", "cafe", "Repair café")
COUNCIL = Named(f"{BASE}/organisation-type/council", "council", "Council <borough>")
YES = Named("https://w3id.org/hypothread/ns#resonance-yes", "yes", "Yes")
SPACE = Named(f"{BASE}/theme/space", "space", "A room of one’s own")
TOOLS = Named(f"{BASE}/theme/tools", "tools", "Tools & parts")
ROOMS = Named(f"{BASE}/blueprint/rooms", "rooms", "Rooms for repair — lent & shared")
SKILLS = Named(f"{BASE}/blueprint/skills", "skills", "Passing on skills")
OPENING = Named(f"{BASE}/event/opening", "opening", "Opening day")


def reading(to: Named, rationale: str = "Speaks of it by name.") -> Link:
    """An editorial link."""
    return Link(to, "editorial", rationale, "The editors")


def wording(iri: str, statement: str, *places: str, canonical: bool = True) -> Wording:
    """A wording that stands in `places`."""
    return Wording(f"{BASE}/{iri}", statement, canonical, places)


def quote(key: str, text: str, **more: object) -> QuoteRecord:
    """A quote of a repair café."""
    plain = QuoteRecord(
        f"{BASE}/quote/{key}", key, text, VOLUNTEER, "rooms/1", None, None, (), None, None, (f"Notes, line {key}",)
    )
    return replace(plain, **more)  # type: ignore[arg-type] # mypy loses the types


def resonance(count: int, denominator: int, printed: str | None, verdict: str | None) -> Resonance:
    """What all who answered said."""
    share = (Decimal(100) * count / denominator).quantize(Decimal("0.01"))
    return Resonance(f"{BASE}/r/{count}", YES, None, count, denominator, printed, share, verdict, None, ("Tally",))


def version(
    key: str, iteration: int, number: int, title: str | None, wordings: tuple[Wording, ...], **more: object
) -> Version:
    """A version of the hypothesis `key`."""
    plain = Version(
        f"{BASE}/hypothesis/{key}/{iteration}",
        f"{key}/{iteration}",
        iteration,
        f"Round {iteration}",
        number,
        title,
        None,
        "2024-03-02" if iteration == 2 else None,
        OPENING if iteration == 1 else None,
        wordings,
        (),
        (),
    )
    return replace(plain, **more)  # type: ignore[arg-type] # mypy loses the types


def change(before: Version, after: Version, *types: str) -> Change:
    """The change between two versions, every wording held against every other."""
    comparisons = tuple(Comparison(earlier, later) for earlier in before.wordings for later in after.wordings)
    key = f"{before.key.replace('/', '-')}-to-{after.iteration}"
    pairs = ((_facts(before), _facts(after)),)
    return Change(f"{BASE}/change/{key}", key, (before.key,), (after.key,), types, pairs, None, (), comparisons)


def _facts(version: Version) -> VersionFacts:
    return VersionFacts(version.number, version.title, version.statement)


def lineage(
    key: str, label: str, *versions: Version, areas: tuple[Link, ...] = (), types: tuple[str, ...] = ()
) -> HypothesisLineage:
    """A lineage with a change between each two versions."""
    changes = tuple(change(before, after, *types) for before, after in pairwise(versions))
    named = Named(f"{BASE}/hypothesis/{key}", key, label)
    return HypothesisLineage(STUDY, named, versions, changes, (), (), areas)


ROOM_QUOTES = (
    quote(
        "a1",
        "We <never> know, “from week to week”, whether the hall is ours & that wears people out.",
        emphasis=((3, 10), (8, 20)),
        themes=(reading(SPACE, "Says that the hall is uncertain."), Link(TOOLS, "asserted")),
        areas=(reading(ROOMS),),
    ),
    quote("a2", "The council lent us a shop for a year.", organisation_type=COUNCIL, themes=(reading(SPACE),)),
    quote("a3", "The council lent us a shop for a year.", same_words_as="a2"),
    quote("a4", "a shop for a year", within_quote="a2", organisation_type=None),
)


def rooms_lineage() -> HypothesisLineage:
    """Reworded, titled and renumbered, with two readings of the first wording and quotes of every kind."""
    first = version(
        "rooms",
        1,
        1,
        None,
        (
            wording("rooms/1", "A repair café needs a room, and the same room every week.", "Leaflet, no. 1"),
            wording("reading/r1", "A repair café needs a room and one room every week.", "Tally, 1", canonical=False),
        ),
        alt_label="Room",
        resonance=(resonance(7, 9, "77.77%", "truncated"),),
        quotes=ROOM_QUOTES,
    )
    second = version(
        "rooms",
        2,
        2,
        "Rooms",
        (wording("rooms/2", "A repair café needs a room that councils lend.", "Poster, no. 2"),),
    )
    return lineage("rooms", "Rooms", first, second, areas=(reading(ROOMS),), types=("renumbered", "reworded", "titled"))


def skills_lineage() -> HypothesisLineage:
    """Replaced almost whole, without quotes, resonance or areas."""
    first = version("skills", 1, 2, None, (wording("skills/1", "Old hands should teach.", "Leaflet, no. 2"),))
    second = version(
        "skills", 2, 1, "Skills", (wording("skills/2", "Everyone who mends passes something on.", "Poster, no. 1"),)
    )
    return lineage("skills", "Skills", first, second, types=("renumbered", "reworded", "titled"))


def busy_lineage(quotes: int) -> HypothesisLineage:
    """Unchanged, with so many quotes that a drawing groups them."""
    said = tuple(
        quote(
            f"b{number}",
            f"Thing number {number} was mended by somebody who had never held a soldering iron before that day.",
            version="mending/1",
            organisation_type=COUNCIL if number % 3 else VOLUNTEER,
            themes=(reading(TOOLS),) if number % 2 else (),
        )
        for number in range(quotes)
    )
    words = "Mending together matters more than the thing mended."
    first = version("mending", 1, 3, None, (wording("mending/1", words, "Leaflet, no. 3"),), quotes=said)
    second = version("mending", 2, 3, "Mending", (wording("mending/2", words, "Poster, no. 3"),))
    return lineage("mending", "Mending", first, second, types=("titled", "unchanged"))


def merged_lineages() -> tuple[HypothesisLineage, ...]:
    """Two hypotheses merged into a third, and one withdrawn."""
    tea = version("tea", 1, 4, None, (wording("tea/1", "Tea keeps people talking.", "Leaflet, no. 4"),))
    cake = version("cake", 1, 5, None, (wording("cake/1", "Cake keeps people coming.", "Leaflet, no. 5"),))
    noise = version("noise", 1, 6, None, (wording("noise/1", "Noise drives people away.", "Leaflet, no. 6"),))
    table = version(
        "table", 2, 4, "Table", (wording("table/2", "A laid table keeps people.", "Poster, no. 4"),),
        derived_from=("tea/1", "cake/1"),
    )  # fmt: skip
    merge = Change(
        f"{BASE}/change/merge",
        "merge",
        ("tea/1", "cake/1"),
        ("table/2",),
        ("merged",),
        (),
        "Both are about food.",
        (),
        (),
    )
    end = Change(f"{BASE}/change/end", "end", ("noise/1",), (), ("withdrawn",), (), None, (), ())

    def alone(
        one: Version, label: str, change: Change, before: tuple[str, ...], after: tuple[str, ...]
    ) -> HypothesisLineage:
        key = one.key.partition("/")[0]
        named = Named(f"{BASE}/hypothesis/{key}", key, label)
        return HypothesisLineage(STUDY, named, (one,), (change,), before, after, ())

    return (
        alone(tea, "Tea", merge, (), ("table/2",)),
        alone(cake, "Cake", merge, (), ("table/2",)),
        alone(noise, "Noise", end, (), ()),
        alone(table, "Table", merge, ("tea/1", "cake/1"), ()),
    )


def areas() -> tuple[AreaEvidence, ...]:
    """One area with everything, one with nothing."""
    rooms = AreaEvidence(
        STUDY,
        ROOMS,
        1,
        Named(f"{BASE}/analysis/sorting", "sorting", "Sorting"),
        ("Plan, area 1",),
        (quote("c1", "Give us a key.", version=None, illustrates=ROOMS),),
        (reading(Named(f"{BASE}/hypothesis/rooms", "rooms", "Rooms")),),
        ((ROOM_QUOTES[0], reading(ROOMS, "Asks for certainty.")),),
    )
    skills = AreaEvidence(STUDY, SKILLS, 2, None, (), (), (), ())
    return rooms, skills


def overview(*lineages: HypothesisLineage, areas: tuple[AreaEvidence, ...] = ()) -> StudyOverview:
    """The overview of these lineages."""
    quotes = sum(len(each.quotes) for each in lineages)
    return StudyOverview(
        STUDY,
        "An invented study.",
        (
            Iteration(f"{BASE}/iteration/1", 1, "Round 1", None, OPENING),
            Iteration(f"{BASE}/iteration/2", 2, "Round 2", "2024-03-02", None),
        ),
        lineages,
        areas,
        QuoteCounts(quotes, max(quotes - 1, 0), max(quotes - 2, 0)),
        Overall(7, 9, Decimal("77.78")),
        readings=(
            EditorialReading(
                "a1-space",
                LinkEnd("quote", Named(f"{BASE}/quote/a1", "a1", "We never know.")),
                LinkEnd("theme", SPACE),
                "Says that the hall is uncertain.",
                "The editors",
            ),
        ),
    )


def account() -> StudyAccount:
    """An account in which every part of the page has something to say."""
    analysis = Event(f"{BASE}/analysis/sorting", "sorting", "analysis", "Sorting", 1, "2024-01", None, None, ())
    opening = Event(
        f"{BASE}/event/opening", "opening", "event", "Opening day", None, "2023-12-11", "2023-12-12", None, ()
    )
    return StudyAccount(
        STUDY,
        "An invented study.",
        (Source(f"{BASE}/source/leaflet", "leaflet", "The leaflet", "2023-12", "A printer", "ab" * 32),),
        (analysis, opening),
        (OrganisationRole(Named(f"{BASE}/organisation/hall", "hall", "The hall"), COUNCIL, "host", OPENING),),
        (
            Codebook(
                Named(f"{BASE}/codebook/needs", "needs", "Needs"),
                "What a café needs.",
                (ThemeRecord(SPACE, "Somewhere to be.", None, 0, 2), ThemeRecord(TOOLS, None, SPACE, 1, 0)),
            ),
        ),
        (
            FindingRecord(
                f"{BASE}/finding/one", "one", "source", "Rooms matter.", "no. 1", ("Leaflet",),
                (reading(Named(f"{BASE}/hypothesis/rooms/1", "rooms/1", "Room, round 1")),),
            ),
            FindingRecord(f"{BASE}/finding/two", "two", "editorial", "The leaflet counts twice.", None, (), ()),
        ),
        (OrganisationTypeCount(VOLUNTEER, 3),),
        QuoteCounts(5, 4, 3),
    )  # fmt: skip


def with_everything(tells: StudyOverview) -> StillStudy:
    """A study with something to say in every part that is not in its overview."""
    heard = voices((ROOMS, SKILLS), (VOLUNTEER, COUNCIL), SPACE, ROOM_QUOTES)
    return StillStudy(tells, account(), reconciled(rooms_lineage().first), heard)


@pytest.fixture(scope="session")
def repair_study() -> StillStudy:
    """Three hypotheses, two areas, and something to say in every part of every page."""
    everything = overview(rooms_lineage(), skills_lineage(), busy_lineage(14), areas=areas())
    return with_everything(everything)


@pytest.fixture(scope="session")
def merged_pages() -> SitePages:
    """The pages of a study in which hypotheses merge and end."""
    return SitePages.of(with_everything(overview(*merged_lineages())))


@pytest.fixture(scope="session")
def bare_study() -> StillStudy:
    """One hypothesis in one iteration and nothing else."""
    only = version("alone", 1, 1, None, (Wording(f"{BASE}/alone/1", "One thing.", canonical=True, locators=()),))
    bare = StudyOverview(
        STUDY,
        None,
        (Iteration(f"{BASE}/iteration/1", 1, "Round 1", None, None),),
        (lineage("alone", "Alone", only),),
        (),
        QuoteCounts(0, 0, 0),
        None,
    )
    empty = StudyAccount(STUDY, None, (), (), (), (), (), (), QuoteCounts(0, 0, 0))
    return StillStudy(bare, empty, Reconciliation((), (), ()), VoiceLinks({}, ()))


@pytest.fixture(scope="session")
def repair_pages(repair_study: StillStudy) -> SitePages:
    """The pages of the invented study."""
    return SitePages.of(repair_study)


@pytest.fixture(scope="session")
def bare_pages(bare_study: StillStudy) -> SitePages:
    """The pages of a study with hardly anything in it."""
    return SitePages.of(bare_study)
