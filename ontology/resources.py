"""The vocabulary, code lists, shapes and JSON-LD context as they lie in the package, also when it is installed."""

from __future__ import annotations

from importlib.resources import files


def vocabulary_turtle() -> bytes:
    """The vocabulary in Turtle."""
    return _read("vocabulary.ttl")


def code_lists_turtle() -> bytes:
    """The code lists in Turtle."""
    return _read("code-lists.ttl")


def context_json() -> bytes:
    """The JSON-LD 1.1 context of the vocabulary's terms."""
    return _read("context.jsonld")


def shape_file_names() -> tuple[str, ...]:
    """The names of the shape files, in alphabetical order."""
    return tuple(
        sorted(each.name for each in files(__package__).joinpath("shapes").iterdir() if each.name.endswith(".ttl"))
    )


def shapes_turtle() -> str:
    """All shape files as one Turtle text.

    Every file declares the prefixes it uses and numbers no blank node, so they may follow one another.
    """
    return "\n".join(shape_file_turtle(name) for name in shape_file_names())


def shape_file_turtle(name: str) -> str:
    """One shape file in Turtle.

    Args:
        name: one of `shape_file_names`.
    """
    return _read("shapes", name).decode("utf-8")


def _read(*path: str) -> bytes:
    return files(__package__).joinpath(*path).read_bytes()
