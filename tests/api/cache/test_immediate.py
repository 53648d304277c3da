"""Kept answers given before the application is asked: the same bytes, named, counted, noted and limited alike."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from starlette.types import Message, Scope

from api.access.tokens import TokenStore
from api.cache import Asking, KeptAnswer, RepeatedAnswers
from api.immediate import ImmediateAnswers
from api.operations.forwarded import Forwarded
from api.operations.limiting import RateLimited
from api.operations.logs import RequestLog
from api.operations.metrics import Metrics
from api.operations.networks import Networks
from api.operations.options import ForwardingHeader, Noted
from api.operations.rates import Rate
from api.serving import Serving
from graphstore.disk import open_disk_store
from graphstore.readers.records import ReadRequest

ANSWER = KeptAnswer.of(b"a\n1\n", "text/csv")
FIELDS = [(b"content-type", b"text/csv")]

Make = Callable[..., ImmediateAnswers]


async def nothing_else(*_: object) -> None:
    """An application that must not be asked."""
    raise AssertionError("The application was asked.")


def thrown_away(_: Message) -> None:
    """Takes a part of an answer that nobody looks at."""


def question(text: str) -> ReadRequest:
    """A query."""
    return ReadRequest(text, None, (), "text/csv", None)


def scope(text: str = "kept", *headers: tuple[bytes, bytes], client: str = "192.0.2.1", host: bytes = b"h") -> Scope:
    """A request for a query."""
    return {
        "type": "http", "method": "GET", "path": "/sparql", "scheme": "http", "query_string": text.encode(),
        "headers": [(b"host", host), *headers], "client": (client, 5),
    }  # fmt: skip


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    """An empty store; the answer to one question is kept."""
    with open_disk_store(tmp_path / "store") as store:
        serving = Serving(store, TokenStore(tmp_path))
        serving.answers.keep(question("kept"), ANSWER, serving.answers.commit())
        for host in (b"h", b"graph.example"):
            serving.answers.know(Asking(host, "http", b"kept", b"", "/sparql"), question("kept"), FIELDS)
        yield serving


@pytest.fixture
def metrics(serving: Serving) -> Metrics:
    """The numbers of an application that nobody has asked yet."""
    return Metrics(serving)


@pytest.fixture
def log() -> io.StringIO:
    """What is noted."""
    return io.StringIO()


@pytest.fixture
def make(serving: Serving, metrics: Metrics, log: io.StringIO) -> Make:
    """Makes what is tested, for a rate and trusted proxies."""

    def making(rate: Rate | None = None, trusted: str = "") -> ImmediateAnswers:
        repeated = RepeatedAnswers(nothing_else, serving.answers, ("/sparql",))
        limited = RateLimited(nothing_else, rate, "/static/") if rate else None
        header = ForwardingHeader.x_forwarded
        forwarded = Forwarded(nothing_else, Networks.parse(trusted), header) if trusted else None
        return ImmediateAnswers(repeated, metrics, RequestLog(Noted.requests, 5.0, log), limited, forwarded)

    return making


def test_a_kept_answer_is_sent_named_counted_and_noted(make: Make, metrics: Metrics, log: io.StringIO) -> None:
    """Its bytes with all its header fields, under the client's own name for it; one request of the route “kept”."""
    sent: list[Message] = []
    assert make().answer(scope("kept", (b"x-request-id", b"mine-1")), sent.append)
    start, body = sent
    assert (start["status"], body["body"]) == (200, ANSWER.body)
    fields = dict(start["headers"])
    assert fields[b"x-request-id"] == b"mine-1"
    assert fields[b"x-content-type-options"] == b"nosniff"
    assert fields[b"content-type"] == b"text/csv"
    assert b'hypothread_request_seconds_count{method="GET",route="kept",status="200"} 1.0' in generate_latest(
        metrics.registry
    )
    line = json.loads(log.getvalue())
    assert (line["request_id"], line["status"], line["bytes"]) == ("mine-1", 200, len(ANSWER.body))
    assert line["client"] == "192.0.2.1"


@pytest.mark.parametrize(
    "other", [scope("new"), scope("kept", (b"authorization", b"Bearer x")), {**scope(), "path": "/elsewhere"}]
)
def test_everything_else_is_left_to_the_application(make: Make, log: io.StringIO, other: Scope) -> None:
    """Nothing is sent, and nothing counted, for what is not kept or must be looked at."""
    sent: list[Message] = []
    assert not make().answer(other, sent.append)
    assert sent == []
    assert log.getvalue() == ""


def test_how_it_asks_is_found_out_once(make: Make) -> None:
    """What comes after finds it in the request, as a trusted proxy tells of it."""
    asked = scope("new", (b"x-forwarded-host", b"graph.example"), (b"x-forwarded-proto", b"https"))
    assert not make(trusted="192.0.2.1").answer(asked, thrown_away)
    assert Asking.of(asked, "/sparql") == Asking(b"graph.example", "https", b"new", b"", "/sparql")


def test_who_asks_too_often_is_left_to_the_application(make: Make) -> None:
    """It tells the client when to come again; others are answered meanwhile."""
    immediate = make(Rate(2, 3600))
    assert [immediate.answer(scope(), thrown_away) for _ in range(4)] == [True, True, False, False]
    assert immediate.answer(scope(client="192.0.2.2"), thrown_away)


def test_only_a_trusted_proxy_is_believed(make: Make, log: io.StringIO) -> None:
    """The address and the client are those that it tells of; of anybody else's words nothing is used."""
    told = ((b"x-forwarded-host", b"graph.example"), (b"x-forwarded-for", b"198.51.100.7"))
    immediate = make(trusted="192.0.2.1")
    assert immediate.answer(scope("kept", *told, host=b"inside"), thrown_away)
    assert not immediate.answer(scope("kept", *told, client="203.0.113.1", host=b"inside"), thrown_away)
    assert [json.loads(line)["client"] for line in log.getvalue().splitlines()] == ["198.51.100.7"]


def test_threads_do_not_disturb_each_other(serving: Serving, make: Make) -> None:
    """While one thread keeps and forgets answers, others are given whole ones or none."""
    immediate, answers = make(), serving.answers

    def keep(turns: int) -> None:
        for turn in range(turns):
            asked = question(f"{turn % 7}")
            answers.keep(asked, KeptAnswer.of(b"x" * (turn % 7), "text/csv"), answers.commit())
            answers.know(Asking(b"h", "http", f"{turn % 7}".encode(), b"", "/sparql"), asked, FIELDS)
            answers.find(asked)

    def ask(turns: int) -> int:
        right = 0
        for turn in range(turns):
            sent: list[Message] = []
            if immediate.answer(scope(f"{turn % 7}"), sent.append):
                assert sent[1]["body"] == b"x" * (turn % 7)
                right += 1
        return right

    with ThreadPoolExecutor(3) as threads:
        keeping = threads.submit(keep, 2000)
        asking = [threads.submit(ask, 1000) for _ in range(2)]
        keeping.result()
        assert all(each.result() for each in asking)
