"""What the store held at one commit, asked by named queries, some answers remembered until the next commit.

Every question of one request goes to one snapshot, so an answer never mixes two commits, whoever writes meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from threading import Event, Lock
from typing import Any, Final, TypeVar, cast

from cachetools import LRUCache
from pyoxigraph import Literal, NamedNode

from api.rest.kept_orders import KEPT_LISTS, orders_stand
from graphstore import GraphStore
from graphstore.disk import DiskStore
from graphstore.errors import GraphStoreError
from graphstore.history import HistoryReader
from graphstore.history.mark import changeset_in
from lineage.asking import Row, answers
from lineage.search import SearchIndex
from lineage.search.changes import Position, differences_between, position_of
from ontology.iris import DEFAULT_BASE
from queries.library import QUERIES, LibraryQuery

Value = str | Literal | Sequence[str] | Sequence[Literal]
Result = TypeVar("Result")

_MOST_REMEMBERED: Final = 2_000_000
"""Rows that all remembered answers may have together."""

_ATTEMPTS: Final = 3


class Committed:
    """The store as of one commit.

    Attributes:
        store: a snapshot of it, for questions that `lineage` puts.
        number: the commit's number.
        history: the changesets of the store on disk; None for one that has none.
        index: gives the search index that goes along with the store from commit to commit; None where there is none.
    """

    def __init__(
        self,
        store: GraphStore,
        number: int,
        history: HistoryReader | None = None,
        index: Callable[[], SearchIndex] | None = None,
    ) -> None:
        self.store = store
        self.number = number
        self.history = history
        self._index = index
        self._lock = Lock()
        self._remembered: LRUCache[Hashable, Any] = LRUCache(_MOST_REMEMBERED, getsizeof=_size)
        self._being_made: dict[Hashable, Event] = {}

    def ask(self, question: str, **values: Value) -> tuple[Row, ...]:
        """Asks a SELECT question of the library.

        Args:
            question: its name, such as ``quotes/in-order``.
            **values: for each of its parameters an IRI, several IRIs, or a literal.

        Raises:
            UnexpectedAnswer: when it is no SELECT query.
        """
        return self._asked(QUERIES[question], values)

    def ask_in_any_order(self, question: str, **values: Value) -> tuple[Row, ...]:
        """The same for who does not mind the order of the rows: of many rows it costs more than finding them."""
        return self._asked(QUERIES[question].without_order(), values)

    def _asked(self, question: LibraryQuery, values: Mapping[str, Value]) -> tuple[Row, ...]:
        return answers(self.store, question, {name: _terms(value) for name, value in values.items()})

    def search_index(self, base: str) -> SearchIndex:
        """The index to search in: the one that goes along with the store, or one of this state alone.

        Raises:
            SearchUnavailable: when Python's SQLite cannot search.
        """
        if self._index is not None:
            return self._index()
        return self.remember("search index", lambda: SearchIndex(self.store, base))

    def remember(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """What `make` gives, made once while it is remembered; who asks while it is being made waits for it.

        `make` may remember other things, of which none needs this one.
        """
        while True:
            with self._lock:
                found = self._remembered.get(key)
                if found is not None:
                    return cast("Result", found)
                being_made = self._being_made.get(key)
                if being_made is None:
                    made = self._being_made[key] = Event()
                    break
            # Where that failed, or gave too much to be remembered, the next one makes it.
            being_made.wait()
        try:
            result = make()
            with self._lock, suppress(ValueError):  # larger than everything may be together: made anew each time
                self._remembered[key] = result
            return result
        finally:
            with self._lock:
                del self._being_made[key]
            made.set()

    def take_orders(self, before: Committed) -> None:
        """Remembers the orders of long lists that another state remembers; no commit between them changed those."""
        with before._lock:
            found = {key: value for key, value in before._remembered.items() if _is_order(key)}
        with self._lock:
            self._remembered.update(found)


class Facts:
    """Opens the last commit for reading, once a commit.

    Args:
        store: the store that is written to.
        base: the instance base.
    """

    def __init__(self, store: DiskStore, base: str = DEFAULT_BASE) -> None:
        self._store = store
        self._base = base
        self._opening = Lock()
        self._indexing = Lock()
        self._index: SearchIndex | None = None
        self._newest: Committed | None = None
        self._position: Position | None = None

    def newest(self) -> Committed:
        """The last commit that was acknowledged, or one after it."""
        with self._opening:
            position = position_of(self._store)
            if self._newest is None or self._newest.number != position.commit_number:
                # A snapshot taken since then holds more than the number says, never less.
                opened = Committed(
                    self._store.snapshot(),
                    position.commit_number,
                    HistoryReader(self._store.folder),
                    self.search_index,
                )
                if self._newest is not None and self._orders_stand(opened, position):
                    opened.take_orders(self._newest)
                self._newest, self._position = opened, position
            return self._newest

    def _orders_stand(self, opened: Committed, position: Position) -> bool:
        """Whether quotes and versions are listed in the order of the last commit that was opened.

        Not where the snapshot may hold a later commit than its number says: nobody has looked through that one.
        """
        if self._position is None or changeset_in(opened.store) != position.changeset:
            return False
        differences = differences_between(self._store, self._position, position)
        return differences is not None and orders_stand(opened.store, differences)

    def search_index(self) -> SearchIndex:
        """The search index of the store, one for all its commits.

        Raises:
            SearchUnavailable: when Python's SQLite cannot search.
        """
        with self._indexing:
            if self._index is None:
                self._index = SearchIndex(self._store, self._base)
            return self._index

    def reading(self, work: Callable[[Committed], Result]) -> Result:
        """The result of work on the last commit, begun again where its snapshot went while it was read.

        Raises:
            GraphStoreError: when the store cannot be read.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            committed = self.newest()
            try:
                return work(committed)
            except GraphStoreError:
                if attempt == _ATTEMPTS or self._store.newest_snapshot.commit_number == committed.number:
                    raise
        raise AssertionError("the loop above returns or raises")


def _terms(value: Value) -> NamedNode | Literal | list[NamedNode | Literal]:
    if isinstance(value, str):
        return NamedNode(value)
    if isinstance(value, Literal):
        return value
    return [each if isinstance(each, Literal) else NamedNode(each) for each in value]


def _is_order(key: Hashable) -> bool:
    match key:
        case ("table", str(name), _) | ("ordered", (str(name), _, _), _):
            return name in KEPT_LISTS
    return False


def _size(remembered: Any) -> int:
    try:
        return len(remembered) + 1
    except TypeError:
        return 1
