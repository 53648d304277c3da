"""REST look-ups over HTTP: cold and repeated, beside the engine's own server, the engine itself and a bare server.

Cold means that no answer is kept (``HYPOTHREAD_ANSWERS_BYTES=0``): every request is worked out from the store. What
the program keeps of a commit for itself (orders of lists, the search index) is kept in both.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote
from urllib.request import Request, urlopen

from pyoxigraph import NamedNode, QueryTriples, RdfFormat, Store, serialize

from benchmarks.generated import STUDY, Size
from benchmarks.rates import Rates
from benchmarks.sparql_load import CLIENTS, RATE, SECONDS
from benchmarks.sparql_servers import Running, bare, hypothread, oxigraph
from ontology.iris import DEFAULT_BASE, StudyIris
from queries.library import QUERIES

_HERE: Final = Path(__file__).parent
_STUDY: Final = f"/api/v1/studies/{STUDY}"
_JSON: Final = "application/json"
_N_TRIPLES: Final = "application/n-triples"
_LINEAGE: Final = "lineage"
_REPEATED_GOALS: Final = {"bare ASGI": 0.9}


@dataclass(frozen=True, slots=True)
class LookUp:
    """A look-up to ask: its address with a # for the item's number, and how many items there are."""

    path: str
    items: int


def look_ups(triples: int) -> dict[str, LookUp]:
    """What is asked of a generated study of that size, by name."""
    size = Size.of_triples(triples)
    return {
        "look-up": LookUp(f"{_STUDY}/quotes/q#", size.quotes),
        "list": LookUp(f"{_STUDY}/quotes?theme=t#", size.themes),
        _LINEAGE: LookUp(f"{_STUDY}/hypotheses/h#/lineage", size.hypotheses),
        "search": LookUp("/api/v1/search?q=story+garden&hypothesis=h#", size.hypotheses),
    }


def _rate(server: Running, asked: LookUp, clients: int, accept: str, *, same: bool = False) -> float:
    done = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{SECONDS}s", "--timeout", "20s", "-s", _HERE / "get.lua", server.address,
         "--", asked.path, str(asked.items), accept, *(["same"] if same else [])],
        capture_output=True, text=True, check=True, timeout=SECONDS + 60,
    )  # fmt: skip
    found = RATE.search(done.stdout)
    return float(found[1]) if found and "Non-2xx" not in done.stdout else 0.0


def _equal_query() -> str:
    """The SPARQL question whose answer holds what a lineage by REST is made of, with h# for the hypothesis."""
    hypothesis = StudyIris(DEFAULT_BASE, STUDY).hypothesis("h0")
    return QUERIES["lineage/graph"].bind({"hypothesis": NamedNode(hypothesis)})


def _by_sparql(server: Running, items: int) -> LookUp:
    text = quote(_equal_query(), safe="").replace("h0", "h#")
    return LookUp(f"{server.path}?query={text}", items)


def measure(store: Path, peer: Path, work: Path, triples: int) -> Iterator[Rates]:
    """Every look-up by each number of clients, cold and repeated; one server runs at a time.

    Args:
        store: our store of a generated study.
        peer: the same triples as one graph in a folder of the engine.
        work: where to put what is sent by the bare server.
        triples: the size of the study.
    """
    asked = look_ups(triples)
    cold: dict[tuple[str, int], dict[str, float]] = {(name, n): {} for name in asked for n in CLIENTS}
    repeated: dict[tuple[str, int], dict[str, float]] = {(name, n): {} for name in asked for n in CLIENTS}
    bodies = {}
    with hypothread(store, {"HYPOTHREAD_ANSWERS_BYTES": "0"}) as server:
        for name, each in asked.items():
            bodies[name] = work / f"rest-{name}-{triples}.json"
            bodies[name].write_bytes(_answer(server, each))
        for (name, clients), found in cold.items():
            found[server.name] = _rate(server, asked[name], clients, _JSON)
    with hypothread(store) as server:
        for (name, clients), found in repeated.items():
            found[server.name] = _rate(server, asked[name], clients, _JSON, same=True)
    with oxigraph(peer) as server:
        question = _by_sparql(server, asked[_LINEAGE].items)
        for clients in CLIENTS:
            rate = _rate(server, question, clients, _N_TRIPLES)
            for measured in (cold, repeated):
                measured[_LINEAGE, clients][server.name] = rate
    raw = _raw_rate(Store.read_only(str(peer)), asked[_LINEAGE].items)
    for name, body in bodies.items():
        with bare(body) as server:
            for clients in CLIENTS:
                repeated[name, clients][server.name] = _rate(server, asked[name], clients, _JSON, same=True)
    for (name, clients), found in cold.items():
        if name == _LINEAGE:
            found["pyoxigraph"] = raw
        yield Rates(triples, f"REST {name}, cold", clients, found, _goals(name, clients, 0.7))
    for (name, clients), found in repeated.items():
        goals = {**_REPEATED_GOALS, **_goals(name, clients, 2.0)}
        yield Rates(triples, f"REST {name}, repeated", clients, found, goals)


def _goals(name: str, clients: int, goal: float) -> dict[str, float]:
    return {"oxigraph serve": goal} if name == _LINEAGE and clients == 8 else {}


def _answer(server: Running, asked: LookUp) -> bytes:
    request = Request(server.address + asked.path.replace("#", "1"), headers={"Accept": _JSON})  # noqa: S310 (our own)
    with urlopen(request, timeout=60) as response:  # noqa: S310 (the same)
        return bytes(response.read())


def _raw_rate(store: Store, items: int) -> float:
    """Answers a second of the engine in this process to the equal question, serialised, one after the other."""
    text = _equal_query()
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        found = store.query(text.replace("/h0>", f"/h{count % items + 1}>"))
        if not isinstance(found, QueryTriples):
            raise TypeError("lineage/graph is a CONSTRUCT query.")
        serialize(found, format=RdfFormat.N_TRIPLES)
        count += 1
    return count / (time.perf_counter() - begun)
