"""Which texts are refused because XML cannot tell them."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from graphstore.errors import UntellableText
from graphstore.tellable import refuse_untellable

ITEM, LABEL, GRAPH = NamedNode("http://e/a"), NamedNode("http://e/label"), NamedNode("http://e/g")


def is_told_by_xml(text: str) -> bool:
    """Whether an XML parser gives the text back."""
    try:
        told = ElementTree.fromstring(f"<a>{escape(text, {chr(13): '&#13;'})}</a>")  # noqa: S314  (no entities in it)
        return told.text == (text or None)
    except ElementTree.ParseError:
        return False


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("\t\n\r\x7f\x85\ufffd\ud7ff\ue000\U0001fffe\U0010ffff")
@example("\ufffe")
@example("\uffff")
@example("\x0b")
def test_refused_is_just_what_an_xml_parser_refuses(text: str) -> None:
    """No more and no less, character by character."""
    try:
        refuse_untellable([Quad(ITEM, LABEL, Literal(text), GRAPH)])
    except UntellableText:
        assert not is_told_by_xml(text)
    else:
        assert is_told_by_xml(text)


def test_the_statement_and_the_place_are_named() -> None:
    """The first in order, with how many more there are; in a language, of a type, within a statement too."""
    fine = Quad(ITEM, LABEL, Literal("a\tb\r\n"), GRAPH)
    typed = Quad(ITEM, LABEL, Literal("ab\x01", language="en"), GRAPH)
    within = Quad(NamedNode("http://e/b"), LABEL, Triple(ITEM, LABEL, Literal("\ufffe", datatype=LABEL)), GRAPH)
    refuse_untellable([fine])
    with pytest.raises(UntellableText) as told:
        refuse_untellable({fine, typed, within})
    assert str(told.value) == (
        'The text of the statement <http://e/a> <http://e/label> "ab\\u0001"@en holds the character U+0001, as its '
        "character 3, which XML cannot tell. So do texts of 1 more. Leave such characters out. Nothing was written."
    )


def test_a_long_text_is_cut() -> None:
    """The message stays short however long the text is."""
    with pytest.raises(UntellableText) as told:
        refuse_untellable([Quad(ITEM, LABEL, Literal("x" * 100_000 + "\0"), GRAPH)])
    assert "U+0000, as its character 100,001" in str(told.value)
    assert len(str(told.value)) < 600
