"""A changeset as a file: what is written is read again, and is what another reader of N-Quads sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad
from rdflib import Graph

from graphstore.attribution import Channel
from graphstore.history.changeset import Changeset, Struck
from graphstore.history.errors import JournalDamaged
from graphstore.history.kept_forms import as_kept
from graphstore.history.patch import lines_of_quads, read_changeset, read_lines, split_digest, with_digest, write_text

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
IRIS = st.integers(0, 9).map(lambda n: NamedNode(f"https://example.org/{n}"))
NODES = IRIS | st.integers(0, 3).map(lambda n: BlankNode(f"b{n}"))
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["en", "de-CH"])),
    st.integers().map(Literal),
)
QUADS = st.builds(Quad, NODES, IRIS, NODES | LITERALS, IRIS | st.just(DefaultGraph()))
NUMBERS = st.integers(1, 10**9)
CHANGESETS = st.builds(
    Changeset,
    number=NUMBERS,
    when=st.datetimes(datetime(1980, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
    who=TEXTS,
    how=st.sampled_from(Channel),
    message=TEXTS,
    removed=NUMBERS,
    added=NUMBERS,
    histories=st.lists(st.just("https://example.org/graph/history"), max_size=2).map(tuple),
    previous=st.sampled_from(["", "ab" * 32]),
    digest=st.just("cd" * 32),
    reverts=st.none() | NUMBERS,
    redacts=st.none() | st.just("https://example.org/1"),
    reason=st.none() | TEXTS,
    struck=st.lists(st.builds(Struck, NUMBERS, NUMBERS, st.just("0123456789ab")), max_size=3).map(tuple),
)


@given(CHANGESETS, st.frozensets(QUADS, max_size=5), st.frozensets(QUADS, max_size=5))
def test_what_is_written_is_read_again(told: Changeset, removed: frozenset[Quad], added: frozenset[Quad]) -> None:
    """Header and statements come back as they were, whatever words are in them."""
    removed, added = frozenset(as_kept(removed)), frozenset(as_kept(added))
    text = write_text(told, lines_of_quads(removed), lines_of_quads(added))
    patch = with_digest(text, told.digest)
    assert split_digest(patch) == (told.digest, text)
    assert read_changeset(patch) == told
    difference = read_lines(patch).difference()
    assert (difference.removed, difference.added) == (removed, added)


@given(CHANGESETS, st.lists(QUADS, max_size=5))
def test_a_text_gives_the_same_patch_as_its_lines(told: Changeset, quads: list[Quad]) -> None:
    """A first load's text need not be taken apart: the patch is the same."""
    lines = lines_of_quads(set(quads))
    assert write_text(told, [], b"".join(line + b"\n" for line in lines)) == write_text(told, [], lines)


@given(CHANGESETS, st.frozensets(st.builds(Quad, NODES, IRIS, NODES | LITERALS), max_size=5))
def test_added_lines_are_what_other_readers_read(told: Changeset, added: frozenset[Quad]) -> None:
    """Without its letter a line is a statement to rdflib too: none is lost, none too many."""
    text = write_text(told, [], lines_of_quads(as_kept(added))).decode()
    body = "\n".join(line[2:] for line in text.split("\n") if line.startswith("A "))
    assert len(Graph().parse(data=body, format="nt")) == len(as_kept(added))


@pytest.mark.parametrize(
    "patch",
    [
        b"",
        b"H id <urn:other:1> .\n",
        b"TX .\nTC .\n",
        b"H id <urn:x-hypothread:changeset:" + b"0" * 64 + b'> .\nH who "a" .\nTX .\nTC .\n',
        b"H id <urn:x-hypothread:changeset:" + b"0" * 64 + b"> .\nnonsense\nTX .\nTC .\n",
    ],
)
def test_what_is_no_header_is_refused(patch: bytes) -> None:
    """A file that is none is told as damaged, not half read."""
    with pytest.raises(JournalDamaged):
        read_changeset(patch)


@pytest.mark.parametrize("body", [b"TX .\n", b"TX .\nA <a:a> <a:a> <a:a> .\n", b"TX .\nX <a:a> .\nTC .\n", b"TC .\n"])
def test_half_a_patch_is_refused(body: bytes) -> None:
    """A patch without its end, or with a line that neither adds nor removes, is none."""
    with pytest.raises(JournalDamaged):
        read_lines(body)
