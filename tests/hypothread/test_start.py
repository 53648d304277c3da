"""What is loaded at the start: no more than what is asked for needs, because importing is nearly all of the start."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

import pytest
import typer

import graphstore
from hypothread.main import COMMANDS, command_line

HEAVY = {
    "ingest.importing", "markdown_it", "networkx", "numpy", "pages.build", "pandas", "pyld",
    "rdflib", "scipy",
}  # fmt: skip
FOR_WRITING = {"asyncio", "graphstore.commit", "graphstore.disk", "graphstore.history", "ontology.records", "pydantic"}


def loaded(code: str) -> set[str]:
    """The modules that some code leaves loaded in a process of its own."""
    said = f"{code}\nimport json, sys\nprint(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_a_server_starts_without_what_only_some_requests_need() -> None:
    """Networks, tables and pages are loaded for the first request that needs them; other commands not at all."""
    modules = loaded(
        "from hypothread.main import command_line\ncommand_line('serve')\nimport api.application, api.serving, "
        "hypothread.editing, hypothread.embedding, hypothread.review_writes, hypothread.server, ingest.deriving"
    )
    assert modules & HEAVY == set()
    assert {each for each in modules if each.startswith("hypothread.commands.")} == {"hypothread.commands.serve"}


def test_a_reader_process_loads_only_what_reads() -> None:
    """Neither what writes a store nor what serves it."""
    assert loaded("import graphstore.readers.worker") & (HEAVY | FOR_WRITING) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_loads_alone(name: str) -> None:
    """With one command loaded, it is found under its name as among all of them."""
    alone, among_all = (typer.main.get_command(command_line(each)) for each in (name, None))
    assert isinstance(alone, typer.core.TyperGroup)
    assert isinstance(among_all, typer.core.TyperGroup)
    assert [*alone.commands] == [name]
    assert alone.commands[name].help == among_all.commands[name].help
    assert alone.help == among_all.help


def test_the_package_gives_what_it_names() -> None:
    """Each name of `graphstore` is there although its module is loaded only then; no other name is."""
    for name in graphstore.__all__:
        assert getattr(graphstore, name) is getattr(import_module(graphstore._MODULES[name]), name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        graphstore.nothing  # noqa: B018  asked for on purpose
