"""The commands that README and docs show: run in order, as a reader would, with what they print compared."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
SEVERAL_LINES = "…"
IN_ORDER = {0, 130}  # a shell takes 130 for “stopped by Ctrl-C”


@dataclass(frozen=True)
class Block:
    """A fenced block: the language, the ``name=value`` words after it, its text, and its line."""

    language: str
    words: Mapping[str, str]
    text: str
    line: int


@dataclass(frozen=True)
class Reader:
    """Who follows a page: the folder they are in, and what they have exported so far."""

    folder: Path
    environment: dict[str, str]


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for token in MarkdownIt("commonmark").parse(page.read_text("utf-8")):
        if token.type == "fence":
            language, *words = token.info.split() or [""]
            assert token.map is not None
            yield Block(language, dict(word.split("=", 1) for word in words), token.content, token.map[0] + 1)


def pages() -> list[Path]:
    """Every page for readers."""
    return [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")), *sorted(ROOT.glob("studies/*/*.md"))]


def shows_commands(page: Path) -> bool:
    """Whether a page has commands to run."""
    return any(block.language == "sh" for block in blocks(page))


def name_of(page: Path) -> str:
    """A page's path in the repository."""
    return page.relative_to(ROOT).as_posix()


def write_files(page: Path, folder: Path) -> None:
    """Writes the files that a page asks for; where it corrects one, the corrected one."""
    for block in blocks(page):
        if "file" in block.words:
            write_file(block, folder)


def write_file(block: Block, folder: Path) -> None:
    """Writes the file that a block holds."""
    target = folder / block.words["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(block.text, "utf-8")


@pytest.fixture
def reader(
    tmp_path: Path, study_store_folder: Path, hypothread_script: Path, plain_environment: dict[str, str]
) -> Reader:
    """Somebody who has run ``make demo``, imported the bundled study, and activated the environment."""
    folder = tmp_path / "reader"
    shutil.copytree(study_store_folder, folder / ".demo" / "store")
    shutil.copytree(study_store_folder, folder / "hypothread-store")
    path = f"{hypothread_script.parent}:{plain_environment['PATH']}"
    return Reader(folder, plain_environment | {"PATH": path})


@pytest.fixture
def reader_after_tutorial(reader: Reader) -> Reader:
    """Somebody who has the tutorial's study as well, in a folder beside the stores."""
    write_files(TUTORIAL, reader.folder)
    (reader.folder / "hypothread.toml").unlink()
    return reader


def run_line(line: str, reader: Reader) -> tuple[int, str]:
    """Runs one command; gives its exit code and all that it prints."""
    if line.startswith("hypothread serve"):
        return serve(line, reader)
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=reader.folder,
        env=reader.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8").replace("\r\n", "\n")  # CSV ends its lines so


def serve(line: str, reader: Reader) -> tuple[int, str]:
    """Runs the server on a free port until it has answered once, then interrupts it as Ctrl-C does."""
    documented = re.search(r"--port (\d+)", line)
    words = [*re.sub(r" --port \d+", "", line).split(), "--port", "0"]
    server = subprocess.Popen(
        words,
        cwd=reader.folder,
        env=reader.environment,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert server.stdout is not None
        announced = server.stdout.readline()
        address = re.search(r"http://\S+", announced)
        assert address, f"the server did not say where it answers: {announced!r}"
        with urllib.request.urlopen(address[0], timeout=60) as page:  # noqa: S310 (our own server)
            assert page.status == 200
        with urllib.request.urlopen(f"{address[0]}/healthz", timeout=60) as health:  # noqa: S310 (the same)
            assert health.read() == b'{"status":"ok"}'
        server.send_signal(signal.SIGINT)
        rest, _ = server.communicate(timeout=60)
        assert server.returncode in IN_ORDER
    finally:
        server.kill()
        server.wait()
    port = documented[1] if documented else "8000"
    return 0, re.sub(r":\d+(?= \(stop)", f":{port}", announced + rest)


def run_block(block: Block, reader: Reader) -> str:
    """Runs the commands of a block; gives what they print, notes included."""
    printed = ""
    lines = [line for line in block.text.splitlines() if line and not is_set_up(line)]
    for line in lines:
        exported = re.fullmatch(r"export (\w+)=(\S+)", line)
        if exported:
            reader.environment[exported[1]] = exported[2]
            continue
        assert line.startswith("hypothread "), f"line {block.line}: this test does not know how to run “{line}”"
        code, output = run_line(line, reader)
        expected = int(block.words.get("exit", 0)) if line == lines[-1] else 0
        assert code == expected, f"line {block.line}: “{line}” ended with {code}, not {expected}:\n{output}"
        printed += output
    return printed


def is_set_up(line: str) -> bool:
    """Whether a line sets up or checks the repository: what it names has to be there, but it is not run here."""
    if line.startswith("make "):
        target = line.split()[1]
        assert f"\n{target}: " in (ROOT / "Makefile").read_text("utf-8"), f"make has no target {target}"
        return True
    if line.startswith(".venv/bin/pytest"):
        assert all((ROOT / word).exists() for word in line.split()[1:] if word.startswith("tests/"))
        return True
    return line == ". .venv/bin/activate"


def shown_pattern(shown: str) -> re.Pattern[str]:
    """What is shown as a pattern: a line of ``…`` alone stands for any lines, ``…`` within a line for anything."""
    parts = []
    for line in shown.splitlines():
        if line.strip() == SEVERAL_LINES:
            parts.append(r"(?:.*\n)*")
        else:
            parts.append(".*".join(re.escape(piece) for piece in line.split("…")) + r"[ ]*\n+")
    return re.compile("".join(parts) + r"\s*")


@pytest.mark.parametrize("page", [page for page in pages() if shows_commands(page)], ids=name_of)
def test_commands_of_a_page_work_and_print_what_it_shows(page: Path, request: pytest.FixtureRequest) -> None:
    """A page's commands, pasted in order, end with the code it gives and print what stands below them."""
    reader: Reader = request.getfixturevalue("reader" if page == TUTORIAL else "reader_after_tutorial")
    printed: str | None = None
    for block in blocks(page):
        if "file" in block.words:
            write_file(block, reader.folder)
        elif block.language == "sh":
            printed = run_block(block, reader)
        elif block.language == "text" and printed is not None:
            assert shown_pattern(block.text).fullmatch(printed), (
                f"{name_of(page)}, line {block.line} shows\n{block.text}\nbut this is printed:\n{printed}"
            )


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_no_command_escapes(page: Path) -> None:
    """A command stands in a block marked ``sh``, so that the test above runs it."""
    for block in blocks(page):
        if block.language != "sh" and "file" not in block.words:
            assert not re.search(r"^\$? ?(hypothread|make) [a-z]", block.text, re.MULTILINE), f"line {block.line}"


def test_the_pages_for_users_show_commands() -> None:
    """README, tutorial and every how-to have commands; otherwise the tests above check nothing."""
    for page in (ROOT / "README.md", TUTORIAL, *(ROOT / "docs" / "how-to").glob("*.md")):
        assert shows_commands(page), name_of(page)


def test_a_wrong_output_is_noticed() -> None:
    """What is shown has to be all that is printed, save where the page leaves something out."""
    assert shown_pattern("a\n…\nd…f\n").fullmatch("a\nb\nc\ndef\n")
    assert not shown_pattern("a\n…\nd\n").fullmatch("a\nb\n")
    assert not shown_pattern("a\n").fullmatch("a\nb\n")
    assert not shown_pattern("52\n").fullmatch("520\n")
