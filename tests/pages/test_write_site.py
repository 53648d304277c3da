"""Writing a site: whole, with its styles, and never over something else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hatch_build import build_assets
from pages.build import SitePages
from pages.errors import NotASiteError, SiteNotWrittenError
from pages.site import static_files, write_site

ROOT = Path(__file__).parents[2]
DIGESTS = """
import sys
from hashlib import sha256
from pathlib import Path
from graphstore import open_store
from ingest.importing import import_study
from lineage.stored import StoredStudy
from pages.build import site_pages
for folder in map(Path, sys.argv[1:]):
    with open_store("memory:") as store:
        import_study(folder, store)
        for path, content in site_pages(StoredStudy(store, folder.name)):
            print(folder.name, path, sha256(content.encode()).hexdigest())
"""


@pytest.fixture(scope="module", autouse=True)
def built_assets() -> None:
    """The styles and the script are there; nothing happens where they are up to date."""
    build_assets(Path(__file__).parents[2])


def test_a_site_is_written_with_its_styles(tmp_path: Path, repair_pages: SitePages) -> None:
    """Every page stands under its path, and the styles and script beside them."""
    out = tmp_path / "deep" / "site"
    pages = [(path, repair_pages.render(path)) for path in repair_pages.paths()]
    assert write_site(pages, out) == len(pages)
    for path, html in pages:
        assert (out / path).read_text(encoding="utf-8") == html
    for name in ("site.css", "site.js", "icon.svg"):
        assert (out / "static" / name).read_bytes() == (static_files() / name).read_bytes()
    assert [each.name for each in out.parent.iterdir()] == ["site"]


def test_a_site_replaces_the_one_before(tmp_path: Path) -> None:
    """Pages that are no more are gone afterwards."""
    out = tmp_path / "site"
    write_site([("old.html", "old"), ("index.html", "one")], out)
    write_site([("index.html", "two")], out)
    assert not (out / "old.html").exists()
    assert (out / "index.html").read_text(encoding="utf-8") == "two"


def test_another_folder_is_never_replaced(tmp_path: Path) -> None:
    """A folder that holds something else is refused and untouched; an empty one is fine."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(NotASiteError, match="name another folder"):
        write_site([("index.html", "x")], mine)
    assert (mine / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert write_site([("index.html", "x")], empty) == 1


def test_a_failure_leaves_the_old_site(tmp_path: Path) -> None:
    """Where rendering stops half way, what stood there still stands, and nothing half done stays behind."""
    out = tmp_path / "site"
    write_site([("index.html", "one")], out)

    def breaks() -> Iterator[tuple[str, str]]:
        yield "index.html", "two"
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        write_site(breaks(), out)
    assert (out / "index.html").read_text(encoding="utf-8") == "one"
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file in the way of the folder is told with its path."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(SiteNotWrittenError, match="could not be written to"):
        write_site([("index.html", "x")], tmp_path / "file" / "site")


def test_a_site_is_the_same_in_every_process(bundled_folder: Path, night_library_folder: Path) -> None:
    """Whatever order Python's sets come in, each file of a site is the same to the byte."""
    written = [
        subprocess.run(
            [sys.executable, "-c", DIGESTS, bundled_folder, night_library_folder],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout.splitlines()
        for seed in ("0", "4321")
    ]  # fmt: skip
    assert [ours for ours, theirs in zip(*written, strict=True) if ours != theirs] == []
    paths = {line.split()[1] for line in written[0]}
    assert {"index.html", "ns.jsonld", "ns.ttl", "data/study.nq", "data/study.js", "our-readings.csv"} <= paths
    assert len(written[0]) > 60
