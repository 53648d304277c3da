"""Asking a server as fast as it answers: ``wrk`` (a package of Debian), bounded in time."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Final

from pyoxigraph import QueryResultsFormat, QuerySolutions, Store

from benchmarks.sparql_servers import Running

HERE: Final = Path(__file__).parent
QUESTIONS: Final = ("look-up", "lineage", "organisation-types", "theme", "aggregate")
CLIENTS: Final = (1, 8, 32)
SECONDS: Final = 1
RATE: Final = re.compile(r"Requests/sec:\s+([\d.]+)")
_ITEM: Final = re.compile(r"(/[a-z]+/[a-z])1>")


def has_wrk() -> bool:
    """Whether the program is there."""
    return shutil.which("wrk") is not None


def rate(server: Running, question: str, items: int, clients: int, *, same: bool = False) -> float:
    """Answers a second; 0 where some were errors or none came.

    Args:
        server: whom to ask.
        question: the name of a query beside this file.
        items: how many items it may ask about.
        clients: how many ask at a time.
        same: one request over and over, instead of a new one each time.
    """
    done = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "--timeout", "20s", "-s", HERE / "ask.lua", server.address,
         "--", server.path, HERE / "questions" / f"{question}.rq", str(items), *(["same"] if same else [])],
        capture_output=True, text=True, check=True, timeout=SECONDS + 60,
    )  # fmt: skip
    found = RATE.search(done.stdout)
    return float(found[1]) if found and "Non-2xx" not in done.stdout else 0.0


def raw_rate(store: Store, question: str, items: int) -> float:
    """Answers a second of the engine in this process, serialised, one after the other."""
    text = (HERE / "questions" / f"{question}.rq").read_text("utf-8")
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        item = count % items + 1
        results = store.query(_ITEM.sub(lambda found, item=item: f"{found[1]}{item}>", text))  # type: ignore[misc] # mypy cannot infer
        if isinstance(results, QuerySolutions):
            results.serialize(format=QueryResultsFormat.JSON)
        count += 1
    return count / (time.perf_counter() - begun)
