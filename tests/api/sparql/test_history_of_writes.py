"""Who writes over HTTP is remembered: the name of the token, and the door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.access.roles import Role
from api.access.tokens import TokenStore
from graphstore.history import open_history
from tests.api.sparql.conftest import RunningServer, serving

NAMED = "https://example.org/graph"


@pytest.fixture
def written_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server to which each door was used once: with a named token, then with a nameless one."""
    store = tmp_path / "store"
    store.mkdir()
    named = TokenStore(store).create(Role.analyst, "theme coding")
    with serving(store, {}) as server:
        turtle = {"Content-Type": "text/turtle"}
        with server.client(named) as client:
            update = f"INSERT DATA {{ GRAPH <{NAMED}> {{ <a:a> <a:b> 1 }} }}"
            client.post("/sparql", data={"update": update}).raise_for_status()
            client.put("/data", params={"graph": NAMED}, content="<a:a> <a:b> 2 .", headers=turtle).raise_for_status()
        with server.client(server.analyst) as client:
            client.post("/data", params={"graph": NAMED}, content="<a:a> <a:b> 3 .", headers=turtle).raise_for_status()
            client.patch(
                "/data",
                params={"graph": NAMED},
                content="DELETE DATA { <a:a> <a:b> 2 }",
                headers={"Content-Type": "application/sparql-update"},
            ).raise_for_status()
            client.delete("/data", params={"graph": NAMED}).raise_for_status()
        yield server


def test_each_write_bears_the_token_s_name(written_server: RunningServer) -> None:
    """Named tokens by their name, others by their public one; counts are those of the write; the chain holds."""
    history = open_history(str(written_server.store))
    nameless = f"token {written_server.analyst.partition('.')[0]}"
    assert [(each.who, each.how.value, each.removed, each.added) for each in history.changesets()] == [
        ("theme coding", "sparql-update", 0, 1),
        ("theme coding", "graph-store", 1, 1),
        (nameless, "graph-store", 0, 1),
        (nameless, "graph-store", 1, 0),
        (nameless, "graph-store", 1, 0),
    ]
    assert history.verify() == []
