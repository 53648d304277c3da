"""Parameters as they are sent: read like the standard library reads them, and refused where it would guess."""

from __future__ import annotations

from urllib.parse import quote, quote_plus, unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.datasets import scan_query
from api.errors import MalformedRequest
from api.parameters import Parameters


@given(st.text(), st.sampled_from([quote, quote_plus]))
def test_what_was_encoded_comes_back(text: str, encode: object) -> None:
    """Every text, with its spaces as + or as %20; equals signs and line ends too."""
    assert callable(encode)
    text = text.encode("utf-8", "replace").decode()
    encoded = str(encode(text)).encode()
    assert Parameters.parse(b"query=" + encoded, "the address").one("query") == text


@given(st.from_regex(rb"(?:[\x01-\x24\x27-\x7f]|%[0-9A-Fa-f]{2})*", fullmatch=True))
def test_it_is_read_like_the_standard_library_reads_it(encoded: bytes) -> None:
    """Whatever stands unencoded: line ends, equals signs, dots at the end of a line."""
    expected = unquote_to_bytes(encoded.replace(b"+", b" "))
    try:
        text = expected.decode("utf-8")
    except UnicodeDecodeError:
        with pytest.raises(MalformedRequest, match="not UTF-8"):
            Parameters.parse(b"query=" + encoded, "the form")
    else:
        assert Parameters.parse(b"query=" + encoded, "the form").one("query") == text


@pytest.mark.parametrize("encoded", [b"%", b"%4", b"a%zz", "é".encode(), b"%C3", b"\xff"])
def test_what_is_wrongly_encoded_is_refused(encoded: bytes) -> None:
    """Half a byte, no byte, half a character, and bytes as they are."""
    with pytest.raises(MalformedRequest):
        Parameters.parse(b"query=" + encoded, "the address")


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("SELECT * { ?s ?p ?o }", False),
        ("DESCRIBE <urn:x>", False),
        ("SELECT * { gRaPh ?g { ?s ?p ?o } }", True),
        ("SELECT * { ?s <urn:paragraph> ?o }", True),
    ],
)
def test_graphs_are_offered_only_to_a_text_that_can_reach_them(text: str, may: bool) -> None:
    """One in which no GRAPH stands needs none of them; where it may only look so, they are offered."""
    assert scan_query(text, None).may_name_graphs is may
