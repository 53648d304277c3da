"""Answers that were given since the last commit, kept so that the same question is answered with the same bytes.

An answer is kept under its request: text, dataset, formats and base. A commit forgets them all, so nothing kept is ever
out of date. What a caller may read is decided before, and is part of the request: the graphs it sees.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final, NamedTuple, TypeAlias

from starlette.types import ASGIApp, Receive, Scope, Send

from api.operations.headers import completed
from graphstore.readers.records import ReadRequest

_CHANGING_LETTERS: Final = ("now", "rand", "uuid")
# A comment may stand before the bracket, and another keyword right before the function.
_CHANGING: Final = re.compile(r"(?:now|rand|uuid)\s*+[(#]")
_OVERHEAD: Final = 1024
_MOST_WAYS: Final = 8

_ASKING: Final = "hypothread.asking"

RawHeaders = list[tuple[bytes, bytes]]


class Asking(NamedTuple):  # a tuple, because one is made of every request
    """How a request asked, byte for byte: what has been asked so once is known without being read again."""

    host: bytes
    scheme: str
    query_string: bytes
    accept: bytes
    path: str

    @classmethod
    def of(cls, scope: Scope, path: str) -> Asking | None:
        """How a request asks; None for one that must be looked at: with a token, a condition or a body."""
        if _ASKING in scope:
            noted: Asking | None = scope[_ASKING]
            return noted
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != path:
            return None
        host, accepted = b"", []
        for name, value in scope["headers"]:
            if name in (b"authorization", b"if-none-match", b"accept-datetime"):
                return None
            if name == b"accept":
                accepted.append(value)
            elif name == b"host":
                host = value
        return cls(host, scope["scheme"], scope["query_string"], b", ".join(accepted), path)

    @property
    def accepted(self) -> str | None:
        """The `Accept` field; None where there is none."""
        return self.accept.decode("latin-1") or None

    @property
    def size(self) -> int:
        """Bytes, about."""
        return len(self.query_string) + len(self.accept) + len(self.host) + len(self.path)


@dataclass(frozen=True, slots=True)
class LookUp:
    """A REST look-up, however it was asked: the address with its parameters in order, and the format chosen."""

    address: str
    format: str

    @property
    def size(self) -> int:
        """Bytes, about."""
        return 4 * len(self.address)


Question: TypeAlias = ReadRequest | LookUp


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A whole answer. Its `etag` is strong (RFC 9110, section 8.8.1): it is made from these very bytes.

    `headers` are header fields that go with it, beside those that every answer has.
    """

    body: bytes
    content_type: str
    etag: str
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls, body: bytes, content_type: str, headers: tuple[tuple[str, str], ...] = (), item: str = ""
    ) -> KeptAnswer:
        """Makes one, with its tag; the media type is part of it, and so is the tag of the item that it shows."""
        # Processors do SHA-256 themselves: half the time of what is fastest without.
        digest = hashlib.sha256(f"{content_type}\0".encode())
        digest.update(body)
        return cls(body, content_type, f'"{digest.hexdigest()[:32]}{f".{item}" if item else ""}"', headers)


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether a client holds this answer already (RFC 9110, section 13.1.2)."""
    if if_none_match is None:
        return False
    held = (each.strip().removeprefix("W/") for each in if_none_match.split(","))
    return any(each in ("*", etag) for each in held)


class AnswerCache:
    """Answers since the last commit, the least recently used forgotten first; any thread may ask.

    Args:
        commit_number: what the newest commit is.
        most: bytes that all may take together.
        most_each: bytes that one may have.
    """

    def __init__(self, commit_number: Callable[[], int], *, most: int, most_each: int) -> None:
        self._commit_number = commit_number
        self._most = most
        self.most_each = min(most_each, most)
        self._number = -1
        self._size = 0
        self._kept: OrderedDict[Question, KeptAnswer] = OrderedDict()
        self._ways: dict[Asking, tuple[Question, RawHeaders]] = {}
        self._ways_of: dict[Question, list[Asking]] = {}
        self._one_at_a_time = Lock()

    @property
    def size(self) -> int:
        """Bytes that are kept, questions included, about."""
        return self._size

    def commit(self) -> int:
        """The newest commit's number; what an older one knew is forgotten."""
        with self._one_at_a_time:
            return self._forget()

    def _forget(self) -> int:
        number = self._commit_number()
        if number != self._number:
            self._kept.clear()
            self._ways.clear()
            self._ways_of.clear()
            self._size, self._number = 0, number
        return number

    def find(self, request: Question) -> KeptAnswer | None:
        """The answer to a request, if it is kept."""
        key = _key(request)
        with self._one_at_a_time:
            self._forget()
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, request: Question, answer: KeptAnswer, commit_number: int) -> None:
        """Keeps an answer, unless it is too large, may differ the next time, or commits came meanwhile.

        Args:
            request: what was asked.
            answer: all of its answer.
            commit_number: the newest commit when it was asked.
        """
        if len(answer.body) > self.most_each or _changes(request):
            return
        key = _key(request)
        with self._one_at_a_time:
            if self._forget() == commit_number and key not in self._kept:
                self._kept[key] = answer
                self._grow(_size(key, answer))

    def know(self, asking: Asking, request: Question, headers: RawHeaders) -> None:
        """Notes that asking so is asking this, and which header fields go with the answer."""
        key = _key(request)
        with self._one_at_a_time:
            ways = self._ways_of.setdefault(key, []) if key in self._kept else None
            if ways is not None and len(ways) < _MOST_WAYS and asking not in self._ways:
                ways.append(asking)
                self._ways[asking] = key, completed(headers)
                self._grow(asking.size + _OVERHEAD)

    def known(self, asking: Asking) -> tuple[KeptAnswer, RawHeaders] | None:
        """The answer to what has been asked in just this way, with its header fields."""
        with self._one_at_a_time:
            self._forget()
            way = self._ways.get(asking)
            if way is None:
                return None
            self._kept.move_to_end(way[0])
            return self._kept[way[0]], way[1]

    def _grow(self, size: int) -> None:
        self._size += size
        while self._size > self._most:
            key, answer = self._kept.popitem(last=False)
            self._size -= _size(key, answer)
            for asking in self._ways_of.pop(key, ()):
                del self._ways[asking]
                self._size -= asking.size + _OVERHEAD


