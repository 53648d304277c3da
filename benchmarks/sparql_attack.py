"""How long the health check takes while bad queries run, beside the same server when it has nothing to do."""

from __future__ import annotations

import statistics
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from benchmarks.bad_queries import DEEP, HEAVY
from benchmarks.load import at_rest
from benchmarks.sparql_servers import hypothread

_SECONDS: Final = 8
_ATTACKERS: Final = 8
_BETWEEN: Final = 0.02
GOAL: Final = 0.1


@dataclass(frozen=True, slots=True)
class Health:
    """Seconds that the health check took, half and 99 of 100 of them at most, and how many there were."""

    state: str
    median: float
    p99: float
    count: int


def measure(store: Path) -> tuple[Health, Health]:
    """The idle server, then the same one under attack by eight clients."""
    settings = {"HYPOTHREAD_DEADLINE": "3", "HYPOTHREAD_READER_MEMORY": str(256 << 20)}
    with at_rest(hypothread(store, settings)) as server:
        idle = _waits(server.address)
        over = threading.Event()
        texts = [*HEAVY.values(), *(make(5_000) for make in DEEP.values())]
        attackers = [
            threading.Thread(target=_attack, args=(server.address, texts[n:] + texts[:n], over))
            for n in range(0, 2 * _ATTACKERS, 2)
        ]
        for each in attackers:
            each.start()
        attacked = _waits(server.address)
        over.set()
        for each in attackers:
            each.join()
    return _health("idle", idle), _health("under attack", attacked)


def _waits(address: str) -> list[float]:
    waits = []
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            begun = time.perf_counter()
            client.get("/healthz").raise_for_status()
            waits.append(time.perf_counter() - begun)
            time.sleep(_BETWEEN)
    return waits


def _attack(address: str, texts: list[str], over: threading.Event) -> None:
    with httpx.Client(base_url=address, timeout=10, trust_env=False) as client:
        for text in texts * 100:
            if over.is_set():
                return
            with suppress(httpx.TransportError):
                client.post("/sparql", content=text, headers={"Content-Type": "application/sparql-query"})


def _health(state: str, waits: list[float]) -> Health:
    return Health(state, statistics.median(waits), statistics.quantiles(waits, n=100)[98], len(waits))
