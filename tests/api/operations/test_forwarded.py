"""Who asked, where proxies stand between (RFC 7239, and the fields that came before it)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from api.operations.forwarded import Hop, forwarded_hops, seen_by, x_forwarded_hops
from api.operations.networks import Networks, client_key

OURS = Networks.parse("10.0.0.0/8, ::1")
ADDRESSES = some.ip_addresses().map(str)
HOSTS = some.from_regex(r"[a-z][a-z0-9.-]{0,20}(:[0-9]{1,5})?", fullmatch=True)
HOPS = some.builds(Hop, ADDRESSES, some.sampled_from([None, "http", "https"]), some.none() | HOSTS)


def written(hop: Hop) -> str:
    """A hop as RFC 7239 writes it."""
    node = f'"[{hop.client}]"' if ":" in str(hop.client) else str(hop.client)
    pairs = [("for", node), ("proto", hop.scheme), ("host", hop.host and f'"{hop.host}"')]
    return ";".join(f"{name}={value}" for name, value in pairs if value)


@pytest.mark.parametrize(
    ("text", "hops"),
    [
        ('for="_gazonk"', (Hop(),)),
        ('For="[2001:db8:cafe::17]:4711"', (Hop("2001:db8:cafe::17"),)),
        ("for=192.0.2.60;proto=http;by=203.0.113.43", (Hop("192.0.2.60", "http"),)),
        ("for=192.0.2.43, for=198.51.100.17", (Hop("192.0.2.43"), Hop("198.51.100.17"))),
        ("for=unknown;host=example.com;proto=https", (Hop(None, "https", "example.com"),)),
    ],
)
def test_the_examples_of_the_specification(text: str, hops: tuple[Hop, ...]) -> None:
    """RFC 7239, sections 4, 5 and 6: the examples there, and a node that has no address."""
    assert forwarded_hops(text) == hops


@given(some.lists(HOPS, min_size=1, max_size=5))
def test_what_is_written_is_read(hops: list[Hop]) -> None:
    """Whatever hops are written by the grammar, the same are read."""
    assert forwarded_hops(", ".join(map(written, hops))) == tuple(hops)


@given(some.text(alphabet='for=10.2;,"\\[]: abc', max_size=60))
def test_anything_is_read_without_an_error(text: str) -> None:
    """Text that is not as the grammar says is worth nothing, and breaks nothing."""
    for hop in (*forwarded_hops(text), *x_forwarded_hops({"x-forwarded-for": text, "x-forwarded-host": text})):
        assert hop.client is None or client_key(hop.client)


@pytest.mark.parametrize(
    "text", ["for", "for=", "for=a b", 'for="open', "for=1.2.3.4;for=5.6.7.8", "for=1.2.3.4,", "for=1.2.3.4;", "=x"]
)
def test_a_broken_field_is_worth_nothing(text: str) -> None:
    """Not even its good parts count: where a hop cannot be told, none can."""
    assert forwarded_hops(text) == ()


def test_nobody_is_believed_unless_trusted() -> None:
    """A client that writes the fields itself gains nothing."""
    assert seen_by("192.0.2.1", [Hop("10.0.0.1", "https", "bank.example")], OURS) is None


@given(some.lists(HOPS, max_size=5), ADDRESSES.filter(lambda each: not OURS.holds(each)))
def test_what_a_client_writes_before_the_proxies_is_never_believed(forged: list[Hop], client: str) -> None:
    """Two trusted proxies add the client and each other; whatever the client sent along stays without effect."""
    honest = [Hop(client, "https", "hypothread.example"), Hop("10.0.0.2", "http", "inside")]
    assert seen_by("10.0.0.1", [*forged, *honest], OURS) == honest[0]


def test_a_client_within_the_trusted_networks_is_the_first_hop() -> None:
    """Where everybody is trusted, the leftmost address is the client."""
    assert seen_by("::1", x_forwarded_hops({"x-forwarded-for": "10.1.1.1, 10.2.2.2"}), OURS) == Hop("10.1.1.1")


def test_addresses_come_with_and_without_ports() -> None:
    """Proxies write both; IPv6 stands in brackets where a port follows."""
    fields = {"x-forwarded-for": "192.0.2.1:80,2001:db8::1,[2001:db8::2]:80, nonsense,999.1.1.1"}
    assert [each.client for each in x_forwarded_hops(fields)] == ["192.0.2.1", "2001:db8::1", "2001:db8::2", None, None]


@pytest.mark.parametrize("host", ["a b", "a/b", "a\\b", "<a>", "a,b:x", "", "a:123456", "[::1"])
def test_a_host_that_is_none_is_left_out(host: str) -> None:
    """What cannot be a `Host` never becomes part of an address (RFC 3986, section 3.2)."""
    assert x_forwarded_hops({"x-forwarded-for": "192.0.2.1", "x-forwarded-host": host})[0].host is None


def test_networks_are_read() -> None:
    """Addresses and networks of both families; an IPv4 client on an IPv6 socket is the same client."""
    networks = Networks.parse("127.0.0.1, 10.0.0.0/8,2001:db8::/32,")
    assert [networks.holds(each) for each in ("127.0.0.1", "10.9.9.9", "2001:db8::5", "::ffff:10.1.1.1")] == [True] * 4
    assert [networks.holds(each) for each in ("127.0.0.2", "2001:db9::", "testclient", "")] == [False] * 4
    assert not Networks.parse(" , ")


@pytest.mark.parametrize("text", ["nowhere", "10.0.0.1/8", "10.0.0.0/99", "127.0.0.1;::1"])
def test_what_is_no_network_is_told(text: str) -> None:
    """The message names it and shows how to write one."""
    with pytest.raises(ValueError, match=r"is no address and no network: .*Write, say"):
        Networks.parse(text)


def test_one_household_is_one_client() -> None:
    """IPv6 addresses of one 64-bit network count together, IPv4 ones each for itself."""
    assert client_key("2001:db8::1") == client_key("2001:db8::ffff") != client_key("2001:db8:0:1::1")
    assert client_key("::ffff:192.0.2.1") == client_key("192.0.2.1") != client_key("192.0.2.2")