class RepeatedAnswers:
    """Answers what has been asked before in the same bytes, ahead of everything else on the way.

    Args:
        application: what answers everything else.
        cache: the answers that are kept.
        paths: the beginnings of the paths whose answers are kept.
    """

    def __init__(self, application: ASGIApp, cache: AnswerCache, paths: tuple[str, ...]) -> None:
        self._application = application
        self._cache = cache
        self._paths = paths

    def known(self, scope: Scope) -> tuple[KeptAnswer, RawHeaders] | None:
        """The answer to what has been asked in just this way, and its header fields; how it asks is noted in `scope`.

        Any thread may call it. The note spares whoever comes next to look once more.
        """
        path: str = scope.get("path", "")
        if _ASKING in scope or not path.startswith(self._paths):
            return None
        asking = scope[_ASKING] = Asking.of(scope, path)
        return self._cache.known(asking) if asking is not None else None

    @staticmethod
    def note(seen: Scope, scope: Scope) -> None:
        """Notes in `scope` how it asks, as it was noted in `seen`, the same request as a proxy tells of it."""
        if _ASKING in seen:
            scope[_ASKING] = seen[_ASKING]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or hands the request on."""
        found = self.known(scope)
        if found is None:
            await self._application(scope, receive, send)
            return
        answer, headers = found
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})


def _changes(request: Question) -> bool:
    if isinstance(request, LookUp):
        return False
    lowered = request.text.lower()
    return any(each in lowered for each in _CHANGING_LETTERS) and _CHANGING.search(lowered) is not None


def _key(request: Question) -> Question:
    if isinstance(request, LookUp) or request.deadline is None:
        return request
    return replace(request, deadline=None)


def _size(request: Question, answer: KeptAnswer) -> int:
    if isinstance(request, LookUp):
        return len(answer.body) + request.size + _OVERHEAD
    graphs = sum(map(len, (*(request.default_graphs or ()), *request.named_graphs)))
    return len(answer.body) + 4 * len(request.text) + graphs + _OVERHEAD
