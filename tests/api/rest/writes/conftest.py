"""Applications whose store may be written to, and clients that bear a token."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.access.roles import Role
from api.access.tokens import TokenStore
from tests.api.rest.conftest import Api, serving_api

STUDY = "innovation-ecosystem"


@dataclass(frozen=True)
class Writer:
    """Writes to a study's lists with an analyst's token, and reads what came of it."""

    api: Api
    folder: Path
    token: str
    reader: str

    def send(self, method: str, path: str, row: Any = None, **headers: str) -> httpx.Response:
        """The answer to a write below the study; header names with underscores for hyphens."""
        fields = {"Authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        asked: dict[str, Any] = {} if row is None else {"json": row}
        return self.api.client.request(method, f"/api/v1/studies/{self.api.study}{path}", headers=fields, **asked)

    def done(self, method: str, path: str, row: Any = None, **headers: str) -> httpx.Response:
        """The same; it must succeed."""
        answer = self.send(method, path, row, **headers)
        assert answer.is_success, answer.text
        return answer

    def mistakes(self, method: str, path: str, row: Any) -> list[tuple[str, str]]:
        """Item and field of each mistake that a write is refused for; nothing may be written."""
        before = self.api.store.commit_number
        answer = self.send(method, path, row)
        assert answer.status_code == 422, answer.text
        problem: Mapping[str, Any] = answer.json()
        assert problem["type"].endswith("/row-refused")
        assert all(each["wrong"] and each["right"] for each in problem["mistakes"])
        assert self.api.store.commit_number == before
        return [(each["item"], each["field"]) for each in problem["mistakes"]]


@pytest.fixture
def writer(study_store_folder: Path, bundled_folder: Path) -> Iterator[Writer]:
    """The bundled study, to be written to."""
    tokens = TokenStore(study_store_folder)
    analyst, reader = tokens.create(Role.analyst, "Analyst A"), tokens.create(Role.reader)
    with serving_api(study_store_folder, STUDY, bundled_folder) as api:
        yield Writer(api, study_store_folder, analyst, reader)


@pytest.fixture
def editable_folder(tmp_path: Path, bundled_folder: Path) -> Path:
    """A copy of the bundled study's folder, to be edited."""
    return Path(shutil.copytree(bundled_folder, tmp_path / "edited"))
