"""The bundled study's sheets, read with nothing but the standard library."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from importlib.resources import files

import pytest

Sheets = Mapping[str, list[dict[str, str]]]


@pytest.fixture(scope="session")
def sheet_files() -> Mapping[str, bytes]:
    """Each CSV file's bytes by its sheet's name."""
    folder = files("studies") / "innovation-ecosystem"
    return {
        each.name.removesuffix(".csv"): each.read_bytes() for each in folder.iterdir() if each.name.endswith(".csv")
    }


@pytest.fixture(scope="session")
def sheets(sheet_files: Mapping[str, bytes]) -> Sheets:
    """Each sheet's rows as text cells by column."""
    return {
        name: list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
        for name, content in sheet_files.items()
    }
