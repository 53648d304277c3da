"""The real server, asked from outside: ready, counted, noted, limited, believing, and stopped."""

from __future__ import annotations

import re
import signal
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

Operate = Callable[..., Any]

NUMBERS = " ".join(map(str, range(300)))
# Five numbers out of 300 each can be chosen in ten to the twelve ways; none of them has that sum.
SLOW = (
    f"ASK {{ {' '.join(f'VALUES ?v{i} {{ {NUMBERS} }}' for i in range(5))} FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 < 0) }}"
)
SECURE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ADDRESSES = (
    "/", "/docs", "/docs/try", "/api/v1/openapi.json", "/api/v1/nowhere", "/healthz", "/readyz", "/metrics",
    "/sparql?query=ASK%7B%7D", "/sparql?query=nonsense", "/data?graph=urn:x", "/nowhere", "/static/site.css",
)  # fmt: skip


@pytest.fixture
def client(quiet_server: Any) -> Iterator[httpx.Client]:
    """A client of a server without any settings."""
    with quiet_server.client() as client:
        yield client


def answered(client: httpx.Client, route: str) -> dict[tuple[str, str], float]:
    """How many requests of a route were answered, by method and status."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    samples = next(each.samples for each in families if each.name == "hypothread_request_seconds")
    return {
        (each.labels["method"], each.labels["status"]): each.value
        for each in samples
        if each.name.endswith("_count") and each.labels["route"] == route
    }


def test_it_is_ready(client: httpx.Client) -> None:
    """The store is open, and a reader process has answered."""
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_it_is_not_ready_while_no_reader_can_be_asked(operate: Operate) -> None:
    """503 as a problem document, with a time to come again, while all are busy and nobody may wait; alive it stays."""
    server = operate(readers="1", waiting="0")
    with server.client() as client, ThreadPoolExecutor(1) as asking:
        asked = asking.submit(client.post, "/sparql", data={"query": SLOW, "timeout": "3"})
        while 'hypothread_readers{state="busy"} 1.0' not in client.get("/metrics").text:
            assert not asked.done()
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"].endswith("/not-ready")
        assert int(answer.headers["retry-after"]) > 0
        assert client.get("/healthz").status_code == 200
        asked.result(20)
        last = time.monotonic() + 20
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() < last


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_bears_the_security_fields(client: httpx.Client, path: str) -> None:
    """Pages, data, files and problems alike; no answer says which server software sends it."""
    answer = client.get(path)
    assert SECURE.items() <= dict(answer.headers).items()
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    assert answer.headers["permissions-policy"].startswith("camera=()")
    assert answer.headers["server"] == "Hypothread"
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


def test_repeated_answers_bear_them_too(client: httpx.Client) -> None:
    """A kept answer is the same but for its date and its name."""
    first, second = (client.get("/sparql", params={"query": "ASK { ?repeated ?p ?o }"}) for _ in range(2))
    left_out = ("x-request-id", "date")
    fields = [
        sorted(each for each in answer.headers.multi_items() if each[0] not in left_out) for answer in (first, second)
    ]
    assert fields[0] == fields[1]
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_requests_are_counted_by_route(client: httpx.Client) -> None:
    """By the template of the path, the method and the status; kept answers have a name of their own."""
    before, kept = answered(client, "/sparql"), answered(client, "kept")
    for _ in range(3):
        client.get("/sparql", params={"query": "ASK { ?counted ?p ?o }"})
    client.get("/sparql", params={"query": "nonsense"})
    after, kept_after = answered(client, "/sparql"), answered(client, "kept")
    assert after[("GET", "200")] - before.get(("GET", "200"), 0) == 1
    assert after[("GET", "400")] - before.get(("GET", "400"), 0) == 1
    assert kept_after[("GET", "200")] - kept.get(("GET", "200"), 0) == 2
    for number in range(3):
        client.get(f"/nowhere/{number}")
    assert answered(client, "/{path:path}")[("GET", "404")] >= 3
    assert "/nowhere" not in client.get("/metrics").text


def test_each_request_is_noted_where_wanted(operate: Operate) -> None:
    """A JSON line each, under the client's own name for it, without its parameters."""
    server = operate(log="requests")
    with server.client() as client:
        client.get("/sparql", params={"query": "ASK { <urn:secret> ?p ?o }"}, headers={"X-Request-ID": "mine-1"})
    (line,) = (each for each in server.log(until=2) if each["request_id"] == "mine-1")
    assert (line["method"], line["path"], line["status"], line["client"]) == ("GET", "/sparql", 200, "127.0.0.1")
    assert line["bytes"] > 0
    assert "secret" not in server.errors.read_text("utf-8")


def test_nothing_is_noted_of_what_goes_well(operate: Operate) -> None:
    """By default standard error stays empty; a request that ends in 5xx is noted."""
    server = operate(slow_seconds="600")
    with server.client() as client:
        client.get("/healthz")
        client.get("/nowhere")
        assert server.errors.read_text("utf-8") == ""
        assert client.post("/sparql", data={"query": SLOW, "timeout": "0.2"}).status_code == 504
    (line,) = server.log()
    assert (line["level"], line["status"]) == ("error", 504)


