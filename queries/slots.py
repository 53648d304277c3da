"""Finding the `VALUES` slots of a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ontology.sparql_words import Word, position
from queries.errors import SlotError
from queries.terms import Term, declared_prefixes, read_terms


@dataclass(frozen=True, slots=True)
class Slot:
    """One ``VALUES ?name { … }`` with a single variable.

    Attributes:
        name: The variable without its mark.
        start: Where the text between the braces begins, in characters.
        end: Where it ends.
        values: The terms that stand there, the example values.
    """

    name: str
    start: int
    end: int
    values: tuple[Term, ...]


def find_slots(file: str, text: str, found: Sequence[Word], parameters: Sequence[str]) -> tuple[Slot, ...]:
    """The slots of `parameters` in the order of the text; other ``VALUES`` blocks are constants and left alone.

    Args:
        file: The file's name, for messages.
        text: The whole query.
        found: Its tokens.
        parameters: The names that the header declares.

    Raises:
        SlotError: A parameter has no slot; a slot stands outside the pattern's braces (there it is joined after
            counting, which miscounts), is empty, holds something that is no term, or differs from another of its name.
    """
    slots = tuple(_slots(file, text, found, frozenset(parameters)))
    examples: dict[str, tuple[Term, ...]] = {}
    for slot in slots:
        if examples.setdefault(slot.name, slot.values) != slot.values:
            problem = f"the slots of ?{slot.name} hold different examples; write the same in each"
            raise SlotError(file, position(text, slot.start)[0], problem)
    for name in parameters:
        if name not in examples:
            problem = f"the parameter {name} has no slot; write VALUES ?{name} {{ <an example> }} in the pattern"
            raise SlotError(file, _line_of_parameter(text, name), problem)
    return slots


def _slots(file: str, text: str, found: Sequence[Word], parameters: frozenset[str]) -> Iterator[Slot]:
    declared = declared_prefixes(found)
    depth = 0
    for at, token in enumerate(found):
        if token.kind == "sign" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if not token.is_keyword("VALUES") or not _is_single(found, at) or found[at + 1].text[1:] not in parameters:
            continue
        name, line = found[at + 1].text[1:], position(text, token.start)[0]
        if depth == 0:
            raise SlotError(file, line, f"the slot of ?{name} stands after the pattern; move it inside the braces")
        close = next((i for i in range(at + 3, len(found)) if _is_sign(found[i], "}")), None)
        if close is None:
            raise SlotError(file, line, f"the slot of ?{name} is not closed; end it with }}")
        try:
            values = read_terms(found[at + 3 : close], declared)
        except ValueError as problem:
            raise SlotError(file, line, f"in the slot of ?{name}: {problem}") from None
        if not values:
            raise SlotError(file, line, f"the slot of ?{name} is empty; put an example value between its braces")
        yield Slot(name, found[at + 2].end, found[close].start, values)


def _is_sign(token: Word, sign: str) -> bool:
    return token.kind == "sign" and token.text == sign


def _is_single(found: Sequence[Word], at: int) -> bool:
    return at + 2 < len(found) and found[at + 1].kind == "variable" and _is_sign(found[at + 2], "{")


def _line_of_parameter(text: str, name: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#+") and line[2:].strip().startswith(f"{name}:"):
            return number
    return 1
