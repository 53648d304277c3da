"""A study in Python, for a notebook or a script: every look-up of the REST API as a method that gives records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Final, Self, TypeVar, cast
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel

from api.past.moments import AS_OF
from api.rest import lineage, search, trace
from api.rest.models.answered import AmendmentsResource, AnsweredResource
from api.rest.models.area import AreaResource
from api.rest.models.change import ChangeResource
from api.rest.models.figure import FigureResource
from api.rest.models.history import ChangesetResource
from api.rest.models.hypothesis import HypothesisResource, VersionResource
from api.rest.models.influence import InfluenceResource
from api.rest.models.lineage import Lineage
from api.rest.models.organisation import OrganisationResource, OrganisationTypeResource
from api.rest.models.quote import QuoteResource
from api.rest.models.reconciliation import ReconciliationResource
from api.rest.models.resonance import ResonanceResource
from api.rest.models.review import ReviewResource
from api.rest.models.study import IterationResource, StudyResource
from api.rest.models.theme import ThemeResource
from api.rest.models.trace import Trace
from api.rest.operations import Operation
from api.rest.routes import ROUTES
from api.rest.search import SearchPage
from hypothread.errors import CallError
from hypothread.locations import is_server
from hypothread.look_ups.asking import Asker, ServerAsker, StoreAsker
from hypothread.look_ups.found import Found
from hypothread.remote import Server
from ontology.iris import DEFAULT_BASE

Value = str | int | bool | date | Sequence[str | int]
Record = TypeVar("Record", bound=BaseModel)
_MOST: Final = "500"


def open_study(
    location: str,
    study: str | None = None,
    *,
    as_of: str | int | date | None = None,
    token: str | None = None,
    base: str = DEFAULT_BASE,
) -> Study:
    """Opens a study for look-ups; to be used with ``with``, or closed.

    Args:
        location: a store's folder, or the address of a server.
        study: its key; the only study there is where None.
        as_of: the state of the graph that every look-up is about, by the number of a changeset or as an instant (a day
            means its end); the present one where None. A look-up's own ``as_of`` stands above it.
        token: the token to send to a server, for what needs one.
        base: what every IRI of the instance begins with; a server knows its own.

    Raises:
        CallError: when a server cannot be reached, or there is no such study, or several and none is named.
        GraphStoreError: when the folder holds no store.
    """
    asker: Asker = ServerAsker(Server(location, token)) if is_server(location) else StoreAsker(location, base)
    try:
        known = Study(asker, "").studies()
        found = [each for each in known if study is None or each.key == study]
        if len(found) != 1:
            keys = ", ".join(each.key for each in known) or "none"
            wrong = f"There is no study “{study}”" if study else "Say which study is meant"
            raise CallError(f"{wrong}. There are: {keys}.")
        return Study(asker, found[0].key, as_of=as_of)
    except BaseException:
        asker.close()
        raise


class Study:
    """A study's look-ups.

    Every keyword is a parameter of the look-up, as the API reference lists them: filters such as ``hypothesis``,
    ``theme`` and ``organisation_type`` (one value or several), ``sort``, ``include``, ``iteration``, ``on``,
    ``as_of``. A day or an instant may be a `date` or `datetime`. A wrong one raises `CallError`, which says what there
    is.

    Attributes:
        key: the study's key.
    """

    def __init__(self, asker: Asker, key: str, *, as_of: str | int | date | None = None) -> None:
        self._asker = asker
        self._always: Mapping[str, Value] = {} if as_of is None else {AS_OF: as_of}
        self.key = key

    def studies(self) -> Found[StudyResource]:
        """Every study of the store."""
        return self._all("list_studies", StudyResource, {})

    def iterations(self, **given: Value) -> Found[IterationResource]:
        """The ordered sets of hypotheses, the first first."""
        return self._all("list_iterations", IterationResource, given)

    def hypotheses(self, **given: Value) -> Found[HypothesisResource]:
        """The hypotheses, as they are now or were at a time."""
        return self._all("list_hypotheses", HypothesisResource, given)

    def hypothesis(self, key: str, **given: Value) -> HypothesisResource:
        """One hypothesis."""
        return self._one("get_hypothesis", HypothesisResource, given, key=key)

    def lineage(self, key: str, **given: Value) -> Lineage:
        """Where a hypothesis came from and what it led to."""
        return self._one(lineage.LINEAGE.name, Lineage, given, key=key)

    def versions(self, **given: Value) -> Found[VersionResource]:
        """Hypotheses in iterations, with their wordings."""
        return self._all("list_versions", VersionResource, given)

    def version(self, hypothesis: str, iteration: int, **given: Value) -> VersionResource:
        """One hypothesis in one iteration."""
        return self._one("get_version", VersionResource, given, hypothesis=hypothesis, iteration=str(iteration))

    def changes(self, **given: Value) -> Found[ChangeResource]:
        """What happened between versions."""
        return self._all("list_changes", ChangeResource, given)

    def change(self, key: str, **given: Value) -> ChangeResource:
        """What happened between some versions."""
        return self._one("get_change", ChangeResource, given, key=key)

    def quotes(self, **given: Value) -> Found[QuoteResource]:
        """Who said what."""
        return self._all("list_quotes", QuoteResource, given)

    def quote(self, key: str, **given: Value) -> QuoteResource:
        """One quote."""
        return self._one("get_quote", QuoteResource, given, key=key)

    def themes(self, **given: Value) -> Found[ThemeResource]:
        """The themes of the codebooks."""
        return self._all("list_themes", ThemeResource, given)

    def theme(self, key: str, **given: Value) -> ThemeResource:
        """One theme."""
        return self._one("get_theme", ThemeResource, given, key=key)

    def organisations(self, **given: Value) -> Found[OrganisationResource]:
        """Who took part."""
        return self._all("list_organisations", OrganisationResource, given)

    def organisation(self, key: str, **given: Value) -> OrganisationResource:
        """Who took part, by key."""
        return self._one("get_organisation", OrganisationResource, given, key=key)

    def organisation_types(self, **given: Value) -> Found[OrganisationTypeResource]:
        """The kinds of organisation."""
        return self._all("list_organisation_types", OrganisationTypeResource, given)

    def resonance(self, **given: Value) -> Found[ResonanceResource]:
        """How many of those who answered said what."""
        return self._all("list_resonance", ResonanceResource, given)

    def figures(self, **given: Value) -> Found[FigureResource]:
        """Numbers as published, each beside what recomputing gives."""
        return self._all("list_figures", FigureResource, given)

    def figure(self, key: str, **given: Value) -> FigureResource:
        """One number."""
        return self._one("get_figure", FigureResource, given, key=key)

    def blueprint(self, **given: Value) -> Found[AreaResource]:
        """The areas of the blueprint."""
        return self._all("list_blueprint", AreaResource, given)

    def area(self, key: str, **given: Value) -> AreaResource:
        """One area of the blueprint."""
        return self._one("get_area", AreaResource, given, key=key)

    def trace(self, area: str, **given: Value) -> Trace:
        """What an area of the blueprint rests on, back to the words."""
        return self._one(trace.TRACE.name, Trace, given, key=area)

    def answered(self, **given: Value) -> AnsweredResource:
        """You said, we did: what each recommendation or concern led to, and how much of it was answered."""
        return self._one("get_answered", AnsweredResource, given)

    def amendments(self, **given: Value) -> AmendmentsResource:
        """The words that were added, removed or replaced, and what that rests on."""
        return self._one("get_amendments", AmendmentsResource, given)

    def reconciliation(self, **given: Value) -> ReconciliationResource:
        """Whether the numbers, wordings and references of the source add up."""
        return self._one("get_reconciliation", ReconciliationResource, given)

    def influence(self, **given: Value) -> InfluenceResource:
        """Whose words reach which areas of the blueprint, by how many ways."""
        return self._one("get_influence", InfluenceResource, given)

    def reviews(self, **given: Value) -> Found[ReviewResource]:
        """Every link that no source states, and what reviewers decided of it."""
        return self._all("list_reviews", ReviewResource, given)

    def history(self, **given: Value) -> Found[ChangesetResource]:
        """What was written when, by whom and how; a server wants a token for it."""
        return self._all("list_history", ChangesetResource, given)

    def search(self, text: str, **given: Value) -> SearchPage:
        """What mentions some words in this study: the first page, the best match first, with counts."""
        words = {"q": text, "study": self.key, **_texts({**self._always, **given})}
        return cast("SearchPage", self._asker.one(search.SEARCH, {}, words))

    def __repr__(self) -> str:
        """Which study it is."""
        return f"<study {self.key}>"

    def close(self) -> None:
        """Gives everything back."""
        self._asker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _one(self, name: str, kind: type[Record], given: Mapping[str, Value], **places: str) -> Record:
        found = self._asker.one(_operation(name), {"study": self.key, **places}, _texts({**self._always, **given}))
        assert isinstance(found, kind)  # noqa: S101  the look-up says so
        return found

    def _all(self, name: str, kind: type[Record], given: Mapping[str, Value]) -> Found[Record]:
        operation = _operation(name)
        asked = _texts({**self._always, **given})
        if any(each.name == "limit" for each in operation.parameters):
            asked.setdefault("limit", _MOST)
        records: list[Record] = []
        following: str | None = ""
        while following is not None:
            page, following = self._asker.page(operation, {"study": self.key}, asked)
            records += [each for each in page if isinstance(each, kind)]
            if following is not None:
                asked["cursor"] = parse_qs(urlsplit(following).query)["cursor"]
        return Found(records, kind)


def _operation(name: str) -> Operation:
    return next(each for each in (*ROUTES, lineage.LINEAGE, trace.TRACE) if each.name == name)


def _texts(given: Mapping[str, Value]) -> dict[str, str | Sequence[str]]:
    return {name: _text(value) for name, value in given.items()}


def _text(value: Value) -> str | list[str]:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (str, int)) else [str(each) for each in value]