def test_too_many_requests_are_turned_away(operate: Operate) -> None:
    """429 with the time to wait (RFC 6585, section 4); what watches the server is always answered."""
    server = operate(rate="3/hour")
    with server.client() as client:
        assert [client.get("/nowhere").status_code for _ in range(4)] == [404, 404, 404, 429]
        refused = client.get("/sparql", params={"query": "ASK {}"})
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["status"] == 429
        assert "3 requests in 3600 seconds" in refused.json()["detail"]
        assert 1000 < int(refused.headers["retry-after"]) <= 1200
        assert refused.headers["x-request-id"]
        assert [client.get(path).status_code for path in ("/healthz", "/readyz", "/metrics", "/static/site.css")] == [
            200
        ] * 4
        assert answered(client, "none") == {("GET", "429"): 2}


def test_kept_answers_count_too(operate: Operate) -> None:
    """What is answered ahead of everything else is limited like the rest."""
    server = operate(rate="3/hour")
    with server.client() as client:
        codes = [client.get("/sparql", params={"query": "ASK { ?often ?p ?o }"}).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_a_trusted_proxy_says_who_asks(operate: Operate) -> None:
    """Each client has its own rate; the address that was asked is the one that the proxy was asked at."""
    server = operate(rate="1/hour", trusted_proxies="127.0.0.0/8", log="requests")
    with server.client() as client:
        for address in ("192.0.2.1", "192.0.2.2"):
            fields = {"X-Forwarded-For": f"10.0.0.1, {address}", "X-Request-ID": address}
            codes = [client.get("/nowhere", headers=fields).status_code for _ in range(2)]
            assert codes == [404, 429]
        fields = {"X-Forwarded-For": "192.0.2.3", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "graph.example"}
        told = client.get("/sparql", headers={**fields, "Accept": "text/turtle"}).text
        assert "https://graph.example/sparql" in told
    assert {each["client"] for each in server.log(until=6)} >= {"192.0.2.1", "192.0.2.2", "192.0.2.3"}


def test_the_standard_field_is_read_instead_where_set(operate: Operate) -> None:
    """Only one of the two is ever read: the other one a client may have sent."""
    server = operate(trusted_proxies="127.0.0.1", forwarding_header="forwarded", log="requests")
    with server.client() as client:
        client.get("/healthz", headers={"Forwarded": "for=192.0.2.9", "X-Forwarded-For": "192.0.2.1"})
        client.get("/healthz", headers={"X-Forwarded-For": "192.0.2.1"})
    clients = [each["client"] for each in server.log(until=3)]
    assert "192.0.2.9" in clients
    assert "192.0.2.1" not in clients


def test_nobody_else_does(quiet_server: Any) -> None:
    """Without trusted proxies the fields mean nothing."""
    fields = {"X-Forwarded-Host": "forged.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    with quiet_server.client() as client:
        assert "forged.example" not in client.get("/sparql", headers={**fields, "Accept": "text/turtle"}).text


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("rate", "many", "“many” is no rate. Write, say, 600/minute"),
        ("trusted_proxies", "proxy.example", "“proxy.example” is no address and no network"),
        ("log", "loud", "Input should be 'quiet' or 'requests'"),
    ],
)
def test_a_setting_that_cannot_be_read_is_told(run: Any, name: str, value: str, told: str) -> None:
    """Exit 2 with the setting's name and the remedy."""
    done = run("serve", "--port", "0", env={f"HYPOTHREAD_{name.upper()}": value})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"The setting {name}: ")
    assert told in done.stderr


def refused(port: int) -> bool:
    """Whether nobody takes a connection."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    return False


def wait_until_refused(port: int) -> float:
    """Waits until nobody takes a connection, 10 seconds at most; returns how long that was."""
    begun = time.monotonic()
    while not refused(port):
        assert time.monotonic() - begun < 10
        time.sleep(0.01)
    return time.monotonic() - begun


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_requests_in_hand_are_finished(operate: Operate, number: signal.Signals) -> None:
    """A request whose second half comes after the signal is answered; new connections are refused; then it ends."""
    server = operate()
    body = b"SELECT (1 AS ?one) {}"
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        f"Accept: text/csv\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as held:
        held.sendall(head.encode() + body[:7])
        time.sleep(0.3)
        server.process.send_signal(number)
        wait_until_refused(server.port)
        held.sendall(body[7:])
        answer = b""
        while b"one\r\n1\r\n" not in answer:
            part = held.recv(4096)
            assert part, answer
            answer += part
    assert answer.startswith(b"HTTP/1.1 200")
    assert server.process.wait(20) == 0


def test_a_slow_query_is_waited_for(operate: Operate) -> None:
    """A query that is at work when the signal comes ends as it would have, here at its own deadline."""
    server = operate()
    with server.client() as client, ThreadPoolExecutor(1) as asking:
        begun = time.monotonic()
        asked = asking.submit(client.post, "/sparql", data={"query": SLOW, "timeout": "3"})
        time.sleep(0.5)
        server.process.terminate()
        wait_until_refused(server.port)
        assert not asked.done()
        assert asked.result(30).status_code == 504
        assert time.monotonic() - begun >= 3
    assert server.process.wait(20) == 0


def test_it_ends_even_where_a_request_does_not(operate: Operate) -> None:
    """A body that never comes holds nobody up for longer than 20 seconds, and those that the end itself takes."""
    server = operate()
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as held:
        held.sendall(head.encode())
        time.sleep(0.3)
        begun = time.monotonic()
        server.process.terminate()
        assert server.process.wait(60) == 0
    assert time.monotonic() - begun < 40
