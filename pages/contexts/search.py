"""What the page of a search shows: what was found, what it is made of, and ways to narrow it or to find more."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote, urlencode

from lineage.search.query_text import MOST_CHARACTERS
from lineage.search.records import FacetCount, Hit, Kind, Range, SearchAnswer, SearchRequest
from pages.addresses import CHANGES, HOME, SEARCH, Address
from pages.contexts.frame import Anchor, Frame, frame
from pages.words import count

A_PAGE: Final = 20
"""Results a page."""

KIND_NAMES: Final[Mapping[Kind, tuple[str, str]]] = MappingProxyType(
    {
        "quote": ("Quote", "Quotes"),
        "version": ("Statement", "Statements"),
        "reading": ("Other wording", "Other wordings"),
        "hypothesis": ("Hypothesis", "Hypotheses"),
        "theme": ("Theme", "Themes"),
        "area": ("Blueprint area", "Blueprint areas"),
        "finding": ("Finding", "Findings"),
    }
)
"""What each kind of item is called: one, and several."""

_FEW: Final = 8
_HERE: Final = Address(SEARCH)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for: words, one value a filter or several, and the page, from 1."""

    words: str
    kinds: tuple[str, ...] = ()
    organisation_types: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.kinds or self.organisation_types or self.hypotheses)

    @property
    def address(self) -> str:
        """Where this is answered, from the page of a search."""
        pairs = [
            ("q", self.words),
            *(("kind", each) for each in self.kinds),
            *(("organisation_type", each) for each in self.organisation_types),
            *(("hypothesis", each) for each in self.hypotheses),
            *((("page", str(self.page)),) if self.page > 1 else ()),
        ]
        return f"{SEARCH}?{urlencode(pairs, quote_via=quote)}"

    def request(self, study: str) -> SearchRequest:
        """What the search is asked, within the study of this key."""
        return SearchRequest(
            text=self.words,
            kinds=self.kinds,  # type: ignore[arg-type]  # the search tells which kinds there are
            organisation_types=self.organisation_types,
            hypotheses=self.hypotheses,
            study=study,
            limit=A_PAGE,
            skip=(self.page - 1) * A_PAGE,
        )


@dataclass(frozen=True, slots=True)
class Labels:
    """What things of the study are called, by key; by IRI, where what was found is told of and its area.

    An item that no page tells of has no place, one that is printed under no area of the blueprint has no area.
    """

    hypotheses: Mapping[str, str]
    organisation_types: Mapping[str, str]
    places: Mapping[str, str]
    areas: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of which all match, or none."""

    text: str
    matches: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One result: its name, which is a link where a page tells of it, what it is, and the words that match."""

    anchor: str
    name: tuple[Run, ...]
    href: str
    what: tuple[str, ...]
    words: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter: how many results it has, and where it is chosen, or, where it is, taken away again."""

    text: str
    number: str
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values; `more` are those that are shown when they are asked for."""

    name: str
    anchor: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SearchResultsPage:
    """Everything the page of a search shows.

    `words` stand in the field; `summary` says what was found, empty where nothing was asked; `problem` why it cannot be
    searched for; `ignored` what was left out; `ways` are searches that may find more; `all_href` leads to the same
    search without filters, empty where none is set.
    """

    frame: Frame
    words: str
    summary: str
    problem: str
    ignored: str
    results: tuple[Found, ...]
    filters: tuple[Filter, ...]
    all_href: str
    ways: tuple[Anchor, ...]
    previous: Anchor | None
    following: Anchor | None


def nothing_asked(study_title: str) -> SearchResultsPage:
    """The page that waits for words."""
    return _page(study_title, "", ways=_onwards())


def refused(study_title: str, words: str, problem: str) -> SearchResultsPage:
    """The page that says why some words cannot be searched for; `words` as they were typed."""
    return _page(study_title, words, problem=_shown(problem), ways=_onwards())


