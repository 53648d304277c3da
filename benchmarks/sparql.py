"""SPARQL over HTTP: ours beside the engine itself, its own server and another Python server, on the same data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote
from urllib.request import Request, urlopen

from pyoxigraph import DefaultGraph, QueryTriples, RdfFormat, Store, serialize

from benchmarks.asked import Asked, about, by_sparql, text_of
from benchmarks.generated import Size
from benchmarks.load import CLIENTS, at_rest, rate, raw_rate
from benchmarks.rates import Rates
from benchmarks.sparql_servers import Running, bare, hypothread, oxigraph, rdflib_endpoint
from graphstore import open_for_reading

QUESTIONS: Final = ("look-up", "lineage", "organisation-types", "theme", "aggregate")
_OXIGRAPH_GOALS: Final = {
    "look-up": 0.3, "lineage": 0.7, "organisation-types": 0.7, "theme": 0.9, "aggregate": 0.9,
}  # fmt: skip
_RDFLIB_SLOWEST: Final = 200_000
"""More triples than this take rdflib minutes to read."""


def _items(triples: int) -> dict[str, int]:
    size = Size.of_triples(triples)
    return {
        "look-up": size.quotes, "lineage": size.hypotheses, "organisation-types": size.hypotheses,
        "theme": size.themes, "aggregate": 1,
    }  # fmt: skip


def _asked(server: Running, question: str, items: int) -> Asked:
    return by_sparql(server.path, text_of(question), items)


def flattened(store: Path, folder: Path, data: Path) -> None:
    """Gives the peers what a query of ours sees, as one graph: a folder of the engine and a file."""
    with open_for_reading(str(store)) as opened:
        found = opened.query(text_of("everything"))
        if not isinstance(found, QueryTriples):
            raise TypeError("everything.rq is a CONSTRUCT query.")
        triples = serialize(found, format=RdfFormat.N_TRIPLES) or b""
    engine = Store(str(folder))
    engine.bulk_load(triples, RdfFormat.N_TRIPLES)
    engine.optimize()
    engine.dump(str(data), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())


def measure(store: Path, work: Path, triples: int) -> Iterator[Rates]:
    """Every question by each number of clients; one server runs at a time."""
    folder, data = work / f"peer-{triples}", work / f"peer-{triples}.nt"
    items = _items(triples)
    rates: dict[tuple[str, int], dict[str, float]] = {(each, n): {} for each in QUESTIONS for n in CLIENTS}
    servers: list[Callable[[], AbstractContextManager[Running]]] = [
        lambda: hypothread(store),
        lambda: oxigraph(folder),
    ]
    if triples <= _RDFLIB_SLOWEST:
        servers.append(lambda: rdflib_endpoint(data))
    for start in servers:
        with at_rest(start()) as server:
            for (question, clients), found in rates.items():
                # What several ask of rdflib-endpoint at a time, it still works on long after they have gone.
                if server.name != "rdflib-endpoint" or clients == 1:
                    found[server.name] = rate(server, _asked(server, question, items[question]), clients)
    engine = Store.read_only(str(folder))
    for question in QUESTIONS:
        raw = raw_rate(engine, partial(about, text_of(question)), items[question])
        for clients in CLIENTS:
            rates[question, clients]["pyoxigraph"] = raw
    for (question, clients), by_server in rates.items():
        goals = {"oxigraph serve": _OXIGRAPH_GOALS[question]}
        if "rdflib-endpoint" in by_server:
            goals["rdflib-endpoint"] = 2 if question == "look-up" else 10
        yield Rates(triples, question, clients, by_server, goals)


def measure_repeated(store: Path, work: Path, triples: int) -> Iterator[Rates]:
    """The same question over and over between commits, beside the same bytes from a bare server."""
    folder = work / f"peer-{triples}"
    found: dict[tuple[str, int], dict[str, float]] = {(each, n): {} for each in QUESTIONS for n in CLIENTS}
    bodies = {}
    with at_rest(hypothread(store)) as server:
        for question in QUESTIONS:
            bodies[question] = work / f"{question}-{triples}.json"
            bodies[question].write_bytes(_answer(server, question))
        for (question, clients), rates in found.items():
            rates[server.name] = rate(server, _asked(server, question, 1), clients, same=True)
    with at_rest(oxigraph(folder)) as server:
        for (question, clients), rates in found.items():
            rates[server.name] = rate(server, _asked(server, question, 1), clients, same=True)
    for question, body in bodies.items():
        with at_rest(bare(body)) as server:
            for clients in CLIENTS:
                found[question, clients][server.name] = rate(server, _asked(server, question, 1), clients, same=True)
    for (question, clients), rates in found.items():
        goals = {"bare ASGI": 0.9} if question == "look-up" else {"bare ASGI": 0.9, "oxigraph serve": 1.0}
        yield Rates(triples, f"{question}, repeated", clients, rates, goals)


def _answer(server: Running, question: str) -> bytes:
    request = Request(f"{server.address}{server.path}?query={quote(text_of(question))}")  # noqa: S310 (our own address)
    with urlopen(request, timeout=60) as response:  # noqa: S310 (the same)
        return bytes(response.read())


def measure_start(store: Path) -> float:
    """Seconds from the start of our server until it answers; the best of three."""
    best = float("inf")
    for _ in range(3):
        with hypothread(store) as server:
            best = min(best, server.seconds)
    return best
