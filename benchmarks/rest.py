"""REST look-ups over HTTP: cold and repeated, beside the engine's own server, the engine itself and a bare server.

Cold means that no answer is kept (``HYPOTHREAD_ANSWERS_BYTES=0``): every request is worked out from the store. What
the program keeps of a commit for itself (orders of lists, the search index) is kept in both.

The engine itself is asked what a look-up answers with, as one question of the folder ``questions``. Of a search that is
what matches, of every hypothesis: the answer counts them all, whatever it is narrowed to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final
from urllib.request import Request, urlopen

from pyoxigraph import NamedNode, Store

from benchmarks.asked import JSON, N_TRIPLES, Asked, about, by_sparql, text_of
from benchmarks.generated import STUDY, Size
from benchmarks.load import CLIENTS, at_rest, rate, raw_rate
from benchmarks.rates import Rates
from benchmarks.sparql_servers import Running, bare, hypothread, oxigraph
from ontology.iris import DEFAULT_BASE, StudyIris
from queries.library import QUERIES

COLD: Final = "REST {}, cold"
_REPEATED: Final = "REST {}, repeated"
_STUDY: Final = f"/api/v1/studies/{STUDY}"
_LINEAGE: Final = "lineage"
_ALWAYS_REPEATED: Final = {"bare ASGI": 0.9}

Measured = dict[tuple[str, int], dict[str, float]]


def look_ups(triples: int) -> dict[str, Asked]:
    """What is asked of a generated study of that size, by name."""
    size = Size.of_triples(triples)
    return {
        "look-up": Asked(f"{_STUDY}/quotes/q#", size.quotes),
        "list": Asked(f"{_STUDY}/quotes?theme=t#", size.themes),
        _LINEAGE: Asked(f"{_STUDY}/hypotheses/h#/lineage", size.hypotheses),
        "search": Asked("/api/v1/search?q=story+garden&hypothesis=h#", size.hypotheses),
    }


def equal_questions() -> dict[str, str]:
    """The SPARQL question whose answer holds what each look-up's answer is made of, by name, about the first item."""
    hypothesis = NamedNode(StudyIris(DEFAULT_BASE, STUDY).hypothesis("h1"))
    lineage = QUERIES["lineage/graph"].bind({"hypothesis": hypothesis})
    return {_LINEAGE: lineage, **{name: text_of(f"rest-{name}") for name in ("look-up", "list", "search")}}


def measure(store: Path, peer: Path, work: Path, triples: int) -> Iterator[Rates]:
    """Every look-up by each number of clients, cold and repeated; one server runs at a time.

    Args:
        store: our store of a generated study.
        peer: the same triples as one graph in a folder of the engine.
        work: where to put what is sent by the bare server.
        triples: the size of the study.
    """
    asked, questions = look_ups(triples), equal_questions()
    cold: Measured = {(name, n): {} for name in asked for n in CLIENTS}
    repeated: Measured = {(name, n): {} for name in asked for n in CLIENTS}
    bodies = {}
    with at_rest(hypothread(store, {"HYPOTHREAD_ANSWERS_BYTES": "0"})) as server:
        for name, each in asked.items():
            bodies[name] = work / f"rest-{name}-{triples}.json"
            bodies[name].write_bytes(_answer(server, each))
        _note(cold, server, asked)
    with at_rest(hypothread(store)) as server:
        _note(repeated, server, asked, same=True)
    with at_rest(oxigraph(peer)) as server:
        question = by_sparql(server.path, questions[_LINEAGE], asked[_LINEAGE].items, N_TRIPLES)
        for clients in CLIENTS:
            found = rate(server, question, clients)
            for measured in (cold, repeated):
                measured[_LINEAGE, clients][server.name] = found
    _note_of_engine(cold, Store.read_only(str(peer)), questions, asked)
    for name, body in bodies.items():
        with at_rest(bare(body)) as server:
            _note(repeated, server, {name: asked[name]}, same=True)
    yield from _rates(triples, cold, COLD, lambda name, clients: _goals(name, clients, 0.7))
    yield from _rates(
        triples, repeated, _REPEATED, lambda name, clients: {**_ALWAYS_REPEATED, **_goals(name, clients, 2.0)}
    )


def _note(measured: Measured, server: Running, asked: dict[str, Asked], *, same: bool = False) -> None:
    for (name, clients), found in measured.items():
        if name in asked:
            found[server.name] = rate(server, asked[name], clients, same=same)


def _note_of_engine(measured: Measured, engine: Store, questions: dict[str, str], asked: dict[str, Asked]) -> None:
    raw = {name: raw_rate(engine, partial(about, text), asked[name].items) for name, text in questions.items()}
    for (name, _), found in measured.items():
        found["pyoxigraph"] = raw[name]


def _rates(
    triples: int, measured: Measured, title: str, goals: Callable[[str, int], dict[str, float]]
) -> Iterator[Rates]:
    for (name, clients), found in measured.items():
        yield Rates(triples, title.format(name), clients, found, goals(name, clients))


def _goals(name: str, clients: int, goal: float) -> dict[str, float]:
    return {"oxigraph serve": goal} if name == _LINEAGE and clients == 8 else {}


def _answer(server: Running, asked: Asked) -> bytes:
    address = server.address + asked.target.replace("#", "1")
    request = Request(address, headers={"Accept": JSON})  # noqa: S310 (our own)
    with urlopen(request, timeout=120) as response:  # noqa: S310 (the same)
        return bytes(response.read())
