"""Our readings: every link that no source states, why it is there, and what a reviewer decided of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lineage.records import Named
from lineage.review_records import LinkEnd, LinkStatus, ReviewLink
from pages.addresses import ABOUT, READINGS_TABLE, Address, area_path, hypothesis_path, readings_path
from pages.contexts.frame import Anchor, Frame, frame
from pages.contexts.many import MOST_HYPOTHESES, MOST_LINKS
from pages.contexts.motives import quote_link, shortened
from pages.contexts.quotes import QuoteNames
from pages.contexts.versions import Versions, version_link
from pages.tables import csv_text
from pages.words import capital, count, day

_STATUSES: Final[Mapping[LinkStatus, str]] = {
    "open": "Not reviewed", "accepted": "Confirmed", "rejected": "Rejected", "reworded": "Reworded",
}  # fmt: skip
_KINDS: Final = ("motive", "revision", "reading")
_TABLE: Final = (
    "key", "kind", "status", "from", "from_words", "to", "to_words", "hypothesis", "reason", "former_reason",
    "decision_reason", "score", "method", "attributed_to", "reviewer", "decided_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One link; `words` are the beginning of a quote's, `decision` says who decided when, and why it was rejected."""

    anchor: str
    start: Anchor
    words: str
    end: Anchor
    reason: str
    former_reason: str
    score: str
    status: str
    decision: str


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """Links of one kind, or the readings about one hypothesis."""

    anchor: str
    heading: str
    says: str
    scored: bool
    rows: tuple[ReadingRow, ...]


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many links there are of one status."""

    number: int
    counts: str


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """Everything the page "Our readings" shows.

    Of very many links, further pages hold those that nobody has decided on: `which` says which of these a further page
    shows, and is empty on the first; `left_out` is how many the first leaves to the others.
    """

    frame: Frame
    which: str
    summary: str
    statuses: tuple[StatusCount, ...]
    groups: tuple[ReadingGroup, ...]
    left_out: int
    previous: Anchor | None
    following: Anchor | None
    about_href: str
    table_href: str


def readings_in_pages(links: Sequence[ReviewLink]) -> tuple[tuple[ReviewLink, ...], ...]:
    """The links of each page: on the first those decided on and the first of the open ones, on the others the rest."""
    first = _shown(links)
    keys = {each.key for each in first}
    rest = sorted((each for each in links if each.key not in keys), key=lambda each: _KINDS.index(each.kind))
    return (tuple(first), *(tuple(rest[at : at + MOST_LINKS]) for at in range(0, len(rest), MOST_LINKS)))


def readings_page(
    study: Named,
    links: Sequence[ReviewLink],
    paged: Sequence[Sequence[ReviewLink]],
    names: QuoteNames,
    versions: Versions,
    page: int = 1,
) -> ReadingsPage:
    """The page "Our readings" of the study, or a further one.

    Args:
        study: the study.
        links: every link that no source states.
        paged: the same by page.
        names: of its quotes.
        versions: all versions of the study by key.
        page: which page, from 1.
    """
    here = Address(readings_path(page))
    read = sum(1 for each in links if each.kind == "reading")
    counted = Counter(each.status for each in links)
    shown, left_out = paged[page - 1], len(links) - len(paged[0])
    first = 1 + sum(map(len, paged[1 : page - 1]))
    title = "Our readings" if page == 1 else f"Our readings, page {page:,}"
    return ReadingsPage(
        frame(study.label, here, title, section=ABOUT),
        "" if page == 1 else f"{first:,} to {first + len(shown) - 1:,} of {left_out:,}",
        f"{capital(count(read, 'reading'))} of the study’s editors, and {count(len(links) - read, 'suggestion')} of a "
        "program. No source states any of them.",
        tuple(StatusCount(counted[status], told.lower()) for status, told in _STATUSES.items() if counted[status]),
        tuple(each for each in _groups(shown, names, versions, here) if each.rows),
        left_out,
        _page_link(here, page - 1) if page > 1 else None,
        _page_link(here, page + 1) if page < len(paged) else None,
        here.to(ABOUT, "our-reading"),
        here.to(READINGS_TABLE),
    )


def _page_link(here: Address, page: int) -> Anchor:
    return Anchor(f"Page {page:,}", here.to(readings_path(page)))


def _shown(links: Sequence[ReviewLink]) -> Sequence[ReviewLink]:
    """All links, unless they are too many to be read: then those decided on, and the first of the open ones."""
    if len(links) <= MOST_LINKS:
        return links
    of_kind = Counter(each.kind for each in links if each.status == "open")
    most = {kind: MOST_LINKS * number // max(of_kind.total(), 1) for kind, number in of_kind.items()}
    found = []
    for each in links:
        if each.status != "open" or most[each.kind] > 0:
            found.append(each)
            most[each.kind] = most.get(each.kind, 0) - (each.status == "open")
    return found


def _groups(
    links: Sequence[ReviewLink], names: QuoteNames, versions: Versions, here: Address
) -> Iterator[ReadingGroup]:
    def rows(chosen: Iterable[ReviewLink]) -> tuple[ReadingRow, ...]:
        return tuple(_row(each, names, versions, here) for each in chosen)

    yield ReadingGroup(
        "suggested-motives", "Suggested motives",
        "Quotes and themes whose words match an amendment. A program found them; accepting one states it as a motive.",
        True, rows(each for each in links if each.kind == "motive"),
    )  # fmt: skip
    yield ReadingGroup(
        "joined-versions", "Versions joined by a program",
        "Where the study does not say which version carries on which, their wordings suggest it.",
        True, rows(each for each in links if each.kind == "revision"),
    )  # fmt: skip
    readings = [each for each in links if each.kind == "reading"]
    hypotheses = dict.fromkeys(each.hypothesis for each in readings if each.hypothesis is not None)
    if len(hypotheses) > MOST_HYPOTHESES:
        of_any = [(each.hypothesis.label, each) for each in readings if each.hypothesis is not None]
        own = [each for _, each in sorted(of_any, key=lambda pair: pair[0])]
        yield ReadingGroup("readings-of-hypotheses", "Readings about hypotheses", "", False, rows(own))
        hypotheses = {}
    for hypothesis in sorted(hypotheses, key=lambda each: each.label):
        own = [each for each in readings if each.hypothesis == hypothesis]
        yield ReadingGroup(f"readings-{hypothesis.key}", f"Readings about {hypothesis.label}", "", False, rows(own))
    others = [each for each in readings if each.hypothesis is None]
    yield ReadingGroup("other-readings", "Readings about no single hypothesis", "", False, rows(others))


def _row(link: ReviewLink, names: QuoteNames, versions: Versions, here: Address) -> ReadingRow:
    quoted = link.start.kind == "quote"
    by = f"by {link.reviewer}, {day(link.decided_at[:10])}" if link.reviewer else ""
    why = f": {link.decision_reason}" if by and link.decision_reason else ""
    return ReadingRow(
        link.key,
        _anchor(link.start, link.hypothesis, names, versions, here),
        shortened(link.start.item.label) if quoted else "",
        _end(link, names, versions, here),
        link.reason,
        link.former_reason,
        link.score,
        _STATUSES[link.status],
        f"{by}{why}",
    )


def _end(link: ReviewLink, names: QuoteNames, versions: Versions, here: Address) -> Anchor:
    found = _anchor(link.end, link.hypothesis, names, versions, here)
    return Anchor(shortened(link.label), found.href) if link.kind == "motive" else found


def _anchor(end: LinkEnd, hypothesis: Named | None, names: QuoteNames, versions: Versions, here: Address) -> Anchor:
    key, label = end.item.key, shortened(end.item.label)
    match end.kind:
        case "quote":
            return quote_link(key, names, here)
        case "theme":
            return Anchor(label, here.to(ABOUT, f"theme-{key}"))
        case "blueprint area":
            return Anchor(label, here.to(area_path(key)))
        case "hypothesis":
            return Anchor(f"The hypothesis {label}", here.to(hypothesis_path(key)))
        case "version" if key in versions:
            return version_link(versions[key], here)
        case "finding":
            return Anchor(label, here.to(ABOUT, "findings"))
        case "change" if hypothesis is not None:
            return Anchor(label, here.to(hypothesis_path(hypothesis.key)))
        case _:
            return Anchor(label, "")


def readings_table(links: Iterable[ReviewLink]) -> str:
    """The links as comma-separated values."""
    return csv_text(_TABLE, map(_cells, links))


def _cells(link: ReviewLink) -> tuple[str, ...]:
    return (
        link.key, link.kind, link.status, link.start.item.iri, link.start.item.label, link.end.item.iri, link.label,
        link.hypothesis.key if link.hypothesis else "", link.reason, link.former_reason, link.decision_reason,
        link.score, link.method, link.attributed_to, link.reviewer, link.decided_at,
    )  # fmt: skip
