"""The program of a reader process: ``python -m graphstore.readers.worker MEMORY``.

One thread takes requests from standard input and does the work, on a stack so large that text of ordinary programs
never fills it. The other ends the process when its parent is gone, even in the middle of work. The pool kills the
process when a request takes too long; how much memory it may take is set here.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import resource
import select
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from pyoxigraph import Store

from graphstore.errors import (
    GraphStoreError,
    QueryEvaluationError,
    QuerySyntaxError,
    ServiceRefused,
    StoreUnavailable,
    TextError,
    translated,
)
from graphstore.readers.errors import AnswerTooLarge, NoAcceptableFormat
from graphstore.readers.evaluation import answer_query
from graphstore.readers.frames import CHUNK_BYTES, read_frame
from graphstore.readers.output import Output
from graphstore.readers.parsing import answer_parse
from graphstore.readers.trial import answer_update

STACK_BYTES: Final = 256 << 20
_PIPE_BYTES: Final = 2 * CHUNK_BYTES
_SPENT_PART: Final = 4
_QUICK_SECONDS: Final = 0.02
_NAMES: Final = (
    (QuerySyntaxError, "query-syntax"),
    (TextError, "data-syntax"),
    (ServiceRefused, "service"),
    (NoAcceptableFormat, "format"),
    (AnswerTooLarge, "too-large"),
    (StoreUnavailable, "snapshot"),
    (GraphStoreError, "evaluation"),
)


def _private_memory() -> int:
    """Bytes of private writable memory: what ``RLIMIT_DATA`` counts. Mapped files and reserved space do not."""
    data_and_stack = Path("/proc/self/statm").read_text("ascii").split()[5]
    return int(data_and_stack) * resource.getpagesize()


class Reader:
    """The working thread's state: the snapshot that is open, and the memory it began with."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._opened: tuple[str, Store] | None = None
        self._most: int | None = None

    def serve(self, request: Mapping[str, Any], body: bytes, output: Output) -> None:
        """Answers one request, with FAILED where it cannot be."""
        begun = time.monotonic()
        try:
            self._answer(request, body, output)
        except MemoryError:
            output.fail("memory", "The request needed more memory than one may use. Ask for less at a time.")
        except RecursionError:
            output.fail("evaluation", "The text is nested too deeply to be read. Write it with fewer levels.")
        except GraphStoreError as error:
            name = next(name for kind, name in _NAMES if isinstance(error, kind))
            line, column = (error.line, error.column) if isinstance(error, TextError) else (None, None)
            output.fail(name, str(error), line, column)
        else:
            # Looking costs as much as a look-up takes, and what is over so soon leaves little behind.
            output.end(spent=time.monotonic() - begun > _QUICK_SECONDS and self._is_spent())

    def _answer(self, request: Mapping[str, Any], body: bytes, output: Output) -> None:
        task = request["task"]
        if task == "parse":
            self._limit_memory()
            answer_parse(request, body, output)
            return
        snapshot = self._open(request["snapshot"])
        self._limit_memory()
        text = body.decode("utf-8", "surrogatepass")
        (answer_query if task == "query" else answer_update)(snapshot, request, text, output)

    def _open(self, path: str) -> Store:
        if self._opened is None or self._opened[0] != path:
            self._opened = None
            try:
                with translated():
                    self._opened = (path, Store.read_only(path))
            except GraphStoreError as error:
                if Path(path).exists():
                    raise QueryEvaluationError(f"The store's snapshot cannot be read: {error}") from error
                raise StoreUnavailable("The snapshot is gone.") from error
        return self._opened[1]

    def _limit_memory(self) -> None:
        # After the snapshot is open, because the engine's own threads and buffers are not the request's.
        if self._most is None:
            self._most = _private_memory() + self._memory
            resource.setrlimit(resource.RLIMIT_DATA, (self._most, resource.RLIM_INFINITY))

    def _is_spent(self) -> bool:
        """Whether so much memory stayed behind that the next request would feel it."""
        return self._most is not None and self._most - _private_memory() < self._memory - self._memory // _SPENT_PART


def _work(memory: int, requests: BinaryIO, answers: BinaryIO) -> None:
    try:
        reader = Reader(memory)
        Output(answers, 0).ready()
        known, says = b"", {}
        while (request := read_frame(requests)) and (body := read_frame(requests)):
            if request[1] != known:  # all but the text is the same in most
                known, says = request[1], json.loads(request[1])
            reader.serve(says, body[1], Output(answers, int(says["limit"])))
    except BrokenPipeError:
        os._exit(0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def main() -> None:
    """Serves requests until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    with suppress(OSError):
        fcntl.fcntl(answers, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    os.dup2(2, 1)  # whatever prints must not stand between the frames
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()  # what is loaded stays, and need not be looked through for garbage
    threading.stack_size(STACK_BYTES)
    threading.Thread(target=_work, args=(int(sys.argv[1]), sys.stdin.buffer, answers), daemon=True).start()
    parent = select.poll()
    parent.register(0, 0)  # nothing but the other side's end wakes this
    parent.poll()
    os._exit(0)


if __name__ == "__main__":
    main()
