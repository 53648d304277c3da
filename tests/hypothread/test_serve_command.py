"""`hypothread serve`: the installed script in a process of its own, asked over HTTP."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SEARCH_FIELD = re.compile(rb' *<div class="nhsuk-header__search.*?</form>\n *</div>\n', re.DOTALL)
PAGES = {
    "/": "Innovation Ecosystem Programme",
    "/index.html": "Innovation Ecosystem Programme",
    "/how-they-changed.html": "How",
    "/about-the-data.html": "About",
    "/hypotheses/utility.html": "27 of 33",
}


@contextmanager
def serving(
    script: Path, environment: dict[str, str], folder: Path, *words: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server on a free port, and the address it announces."""
    with subprocess.Popen(
        [script, "serve", "--port", "0", "--store", folder, *words],
        env=environment,
        cwd=folder.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            told = server.stdout.readline()
            found = re.fullmatch(r"Hypothread answers at (http://127\.0\.0\.1:\d+) \(stop with Ctrl-C\)\n", told)
            assert found, (told, server.stderr.read() if server.stderr else "")
            yield found[1], server
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def served_folder(tmp_path_factory: pytest.TempPathFactory, _bundled_once: Path) -> Path:
    """A store folder with the bundled study that one server of this module holds."""
    return Path(shutil.copytree(_bundled_once, tmp_path_factory.mktemp("served") / "store"))


@pytest.fixture(scope="module")
def address(served_folder: Path, hypothread_script: Path, plain_environment: dict[str, str]) -> Iterator[str]:
    """Where a server with the bundled study answers."""
    with serving(hypothread_script, plain_environment, served_folder) as (found, _):
        yield found


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of that server."""
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


def test_it_says_that_it_is_alive(client: httpx.Client) -> None:
    """The health check answers without touching the store."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_answered(client: httpx.Client, path: str) -> None:
    """HTML in UTF-8 with the study's own words."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert PAGES[path] in answer.text


def test_every_page_of_the_site_is_answered_alike(
    client: httpx.Client, run: Run, served_folder: Path, tmp_path: Path
) -> None:
    """The server answers what `hypothread site` writes beside it, byte for byte, but for the field to search in."""
    done = run("site", tmp_path / "site", "--store", served_folder)
    assert done.returncode == 0, done.stderr
    pages = sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) >= 17
    for page in pages:
        answered = client.get(f"/{page.relative_to(tmp_path / 'site')}").content
        without, fields = SEARCH_FIELD.subn(b"", answered)
        assert (without, fields) == (page.read_bytes(), 1)


def test_every_link_of_every_page_leads_somewhere(client: httpx.Client) -> None:
    """Following the links from the home page finds only pages and files that are there."""
    seen: set[str] = set()
    ahead = ["/"]
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            links = re.findall(r'(?:href|src)="([^"#?]+)', answer.text)
            here = httpx.URL(path)
            ahead += [here.join(each).path for each in links if not each.startswith(("http", "mailto:", "data:"))]
    assert len([path for path in seen if path.endswith(".html")]) >= 17
    assert any(path.endswith(".css") for path in seen)


@pytest.mark.parametrize(
    ("path", "kind"), [("site.css", "text/css"), ("site.js", "text/javascript"), ("icon.svg", "image/svg+xml")]
)
def test_files_have_their_types(client: httpx.Client, path: str, kind: str) -> None:
    """Styles, script and images are named for what they are."""
    answer = client.get(f"/static/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == kind
    assert len(answer.content) > 100


@pytest.mark.parametrize("path", ["/", "/hypotheses/utility.html", "/static/site.css"])
def test_head_is_get_without_a_body(client: httpx.Client, path: str) -> None:
    """HEAD tells the same length and type (RFC 9110, section 9.3.2)."""
    full, head = client.get(path, headers={"accept-encoding": "identity"}), client.head(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len(full.content))
    assert head.headers["content-type"] == full.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/hypotheses/nowhere.html",
        "/static/nowhere.css",
        "/static/",
        "/static/../build.py",
        "/static/%2e%2e/build.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/a%00b",
        "/static/" + "a" * 5000,
        "/hypotheses/%F0%9F%90%88.html",
    ],
)
def test_what_is_not_there_is_404(client: httpx.Client, path: str) -> None:
    """An unknown page or file, or a way out of the folder, is not found; nothing breaks."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_pages_are_only_read(client: httpx.Client) -> None:
    """A page answers GET and HEAD."""
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("words", [("query", "figures/percentages"), ("lineage", "utility")])
def test_reading_commands_work_beside_it(run: Run, address: str, served_folder: Path, words: tuple[str, ...]) -> None:
    """They read the newest snapshot while the server holds the store."""
    done = run(*words, "--store", served_folder)
    assert done.returncode == 0, (address, done.stderr)
    assert "81.81%" in done.stdout


def test_a_writing_command_is_told_who_holds_the_store(
    run: Run, address: str, served_folder: Path, small_study: Path
) -> None:
    """Exit 2, naming the process and the address, with the remedy; the study does not come in."""
    done = run("import", small_study, "--store", served_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search(rf"is in use by process \d+, which answers at {address}\. Wait for it to finish", done.stderr)
    assert "reading-rooms" not in run("query", "study/studies", "--format", "csv", "--store", served_folder).stdout


def test_a_dry_run_works_beside_it(run: Run, address: str, served_folder: Path, small_study: Path) -> None:
    """It only reads."""
    done = run("import", small_study, "--store", served_folder, "--dry-run")
    assert done.returncode == 0, (address, done.stderr)
    assert "4 quotes added" in done.stdout


def test_a_port_in_use_is_a_wrong_call(run: Run, tmp_path: Path) -> None:
    """Exit 2 with the remedy, and no store is made."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port, "--store", tmp_path / "none")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Cannot listen on 127.0.0.1, port {port}: Address already in use" in done.stderr
    assert "Choose another with --port." in done.stderr
    assert not (tmp_path / "none").exists()


def test_a_host_that_is_not_ours_is_a_wrong_call(run: Run, tmp_path: Path) -> None:
    """An address of another machine, or a name that nobody has, is told."""
    for host in ("192.0.2.1", "nobody.invalid"):
        done = run("serve", "--host", host, "--port", "0", "--store", tmp_path / "none")
        assert done.returncode == 2
        assert f"Cannot listen on {host}, port 0" in done.stderr


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(
    tmp_path: Path, hypothread_script: Path, plain_environment: dict[str, str], by: signal.Signals
) -> None:
    """It ends soon, without a traceback, and gives the store back; an empty store is served as well."""
    folder = tmp_path / "store"
    with serving(hypothread_script, plain_environment, folder) as (address, server):
        answer = httpx.get(address, timeout=60)
        assert answer.status_code == 404
        assert "It holds no study yet: hypothread import PATH brings one in." in answer.text
        assert httpx.get(f"{address}/healthz", timeout=60).status_code == 200
        assert (folder / "lock").exists()
        server.send_signal(by)
        _, errors = server.communicate(timeout=30)
    assert server.returncode in {0, -by, 130}
    assert "Traceback" not in errors
    assert not (folder / "lock").exists()


@pytest.mark.parametrize("asked", ["short way", "long way"])
def test_stopping_waits_for_no_endless_query(
    study_store_folder: Path, hypothread_script: Path, plain_environment: dict[str, str], asked: str
) -> None:
    """Whoever asked is told after a few seconds that the server stops, which is not noted as an error."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    more = {} if asked == "short way" else {"timeout": "25"}
    with (
        serving(hypothread_script, plain_environment, study_store_folder) as (address, server),
        ThreadPoolExecutor(1) as thread,
    ):
        asking = thread.submit(httpx.get, f"{address}/sparql", params={"query": endless} | more, timeout=60)
        while 'hypothread_readers{state="busy"} 1.0' not in httpx.get(f"{address}/metrics", timeout=60).text:
            time.sleep(0.05)
        begun = time.monotonic()
        server.send_signal(signal.SIGTERM)
        answer = asking.result()
        told = time.monotonic() - begun
        _, errors = server.communicate(timeout=30)
        ended = time.monotonic() - begun
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.json()["detail"] == "The server is stopping. Ask again when it is back."
    assert 4 < told < 9
    assert ended < 10 + 5
    assert server.returncode in {0, -signal.SIGTERM}
    assert [json.loads(line)["level"] for line in errors.splitlines()] == ["warning"]


def test_the_study_to_show_can_be_named(
    tmp_path: Path, hypothread_script: Path, plain_environment: dict[str, str], run: Run, small_study: Path
) -> None:
    """Where a store holds two, the pages are those of the named one; unnamed, the remedy is told."""
    folder = tmp_path / "store"
    other = tmp_path / "other"
    other.mkdir()
    for sheet, text in {
        "study": "key,title\nother,Another\n",
        "iterations": "ordinal\n1\n",
        "hypotheses": "key,label\na,A\n",
        "versions": "hypothesis,iteration,number,statement\na,1,1,One.\n",
    }.items():
        (other / f"{sheet}.csv").write_text(text)
    for study in (small_study, other):
        assert run("import", study, "--store", folder).returncode == 0
    assert "It holds: other, reading-rooms." in run("lineage", "a", "--store", folder).stderr
    assert run("lineage", "a", "--study", "other", "--store", folder).returncode == 0
    with serving(hypothread_script, plain_environment, folder, "--study", "other") as (address, _):
        assert "Another" in httpx.get(address, timeout=60).text
