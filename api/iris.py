"""IRIs that a client sends as they are."""

from __future__ import annotations

from pyoxigraph import NamedNode

from api.errors import MalformedRequest


def absolute_iri(text: str, parameter: str) -> str:
    """The IRI itself, when it is an absolute one.

    Raises:
        MalformedRequest: when it is not.
    """
    try:
        return NamedNode(text).value
    except ValueError as error:
        raise MalformedRequest(
            f"{parameter}={text} is no absolute IRI. Write, say, https://example.org/graph."
        ) from error
