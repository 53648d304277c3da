"""What does not add up in the invented study about repair cafés, and whose words lead where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lineage.account_records import StudyAccount
from lineage.graph_records import Edge
from lineage.reconciliation import CitedNumber, NumberBearer, NumberCheck, Reconciliation, TwoWordings, Verdict
from lineage.records import Comparison, Link, Named, QuoteRecord, Status, StudyOverview, Version
from lineage.voices import VoiceItem, VoiceLinks

BASE = "https://example.org/repair"


def reconciled(first: Version) -> Reconciliation:
    """One number of every verdict, the version `first` worded in two ways, one number that means two hypotheses."""

    def number(key: str, printed: str, found: str | None, verdict: Verdict, question: str | None) -> NumberCheck:
        difference = None if found is None else Decimal(printed.rstrip("%")) - Decimal(found)
        places = (("Leaflet, page 1",), ("Tally",))
        return NumberCheck(
            f"{BASE}/figure/{key}", "total", key, printed, found, difference, verdict, question, f"Why {key}.", *places
        )

    canonical, other = first.wordings
    read = Link(
        Named(f"{BASE}/hypothesis/skills/1", "skills/1", "skills/1"), "editorial", "Speaks of it.", "The editors"
    )
    judged = Named("https://w3id.org/hypothread/ns#judgement-unclear", "judgement-unclear", "unclear")
    unclear = Link(judged, "editorial", "Both fit.", "The editors")
    bearers = (NumberBearer("skills/1", ("Leaflet, no. 2",)), NumberBearer("rooms/2", ("Poster, no. 2",)))
    return Reconciliation(
        (
            number("People", "41", "40", "differs", "figures/totals"),
            number("Share", "69.9%", "69.7", "differs", "figures/percentages"),
            number("Cut", "77.77%", "77.78", "truncated", "figures/percentages"),
            number("Right", "50%", "50", "agrees", "figures/percentages"),
            number("Cups of tea", "many", None, "not-recomputable", None),
        ),
        (TwoWordings("rooms/1", Comparison(canonical, other)),),
        (
            CitedNumber(Named(f"{BASE}/finding/one", "one", "Teach <all>."), "no. 2", ("Plan",), bearers, (read,)),
            CitedNumber(Named(f"{BASE}/finding/two", "two", "Or not."), "no. 2", ("Plan",), bearers, (unclear,)),
        ),
    )


def voices(areas: Sequence[Named], types: Sequence[Named], space: Named, quotes: Sequence[QuoteRecord]) -> VoiceLinks:
    """A quote printed under an area, one that is read as leading there, one printed twice, one that leads nowhere."""
    items = {
        each.iri: each
        for each in (
            *(VoiceItem(each.iri, "blueprint area", each.key, each.label, n) for n, each in enumerate(areas, 1)),
            VoiceItem(f"{BASE}/hypothesis/rooms", "hypothesis", "rooms", "Rooms", None),
            *(VoiceItem(each.iri, "organisation type", each.key, each.label, None) for each in types),
            *(VoiceItem(each.iri, "quote", each.key, each.text, None) for each in quotes),
            VoiceItem(f"{BASE}/quote/c1", "quote", "c1", "Give us a key.", None),
            VoiceItem(space.iri, "theme", "space", space.label, None),
            VoiceItem(f"{BASE}/hypothesis/rooms/1", "version", "rooms/1", "Room", 1),
        )
    }

    def edge(start: str, name: str, end: str, status: Status = "asserted") -> Edge:
        return Edge(
            f"{BASE}/{start}", name, f"{BASE}/{end}", status, None, None if status == "asserted" else "Why <so>."
        )

    edges = [edge(f"quote/{key}", "ht:organisationType", "organisation-type/cafe") for key in ("a1", "c1")]
    edges += [edge(f"quote/{key}", "ht:organisationType", "organisation-type/council") for key in ("a2", "a3", "a4")]
    edges += [edge(f"quote/{key}", "ht:about", "hypothesis/rooms/1") for key in ("a1", "a2", "a3", "a4")]
    edges += [
        edge("quote/c1", "ht:illustrates", "blueprint/rooms"),
        edge("quote/a3", "ht:sameWordsAs", "quote/a2"),
        edge("quote/a4", "ht:withinQuote", "quote/a2"),
        edge("hypothesis/rooms/1", "ht:ofHypothesis", "hypothesis/rooms"),
        edge("hypothesis/rooms", "oa:hasBody", "blueprint/rooms", "editorial"),
        edge("quote/a1", "oa:hasBody", "theme/space", "editorial"),
    ]
    return VoiceLinks(items, tuple(edges))


@dataclass(frozen=True)
class StillStudy:
    """A lineage source that always tells the same."""

    tells: StudyOverview
    accounts_for: StudyAccount
    reconciles: Reconciliation
    hears: VoiceLinks

    def named(self) -> Named:
        """The study."""
        return self.tells.study

    def overview(self) -> StudyOverview:
        """The overview."""
        return self.tells

    def account(self) -> StudyAccount:
        """The account."""
        return self.accounts_for

    def reconciliation(self) -> Reconciliation:
        """What does not add up."""
        return self.reconciles

    def voices(self) -> VoiceLinks:
        """Whose words lead where."""
        return self.hears
