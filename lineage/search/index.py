"""The search index of one store: derived from its graphs, never a second truth."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Final, Self

from graphstore import GraphStore
from lineage.search.bits import bits_of, numbers_of
from lineage.search.changes import position_of
from lineage.search.documents import Document
from lineage.search.errors import SearchUnavailable
from lineage.search.facets import check_values, chosen_values, count_facets, passing
from lineage.search.full_text import SECONDS, FullText, Texts
from lineage.search.highlights import ranges_of, snippet_of
from lineage.search.paging import page_of
from lineage.search.query_text import full_text_expression, parse_query_text
from lineage.search.records import Hit, Passage, SearchAnswer, SearchRequest
from lineage.search.state import State, brought_up_to
from ontology.iris import DEFAULT_BASE

_FEW: Final = 200
"""Of so many hits, all are marked while they are scored; of more, those of the page are, when it is known."""


class SearchIndex:
    """Full-text search over the studies of a store, opened and closed with ``with``.

    It is made in memory, at the first search or when `prepare` is called, and brought up to date at the first of these
    after a commit, so a search always sees the store's last commit. Of a store on disk, only what the commits touched
    is read again, unless that is much. Many threads may search at once: one lock lets them in one by one.

    Args:
        store: the store, or a snapshot of it; it stays open for as long as the index is used.
        base: the instance base, to tell keys from IRIs.
        seconds: after which a search is stopped; others wait for it meanwhile.

    Raises:
        SearchUnavailable: when Python's SQLite cannot search.
    """

    def __init__(self, store: GraphStore, base: str = DEFAULT_BASE, *, seconds: float = SECONDS) -> None:
        self._store = store
        self._base = base
        self._lock = threading.Lock()
        self._state: State | None = None
        self._full_text: FullText | None = FullText(seconds=seconds)

    def search(self, request: SearchRequest) -> SearchAnswer:
        """One page of what matches, the best first, with counts over all that matches.

        Raises:
            SearchRefused: when the request cannot be searched for; the message says what to change.
            SearchTookTooLong: when it was stopped at its deadline.
            SearchUnavailable: when the index is closed.
        """
        wanted = parse_query_text(request.text)
        expression = full_text_expression(wanted)
        chosen = chosen_values(request)
        with self._lock:
            full_text = self._opened()
            state = self._up_to_date(full_text)
            check_values(state.attributes, chosen)
            matching = bits_of(full_text.matching(expression))
            found = numbers_of(passing(state.attributes, matching, chosen))
            scores, marked = (
                full_text.scored_and_marked(expression, found)
                if len(found) <= _FEW
                else (full_text.scores(expression, found), {})
            )
            page, following = page_of(
                found,
                scores,
                lambda number: state.document(number).iri,
                limit=request.limit,
                cursor=request.cursor,
                skip=request.skip,
            )
            marked = marked or full_text.marked(expression, page)
        return SearchAnswer(
            hits=tuple(_hit(state.document(number), marked[number], scores[number]) for number in page),
            total=len(found),
            facets=count_facets(state.attributes, matching, chosen),
            next=following,
            ignored=wanted.ignored,
            commit_number=state.position.commit_number,
        )

    def _opened(self) -> FullText:
        if self._full_text is None:
            raise SearchUnavailable("This search index is closed. Open another with SearchIndex(store).")
        return self._full_text

    def prepare(self) -> int:
        """Brings the index up to date, so that the next search need not wait for it.

        Returns:
            The commit that it holds.

        Raises:
            SearchUnavailable: when the index is closed.
        """
        with self._lock:
            return self._up_to_date(self._opened()).position.commit_number

    def _up_to_date(self, full_text: FullText) -> State:
        # The position is read first: what is read after it is that commit or a newer one, which is then read again.
        position = position_of(self._store)
        if self._state is None or self._state.position != position:
            self._state = brought_up_to(self._store, self._base, position, self._state, full_text)
        return self._state

    def close(self) -> None:
        """Gives the memory back; closing twice does no harm."""
        with self._lock:
            if self._full_text is not None:
                self._full_text.close()
            self._full_text = self._state = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _hit(document: Document, marked: Texts, score: float) -> Hit:
    passages = [
        Passage(part, text, ranges_of(with_marks))
        for part, text, with_marks in zip(document.parts, document.texts, marked, strict=True)
    ]
    # The body tells most, and stands last.
    matching = [each for each in reversed(passages) if each.ranges]
    shown = matching[0]
    return Hit(
        kind=document.kind,
        iri=document.iri,
        key=document.key,
        study=document.study,
        name=document.name or None,
        part=shown.part,
        text=shown.text,
        ranges=shown.ranges,
        snippet=snippet_of(shown.text, shown.ranges),
        others=tuple(matching[1:]),
        score=score,
        organisation_type=next(iter(document.organisation_types), None),
        hypotheses=document.hypotheses,
        iteration=document.iteration,
    )
