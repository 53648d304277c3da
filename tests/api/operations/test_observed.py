"""What every request gets on its way: a name, header fields, a count, and a line where one is wanted."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from api.access.tokens import TokenStore
from api.operations.headers import COMMON, POLICY, completed, policy_field
from api.operations.identity import new_identity, request_identity
from api.operations.logs import RequestLog, noting_all
from api.operations.metrics import Metrics
from api.operations.observing import Observed
from api.operations.options import Noted
from api.serving import Serving
from graphstore.disk import open_disk_store


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It does."""
        return True


@pytest.fixture
def metrics(tmp_path: Path) -> Iterator[Metrics]:
    """The numbers of an application that nobody has asked yet."""
    with open_disk_store(tmp_path / "store") as store:
        yield Metrics(Serving(store, TokenStore(tmp_path)))


async def breaks_down(*_: object) -> None:
    """An application with a mistake."""
    raise KeyError("/srv/secret")


async def breaks_off(_: Scope, __: Receive, send: Send) -> None:
    """An application with a mistake that shows only after the answer has begun."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise KeyError("/srv/secret")


def asked(application: Any, path: str = "/x", headers: tuple[tuple[bytes, bytes], ...] = ()) -> list[Message]:
    """What an application sends to a request."""
    sent: list[Message] = []
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": b"query=secret", "headers": list(headers),
        "client": ("192.0.2.1", 5),
    }  # fmt: skip

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    asyncio.run(application(scope, receive, send))
    return sent


def observed(
    application: Any, metrics: Metrics, noted: Noted = Noted.quiet, slow: float = 5.0
) -> tuple[Any, io.StringIO]:
    """The application behind what observes it, and the log."""
    stream = io.StringIO()
    return Observed(application, metrics, RequestLog(noted, slow, stream)), stream


@pytest.mark.parametrize("given", [b"mine-1", b"a" * 128, b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"])
def test_a_well_formed_name_is_kept(given: bytes) -> None:
    """The client's own X-Request-ID goes through."""
    assert request_identity([(b"accept", b"*/*"), (b"x-request-id", given)]) == given


@pytest.mark.parametrize("given", [b"", b"a" * 129, b'x"y', b"x\ty", b"x y", "Nº".encode(), b"{}", b"x\x1b[2J"])
def test_any_other_name_is_replaced(given: bytes) -> None:
    """Nothing that could forge a line of a log, or fill it, goes through."""
    assert re.fullmatch(rb"[0-9a-f]{32}", request_identity([(b"x-request-id", given)]))


def test_names_differ() -> None:
    """No two requests get the same one."""
    assert len({new_identity() for _ in range(10_000)}) == 10_000


def test_every_answer_gets_the_common_fields_and_a_policy() -> None:
    """A page may load what is ours, anything else nothing, and a policy of its own stands."""
    page, data = completed([(b"content-type", b"text/html; charset=utf-8")]), completed([])
    assert dict(COMMON).items() <= dict(page).items() & dict(data).items()
    assert b"script-src 'self'" in dict(page)[POLICY]
    assert b"unsafe" not in dict(page)[POLICY]
    assert dict(data)[POLICY] == b"default-src 'none'; frame-ancestors 'none'"
    own = policy_field("default-src 'self'")
    assert [each for each in completed([(b"content-type", b"text/html"), own]) if each[0] == POLICY] == [own]


def test_completing_twice_changes_nothing() -> None:
    """Kept answers are completed when they are kept, and pass the same way again."""
    once = completed([(b"content-type", b"text/html")])
    assert completed(once) == once


def test_what_nobody_foresaw_is_500_and_noted_with_its_traceback(metrics: Metrics) -> None:
    """The answer tells nothing but the name under which the log tells everything."""
    application, stream = observed(breaks_down, metrics)
    start, body = asked(application, headers=((b"x-request-id", b"mine-1"),))
    problem = json.loads(body["body"])
    assert (start["status"], problem["status"], problem["request_id"]) == (500, 500, "mine-1")
    assert "secret" not in body["body"].decode()
    failed, request = map(json.loads, stream.getvalue().splitlines())
    assert failed["request_id"] == request["request_id"] == "mine-1"
    assert "KeyError: '/srv/secret'" in failed["exception"]
    assert (request["level"], request["status"]) == ("error", 500)


