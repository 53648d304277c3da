"""A worker's answer as it is written: frames into the pipe, bounded in size, as slow as whoever reads them."""

from __future__ import annotations

import json
from functools import lru_cache
from io import RawIOBase
from typing import Any, BinaryIO, Final

from typing_extensions import Buffer, override

from graphstore.errors import GraphStoreError
from graphstore.readers import xml_text
from graphstore.readers.errors import AnswerTooLarge
from graphstore.readers.frames import CHUNK_BYTES, Kind, frame

_TOO_LARGE: Final = "The answer has more than {limit:,} bytes. Ask for less at a time, with LIMIT and OFFSET."


@lru_cache(maxsize=64)
def _begin_frame(says: tuple[tuple[str, Any], ...]) -> bytes:
    return frame(Kind.BEGIN, json.dumps(dict(says)).encode("ascii"))


class Output(RawIOBase):
    """A file object that the engine serialises into.

    Attributes:
        refused: why no more is taken; the engine hands it back as an error of the file that it writes to.
        is_xml: whether to refuse what would not be well-formed.
    """

    def __init__(self, pipe: BinaryIO, limit: int) -> None:
        """Takes the pipe and the bytes that the answer may have."""
        super().__init__()
        self._pipe = pipe
        self._limit = limit
        self._gathered = bytearray()
        self._unsent = bytearray()
        self._written = 0
        self._tail = b""
        self.refused: GraphStoreError | None = None
        self.is_xml = False

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Buffer, /) -> int:
        view = memoryview(data)
        self._written += view.nbytes
        if self._written > self._limit:
            self._refuse(AnswerTooLarge(_TOO_LARGE.format(limit=self._limit)))
        self._gathered += self._in_xml(view) if self.is_xml else view
        if len(self._gathered) >= CHUNK_BYTES:
            self._keep_gathered()
            self._send()
        return view.nbytes

    def _in_xml(self, view: memoryview) -> bytes:
        # A character may be written in two parts.
        text = self._tail + bytes(view)
        if found := xml_text.UNTELLABLE.search(text):
            self._refuse(xml_text.refusal(found))
        self._tail = text[-2:]
        return xml_text.with_returns(view)

    def _refuse(self, error: GraphStoreError) -> None:
        self.refused = error
        raise error

    def _keep(self, kind: Kind, payload: bytes | bytearray) -> None:
        self._unsent += frame(kind, payload)

    def _send(self) -> None:
        unsent = memoryview(self._unsent)
        self._unsent = bytearray()
        while unsent:
            unsent = unsent[self._pipe.write(unsent) :]

    def _keep_gathered(self) -> None:
        self._keep(Kind.CHUNK, self._gathered)
        self._gathered.clear()

    def ready(self) -> None:
        """Says that the process may be given requests."""
        self._keep(Kind.READY, b"")
        self._send()

    def begin(self, **says: Any) -> None:
        """Says what kind of answer follows; it goes out with the first of it."""
        self._unsent += _begin_frame(tuple(says.items()))

    def end(self, *, spent: bool) -> None:
        """Sends what is left and ends the answer; a `spent` process wants to be replaced."""
        if self._gathered:
            self._keep_gathered()
        self._keep(Kind.END, b"spent" if spent else b"")
        self._send()

    def fail(self, error: str, message: str, line: int | None = None, column: int | None = None) -> None:
        """Ends the answer with an error."""
        says = {"error": error, "message": message, "line": line, "column": column}
        self._keep(Kind.FAILED, json.dumps(says).encode("ascii"))
        self._send()
