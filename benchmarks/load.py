"""Asking a server as fast as it answers, for as long as a true count takes.

What is quick is asked by ``wrk`` (a package of Debian) for a second or a few. What is slow is asked by threads of this
process until a few dozen answers have come: ``wrk`` counts only what came whole within its time, which of few slow
answers leaves a good part out.
"""

from __future__ import annotations

import http.client
import random
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store, serialize

from benchmarks.asked import HERE, Asked
from benchmarks.sparql_servers import Running

CLIENTS: Final = (1, 8, 32)
SECONDS: Final = 1.0
PATIENCE: Final = 20.0
"""Seconds after which a server is taken to give no answer."""

_ANSWERS_EACH: Final = 20
_LONGEST: Final = 4.0
_WINDOW: Final = 8.0
_WANTED: Final = 36
_FIRST: Final = 90.0
_RATE: Final = re.compile(r"Requests/sec:\s+([\d.]+)")


def has_wrk() -> bool:
    """Whether the program is there."""
    return shutil.which("wrk") is not None


def rate(server: Running, asked: Asked, clients: int, *, same: bool = False) -> float:
    """Answers a second; 0 where some were errors or none came within `PATIENCE`.

    Two requests go before, so that what a server keeps after its first answer is kept, and to see how long one takes.

    Args:
        server: whom to ask.
        asked: what.
        clients: how many ask at a time.
        same: one request over and over, instead of a new one each time.
    """
    chance = random.Random()  # noqa: S311 (which item is asked about is no secret)
    if _seconds(server, asked, chance, same, _FIRST) is None:
        return 0.0
    each = _seconds(server, asked, chance, same, PATIENCE)
    if each is None:
        return 0.0
    window = max(SECONDS, _ANSWERS_EACH * clients * each)
    if window > _LONGEST:
        return _slow_rate(server, asked, clients, same)
    done = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{round(window)}s", "--timeout", f"{PATIENCE:g}s", "-s", HERE / "get.lua",
         server.address, "--", asked.target, str(asked.items), asked.accept, *(["same"] if same else [])],
        capture_output=True, text=True, check=True, timeout=window + 60,
    )  # fmt: skip
    found = _RATE.search(done.stdout)
    return float(found[1]) if found and "Non-2xx" not in done.stdout else 0.0


def _seconds(server: Running, asked: Asked, chance: random.Random, same: bool, patience: float) -> float | None:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=patience)
    try:
        return time.perf_counter() - begun if _answered(connection, asked, chance, same) else None
    except OSError:
        wait_until_idle(server.process)
        return None
    finally:
        connection.close()


def _answered(connection: http.client.HTTPConnection, asked: Asked, chance: random.Random, same: bool) -> bool:
    connection.request("GET", asked.one(chance, same=same), headers={"Accept": asked.accept})
    response = connection.getresponse()
    response.read()
    return 200 <= response.status < 300


def _slow_rate(server: Running, asked: Asked, clients: int, same: bool) -> float:
    begun = time.perf_counter()
    came: list[float] = []
    failed = threading.Event()

    def ask_on() -> None:
        chance = random.Random()  # noqa: S311 (the same)
        # Whoever waits on when the time is up is given up: what comes later does not count.
        connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=PATIENCE)
        try:
            while time.perf_counter() - begun < _WINDOW and len(came) < _WANTED + clients and not failed.is_set():
                if not _answered(connection, asked, chance, same):
                    failed.set()
                came.append(time.perf_counter() - begun)
        except (OSError, http.client.HTTPException):
            connection.close()

    with ThreadPoolExecutor(clients) as clients_at_once:
        for _ in range(clients):
            clients_at_once.submit(ask_on)
    counted = [each for each in came if each <= PATIENCE]
    if len(counted) < len(came) or not came:
        wait_until_idle(server.process)
    return len(counted) / max(counted) if counted and not failed.is_set() else 0.0


@contextmanager
def at_rest(starting: AbstractContextManager[Running]) -> Iterator[Running]:
    """Runs a server until the end of the block, which begins when it has done what it does of itself at its start.

    Ours makes its search index and puts long lists in order then, in the background: seconds at a million triples.
    """
    with starting as server:
        wait_until_idle(server.process)
        yield server


def wait_until_idle(process: int, *, most: float = 60.0) -> None:
    """Waits until a process and its children work no more on what others have given up."""
    begun, before = time.perf_counter(), _ticks(process)
    while time.perf_counter() - begun < most:
        time.sleep(0.5)
        now = _ticks(process)
        if now - before < 5:
            return
        before = now


def _ticks(process: int) -> int:
    """Hundredths of a second of processor time, of a process and its children."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        # A child belongs to the thread that started it.
        threads = Path(f"/proc/{process}/task").iterdir()
        children = [child for each in threads for child in _children(each)]
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12]) + sum(_ticks(int(each)) for each in children)


def _children(thread: Path) -> list[str]:
    try:
        return (thread / "children").read_text("ascii").split()
    except OSError:  # it has ended meanwhile
        return []


def raw_rate(store: Store, text: Callable[[int], str], items: int) -> float:
    """Answers a second of the engine in this process, serialised, one after the other, each about any item."""
    chance = random.Random(1)  # noqa: S311 (the same)
    serialised(store, text(1))
    count, begun = 0, time.perf_counter()
    while (passed := time.perf_counter() - begun) < SECONDS or (count < _ANSWERS_EACH and passed < PATIENCE / 2):
        serialised(store, text(chance.randint(1, items)))
        count += 1
    return count / (time.perf_counter() - begun)


def serialised(store: Store, text: str) -> bytes:
    """The engine's answer: rows as SPARQL results in JSON, triples as N-Triples."""
    results = store.query(text)
    if isinstance(results, QuerySolutions):
        return results.serialize(format=QueryResultsFormat.JSON) or b""
    return serialize(results, format=RdfFormat.N_TRIPLES) or b""  # type: ignore[arg-type] # no ASK is asked
