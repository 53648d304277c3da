"""About the data: where they come from, how they were made, what is concluded, and what is our reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lineage.account_records import StudyAccount
from lineage.reconciliation import Reconciliation
from lineage.records import Event, Named
from lineage.review_records import EditorialReading
from pages.addresses import ABOUT, READINGS, RECONCILIATION, VOCABULARY, Address
from pages.anchors import item_anchor
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.reconciliation import in_one_line
from pages.contexts.versions import Versions, version_link
from pages.contexts.wordings import ordered_places
from pages.words import count, day, listed, period

_KINDS = (
    ("workstream", "Workstreams"),
    ("event", "Events"),
    ("planned-event", "Planned events"),
    ("analysis", "Stages of the analysis"),
)
_ROLES = (
    ("host", "Hosts"),
    ("overseer", "Overseers"),
    ("analyst", "Analysts"),
    ("participant", "Participants"),
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document the data were taken from; `anchor` is its id on the page."""

    anchor: str
    title: str
    issued: str
    publisher: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event or stage; `anchor` is its id on the page."""

    anchor: str
    name: str
    when: str
    part_of: str


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Events of one kind, in order; `numbered` where the order is part of the data."""

    heading: str
    numbered: bool
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation in one role: its kind, and where it had it.

    `anchor` is its id on the page, where it is told of first; empty elsewhere.
    """

    anchor: str
    name: str
    kind: str
    where: str


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The organisations that had one role, or none."""

    heading: str
    organisations: tuple[OrganisationRow, ...]


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A kind of organisation and how many quotes came from it; `anchor` is its id on the page."""

    anchor: str
    name: str
    quotes: int


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme; `anchor` is its id on the page."""

    anchor: str
    name: str
    definition: str
    broader: str
    stated_quotes: int
    read_quotes: int


@dataclass(frozen=True, slots=True)
class CodebookView:
    """A codebook and its themes; `anchor` is its id on the page."""

    anchor: str
    name: str
    definition: str
    themes: tuple[ThemeRow, ...]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A conclusion; `reads_as` are the versions it is read to mean, each with the reason.

    `anchor` is its id on the page.
    """

    anchor: str
    text: str
    cites: str
    places: tuple[str, ...]
    reads_as: tuple[tuple[Anchor, str], ...]
    unclear: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Everything the page "About the data" shows."""

    frame: Frame
    description: str
    sources: tuple[SourceRow, ...]
    events: tuple[EventGroup, ...]
    roles: tuple[RoleGroup, ...]
    quotes: str
    quotes_by_type: tuple[TypeRow, ...]
    numbers: str
    numbers_href: str
    source_findings: tuple[FindingRow, ...]
    editorial_findings: tuple[FindingRow, ...]
    codebooks: tuple[CodebookView, ...]
    editorial_links: str
    editors: str
    vocabulary: str
    readings: str
    download: Anchor | None


def _event_rows(events: Sequence[Event], kind: str) -> tuple[EventRow, ...]:
    chosen = [event for event in events if event.kind == kind]
    chosen.sort(key=lambda event: (event.ordinal is None, event.ordinal or 0, event.started or ""))
    return tuple(
        EventRow(
            item_anchor("event", event.key),
            event.label,
            period(event.started, event.ended),
            event.part_of.label if event.part_of else "",
        )
        for event in chosen
    )


def _role_groups(account: StudyAccount) -> tuple[RoleGroup, ...]:
    groups = []
    told: set[str] = set()
    for role, heading in _ROLES:
        events: dict[Named, list[str]] = {}
        kinds: dict[Named, Named | None] = {}
        for each in account.roles:
            if each.role == role:
                events.setdefault(each.organisation, []).append(each.event.label)
                kinds[each.organisation] = each.organisation_type
        rows = [_organisation(each, kinds[each], listed(events[each]), told) for each in _by_label(events)]
        groups.append(RoleGroup(heading, tuple(rows)))
    others = {each: kind for each, kind in account.organisations if each.key not in told}
    rows = [_organisation(each, others[each], "", told) for each in _by_label(others)]
    groups.append(RoleGroup("Without a part that the source names", tuple(rows)))
    return tuple(each for each in groups if each.organisations)


