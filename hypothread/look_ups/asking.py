"""Who answers a look-up: the store in a folder, asked here, or a server, asked over HTTP."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote, urlencode, urlsplit

from pydantic import BaseModel
from typing_extensions import override

from api.errors import ApiError
from api.past.moments import AS_OF, number_asked
from api.rest.facts import Committed
from api.rest.operations import Asked, Operation, Page, Plain
from api.rest.parameters import read_given
from api.rest.router import PREFIX
from graphstore import open_for_reading
from graphstore.history import open_history
from hypothread.errors import CallError
from hypothread.remote import Server

Given = Mapping[str, str | Sequence[str]]
_JSON: Final = "application/json"


class Asker(ABC):
    """Answers look-ups; closed with ``with``."""

    @abstractmethod
    def one(self, operation: Operation, path: Mapping[str, str], given: Given) -> BaseModel:
        """One resource.

        Raises:
            CallError: when there is none, or a parameter is wrong; the message says what would do.
        """

    @abstractmethod
    def page(
        self, operation: Operation, path: Mapping[str, str], given: Given
    ) -> tuple[Sequence[BaseModel], str | None]:
        """One page of a list, and the address of the next.

        Raises:
            CallError: as `one`.
        """

    @abstractmethod
    def close(self) -> None:
        """Gives everything back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class StoreAsker(Asker):
    """Asks the last committed state of a store's folder, whether or not a server holds it."""

    def __init__(self, folder: str, base: str) -> None:
        """Opens the store.

        Raises:
            StoreMissing: when the folder holds none.
        """
        self._store = open_for_reading(folder)
        self._history = open_history(folder)
        self._newest = self._history.newest()
        self._committed = Committed(self._store, 0, self._history)
        self._past: dict[int, Committed] = {}
        self._base = base

    @override
    def one(self, operation: Operation, path: Mapping[str, str], given: Given) -> BaseModel:
        content = self._content(operation, path, given)
        assert isinstance(content, BaseModel)  # noqa: S101  the operation says so
        return content

    @override
    def page(
        self, operation: Operation, path: Mapping[str, str], given: Given
    ) -> tuple[Sequence[BaseModel], str | None]:
        content = self._content(operation, path, given)
        assert isinstance(content, Page)  # noqa: S101  likewise
        return content.items, content.next

    def _content(self, operation: Operation, path: Mapping[str, str], given: Given) -> BaseModel | Page:
        address = f"{PREFIX}{operation.path.format_map(path)}"
        try:
            values = read_given(urlencode(given, doseq=True).encode(), operation.takes)
            committed = self._as_of(values.one(AS_OF))
            content = operation.answer(Asked(operation, path, values, committed, self._base, address)).content
        except ApiError as error:
            raise CallError(_told(str(error), getattr(error, "allowed", ()))) from error
        return content.validated() if isinstance(content, Plain) else content

    def _as_of(self, moment: str | None) -> Committed:
        """The state that is asked for; one of the past stays open for further look-ups."""
        number = self._newest if moment is None else number_asked(self._history, self._newest, moment)
        if number == self._newest:
            return self._committed
        if number not in self._past:
            self._past[number] = Committed(self._history.as_of(number), number, self._history)
        return self._past[number]

    @override
    def close(self) -> None:
        for each in (self._store, *(past.store for past in self._past.values())):
            each.close()


class ServerAsker(Asker):
    """Asks a server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @override
    def one(self, operation: Operation, path: Mapping[str, str], given: Given) -> BaseModel:
        return operation.model.model_validate(self._content(operation, path, given))

    @override
    def page(
        self, operation: Operation, path: Mapping[str, str], given: Given
    ) -> tuple[Sequence[BaseModel], str | None]:
        content = self._content(operation, path, given)
        return [operation.model.model_validate(each) for each in content["items"]], content["next"]

    def _content(self, operation: Operation, path: Mapping[str, str], given: Given) -> dict[str, Any]:
        places = {name: quote(value, safe="") for name, value in path.items()}
        parts = urlsplit(self._server.address)
        address = f"{parts.path.rstrip('/')}{PREFIX}{operation.path.format_map(places)}?{urlencode(given, doseq=True)}"
        status, body = self._server.get(address, _JSON)
        try:
            content = json.loads(body)
        except ValueError as error:
            raise CallError(f"{self._server.address} answered with status {status}. Is it Hypothread?") from error
        if status != HTTPStatus.OK:
            raise CallError(_told(str(content.get("detail", status)), tuple(content.get("allowed", ()))))
        return dict(content)

    @override
    def close(self) -> None:
        pass


def _told(message: str, allowed: Sequence[str]) -> str:
    return f"{message.replace(' See allowed.', '')} There are: {', '.join(allowed)}." if allowed else message
