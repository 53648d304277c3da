"""The search index of one store: derived from its graphs, never a second truth."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from graphstore import GraphStore
from lineage.search.documents import Document, read_collection
from lineage.search.errors import SearchUnavailable
from lineage.search.facets import Attributes, check_values, chosen_values, count_facets, passing
from lineage.search.full_text import SECONDS, FullText, Texts
from lineage.search.highlights import ranges_of, snippet_of
from lineage.search.paging import page_of
from lineage.search.query_text import full_text_expression, parse_query_text
from lineage.search.records import Hit, Passage, SearchAnswer, SearchRequest
from ontology.iris import DEFAULT_BASE


@dataclass(frozen=True, slots=True)
class _State:
    """What the index holds: one commit of the store.

    Attributes:
        commit_number: the commit, or an earlier one where another came while it was read.
        documents: by number; a document that stays keeps its number.
        numbers: by IRI.
        attributes: what the documents are told apart by.
    """

    commit_number: int
    documents: Mapping[int, Document]
    numbers: Mapping[str, int]
    attributes: Attributes


class SearchIndex:
    """Full-text search over the studies of a store, opened and closed with ``with``.

    It is made at the first search, in memory, and brought up to date at the first search after a commit, so a search
    always sees the store's last commit. Many threads may search at once: one lock lets them in one by one.

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
        self._state: _State | None = None
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
            scores = full_text.scores(expression)
            found = passing(state.attributes, scores.keys(), chosen)
            page, following = page_of(
                found, scores, lambda number: state.documents[number].iri, limit=request.limit, cursor=request.cursor
            )
            marked = full_text.marked(expression, page)
        return SearchAnswer(
            hits=tuple(_hit(state.documents[number], marked[number], scores[number]) for number in page),
            total=len(found),
            facets=count_facets(state.attributes, scores.keys(), chosen),
            next=following,
            ignored=wanted.ignored,
            commit_number=state.commit_number,
        )

    def _opened(self) -> FullText:
        if self._full_text is None:
            raise SearchUnavailable("This search index is closed. Open another with SearchIndex(store).")
        return self._full_text

    def _up_to_date(self, full_text: FullText) -> _State:
        # The number is read first: what is read after it is that commit or a newer one, which is then read again.
        number = self._store.commit_number
        if self._state is None or self._state.commit_number != number:
            self._state = _brought_up_to(self._store, self._base, number, self._state, full_text)
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


def _brought_up_to(store: GraphStore, base: str, commit_number: int, old: _State | None, full_text: FullText) -> _State:
    collection = read_collection(store, base)
    before = {} if old is None else {document.iri: document for document in old.documents.values()}
    numbers = {} if old is None else {iri: n for iri, n in old.numbers.items() if iri in collection.documents}
    unused = max(numbers.values(), default=0) + 1
    changed = [each for each in collection.documents.values() if before.get(each.iri) != each]
    new = [each.iri for each in changed if each.iri not in numbers]
    numbers |= {iri: unused + at for at, iri in enumerate(new)}
    # Only the words that differ are written anew: reading the graph is most of the work, and the rest is small.
    worded = [each for each in changed if each.iri not in before or before[each.iri].texts != each.texts]
    gone = [] if old is None else [n for iri, n in old.numbers.items() if iri not in collection.documents]
    rewritten = [numbers[each.iri] for each in worded if each.iri in before]
    full_text.change([*gone, *rewritten], {numbers[each.iri]: each.texts for each in worded})
    documents = {numbers[iri]: document for iri, document in collection.documents.items()}
    return _State(commit_number, documents, numbers, Attributes.of(collection, numbers))


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
