"""N-Triples, gathered statement by statement (RDF 1.1 N-Triples, section 4, its canonical form).

Text rather than objects: the engine's fast path and the validator both read text, and making it costs a tenth.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Final

from ontology.terms import RDF, XSD

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_TO_ESCAPE: Final = re.compile(r'[\\"\n\r]')


class Statements:
    """The statements of one graph, each once, in the order they were made."""

    def __init__(self, graph: str) -> None:
        self.graph = graph
        self._lines: dict[str, None] = {}

    def types(self, subject: str, *classes: str) -> None:
        """Says what `subject` is."""
        for each in classes:
            self.link(subject, RDF.type, each)

    def link(self, subject: str, predicate: str, target: str | None) -> None:
        """Links two IRIs; nothing where `target` is None."""
        if target is not None:
            self._lines[f"<{subject}> <{predicate}> <{target}>"] = None

    def text(self, subject: str, predicate: str, value: str | None) -> None:
        """Gives a plain string; nothing where it is None."""
        if value is not None:
            self._lines[f'<{subject}> <{predicate}> "{_escaped(value)}"'] = None

    def whole(self, subject: str, predicate: str, value: int | None) -> None:
        """Gives an ``xsd:integer``; nothing where it is None."""
        if value is not None:
            self._typed(subject, predicate, str(value), XSD.integer)

    def decimal(self, subject: str, predicate: str, value: Decimal) -> None:
        """Gives an ``xsd:decimal`` in its shortest form, as the store would keep it."""
        plain = format(value, "f")
        self._typed(subject, predicate, plain.rstrip("0").rstrip(".") if "." in plain else plain, XSD.decimal)

    def instant(self, subject: str, predicate: str, value: str | None) -> None:
        """Gives an ``xsd:gYearMonth``, ``xsd:date`` or ``xsd:dateTime``, as `value` is written."""
        if value is None:
            return
        if "T" in value:
            moment = datetime.fromisoformat(value).isoformat().replace("+00:00", "Z")
            self._typed(subject, predicate, moment, XSD.dateTime)
        else:
            self._typed(subject, predicate, value, XSD.gYearMonth if value.count("-") == 1 else XSD.date)

    def _typed(self, subject: str, predicate: str, lexical: str, datatype: str) -> None:
        self._lines[f'<{subject}> <{predicate}> "{lexical}"^^<{datatype}>'] = None

    def __len__(self) -> int:
        return len(self._lines)

    def n_triples(self) -> str:
        """All statements, one a line."""
        return " .\n".join(self._lines) + " .\n" if self._lines else ""


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _ESCAPES[found[0]], text)
