"""Tokens: made, checked, listed and revoked, beside a running server too."""

from __future__ import annotations

import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.access.roles import ANYBODY, Caller, Role
from api.access.tokens import FILE, NoSuchToken, TokenStore
from api.errors import RoleTooLow, TokenRequired
from hypothread.main import command_line


def test_a_token_is_known_by_its_role_until_it_is_revoked(tmp_path: Path) -> None:
    """And nothing else is: not its name, not a part of it, not another secret."""
    tokens = TokenStore(tmp_path)
    made = {role: tokens.create(role, role.name) for role in Role}
    for role, token in made.items():
        assert tokens.role_of(token) is role
        identifier, _, secret = token.partition(".")
        for wrong in (identifier, secret, f"{identifier}.", f"{identifier}.{secret[:-1]}", f"{token}0", "", "."):
            assert tokens.role_of(wrong) is None
    tokens.revoke(made[Role.analyst])
    assert tokens.role_of(made[Role.analyst]) is None
    assert tokens.role_of(made[Role.admin]) is Role.admin
    with pytest.raises(NoSuchToken):
        tokens.revoke(made[Role.analyst])


def test_the_file_holds_no_token_and_is_nobody_elses(tmp_path: Path) -> None:
    """Only hashes are stored, in a file that the owner alone can read."""
    token = TokenStore(tmp_path).create(Role.admin, "a name")
    file = tmp_path / FILE
    assert token.partition(".")[2].encode() not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sqlite3.connect(file).execute("SELECT length(hash) FROM token").fetchone() == (32,)


def test_use_is_noted(tmp_path: Path) -> None:
    """The list tells when a token was last used, so that old ones can be found."""
    tokens = TokenStore(tmp_path)
    token = tokens.create(Role.reader, "theme coding")
    assert tokens.all()[0].last_used is None
    tokens.role_of(token)
    record = tokens.all()[0]
    assert record.last_used is not None
    assert (record.name, record.role, record.revoked) == ("theme coding", Role.reader, None)


def test_a_token_counts_although_its_use_cannot_be_noted(tmp_path: Path) -> None:
    """Reading goes on where the file cannot be written: here another process is writing, else a disk is full."""
    tokens = TokenStore(tmp_path)
    token = tokens.create(Role.reader)
    with closing(sqlite3.connect(tmp_path / "tokens.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert tokens.role_of(token) is Role.reader
        assert tokens.all()[0].last_used is None
        other.execute("ROLLBACK")
    assert tokens.role_of(token) is Role.reader
    assert tokens.all()[0].last_used is not None


def test_an_empty_folder_has_no_tokens(tmp_path: Path) -> None:
    """Reading makes no file."""
    assert TokenStore(tmp_path).all() == ()
    assert TokenStore(tmp_path).role_of("a.b") is None
    assert list(tmp_path.iterdir()) == []


def test_roles_stand_in_order() -> None:
    """Each role may do what the one before it may."""
    for least in Role:
        with pytest.raises(TokenRequired):
            ANYBODY.must_be(least, "This")
        for role in Role:
            if role < least:
                with pytest.raises(RoleTooLow):
                    Caller(role).must_be(least, "This")
            else:
                Caller(role).must_be(least, "This")


def test_the_command_prints_the_token_alone(tmp_path: Path) -> None:
    """The token on standard output, notes on standard error: fit for TOKEN=$(…)."""
    run = CliRunner()
    made = run.invoke(
        command_line(), ["token", "create", "--role", "analyst", "--name", "coding", "--store", str(tmp_path / "new")]
    )
    assert made.exit_code == 0
    assert re.fullmatch(r"[0-9a-f]{8}\.[0-9a-f]{64}\n", made.stdout)
    assert "Keep it" in made.stderr
    assert TokenStore(tmp_path / "new").role_of(made.stdout.strip()) is Role.analyst
    listed = run.invoke(command_line(), ["token", "list", "--store", str(tmp_path / "new")])
    assert "analyst" in listed.stdout
    assert "coding" in listed.stdout
    assert made.stdout.strip() not in listed.stdout
    unknown = run.invoke(command_line(), ["token", "revoke", "00000000", "--store", str(tmp_path / "new")])
    assert (unknown.exit_code, "token list" in unknown.stderr) == (2, True)
    wrong = run.invoke(command_line(), ["token", "create", "--role", "owner", "--store", str(tmp_path)])
    assert wrong.exit_code == 2


def test_tokens_count_and_cease_to_count_at_once_beside_a_server(study_server: Any) -> None:
    """Made and revoked by another process, without a restart."""
    tokens = TokenStore(study_server.store)
    token = tokens.create(Role.reader)
    with study_server.client(token) as client:
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        tokens.revoke(token)
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 401
