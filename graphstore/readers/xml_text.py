"""What XML has no way to tell, or tells only in its own way.

XML 1.0 (fifth edition), production 2, leaves out most control characters, even escaped; Namespaces in XML 1.0,
production 4, says what a name may be, and RDF/XML writes a predicate as a name (section 5 there).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import QueryTriples, Triple

from graphstore.readers.errors import NoAcceptableFormat

UNTELLABLE: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""The characters that may not stand in XML, in UTF-8."""

_STARTS: Final = (
    r"A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL_NAME: Final = re.compile(rf"[{_STARTS}][{_STARTS}\-.0-9\xb7\u0300-\u036f\u203f\u2040]*\Z")


def with_named_predicates(triples: QueryTriples | Iterable[Triple]) -> Iterator[Triple]:
    """The same triples, as long as RDF/XML has a name for each predicate.

    Raises:
        NoAcceptableFormat: at one that does not end in a name.
    """
    for triple in triples:
        if _LOCAL_NAME.search(triple.predicate.value) is None:
            raise NoAcceptableFormat(
                f"RDF/XML has no name for the property <{triple.predicate.value}>. Accept text/turtle."
            )
        yield triple


def with_returns(written: bytes | memoryview) -> bytes:
    """The same XML with every carriage return escaped: as it is, it would be read as a line feed (section 2.11)."""
    return bytes(written).replace(b"\r", b"&#13;")


def refusal(found: re.Match[bytes]) -> NoAcceptableFormat:
    """What to say of a character of `UNTELLABLE`."""
    return NoAcceptableFormat(
        f"The answer holds the character U+{ord(found[0].decode('utf-8')):04X}, which XML cannot tell."
        " Accept a format that is not XML."
    )
