"""The header of a query file: leading ``#+`` lines that hold YAML, in grlc's manner, checked against a closed model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NoReturn

import yaml

from queries.errors import HeaderError

MARK = "#+"
KEYS = ("summary", "description", "tags", "parameters", "returns")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class QueryHeader:
    """What a query says of itself.

    Attributes:
        summary: One line.
        description: What is counted, what is left out, what a row means.
        tags: Words to group queries by.
        parameters: What each parameter stands for, by name.
        returns: The variables of a SELECT in their order; ``graph`` for CONSTRUCT and DESCRIBE; ``boolean`` for ASK.
    """

    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: Mapping[str, str]
    returns: tuple[str, ...]


def parse_header(file: str, text: str) -> QueryHeader:
    """Reads the header of a query file.

    Args:
        file: The file's name, for messages.
        text: The whole file; the header is its first lines, each beginning with ``#+``.

    Raises:
        HeaderError: There is none, it is no YAML, a key is unknown, missing or given twice, or a value has the
            wrong form.
    """
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith(MARK):
            break
        lines.append(line[len(MARK) :].removeprefix(" "))
    if not lines:
        raise HeaderError(file, 1, f"there is no header; begin the file with lines such as '{MARK} summary: …'")
    entries = _entries(file, _composed(file, "\n".join(lines)), "the header")
    for name, (key, _) in entries.items():
        if name not in KEYS:
            _refuse(file, key, f"the key {name} is not known; the keys are {', '.join(KEYS)}")
    for name in KEYS:
        if name not in entries:
            raise HeaderError(file, 1, f"the header lacks {name}; add a line '{MARK} {name}: …'")
    values = {name: value for name, (_, value) in entries.items()}
    return QueryHeader(
        summary=_text(file, values["summary"], "summary"),
        description=_text(file, values["description"], "description"),
        tags=_texts(file, values["tags"], "tags"),
        parameters=_parameters(file, values["parameters"]),
        returns=_texts(file, values["returns"], "returns"),
    )


def _composed(file: str, text: str) -> yaml.Node:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 1
        raise HeaderError(file, line, f"the header is no YAML ({problem.problem}); quote texts with a colon") from None
    except yaml.YAMLError as problem:
        raise HeaderError(file, 1, f"the header is no YAML ({problem})") from None
    if node is None:
        raise HeaderError(file, 1, f"the header is empty; begin with '{MARK} summary: …'")
    return node


def _refuse(file: str, node: yaml.Node, problem: str) -> NoReturn:
    raise HeaderError(file, node.start_mark.line + 1, problem)


def _entries(file: str, node: yaml.Node, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        _refuse(file, node, f"{what} must be 'name: value' lines")
    entries: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        name = _text(file, key, "a key")
        if name in entries:
            _refuse(file, key, f"{name} is given twice; keep one")
        entries[name] = (key, value)
    return entries


def _text(file: str, node: yaml.Node, what: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        _refuse(file, node, f"{what} must be a text that is not empty")
    return str(node.value).strip()


def _texts(file: str, node: yaml.Node, what: str) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        _refuse(file, node, f"{what} must be a list that is not empty, such as [one, two]")
    return tuple(_text(file, each, f"each of {what}") for each in node.value)


def _parameters(file: str, node: yaml.Node) -> Mapping[str, str]:
    entries = _entries(file, node, "parameters (write {} where there are none)")
    for name, (key, _) in entries.items():
        if not _NAME.fullmatch(name):
            _refuse(file, key, f"{name} cannot name a parameter; use letters, figures and _ as in a variable")
    return MappingProxyType({name: _text(file, value, f"what {name} means") for name, (_, value) in entries.items()})
