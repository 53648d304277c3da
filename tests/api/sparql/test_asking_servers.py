"""``hypothread query --store http://…``: the same words for a server as for a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner, Result

from hypothread.main import command_line


def ask(*arguments: str, text: str | None = None, token: str = "") -> Result:
    """What the command does."""
    return CliRunner().invoke(
        command_line(), ["query", *arguments], input=text, env={"HYPOTHREAD_TOKEN": token} if token else None
    )


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_a_question_of_the_library_gives_the_same_from_a_server(
    study_server: Any, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows from the server are the rows from its own store's newest state."""
    monkeypatch.chdir(tmp_path)
    question = ("lineage/versions", "--param", "hypothesis=utility", "--format", form)
    remote = ask(*question, "--store", study_server.address)
    local = ask(*question, "--store", str(study_server.store))
    assert remote.exit_code == local.exit_code == 0, remote.output
    if form == "json":
        assert json.loads(remote.stdout) == json.loads(local.stdout)
    else:
        assert remote.stdout.splitlines() == local.stdout.splitlines()


def test_triples_come_as_turtle(study_server: Any) -> None:
    """CONSTRUCT from a server."""
    done = ask("lineage/graph", "--param", "hypothesis=utility", "--format", "turtle", "--store", study_server.address)
    assert done.exit_code == 0
    assert len(list(parse(done.stdout, RdfFormat.TURTLE))) > 5


def test_what_the_server_says_is_told(study_server: Any) -> None:
    """A mistake in the text, a format that does not fit, a server that is not there: exit 2 and why."""
    wrong = ask("-", "--store", study_server.address, text="SELECT * {")
    assert (wrong.exit_code, "line 1" in wrong.stderr) == (2, True)
    assert ask("-", "--format", "turtle", "--store", study_server.address, text="ASK {}").exit_code == 2
    missing = ask("-", "--store", "http://127.0.0.1:9", text="ASK {}")
    assert (missing.exit_code, "running" in missing.stderr) == (2, True)


def test_the_token_of_the_settings_is_sent(study_server: Any) -> None:
    """HYPOTHREAD_TOKEN opens what needs one."""
    text = (
        "SELECT ?s { GRAPH <https://w3id.org/hypothread/id/innovation-ecosystem/graph/restricted> "
        "{ ?s <http://example.org/said-in-confidence> ?o } }"
    )
    closed = ask("-", "--store", study_server.address, text=text)
    assert (closed.exit_code, "token" in closed.stderr) == (2, True)
    opened = ask("-", "--format", "csv", "--store", study_server.address, text=text, token=study_server.reader)
    assert "said-in-confidence" in opened.stdout
