"""An update that is sent to one graph (SPARQL 1.1 Graph Store HTTP Protocol, section 5.7: HTTP PATCH).

What it says without naming a graph is meant for that graph. The words are put around it; nothing else is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.datasets import words_of
from api.errors import MalformedRequest
from ontology.sparql_words import Word

_ELSEWHERE: Final = frozenset({"GRAPH", "WITH", "USING", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})


def update_of_graph(text: str, graph: str) -> str:
    """The update, each operation of it turned to one graph.

    ``INSERT DATA``, ``DELETE DATA`` and ``DELETE WHERE`` get ``GRAPH`` around their triples; others begin with
    ``WITH`` (SPARQL 1.1 Update, section 3.1.3).

    Args:
        text: the update.
        graph: the graph's name, "" for the unnamed one, where all stays as it is.

    Raises:
        MalformedRequest: when it names a graph or manages graphs.
    """
    found = words_of(text)
    for word in found:
        if word.is_keyword(*_ELSEWHERE):
            raise MalformedRequest(
                f"{word.text.upper()} has no place in a PATCH: the update is for the one graph that it is sent to. "
                "Send other updates to /sparql."
            )
    if not graph:
        return text
    parts, done = [], 0
    for at, insertion in sorted(_insertions(found, graph)):
        parts += [text[done:at], insertion]
        done = at
    return "".join((*parts, text[done:]))


def _insertions(found: Sequence[Word], graph: str) -> list[tuple[int, str]]:
    insertions: list[tuple[int, str]] = []
    braces, wrapped, begins = 0, False, True
    for index, word in enumerate(found):
        if word.kind == "sign" and word.text in "{}":
            braces += 1 if word.text == "{" else -1
            if word.text == "{" and braces == 1:
                wrapped = _is_data(found, index)
                if wrapped:
                    insertions.append((word.end, f" GRAPH <{graph}> {{"))
            elif word.text == "}" and braces == 0 and wrapped:
                insertions.append((word.start, "}"))
        elif braces == 0 and word.text == ";":
            begins = True
        elif braces == 0 and word.is_keyword("INSERT", "DELETE") and begins:
            begins = False
            if index + 1 < len(found) and found[index + 1].text == "{":
                insertions.append((word.start, f"WITH <{graph}> "))
    return insertions


def _is_data(found: Sequence[Word], index: int) -> bool:
    if index < 1:
        return False
    before = found[index - 1]
    return before.is_keyword("DATA") or (
        before.is_keyword("WHERE") and index > 1 and found[index - 2].is_keyword("DELETE")
    )
