"""A changeset as a file: RDF Patch, a line a statement (format of Apache Jena RDF Delta, with header, TX and TC).

``H`` lines give the header, ``D`` lines what is removed, ``A`` lines what is added; a statement is written as in
N-Quads. The first line, ``H id``, names the digest of all that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from graphstore.attribution import Channel
from graphstore.history.changeset import Changeset, Struck
from graphstore.history.errors import JournalDamaged
from graphstore.port import Difference
from ontology.terms import XSD

BEGIN: Final = b"TX .\n"
END: Final = b"TC .\n"
_ID: Final = "urn:x-hypothread:changeset:"
_ID_LINE: Final = re.compile(rb"H id <" + _ID.encode() + rb"([0-9a-f]{64})> \.\n")
_HEADER_LINE: Final = re.compile(rb"H ([a-z]+) (.+ \.)\n")


@dataclass(frozen=True, slots=True)
class Lines:
    """The statements of a changeset as lines of N-Quads, each ending in its full stop, without a line break."""

    removed: Sequence[bytes] = ()
    added: Sequence[bytes] = ()

    def difference(self) -> Difference:
        """The same as quads, with the labels of blank nodes as they stand."""
        return Difference(removed=quads_of_lines(self.removed), added=quads_of_lines(self.added))

    def in_graphs_of(self, study: str) -> Lines:
        """The statements of a study's graphs alone, by the study's IRI."""
        own = f" <{study}/graph".encode()

        def is_own(line: bytes) -> bool:
            # No IRI holds a space: the last one stands before the full stop, the one before it before the graph.
            return line.startswith(own, line.rfind(b" ", 0, -2))

        return Lines(list(filter(is_own, self.removed)), list(filter(is_own, self.added)))


def quads_of_lines(lines: Iterable[bytes]) -> frozenset[Quad]:
    """The statements of lines of N-Quads."""
    return frozenset(parse(b"\n".join(lines), RdfFormat.N_QUADS))


def lines_of_quads(quads: Iterable[Quad]) -> list[bytes]:
    """The lines of N-Quads for statements, in order."""
    return sorted((serialize(quads, format=RdfFormat.N_QUADS) or b"").split(b"\n")[:-1])


def write_text(changeset: Changeset, removed: Sequence[bytes], added: Sequence[bytes] | bytes) -> bytes:
    """All of a patch but its first line.

    Args:
        changeset: what its header says; `Changeset.digest` is not yet known.
        removed: lines of N-Quads.
        added: lines of N-Quads, or the text that they make with a line break after each.
    """
    if isinstance(added, bytes):
        adding = b"A " + added[:-1].replace(b"\n", b"\nA ") + b"\n" if added else b""
    else:
        adding = _prefixed(b"A ", added)
    header = b"".join(f"H {name} {term} .\n".encode() for name, term in _header(changeset))
    return b"".join((header, BEGIN, _prefixed(b"D ", removed), adding, END))


def with_digest(text: bytes, digest: str) -> bytes:
    """The whole patch."""
    return f"H id <{_ID}{digest}> .\n".encode() + text


def patch_between(lines: Lines) -> bytes:
    """A difference between two states as RDF Patch; it is no changeset, so it has no header."""
    return b"".join((BEGIN, _prefixed(b"D ", lines.removed), _prefixed(b"A ", lines.added), END))


def split_digest(patch: bytes) -> tuple[str, bytes]:
    """The digest that a patch's first line names, and the text it covers.

    Raises:
        JournalDamaged: when it begins with no such line.
    """
    found = _ID_LINE.match(patch)
    if found is None:
        raise JournalDamaged("its first line names no digest")
    return found[1].decode(), patch[found.end() :]


def read_changeset(patch: bytes) -> Changeset:
    """The header of a patch; what follows the header need not be there.

    Raises:
        JournalDamaged: when it is none.
    """
    digest, text = split_digest(patch)
    try:
        return _changeset(digest, _terms(text.partition(BEGIN)[0]))
    except (KeyError, ValueError, SyntaxError) as error:
        raise JournalDamaged(f"its header cannot be read: {error}") from error


def read_lines(patch: bytes) -> Lines:
    """The statements of a patch.

    Raises:
        JournalDamaged: when it is not one whole patch.
    """
    _, begin, rest = patch.partition(BEGIN)
    body, end, after = rest.rpartition(END)
    if not begin or not end or after:
        raise JournalDamaged("it is not a whole patch")
    lines = body.split(b"\n")[:-1]
    removed = [line[2:] for line in lines if line[:2] == b"D "]
    added = [line[2:] for line in lines if line[:2] == b"A "]
    if len(removed) + len(added) != len(lines):
        raise JournalDamaged("a line begins with neither A nor D")
    return Lines(removed, added)


def _prefixed(prefix: bytes, lines: Sequence[bytes]) -> bytes:
    return b"".join(prefix + line + b"\n" for line in lines)


def _header(changeset: Changeset) -> Iterable[tuple[str, Literal | NamedNode]]:
    whole, moment = NamedNode(XSD.integer), NamedNode(XSD.dateTime)
    if changeset.previous:
        yield "prev", NamedNode(_ID + changeset.previous)
    yield "number", Literal(str(changeset.number), datatype=whole)
    yield "when", Literal(changeset.when.astimezone(UTC).isoformat().replace("+00:00", "Z"), datatype=moment)
    yield "who", Literal(changeset.who)
    yield "how", Literal(changeset.how.value)
    if changeset.message:
        yield "message", Literal(changeset.message)
    yield "removed", Literal(str(changeset.removed), datatype=whole)
    yield "added", Literal(str(changeset.added), datatype=whole)
    for graph in changeset.histories:
        yield "history", NamedNode(graph)
    if changeset.reverts is not None:
        yield "reverts", Literal(str(changeset.reverts), datatype=whole)
    if changeset.redacts is not None:
        yield "redacts", NamedNode(changeset.redacts)
    if changeset.reason is not None:
        yield "reason", Literal(changeset.reason)
    if changeset.request:
        yield "request", Literal(changeset.request)
    for each in changeset.struck:
        yield "struck", Literal(str(each))


def _terms(header: bytes) -> Mapping[str, list[str]]:
    lines = _HEADER_LINE.findall(header)
    if sum(len(name) + len(term) + 4 for name, term in lines) != len(header):
        raise ValueError("a line of it is none of a header")
    triples = b"".join(b"<urn:h> <urn:h:%b> %b\n" % line for line in lines)
    found: dict[str, list[str]] = {}
    for quad in parse(triples, RdfFormat.N_TRIPLES):
        if not isinstance(quad.object, Literal | NamedNode):
            raise ValueError("a value of it is neither text nor an IRI")
        found.setdefault(quad.predicate.value.removeprefix("urn:h:"), []).append(quad.object.value)
    return found


def _changeset(digest: str, terms: Mapping[str, list[str]]) -> Changeset:
    def one(name: str) -> str | None:
        return terms[name][0] if name in terms else None

    reverts = one("reverts")
    return Changeset(
        number=int(terms["number"][0]),
        when=datetime.fromisoformat(terms["when"][0]),
        who=terms["who"][0],
        how=Channel(terms["how"][0]),
        message=one("message") or "",
        removed=int(terms["removed"][0]),
        added=int(terms["added"][0]),
        histories=tuple(terms.get("history", ())),
        previous=(one("prev") or "").removeprefix(_ID),
        digest=digest,
        reverts=None if reverts is None else int(reverts),
        redacts=one("redacts"),
        reason=one("reason"),
        struck=tuple(map(Struck.parse, terms.get("struck", ()))),
        request=one("request") or "",
    )
