"""The namespaces that Hypothread's graphs use, by their usual prefixes.

Plain strings only: a caller that prints one IRI need not load an RDF library.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HT_NAMESPACE: Final = "https://w3id.org/hypothread/ns#"
SHAPES_NAMESPACE: Final = "https://w3id.org/hypothread/shapes#"

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cito": "http://purl.org/spar/cito/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "dqv": "http://www.w3.org/ns/dqv#",
        "ht": HT_NAMESPACE,
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "qb": "http://purl.org/linked-data/cube#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


def expand(prefixed_name: str) -> str:
    """The full IRI of a prefixed name.

    Args:
        prefixed_name: A name such as ``prov:Entity``.

    Raises:
        KeyError: The prefix is not one of `PREFIXES`.
    """
    prefix, _, local_name = prefixed_name.partition(":")
    return PREFIXES[prefix] + local_name


def shorten(iri: str) -> str:
    """The prefixed name of an IRI, or the IRI itself where no prefix fits."""
    for prefix, namespace in PREFIXES.items():
        local_name = iri.removeprefix(namespace)
        if local_name != iri and local_name.replace("-", "").isalnum():
            return f"{prefix}:{local_name}"
    return iri
