"""Building the styles and the script."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from hatch_build import AssetsError, build_assets, fingerprint, run, sources
from pages.site import static_files

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def built_assets() -> None:
    """The styles and the script are there."""
    build_assets(ROOT)


@pytest.fixture
def copied_sources(tmp_path: Path) -> Path:
    """The browser sources in a project of their own."""
    shutil.copytree(ROOT / "frontend", tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules"))
    return tmp_path


def test_nothing_is_built_twice() -> None:
    """With the stamp of the same sources, a build does nothing."""
    assert build_assets(ROOT) is False


def test_the_stamp_follows_every_source(copied_sources: Path) -> None:
    """The fingerprint changes with any file's content and name, and with nothing else."""
    frontend = copied_sources / "frontend"
    before = fingerprint(frontend)
    assert before == fingerprint(ROOT / "frontend")
    for path in list(sources(frontend)):
        content = path.read_bytes()
        path.write_bytes(content + b" ")
        assert fingerprint(frontend) != before, path.name
        path.write_bytes(content)
    (frontend / "node_modules").mkdir()
    (frontend / "node_modules" / "anything.js").write_text("1", encoding="utf-8")
    assert fingerprint(frontend) == before


def test_styles_and_script_point_at_no_other_host() -> None:
    """Offline: no address in the styles, no remote font, and every image they name is there."""
    styles = (static_files() / "site.css").read_text(encoding="utf-8")
    assert "://" not in styles
    assert "@font-face" not in styles
    named = re.findall(r"url\(\"?([^)\"]+)", styles)
    assert named
    assert all((static_files() / name).is_file() for name in named)
    assert "import(" not in (static_files() / "site.js").read_text(encoding="utf-8")


def test_the_lock_names_no_host() -> None:
    """The lock pins versions and hashes, and leaves the place to fetch them from to whoever builds."""
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())


def test_missing_sources_are_told(tmp_path: Path) -> None:
    """Without the sources the message names what is not there."""
    with pytest.raises(AssetsError, match="package-lock"):
        build_assets(tmp_path)


def test_a_failing_step_is_told_with_its_words(tmp_path: Path) -> None:
    """What a tool says when it fails reaches whoever builds."""
    with pytest.raises(AssetsError, match="no such thing"):
        run(("sh", "-c", "echo no such thing; exit 3"), tmp_path)