def test_an_answer_that_has_begun_breaks_off(metrics: Metrics) -> None:
    """The error goes on to the server, which ends the connection: nothing is added that would look like an end."""
    application, stream = observed(breaks_off, metrics)
    with pytest.raises(KeyError):
        asked(application)
    assert "KeyError" in stream.getvalue()


def test_a_line_has_what_was_asked_and_how_it_ended(metrics: Metrics) -> None:
    """JSON in a pipe: time, level, name, method, path, status, duration, bytes and client; no parameters."""
    application, stream = observed(PlainTextResponse("twelve bytes"), metrics, Noted.requests)
    start, _ = asked(application, "/sparql")
    (line,) = map(json.loads, stream.getvalue().splitlines())
    assert line["request_id"].encode() == dict(start["headers"])[b"x-request-id"]
    assert 0 < line.pop("seconds") < 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line.pop("time"))
    assert line == {
        "event": "request", "level": "info", "request_id": line["request_id"], "method": "GET", "path": "/sparql",
        "status": 200, "bytes": 12, "client": "192.0.2.1",
    }  # fmt: skip


def test_only_what_matters_is_noted_when_quiet(metrics: Metrics) -> None:
    """Nothing of a request that went well; a warning where it was slow."""
    application, stream = observed(HTMLResponse("x"), metrics)
    asked(application)
    assert stream.getvalue() == ""
    application, stream = observed(HTMLResponse("x"), metrics, slow=0.0)
    asked(application)
    assert json.loads(stream.getvalue())["level"] == "warning"


def test_a_forged_path_stays_in_its_line(metrics: Metrics) -> None:
    """A path may hold line ends and escapes; in the log they are written, not meant."""
    for stream in (io.StringIO(), Terminal()):
        forged = Observed(HTMLResponse("x"), metrics, RequestLog(Noted.requests, 5.0, stream))
        asked(forged, '/x\n{"event": "forged"}\x1b[2J')
        assert len(stream.getvalue().splitlines()) == 1
        assert "\x1b[2J" not in stream.getvalue()


def test_people_get_words_and_programs_json() -> None:
    """On a terminal a line is laid out for reading."""
    terminal = Terminal()
    RequestLog(Noted.requests, 5.0, terminal).failed("mine-1", KeyError("x"))
    assert not terminal.getvalue().startswith("{")
    assert "mine-1" in terminal.getvalue()


def test_what_libraries_log_comes_in_the_same_form() -> None:
    """Warnings of anybody are JSON lines too, for as long as the server runs."""
    stream = io.StringIO()
    with noting_all(stream):
        logging.getLogger("hypothread.api").warning("An answer broke off: %s", "why")
        logging.getLogger("somebody").info("chatter")
    logging.getLogger("hypothread.api").debug("afterwards")
    (line,) = map(json.loads, stream.getvalue().splitlines())
    assert (line["event"], line["level"], line["logger"]) == ("An answer broke off: why", "warning", "hypothread.api")


def test_counts_are_prometheus_text(metrics: Metrics) -> None:
    """Prometheus' own parser reads every number back; unknown methods do not make ever new series."""
    for method in ("GET", "GET", "BREW", "BREW2"):
        metrics.answered("/api/v1/{x}", method, 200, 0.002)
    metrics.answered("/data", "PUT", 0, 40.0)
    families = {each.name: each for each in text_string_to_metric_families(generate_latest(metrics.registry).decode())}
    counts = {
        (each.labels["route"], each.labels["method"], each.labels["status"]): each.value
        for each in families["hypothread_request_seconds"].samples
        if each.name.endswith("_count")
    }
    assert counts == {("/api/v1/{x}", "GET", "200"): 2, ("/api/v1/{x}", "other", "200"): 2, ("/data", "PUT", "none"): 1}
    assert {each.labels["state"] for each in families["hypothread_readers"].samples} == {"idle", "busy", "starting"}
    assert families["hypothread_commit_number"].samples[0].value == 0
    assert families["hypothread_requests_in_hand"].samples[0].value == 0


def test_applications_do_not_share_numbers(metrics: Metrics, tmp_path: Path) -> None:
    """Each has a registry of its own; two in one process are two."""
    with open_disk_store(tmp_path / "other") as store:
        other = Metrics(Serving(store, TokenStore(tmp_path)))
    metrics.answered("/x", "GET", 200, 0.1)
    assert b'route="/x"' not in generate_latest(other.registry)
