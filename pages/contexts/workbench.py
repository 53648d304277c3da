"""The query workbench: the library's questions to read, and what the page's script needs to run them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from lineage.account_records import StudyAccount
from lineage.records import QuoteRecord, StudyOverview
from pages.addresses import ABOUT, STATIC, WORKBENCH, Address, area_path, hypothesis_path
from pages.contexts.frame import Frame, frame
from pages.contexts.quotes import QuoteNames, quote_anchor
from pages.open_data import SCRIPT
from pages.words import capital
from queries.library import LibraryQuery, QueryLibrary, example_values

FIRST = "hypotheses/list"
ENDPOINT = "sparql"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'"
)
"""The strictest policy that the pages work under.

``wasm-unsafe-eval`` and ``blob:`` are for the engine that runs without a server, ``data:`` for a drawing in the editor.
"""

_RESTRICTED = "restrictedGraph"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked about."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the library; `restricted` where the open data hold no answer to it."""

    name: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    returns: str
    restricted: bool
    text: str


@dataclass(frozen=True, slots=True)
class QuestionArea:
    """The questions of one area of the library."""

    anchor: str
    heading: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class WorkbenchPage:
    """Everything the query workbench shows. `pages_of` are pairs of an IRI and the page that tells of it.

    A version's page is not among them: it follows from that of its hypothesis, and a long study has very many.
    """

    frame: Frame
    study: str
    first: str
    endpoint: str
    engine: str
    data: str
    pages_of: tuple[tuple[str, str], ...]
    areas: tuple[QuestionArea, ...]


def _text_for(query: LibraryQuery, study: str) -> str:
    """The question about this study, the other parameters as they stand in its file."""
    examples = example_values(query)
    if "study" not in examples:
        return query.text
    return query.bind({**examples, "study": (NamedNode(study),)})


def _question(query: LibraryQuery, study: str) -> Question:
    header = query.header
    return Question(
        query.name,
        header.summary,
        header.description,
        tuple(Parameter(name, meaning) for name, meaning in header.parameters.items()),
        ", ".join(header.returns),
        _RESTRICTED in query.text,
        _text_for(query, study),
    )


def question_areas(library: QueryLibrary, study: str) -> tuple[QuestionArea, ...]:
    """The library's questions by area, asked about the study with this IRI."""
    areas: dict[str, list[Question]] = {}
    for name, query in library.items():
        area = name.partition("/")[0]
        areas.setdefault(area, []).append(_question(query, study))
    return tuple(QuestionArea(f"questions-{area}", capital(area), tuple(found)) for area, found in areas.items())


def _quote_links(quotes: Iterable[QuoteRecord], names: QuoteNames, here: Address) -> Iterable[tuple[str, str]]:
    return ((quote.iri, here.to(names.paths[quote.key], quote_anchor(quote.key))) for quote in quotes)


def _page_links(overview: StudyOverview, account: StudyAccount, names: QuoteNames) -> Iterable[tuple[str, str]]:
    here = Address(WORKBENCH)
    for lineage in overview.lineages:
        path = hypothesis_path(lineage.hypothesis.key)
        yield lineage.hypothesis.iri, here.to(path)
        for version in lineage.versions:
            yield from _quote_links(version.quotes, names, here)
    for area in overview.areas:
        yield area.area.iri, here.to(area_path(area.area.key))
        yield from _quote_links(area.quotes, names, here)
    for codebook in account.codebooks:
        yield from ((each.theme.iri, here.to(ABOUT, f"theme-{each.theme.key}")) for each in codebook.themes)
    for event in account.events:
        yield event.iri, here.to(ABOUT, f"event-{event.key}")


def workbench_page(
    overview: StudyOverview, account: StudyAccount, names: QuoteNames, library: QueryLibrary
) -> WorkbenchPage:
    """The query workbench of a study."""
    here = Address(WORKBENCH)
    study = overview.study
    return WorkbenchPage(
        frame(study.label, here, "Query workbench"),
        study.iri,
        FIRST,
        here.to(ENDPOINT),
        here.to(f"{STATIC}/workbench-engine.js"),
        here.to(SCRIPT),
        tuple(_page_links(overview, account, names)),
        question_areas(library, study.iri),
    )
