"""Text that would make the server contact another one is found before any engine sees it.

``SERVICE`` (SPARQL 1.1 Federated Query, section 2) and ``LOAD`` (SPARQL 1.1 Update, section 3.1.4) make the engine open
connections by itself. A whole clause is looked for in every way the text can be read; a comment, a string, an IRI, a
variable or a name that merely contains the word is left alone.
"""

from __future__ import annotations

import re
from typing import Final

from api.errors import ContactRefused
from api.lexing import Place, Word, readings

_GAP: Final = r"(?:\s|\#[^\n\r]*[\n\r])*+"
_NAME: Final = r"(?:[^\s{}<>\#\\]|\\.)+"
_IRI: Final = r"<[^<>\s{}]*>"
_SERVICE: Final = re.compile(rf"SERVICE{_GAP}(?:SILENT{_GAP})?(?:{_IRI}|{_NAME}){_GAP}\{{", re.IGNORECASE)
_LOAD: Final = re.compile(rf"LOAD{_GAP}(?:SILENT{_GAP})?(?:{_IRI}|[^\s{{}}<>\#\\]*:)", re.IGNORECASE)
_SERVICE_WORD: Final = re.compile("SERVICE", re.IGNORECASE)
_LOAD_WORD: Final = re.compile("LOAD", re.IGNORECASE)
# After these the grammar wants the name of a graph, so a name that contains the word is one.
_BEFORE_A_NAME: Final = frozenset({"GRAPH", "FROM", "NAMED", "USING", "WITH", "PREFIX"})


def refuse_contacts(text: str, *, update: bool) -> None:
    """Refuses text that would contact another server.

    Args:
        text: a query or an update.
        update: whether it is an update, where ``LOAD`` is known.

    Raises:
        ContactRefused: with the line and column of the clause.
    """
    if not _SERVICE_WORD.search(text) and not (update and _LOAD_WORD.search(text)):
        return
    for word, place in readings(text):
        at = _service_in(text, word, place)
        if at is not None:
            raise _refused(text, at, "SERVICE is refused: a query of this server contacts no other. Import the data.")
        at = _load_in(text, word, place) if update else None
        if at is not None:
            raise _refused(
                text, at, "LOAD is refused: this server fetches nothing. Send the data to /data, or import it."
            )


def _service_in(text: str, word: Word, place: Place) -> int | None:
    named = place.before is not None and place.before.is_keyword(*_BEFORE_A_NAME)
    if word.kind not in {"word", "prefixed"} or (word.kind == "prefixed" and named):
        return None
    keyword_part = word.text.partition(":")[0]
    for found in _SERVICE_WORD.finditer(keyword_part):
        if _SERVICE.match(text, word.start + found.start()):
            return word.start + found.start()
    return None


def _load_in(text: str, word: Word, place: Place) -> int | None:
    if place.braces or word.kind not in {"word", "prefixed"}:
        return None
    if word.kind == "prefixed":
        before = place.before
        begins = before is None or before.text == ";" or before.kind == "iri"
        return word.start if begins and word.text.upper().startswith("LOAD") else None
    for found in _LOAD_WORD.finditer(word.text):
        if _LOAD.match(text, word.start + found.start()):
            return word.start + found.start()
    return None


def _refused(text: str, at: int, message: str) -> ContactRefused:
    line = text.count("\n", 0, at) + 1
    return ContactRefused(message, line, at - text.rfind("\n", 0, at))
