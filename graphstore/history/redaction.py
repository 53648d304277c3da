"""Taking somebody's words out for good: out of the store, its journal, its kept states and its snapshots."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, Quad, RdfFormat, parse

from graphstore.attribution import Attribution, Channel
from graphstore.history.activities import touched_histories
from graphstore.history.chain import split_at_strings
from graphstore.history.changeset import Changeset, Struck
from graphstore.history.errors import NothingToRedact, ReasonHoldsWords
from graphstore.history.journal import Journal
from graphstore.history.patch import split_digest
from graphstore.history.recovery import forget_struck_words
from graphstore.history.speech import KEYS, WORDS
from graphstore.history.striking import MARK_DIGITS, begin_striking, is_tombstone
from graphstore.port import Difference
from ontology.iris import VOCABULARY_GRAPH
from ontology.terms import XSD

if TYPE_CHECKING:
    from graphstore.disk import DiskStore

_TEXTS: Final = frozenset((XSD.string, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A statement that holds the words within other text, or at a property that is nobody's speech; it stays.

    Attributes:
        changeset: the changeset it stands in.
        subject: the item it is about.
        predicate: the property.
    """

    changeset: int
    subject: str
    predicate: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """What a redaction did.

    Attributes:
        changeset: the changeset it is.
        texts: how many different texts were taken out.
        places: in how many places of the journal they stood.
        mentions: where the same words still stand as part of something else.
    """

    changeset: Changeset
    texts: int
    places: int
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A quoted string of a patch, and the line it stands in."""

    index: int
    quoted: bytes
    line: bytes


def redact(store: DiskStore, iri: str, reason: str, by: Attribution) -> Redaction:
    """What `History.redact` does."""
    with store.writing():
        journal = store.journal
        words = _words_of(journal, iri)
        if not words:
            raise NothingToRedact(f"<{iri}> has no words in the store or its history. Give the item's whole IRI.")
        _must_not_repeat(words, f"{reason} {by.message}")
        marks = {quoted: os.urandom(MARK_DIGITS // 2).hex() for quoted in words}
        struck, mentions = _find(journal, iri, marks)
        told = Changeset(
            number=0, when=Journal.BEGINNING, who=by.who, how=Channel.redaction, message=by.message, redacts=iri,
            reason=reason, struck=tuple(struck), histories=_histories(store, iri),
        )  # fmt: skip
        entry = journal.compose(told, [], [])
        store.expect_change()
        begin_striking(journal)
        journal.write(entry)
        forget_struck_words(store)
        return Redaction(entry.changeset, len(words), len(struck), tuple(dict.fromkeys(mentions)))


def _histories(store: DiskStore, iri: str) -> tuple[str, ...]:
    about = {quad for graph in store.graphs() for quad in store.quads(graph) if str(quad.subject) == f"<{iri}>"}
    return touched_histories(store.engine, Difference(added=about))


def _words_of(journal: Journal, iri: str) -> dict[bytes, str]:
    """The texts of an item, at any time, as the journal writes them, with the words themselves."""
    found: dict[bytes, str] = {}
    subject = f"<{iri}> ".encode()
    for number in journal.numbers():
        lines = journal.lines(number)
        for line in (*lines.removed, *lines.added):
            if not line.startswith(subject):
                continue
            words = _text_of(quad := _quad(line))
            if words is not None and quad.predicate.value not in KEYS and not is_tombstone(words):
                found[split_at_strings(line)[1]] = words
    return found


def _find(journal: Journal, iri: str, marks: Mapping[bytes, str]) -> tuple[list[Struck], list[Mention]]:
    """Where the words stand as somebody's words, and where within something else."""
    struck: list[Struck] = []
    mentions: list[Mention] = []
    inner = [quoted[1:-1] for quoted in marks]
    for number in journal.numbers():
        patch = journal.patch(number)
        if not any(each in patch for each in inner):
            continue
        for place in _places(patch):
            if place.quoted in marks and _is_speech(place.line, iri):
                struck.append(Struck(number, place.index, marks[place.quoted]))
            elif place.line[:2] in (b"A ", b"D ") and any(each in place.quoted for each in inner):
                quad = _quad(place.line[2:])
                mentions.append(Mention(number, str(quad.subject), quad.predicate.value))
    return struck, mentions


def _places(patch: bytes) -> Iterator[_Place]:
    _, text = split_digest(patch)
    pieces = split_at_strings(text)
    begun = b""
    for index in range(len(pieces) // 2):
        before, quoted, after = pieces[2 * index], pieces[2 * index + 1], pieces[2 * index + 2]
        begun = before.rpartition(b"\n")[2] if b"\n" in before else begun + before
        yield _Place(index, quoted, begun + quoted + after.partition(b"\n")[0])
        begun += quoted


def _is_speech(line: bytes, iri: str) -> bool:
    if line.startswith(b"H message "):
        return True
    if line[:2] not in (b"A ", b"D "):
        return False
    quad = _quad(line[2:])
    if str(quad.graph_name) == f"<{VOCABULARY_GRAPH}>" or _text_of(quad) is None:
        return False
    own = str(quad.subject) == f"<{iri}>" and quad.predicate.value not in KEYS
    return own or quad.predicate.value in WORDS


def _must_not_repeat(words: Mapping[bytes, str], told: str) -> None:
    if any(each in told for each in words.values() if each.strip()):
        raise ReasonHoldsWords("The reason repeats the words that are to go. Say why, without them.")


def _quad(line: bytes) -> Quad:
    found: list[Quad] = list(parse(line, RdfFormat.N_QUADS))
    return found[0]


def _text_of(quad: Quad) -> str | None:
    found = quad.object
    return found.value if isinstance(found, Literal) and found.datatype.value in _TEXTS else None
