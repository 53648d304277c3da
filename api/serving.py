"""What the routes of SPARQL and the graph store share, for as long as the server runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from api.access.tokens import TokenStore
from api.cache import AnswerCache
from api.deriving import Derivation
from api.limits import Limits
from api.past.pasts import Pasts
from api.rest.writes.editing import Editing
from api.rest.writes.reviewing import Reviewing
from graphstore.conforming import Conformance
from graphstore.disk import DiskStore
from graphstore.readers.pool import ReaderPool
from graphstore.readers.records import ReaderLimits
from ontology.iris import DEFAULT_BASE
from ontology.validation import Validator


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the open dataset held at one commit: statements of each property, things of each class."""

    commit_number: int
    properties: Mapping[str, int]
    classes: Mapping[str, int]


class Serving:
    """The store, its reader processes and tokens, and the shapes that every write is held against.

    Args:
        store: the store; whoever opened it closes it.
        tokens: the tokens that count.
        reader_limits: for the reader processes, which the application's lifespan starts and ends.
        limits: for requests.
        base: the instance base.
        derivation: works out what follows from a study when it is written to; with None, nothing is derived.
        editing: works out what a row changes; with None, there are no REST writes.
        reviewing: works out what decisions on links change; with None, nobody decides over REST.
    """

    def __init__(
        self,
        store: DiskStore,
        tokens: TokenStore,
        *,
        reader_limits: ReaderLimits | None = None,
        limits: Limits | None = None,
        base: str = DEFAULT_BASE,
        derivation: Derivation | None = None,
        editing: Editing | None = None,
        reviewing: Reviewing | None = None,
    ) -> None:
        self.store = store
        self.limits = limits or Limits()
        self.reader_limits = reader_limits or ReaderLimits()
        self.base = base
        self.derivation = derivation
        self.editing = editing
        self.reviewing = reviewing
        self.pool = ReaderPool(store, self.reader_limits)
        self.pasts = Pasts(store)
        self.tokens = tokens
        self.answers = AnswerCache(
            lambda: store.newest_snapshot.commit_number,
            most=self.limits.answers_bytes,
            most_each=self.limits.answer_bytes,
        )
        self.statistics: Statistics | None = None
        self._known: tuple[int, tuple[str, ...]] | None = None

    @cached_property
    def validator(self) -> Validator:
        """The compiled shapes, made when they are first needed."""
        return Validator()

    @cached_property
    def conformance(self) -> Conformance:
        """Which studies conform to the shapes, and whether they still would."""
        return Conformance(self.store, self.base, self.validator)

    def known_graphs(self) -> tuple[str, ...]:
        """The names of the graphs that hold something, as of the last commit."""
        number = self.store.commit_number
        if self._known is None or self._known[0] != number:
            self._known = (number, tuple(each.value for each in self.store.graphs()))
        return self._known[1]
