"""Texts that no XML could tell are not written: an answer in XML would have to leave them out or refuse.

XML 1.0 (fifth edition), production 2, leaves out most control characters, U+FFFE and U+FFFF, even escaped. SPARQL,
Turtle and JSON write them with an escape, so a text may come with one. Names cannot: no parser takes them in an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, Quad, RdfFormat, Triple, serialize

from graphstore.errors import UntellableText

_UNTELLABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST: Final = 300


def refuse_untellable(quads: Iterable[Quad]) -> None:
    """Lets statements pass whose texts XML can tell.

    Args:
        quads: what is to be written.

    Raises:
        UntellableText: naming the first of those that cannot be told, in the order of N-Triples, and the place in it.
    """
    found = {
        _line(quad.triple): text
        for quad in quads
        if (text := _text_of(quad.object)) is not None and _UNTELLABLE.search(text)
    }
    if not found:
        return
    line = min(found)
    character = _UNTELLABLE.search(found[line])
    if character is None:
        raise AssertionError("it was found above")
    others = f" So do texts of {len(found) - 1:,} more." if len(found) > 1 else ""
    raise UntellableText(
        f"The text of the statement {line if len(line) <= _LONGEST else f'{line[:_LONGEST]}…'} holds the character "
        f"U+{ord(character[0]):04X}, as its character {character.start() + 1:,}, which XML cannot tell.{others} "
        "Leave such characters out. Nothing was written."
    )


def _text_of(term: object) -> str | None:
    if isinstance(term, Literal):
        return term.value
    return _text_of(term.object) if isinstance(term, Triple) else None


def _line(triple: Triple) -> str:
    """The statement in N-Triples, which escapes such characters, without the full stop."""
    return (serialize([triple], format=RdfFormat.N_TRIPLES) or b"").decode().rstrip(" .\n")
