"""Statements as the engine will give them back, so that the journal has each statement in one form only.

The engine keeps numbers, dates and truth values by value and languages in lower case: ``"01"^^xsd:integer`` comes back
as ``"1"``. Text in another form than its own serialiser's is read and written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from graphstore.datasets import GraphName
from ontology.terms import XSD

_PLAIN: Final = NamedNode(XSD.string)
_CONTROLS: Final = bytes((*range(10), *range(11, 32), 127))
_OTHER_ESCAPES: Final = re.compile(rb"\\[^\\\"nr]")
_TYPED: Final = re.compile(rb'("[^"\\\n]*"(?:\^\^<[^>\n]*>|@[A-Za-z0-9-]+))')


def as_kept(quads: Iterable[Quad]) -> set[Quad]:
    """Statements as the engine keeps them."""
    given = set(quads)
    typed = {quad for quad in given if _may_change(quad.object)}
    if not typed:
        return given
    engine = Store()
    engine.extend(typed)
    return (given - typed) | set(engine)


def _may_change(term: object) -> bool:
    return isinstance(term, Triple) or (isinstance(term, Literal) and term.datatype != _PLAIN)


def triples_as_kept(graphs: Mapping[GraphName, bytes]) -> Mapping[GraphName, bytes]:
    """Canonical N-Triples as the engine will give them back; most often the very text.

    Blank nodes get new labels, each node one for all the graphs.

    Raises:
        SyntaxError: with line and column.
    """
    if all(_is_kept_as_it_stands(text) for text in graphs.values()):
        return graphs
    changed: dict[GraphName, bytes] = {}
    for name, text in graphs.items():
        # One that holds a label is read by itself: N-Triples documents do not share blank nodes.
        kept = as_kept(parse(text, RdfFormat.N_TRIPLES, rename_blank_nodes=True))
        lines = sorted((serialize((quad.triple for quad in kept), format=RdfFormat.N_TRIPLES) or b"").split(b"\n")[:-1])
        changed[name] = b"".join(line + b"\n" for line in lines)
    return changed


def _is_kept_as_it_stands(text: bytes) -> bool:
    # Counting what deletion leaves takes a twentieth of the time of a search for any of a class of bytes.
    if b"_:" in text or len(text.translate(None, _CONTROLS)) < len(text) or _OTHER_ESCAPES.search(text):
        return False
    typed = b"".join(b"<urn:x> <urn:x> %b .\n" % each for each in set(_TYPED.findall(text)))
    try:
        found = set(parse(typed, RdfFormat.N_TRIPLES))
    except SyntaxError:
        return False
    return as_kept(found) == found
