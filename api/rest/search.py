"""Full-text search over everything in the store that is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, cast

from pydantic import BaseModel, ConfigDict, Field

from api.errors import UnusableValue
from api.rest.common import CURSOR, FIELDS, LIMIT, ON, ONE_ITERATION, filter_by
from api.rest.links import link_to_next
from api.rest.models.base import Range, Resource
from api.rest.operations import Asked, Format, Operation, Reply
from api.rest.paging import DEFAULT_LIMIT
from api.rest.parameters import Parameter, must_be_among
from api.rest.programme import scope_of, studies_of
from api.rest.replies import JSON
from lineage.search import KINDS, SearchAnswer, SearchRequest
from lineage.search.errors import SearchRefused
from lineage.search.query_text import MOST_CHARACTERS, MOST_WORDS
from lineage.search.records import Facets, Hit, Kind, Snippet
from lineage.search.records import Range as Span

TEXT: Final = Parameter(
    "q",
    'Words to look for, whatever their accents and capitals: all must occur. `"a phrase"`, `begin*`, `one OR other`, '
    f"`-without`. At most {MOST_CHARACTERS:,} characters and {MOST_WORDS} words.",
    '"complex systems" patient*',
)
KIND: Final = filter_by("kind", "Only items of this kind.", "quote", enum=list(KINDS))
ORGANISATION_TYPE: Final = filter_by(
    "organisation_type", "Only from this kind of organisation, or a narrower one, by its key.", "innovator"
)
HYPOTHESIS: Final = filter_by("hypothesis", "Only what belongs to this hypothesis, by its key.", "utility")
THEME: Final = filter_by(
    "theme", "Only what the source puts under this theme or a narrower one, by its key.", "plain-language"
)
STUDY: Final = Parameter("study", "Only this study, by its key; all studies without it.", "innovation-ecosystem")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class SnippetModel(_Part):
    """A short piece of a text."""

    text: str = Field(description="The piece, with an ellipsis where it was cut. Plain text, no markup.")
    ranges: tuple[Range, ...] = Field(description="What matches in it.")


class PassageModel(_Part):
    """A further text of an item that matches."""

    part: str = Field(description="Which of the item's texts it is.")
    text: str = Field(description="The text to the letter.")
    ranges: tuple[Range, ...] = Field(description="What matches in it.")


class HitModel(Resource):
    """Something that was found."""

    kind: str = Field(description=f"What it is: {', '.join(KINDS)}.")
    key: str = Field(description="Its key, which addresses it within its study.")
    study: str = Field(description="The study's key.")
    name: str | None = Field(description="Its title or label, where it has one.")
    part: str = Field(description="Which of the item's texts `text` is: statement, text, definition, label or title.")
    text: str = Field(description="That text, to the letter.")
    ranges: tuple[Range, ...] = Field(description="What matches in `text`, in characters (Unicode code points).")
    snippet: SnippetModel = Field(description="The piece of `text` in which most matches.")
    others: tuple[PassageModel, ...] = Field(description="The item's other texts that match.")
    score: float = Field(description="How well it matches; more is better, within one answer.")
    organisation_type: str | None = Field(description="The key of the kind of organisation it came from.")
    hypotheses: tuple[str, ...] = Field(description="Keys of the hypotheses it belongs to.")
    iteration: int | None = Field(description="The iteration it belongs to, by its number.")


class FacetCountModel(_Part):
    """How many hits have a value."""

    key: str = Field(description="The value, as the filter takes it.")
    label: str = Field(description="A name to show.")
    count: int = Field(description="How many hits have it.")


class FacetsModel(_Part):
    """Counts over all hits, each as if its own filter were not set."""

    kinds: tuple[FacetCountModel, ...] = Field(description="By kind of item.")
    organisation_types: tuple[FacetCountModel, ...] = Field(
        description="By kind of organisation; a wider kind counts its narrower ones too."
    )
    hypotheses: tuple[FacetCountModel, ...] = Field(description="By hypothesis.")


class SearchPage(_Part):
    """One page of what was found, the best first."""

    items: tuple[HitModel, ...] = Field(description="The hits of this page.")
    total: int = Field(description="How many hits there are on all pages.")
    next: str | None = Field(description="The address of the next page.")
    facets: FacetsModel = Field(description="What all the hits are made of.")
    ignored: tuple[str, ...] = Field(description="What was asked for and holds no letter or digit.")


def _answer(asked: Asked) -> Reply:
    _wanted_fields(asked)
    request = _request(asked)
    if request is None:
        return Reply(_page(asked, _NOTHING), ())
    try:
        found = asked.committed.search_index(asked.base).search(request)
    except SearchRefused as refused:
        raise UnusableValue(str(refused)) from refused
    page = _page(asked, found)
    return Reply(page, tuple(hit.iri for hit in found.hits), link_to_next(page.next))


def _wanted_fields(asked: Asked) -> tuple[str, ...]:
    wanted, names = asked.given.words("fields"), tuple(HitModel.model_fields)
    must_be_among("fields", wanted, names)
    return wanted or names


def _request(asked: Asked) -> SearchRequest | None:
    """What is looked for; None for a day on which the programme held nothing yet."""
    given = asked.given
    if given.one("q") is None:
        raise UnusableValue("Say what to look for, with at least one letter or digit: q=…, such as q=patient.")
    iteration = given.one("iteration")
    if given.one("on") is not None:
        held = _held_on(asked)
        if held is None:
            return None
        iteration = str(held)
    return SearchRequest(
        text=given.one("q") or "",
        kinds=cast("tuple[Kind, ...]", given.all("kind")),
        organisation_types=given.all("organisation_type"),
        hypotheses=given.all("hypothesis"),
        themes=given.all("theme"),
        study=given.one("study"),
        iteration=None if iteration is None else _whole("iteration", iteration),
        limit=_whole("limit", given.one("limit") or str(DEFAULT_LIMIT)),
        cursor=given.one("cursor"),
    )


def _held_on(asked: Asked) -> int | None:
    """The number of the iteration that the study held on the day that is given; None where it held none yet."""
    given, known = asked.given, studies_of(asked.committed)
    meant = [each for each in known if given.one("study") in (None, each.key)]
    if len(meant) != 1:
        keys = tuple(each.key for each in known)
        raise UnusableValue("Say which study is meant too: on is a day in the programme of one. See allowed.", keys)
    ordinals = scope_of(replace(asked, path={"study": meant[0].key})).ordinals
    return max(ordinals, default=None) if ordinals else None


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise UnusableValue(f"{name} cannot be “{text[:60]}”. It is a whole number from 1.")
    return int(text)


def _page(asked: Asked, found: SearchAnswer) -> SearchPage:
    following = None
    if found.next is not None:
        following = f"{asked.address}?{asked.given.with_value('cursor', found.next).canonical}"
    return SearchPage(
        items=tuple(map(_hit, found.hits)),
        total=found.total,
        next=following,
        facets=FacetsModel.model_validate(found.facets, from_attributes=True),
        ignored=found.ignored,
    )


def _write(reply: Reply, asked: Asked) -> bytes:
    """A page of hits as JSON, each with the fields that are asked for."""
    if not isinstance(reply.content, SearchPage):
        raise TypeError("only a page of hits is written so")
    others = {name for name in SearchPage.model_fields if name != "items"}
    hits = {"__all__": set(_wanted_fields(asked))}
    return reply.content.model_dump_json(include={"items": hits, **dict.fromkeys(others, True)}).encode()


def _hit(hit: Hit) -> HitModel:
    return HitModel(
        iri=hit.iri,
        kind=hit.kind,
        key=hit.key,
        study=hit.study,
        name=hit.name,
        part=hit.part,
        snippet=SnippetModel(**_marked(hit.snippet)),
        others=tuple(PassageModel(part=each.part, text=each.text, ranges=_ranges(each.ranges)) for each in hit.others),
        text=hit.text,
        ranges=_ranges(hit.ranges),
        score=hit.score,
        organisation_type=hit.organisation_type,
        hypotheses=hit.hypotheses,
        iteration=hit.iteration,
    )


def _marked(snippet: Snippet) -> dict[str, Any]:
    return {"text": snippet.text, "ranges": _ranges(snippet.ranges)}


def _ranges(spans: tuple[Span, ...]) -> tuple[Range, ...]:
    return tuple(Range(start=start, end=end) for start, end in spans)


_NOTHING: Final = SearchAnswer((), 0, Facets((), (), ()), None, (), 0)
_JSON: Final = Format("json", JSON.media_type, _write)
SEARCH: Final = Operation(
    name="search",
    path="/search",
    summary="What mentions some words.",
    description=(
        "Quotes, versions, readings, hypotheses, themes, areas of the blueprint and findings in which the words occur, "
        "the best match first. Only what sources state: no response, and no reading of the study's editors. What "
        "matches is told by ranges, never by markup. The counts are over all hits, each as if its own filter were "
        "not set, so they say what choosing another value would give."
    ),
    tag="Search",
    model=SearchPage,
    answer=_answer,
    example="/search?q=%22complex+systems%22+OR+%22complex+system%22&kind=quote&limit=1",
    formats=(_JSON,),
    parameters=(TEXT, KIND, ORGANISATION_TYPE, HYPOTHESIS, THEME, STUDY, FIELDS, ONE_ITERATION, ON, LIMIT, CURSOR),
)
