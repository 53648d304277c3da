"""Links, images and paths in the Markdown pages lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")), *sorted(ROOT.glob("studies/*/*.md"))]
A_PATH = re.compile(r"[\w.*{}-]+(?:/[\w.*{}-]+)*/(?:[\w*{}-]+\.(?:py|rq|ttl|md|csv|css|toml|json))?")


def name_of(page: Path) -> str:
    """A page's path in the repository."""
    return page.relative_to(ROOT).as_posix()


def tokens(page: Path) -> Iterator[Token]:
    """Every token of a page, those within lines and table cells included."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8")):
        yield token
        yield from token.children or ()


def addresses(page: Path) -> Iterator[str]:
    """Where the links and images of a page lead."""
    for token in tokens(page):
        found = token.attrGet("href") if token.type == "link_open" else token.attrGet("src")
        if found:
            yield str(found)


def anchors(page: Path) -> set[str]:
    """The fragments of a page's headings, as GitHub makes them."""
    headings = [inline.content for opening, inline in pairwise(tokens(page)) if opening.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_relative_links_resolve(page: Path) -> None:
    """A relative link or image names a file that is there, and a fragment names a heading in it."""
    for address in addresses(page):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, fragment = address.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{address}: there is no such file"
        assert target.is_relative_to(ROOT), f"{address}: leads out of the repository"
        if fragment:
            assert fragment in anchors(target), f"{address}: there is no such heading"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_images_say_what_they_show(page: Path) -> None:
    """An image has a text for those who do not see it."""
    for token in tokens(page):
        if token.type == "image":
            assert len(token.content) > 20, token.attrGet("src")


@pytest.mark.parametrize("page", [ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md"], ids=name_of)
def test_paths_in_prose_exist(page: Path) -> None:
    """A path of the repository that the text names is there (`{…}` stands for any name)."""
    built = {".venv", ".demo", "pages/static"}
    checked = 0
    for token in tokens(page):
        if token.type != "code_inline" or not A_PATH.fullmatch(token.content):
            continue
        path = re.sub(r"\{\w+\}", "*", token.content).strip("/")
        if path in built or path in {"triples", "snapshots", "journal", "against", "innovation-ecosystem"}:
            continue
        checked += 1
        assert any(ROOT.glob(path)), token.content
    assert checked > 2


def test_every_page_of_docs_is_reachable_from_the_readme() -> None:
    """Following links from the README leads to every page of the documentation."""
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        waiting += [(page.parent / each.partition("#")[0]).resolve() for each in addresses(page) if ":" not in each]
    decisions = set(ROOT.glob("docs/decisions/*.md"))  # the folder is linked to as a whole
    assert set(PAGES) - decisions <= seen
