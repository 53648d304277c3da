"""Reading RDF and SVG that an application answered with."""

from __future__ import annotations

import warnings
from xml.etree.ElementTree import Element, fromstring

from rdflib import Graph


def read_graph(text: str, rdf_format: str) -> Graph:
    """The triples that rdflib reads."""
    with warnings.catch_warnings():
        # rdflib's own reader of JSON-LD still uses what rdflib deprecates.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=text, format=rdf_format)


def read_svg(text: str) -> Element:
    """The drawing; it must be well-formed."""
    return fromstring(text.encode())  # noqa: S314 - made by the application under test
