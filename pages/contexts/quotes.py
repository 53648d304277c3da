"""Quotes as they are shown: their words with emphasis, who spoke, and what they are read as speaking to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lineage.records import Link, QuoteRecord
from pages.addresses import ABOUT, Address, area_path, hypothesis_path
from pages.contexts.frame import Anchor
from pages.contexts.wordings import ordered_places
from pages.words import day


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a quote, emphasised or not."""

    text: str
    emphasised: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """What a quote speaks to; `stated` where the source says so, else `reason` and `by` tell whose reading and why."""

    text: str
    href: str
    stated: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """One quote on a page; `anchor` is its id there, `name` what other quotes call it.

    `remark` says where its words are also found; `about` leads to what it answers, on pages where that is not clear.
    """

    anchor: str
    name: str
    runs: tuple[Run, ...]
    organisation_type: str
    places: tuple[str, ...]
    themes: tuple[Chip, ...]
    areas: tuple[Chip, ...]
    remark: str
    remark_link: Anchor | None
    about: Anchor | None

    @property
    def readings(self) -> tuple[Chip, ...]:
        """The editors' readings among themes and areas."""
        return tuple(chip for chip in (*self.themes, *self.areas) if not chip.stated)


def runs(text: str, emphasis: Iterable[tuple[int, int]]) -> tuple[Run, ...]:
    """`text` cut where emphasis begins and ends; the runs together are `text` to the letter.

    Ranges (start, end; end not included) may overlap; what lies outside the text is ignored.
    """
    marked = [False] * len(text)
    for start, end in emphasis:
        for place in range(max(start, 0), min(end, len(text))):
            marked[place] = True
    cut: list[Run] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[start]:
            cut.append(Run(text[start:place], marked[start]))
            start = place
    return tuple(cut)


def quote_anchor(key: str) -> str:
    """The id of a quote on its page."""
    return f"quote-{key}"


def whose(link: Link) -> str:
    """Whose reading a link is, and who confirmed or reworded it: "the editors; confirmed by …"."""
    found = link.reviewed
    if found is None:
        return link.attributed_to or ""
    done = {"accepted": "confirmed", "reworded": "reworded"}[found.decision]
    told = f"{done} by {found.by}, {day(found.at[:10])}"
    return f"{link.attributed_to}; {told}" if link.attributed_to else told


def chips(links: Iterable[Link], here: Address, *, area: bool) -> tuple[Chip, ...]:
    """Links to themes (or, with `area`, to blueprint areas) as they are shown."""
    return tuple(
        Chip(
            link.to.label,
            here.to(area_path(link.to.key)) if area else here.to(ABOUT, f"theme-{link.to.key}"),
            link.status == "asserted",
            link.rationale or "",
            whose(link),
        )
        for link in links
    )


@dataclass(frozen=True, slots=True)
class QuoteNames:
    """What every quote of the study is called, and on which page it stands."""

    names: Mapping[str, str]
    paths: Mapping[str, str]

    @classmethod
    def of(cls, groups: Iterable[tuple[str, Iterable[QuoteRecord]]]) -> QuoteNames:
        """Number the quotes page by page; `groups` are pairs of a page's path and its quotes."""
        names: dict[str, str] = {}
        paths: dict[str, str] = {}
        for path, quotes in groups:
            for number, quote in enumerate(quotes, start=1):
                names[quote.key] = f"Quote {number}"
                paths[quote.key] = path
        return cls(names, paths)


def _remark(quote: QuoteRecord, names: QuoteNames, here: Address) -> tuple[str, Anchor | None]:
    if quote.same_words_as:
        remark, other = "The same words as", quote.same_words_as
    elif quote.within_quote:
        remark, other = "These words are also part of", quote.within_quote
    else:
        return "", None
    if other not in names.names:
        return f"{remark} another quote.", None
    name, path = names.names[other], names.paths[other]
    words = name[:1].lower() + name[1:] if path == here.path else f"{name[:1].lower()}{name[1:]} on another page"
    return remark, Anchor(words, here.to(path, quote_anchor(other)))


def quote_view(
    quote: QuoteRecord, names: QuoteNames, here: Address, *, hypotheses: Mapping[str, str] | None = None
) -> QuoteView:
    """How `quote` is shown on the page at `here`.

    With `hypotheses` (names by key) the view says which hypothesis it answers; without, the page says that itself.
    """
    remark, remark_link = _remark(quote, names, here)
    about = None
    if hypotheses is not None and quote.version:
        key, _, iteration = quote.version.partition("/")
        if key in hypotheses:
            text = f"{hypotheses[key]}, iteration {iteration}"
            about = Anchor(text, here.to(hypothesis_path(key), quote_anchor(quote.key)))
    return QuoteView(
        quote_anchor(quote.key),
        names.names.get(quote.key, "Quote"),
        runs(quote.text, quote.emphasis),
        quote.organisation_type.label if quote.organisation_type else "",
        ordered_places(quote.locators),
        chips(quote.themes, here, area=False),
        chips(quote.areas, here, area=True),
        remark,
        remark_link,
        about,
    )