def results_page(study_title: str, asked: Asked, answer: SearchAnswer, labels: Labels) -> SearchResultsPage:
    """The page of what was found.

    Args:
        study_title: the title of the study.
        asked: what was asked for.
        answer: what the search answered.
        labels: what things are called and where they are told of.
    """
    words = f"“{_shown(asked.words.strip())}”"
    found = f"{count(answer.total, 'result')} for {words}" if answer.total else f"Nothing was found for {words}."
    last = max(1, -(-answer.total // A_PAGE))
    if last > 1:
        found += f", page {asked.page:,} of {last:,}"
    made = _page(study_title, asked.words, title=f"{words} – Search", summary=found)
    filters = tuple(_filters(asked, answer, labels))
    return replace(
        made,
        ignored=", ".join(f"“{_shown(each)}”" for each in answer.ignored),
        results=tuple(_found(number, hit, labels) for number, hit in enumerate(answer.hits, start=1)),
        filters=filters if answer.total or asked.is_narrowed else (),
        all_href=replace(asked, kinds=(), organisation_types=(), hypotheses=(), page=1).address
        if asked.is_narrowed
        else "",
        ways=() if answer.hits else (*_wider(asked, answer), *_onwards()),
        previous=_page_link(asked, min(asked.page - 1, last)),
        following=_page_link(asked, asked.page + 1) if asked.page < last else None,
    )


def _page(
    study_title: str,
    words: str,
    *,
    title: str = "Search",
    summary: str = "",
    problem: str = "",
    ways: tuple[Anchor, ...] = (),
) -> SearchResultsPage:
    return SearchResultsPage(
        frame(study_title, _HERE, title), _shown(words[:MOST_CHARACTERS]), summary, problem, "", (), (), "", ways,
        None, None,
    )  # fmt: skip


def _shown(text: str) -> str:
    """The text with a sign for each character that HTML cannot hold; as long as before (HTML standard, 13.1)."""
    return "".join("�" if unicodedata.category(each) in {"Cc", "Cs"} and each not in "\t\n" else each for each in text)


def _runs(text: str, ranges: Sequence[Range]) -> tuple[Run, ...]:
    runs, place = [], 0
    for start, end in ranges:
        runs += [Run(text[place:start], False), Run(text[start:end], True)]
        place = end
    runs.append(Run(text[place:], False))
    return tuple(Run(_shown(each.text), each.matches) for each in runs if each.text)


def _found(number: int, hit: Hit, labels: Labels) -> Found:
    is_named = hit.part in ("label", "title") and hit.text == hit.name
    hypotheses = [labels.hypotheses.get(each, each) for each in hit.hypotheses]
    name = _name(hit, hypotheses)
    what = [KIND_NAMES[hit.kind][0]]
    if hit.organisation_type is not None:
        what.append(labels.organisation_types.get(hit.organisation_type, hit.organisation_type))
    if hit.kind != "hypothesis":
        what += [f"hypothesis “{each}”" for each in hypotheses if each not in name]
    if hit.iteration is not None:
        what.append(f"iteration {hit.iteration}")
    if hit.kind != "area" and hit.iri in labels.areas:
        what.append(f"under “{labels.areas[hit.iri]}”")
    return Found(
        f"result-{number}",
        _runs(hit.text, hit.ranges) if is_named else (Run(_shown(name), False),),
        _HERE.to(labels.places[hit.iri]) if hit.iri in labels.places else "",
        tuple(map(_shown, what)),
        () if is_named else _runs(hit.snippet.text, hit.snippet.ranges),
    )


def _name(hit: Hit, hypotheses: Sequence[str]) -> str:
    if hit.name:
        return hit.name
    kind = KIND_NAMES[hit.kind][0]
    if not hypotheses:
        return kind
    joined = " and ".join(hypotheses)
    if hit.kind == "version":
        return joined
    return f"{kind} about {joined}" if hit.kind == "quote" else f"{kind} of {joined}"


def _filters(asked: Asked, answer: SearchAnswer, labels: Labels) -> Iterator[Filter]:
    facets = answer.facets
    kinds = tuple(FacetCount(each.key, KIND_NAMES[each.key][1], each.count) for each in facets.kinds)  # type: ignore[index]  # a facet's keys are the kinds
    for field, name, counts, known in (
        ("kinds", "What it is", kinds, {}),
        ("organisation_types", "Organisation type", facets.organisation_types, labels.organisation_types),
        ("hypotheses", "Hypothesis", facets.hypotheses, labels.hypotheses),
    ):
        chosen: tuple[str, ...] = getattr(asked, field)
        choices = [
            _choice(asked, field, each, known.get(each.key, each.label), is_chosen=each.key in chosen)
            for each in counts
        ]
        choices.sort(key=lambda each: not each.is_chosen)
        if choices:
            yield Filter(name, f"filter-{field.replace('_', '-')}", tuple(choices[:_FEW]), tuple(choices[_FEW:]))


def _choice(asked: Asked, field: str, value: FacetCount, label: str, *, is_chosen: bool) -> Choice:
    others = tuple(each for each in getattr(asked, field) if each != value.key)
    # The counts say what one value alone would give, so choosing it takes the place of another.
    values = others if is_chosen else (value.key,)
    changed: dict[str, Any] = {"page": 1, field: values}
    return Choice(_shown(label), f"{value.count:,}", replace(asked, **changed).address, is_chosen)


def _page_link(asked: Asked, page: int) -> Anchor | None:
    return Anchor(f"Page {page:,}", replace(asked, page=page).address) if page >= 1 else None


def _wider(asked: Asked, answer: SearchAnswer) -> Iterator[Anchor]:
    """Searches that find more than this one, where its words are plain."""
    if answer.total:
        return
    if asked.is_narrowed:
        everything = replace(asked, kinds=(), organisation_types=(), hypotheses=(), page=1)
        yield Anchor("Search without the filters", everything.address)
    words = asked.words.split()
    if not all(each.isalnum() for each in words) or {"OR", "AND"} & {*words}:
        return
    if len(words) > 1:
        either = " OR ".join(words)
        yield Anchor(f"Any of the words: {_shown(either)}", replace(asked, words=either, page=1).address)
    begun = " ".join(f"{each}*" for each in words)
    yield Anchor(f"Words that begin so: {_shown(begun)}", replace(asked, words=begun, page=1).address)


def _onwards() -> tuple[Anchor, ...]:
    return (
        Anchor("All hypotheses, from the first wording to the newest", _HERE.to(HOME)),
        Anchor("How the hypotheses changed", _HERE.to(CHANGES)),
    )
