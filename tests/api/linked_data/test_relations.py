"""The `Link` field holds what it is given, whatever stands in an address."""

from __future__ import annotations

from urllib.parse import unquote

import httpx
from hypothesis import given
from hypothesis import strategies as st

from api.linked_data.relations import Relation, identifier_address, link_field, version_relations
from lineage.whereabouts import VersionPlace

BASE = "https://example.org/id/"


@given(st.text(), st.sampled_from(["canonical", "latest-version"]))
def test_an_address_never_breaks_out_of_its_brackets(path: str, kind: str) -> None:
    """Read by another library, the field has one link, to what was given."""
    ((name, field),) = link_field((Relation(f"/id/{path}", kind),))
    assert name == "Link"
    assert field.isascii()
    assert field.isprintable()
    links = httpx.Response(200, headers={"Link": field}).links
    assert list(links) == [kind]
    assert unquote(links[kind]["url"]) == unquote(f"/id/{path}")


def test_no_link_is_no_field() -> None:
    """Where there is nothing to say, nothing is said."""
    assert link_field(()) == ()
    assert version_relations(VersionPlace(None, (), ()), str.upper) == ()


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_an_iri_under_the_base_has_a_path_and_another_a_parameter(rest: str) -> None:
    """Either way the IRI can be had back from the address."""
    own = identifier_address(f"{BASE}{rest}", BASE)
    assert unquote(own.removeprefix("/id/")) == rest
    other = identifier_address(f"https://example.com/{rest}", BASE)
    assert unquote(other.removeprefix("/id?iri=")) == f"https://example.com/{rest}"


def test_versions_are_told_by_their_registered_names() -> None:
    """RFC 5829: latest-version, predecessor-version, successor-version."""
    place = VersionPlace(f"{BASE}s/h/3", (f"{BASE}s/h/1",), (f"{BASE}s/h/3",))
    found = version_relations(place, lambda iri: identifier_address(iri, BASE))
    assert [(each.target, each.kind.split()[0]) for each in found] == [
        ("/id/s/h/3", "latest-version"), ("/id/s/h/1", "predecessor-version"), ("/id/s/h/3", "successor-version"),
    ]  # fmt: skip