def _by_label(organisations: Iterable[Named]) -> Sequence[Named]:
    return sorted(organisations, key=lambda each: (each.label, each.key))


def _organisation(found: Named, kind: Named | None, where: str, told: set[str]) -> OrganisationRow:
    anchor = "" if found.key in told else item_anchor("organisation", found.key)
    told.add(found.key)
    return OrganisationRow(anchor, found.label, kind.label if kind else "", where)


def _natural(text: str) -> tuple[tuple[str, int], ...]:
    """A sorting key that counts: paragraph 2 before paragraph 10."""
    return tuple((words, int(digits or 0)) for words, digits in re.findall(r"(\D*)(\d*)", text))


def _findings(account: StudyAccount, kind: str, versions: Versions, here: Address) -> tuple[FindingRow, ...]:
    rows = []
    chosen = [finding for finding in account.findings if finding.kind == kind]
    chosen.sort(key=lambda finding: _natural(ordered_places(finding.locators)[0] if finding.locators else ""))
    for finding in chosen:
        meant = [link for link in finding.reads_as if link.to.key in versions]
        unclear = next((link.rationale or "" for link in finding.reads_as if link.to.key not in versions), "")
        rows.append(
            FindingRow(
                item_anchor("finding", finding.key),
                finding.text,
                finding.cites_number or "",
                ordered_places(finding.locators),
                tuple((version_link(versions[link.to.key], here), link.rationale or "") for link in meant),
                unclear,
            )
        )
    return tuple(rows)


def _codebooks(account: StudyAccount) -> tuple[CodebookView, ...]:
    return tuple(
        CodebookView(
            item_anchor("codebook", each.codebook.key),
            each.codebook.label,
            each.definition or "",
            tuple(
                ThemeRow(
                    item_anchor("theme", theme.theme.key),
                    theme.theme.label,
                    theme.definition or "",
                    theme.broader.label if theme.broader else "",
                    theme.asserted_quotes,
                    theme.editorial_quotes,
                )
                for theme in each.themes
            ),
        )
        for each in account.codebooks
    )


def _quotes(account: StudyAccount) -> str:
    counts = account.quote_counts
    if not counts.all:
        return "The study has no quotes."
    return (
        f"The study holds {count(counts.all, 'quote')}. Counted by equal words there are {counts.distinct:,}; without "
        f"those contained in a longer one, {counts.not_contained:,}."
    )


def about_page(
    account: StudyAccount,
    reconciled: Reconciliation,
    readings: Sequence[EditorialReading],
    versions: Versions,
    data_file: str | None = None,
) -> AboutPage:
    """The page "About the data" of the study.

    Args:
        account: what the page tells.
        reconciled: what the sources print, held against each other.
        readings: the editors' readings.
        versions: all versions of the study by key.
        data_file: the path of the open data's file, where the site has one.
    """
    here = Address(ABOUT)
    groups = [EventGroup(heading, kind == "analysis", _event_rows(account.events, kind)) for kind, heading in _KINDS]
    return AboutPage(
        frame(account.study.label, here, "About the data"),
        account.description or "",
        tuple(
            SourceRow(
                item_anchor("source", each.key),
                each.title,
                day(each.issued) if each.issued else "",
                each.publisher or "",
                each.sha256 or "",
            )
            for each in account.sources
        ),
        tuple(group for group in groups if group.rows),
        _role_groups(account),
        _quotes(account),
        tuple(
            TypeRow(
                item_anchor("organisation-type", each.organisation_type.key), each.organisation_type.label, each.quotes
            )
            for each in account.organisation_types
        ),
        in_one_line(reconciled),
        here.to(RECONCILIATION),
        _findings(account, "source", versions, here),
        _findings(account, "editorial", versions, here),
        _codebooks(account),
        count(len(readings), "link"),
        listed(sorted({each.attributed_to for each in readings})),
        here.to(VOCABULARY),
        here.to(READINGS),
        Anchor("Download the data", here.to(data_file)) if data_file else None,
    )
