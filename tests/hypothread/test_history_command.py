"""``hypothread history`` and ``export``: what was written, how to go back, and what a store held then."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graphstore import Difference, open_for_reading, open_store
from ontology.terms import HT
from tests.conftest import Run

ROOMS = "https://w3id.org/hypothread/id/reading-rooms"
GRAPH = NamedNode(f"{ROOMS}/graph")


@pytest.fixture
def store(run: Run, tmp_path: Path, small_study: Path) -> Path:
    """A store into which a study was imported, and once more without its figures."""
    folder = tmp_path / "store"
    done = run("import", small_study, "--store", folder, "--as", "Ada", "--message", "The first reading.")
    assert done.returncode == 0, done.stderr
    figures = small_study / "figures.csv"
    figures.write_text(figures.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    done = run("import", small_study, "--store", folder, "--as", "Ben")
    assert done.returncode == 0, done.stderr
    return folder


def listed(run: Run, store: Path) -> list[dict[str, str]]:
    """The changesets, as the command gives them to programs."""
    return list(csv.DictReader(io.StringIO(run("history", "--store", store, "--format", "csv").stdout)))


def test_the_list_tells_who_when_how_and_why(run: Run, store: Path) -> None:
    """The newest stands first; without a message the import's summary is told; json and csv agree."""
    rows = listed(run, store)
    assert [(row["number"], row["who"], row["how"]) for row in rows] == [("2", "Ben", "import"), ("1", "Ada", "import")]
    assert rows[1]["message"] == "The first reading."
    assert "removed" in rows[0]["message"]
    told = json.loads(run("history", "--store", store, "--format", "json").stdout)
    assert [{name: str(each[name]) for name in rows[0]} for each in told] == rows
    table = run("history", "--store", store, "--limit", "1")
    assert "Ben" in table.stdout
    assert "Ada" not in table.stdout
    assert table.stderr == "2 changesets, the newest 1 shown.\n"


def test_an_account_is_never_told(run: Run, tmp_path: Path, small_study: Path) -> None:
    """Where nobody is named it is the command line; where the setting names somebody, it is theirs; `--as` wins."""
    account = dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), "secret-account")
    store, figures = tmp_path / "unnamed", small_study / "figures.csv"
    sheets = [figures.read_text("utf-8"), figures.read_text("utf-8").splitlines()[0] + "\n"]
    setting = {"HYPOTHREAD_AUTHOR": "The team"}
    for n, (more, named) in enumerate([({}, ()), (setting, ()), (setting, ("--as", "Ada"))]):
        figures.write_text(sheets[n % 2], "utf-8")
        done = run("import", small_study, "--store", store, *named, env=account | more)
        assert done.returncode == 0, done.stderr
    assert [row["who"] for row in listed(run, store)] == ["Ada", "The team", "the command line"]
    assert "secret-account" not in run("export", "-", "--format", "nquads", "--store", store).stdout


def test_one_changeset_is_shown_with_its_statements(run: Run, store: Path) -> None:
    """Its facts, then each statement by graph; all of them when asked; as RDF Patch the very file."""
    row = listed(run, store)[0]
    shown = run("history", "show", "2", "--all", "--store", store).stdout
    assert "who        Ben\n" in shown
    assert sum(line.startswith("- ") for line in shown.splitlines()) == int(row["removed"])
    assert sum(line.startswith("+ ") for line in shown.splitlines()) == int(row["added"])
    assert "more; --all shows them." in run("history", "show", "1", "--store", store).stdout
    patch = run("history", "show", "1", "--patch", "--store", store).stdout
    assert patch == (store / "journal" / "000000001.patch").read_text("utf-8")


def test_two_states_are_compared(run: Run, store: Path) -> None:
    """Both ways round, the same statements with the other sign; of a state with itself, none."""
    there = run("history", "diff", "1", "2", "--all", "--store", store).stdout.splitlines()
    back = run("history", "diff", "2", "1", "--all", "--store", store).stdout.splitlines()
    gone = {line[2:] for line in there if line.startswith("- ")}
    assert gone
    assert gone == {line[2:] for line in back if line.startswith("+ ")}
    assert run("history", "diff", "2", "2", "--store", store).stdout == ""


def test_a_changeset_is_taken_back(run: Run, store: Path) -> None:
    """A new changeset says so; the store is what it was; the state in between can still be asked."""
    done = run("history", "revert", "2", "--store", store, "--as", "Cleo", "--message", "Too early.")
    assert done.returncode == 0
    assert done.stdout.startswith("Changeset 3 takes changeset 2 back: ")
    assert (listed(run, store)[0]["who"], listed(run, store)[0]["how"]) == ("Cleo", "revert")
    first, third = (run("export", "-", "--format", "trig", "--as-of", each, "--store", store) for each in "13")
    assert without_history(first) == without_history(third)
    assert run("history", "diff", "1", "3", "--store", store).stdout == ""


def without_history(done: subprocess.CompletedProcess[str]) -> set[Quad]:
    """The statements of an export but those of history graphs."""
    found = parse(done.stdout.encode(), RdfFormat.TRIG)
    return {quad for quad in found if not str(quad.graph_name).endswith("/history>")}


def test_a_revert_that_would_break_the_shapes_is_refused(run: Run, store: Path) -> None:
    """Taking back what others now need ends with 1, names it, and writes nothing."""
    with open_store(str(store)) as opened:
        statement = next(quad for quad in opened.quads(GRAPH) if quad.predicate.value == HT.ofHypothesis)
        opened.apply(Difference(removed={statement}))
        opened.apply(Difference(added={statement}))
    done = run("history", "revert", "4", "--store", store)
    assert done.returncode == 1
    assert statement.subject.value in done.stderr  # type: ignore[union-attr] # no triple term
    assert "Nothing was written." in done.stderr
    assert len(listed(run, store)) == 4


def test_what_stands_in_the_way_of_a_revert_is_named(run: Run, store: Path) -> None:
    """Exit 2, with the changesets to take back first."""
    done = run("history", "revert", "1", "--store", store)
    assert done.returncode == 2
    assert "changeset 2 touched" in done.stderr
    assert "Take that one back first" in done.stderr


def test_the_history_is_verified(run: Run, store: Path) -> None:
    """Sound: exit 0 and a sentence. Tampered with: exit 1 and what is wrong."""
    sound = run("history", "verify", "--store", store)
    assert (sound.returncode, sound.stdout) == (
        0,
        "The chain of 2 changesets is whole, and the store is as they say.\n",
    )
    patch = store / "journal" / "000000001.patch"
    patch.write_bytes(patch.read_bytes().replace(b"Ada", b"Ida"))
    tampered = run("history", "verify", "--store", store)
    assert tampered.returncode == 1
    assert tampered.stdout == "Changeset 1 was changed after it was written: its digest is another.\n"


def test_words_are_taken_out(run: Run, store: Path) -> None:
    """By a short name of the item; they are nowhere in the folder any more, and a second time there are none."""
    with open_for_reading(str(store)) as opened:
        text = next(quad for quad in opened.quads(GRAPH) if quad.predicate.value == HT.text)
    item, words = text.subject.value.removeprefix(f"{ROOMS}/"), text.object.value  # type: ignore[union-attr] # no triple term
    done = run("history", "redact", item, "--reason", "Asked for.", "--store", store)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Changeset 3: 1 text of {ROOMS}/{item} taken out, in ")
    assert "still stand" in done.stdout or not [
        each for each in store.rglob("*") if each.is_file() and words.encode() in each.read_bytes()
    ]
    assert run("history", "verify", "--store", store).returncode == 0
    again = run("redact", item, "--reason", "Asked for.", "--store", store)
    assert again.returncode == 2
    assert "has no words" in again.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "99"), "There is no changeset 99. List them with: hypothread history"),
        (("diff", "yesterday", "1"), "neither a changeset's number nor an instant"),
        (("redact", "quote/none", "--reason", "x"), "has no words in the store"),
        (("redact", "quote/q1", "--reason", " "), "Say why"),
    ],
)
def test_a_wrong_call_is_told(run: Run, store: Path, words: tuple[str, ...], told: str) -> None:
    """Exit 2, and what would be right."""
    done = run("history", *words, "--store", store)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize("words", [("history",), ("history", "verify"), ("history", "revert", "1"), ("export", "-")])
def test_without_a_store(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """No folder is made by asking for its history."""
    done = run(*words, "--store", tmp_path / "none")
    assert done.returncode == 2
    assert "Import a study first" in done.stderr
    assert not (tmp_path / "none").exists()


def test_a_question_of_then(run: Run, store: Path) -> None:
    """`query --as-of` sees what was there: by number, and by the instant that the history gives."""
    instant = listed(run, store)[1]["when"]
    counts = {
        moment: run(
            "query", "-", "--format", "csv", "--as-of", moment, "--store", store,
            stdin=f"SELECT (COUNT(*) AS ?n) {{ ?figure a <{HT.Figure}> }}",
        ).stdout.split()[1]
        for moment in ("0", "1", "2", instant)
    }  # fmt: skip
    assert counts["0"] == counts["2"] == "0"
    assert counts["1"] == counts[instant] != "0"


@pytest.mark.parametrize(
    ("ending", "rdf_format"), [("ttl", RdfFormat.TURTLE), ("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)]
)
def test_an_export_is_what_the_store_holds(
    run: Run, store: Path, tmp_path: Path, ending: str, rdf_format: RdfFormat
) -> None:
    """Turtle: the asserted and derived graphs. N-Quads and TriG: every graph."""
    out = tmp_path / f"out.{ending}"
    done = run("export", out, "--store", store)
    assert done.returncode == 0, done.stderr
    with open_for_reading(str(store)) as opened:
        if rdf_format == RdfFormat.TURTLE:
            names = [GRAPH, NamedNode(f"{ROOMS}/graph/derived")]
            assert {quad.triple for quad in parse(out.read_bytes(), rdf_format)} == {
                quad.triple for name in names for quad in opened.quads(name)
            }
        else:
            assert set(parse(out.read_bytes(), rdf_format)) == {
                quad for name in opened.graphs() for quad in opened.quads(name)
            }


def test_an_export_is_never_of_another_format_than_its_name(run: Run, store: Path, tmp_path: Path) -> None:
    """An ending that no format has is refused with those there are; with --format any name will do."""
    out = tmp_path / "out.rdf"
    done = run("export", out, "--store", store)
    assert done.returncode == 2
    assert "No format ends with “.rdf”. Use .ttl, .nq, .trig," in done.stderr
    assert not out.exists()
    assert run("export", out, "--store", store, "--format", "turtle").returncode == 0


def test_a_file_that_cannot_be_written_is_told(run: Run, store: Path) -> None:
    """What the operating system refuses is said in a line with the place, whatever the command."""
    (store / "tokens.sqlite").mkdir()
    done = run("token", "create", "--role", "reader", "--store", store)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be read or written" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_export_into_a_pipe_leaves_it_one(run: Run, store: Path, tmp_path: Path) -> None:
    """A pipe or a device is written to, and no file takes its place."""
    pipe = tmp_path / "pipe.ttl"
    os.mkfifo(pipe)
    # Open at both ends, so that nobody waits: what is exported here is less than a pipe holds.
    both_ends = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        done = run("export", pipe, "--store", store)
        assert done.returncode == 0, done.stderr
        assert os.read(both_ends, 1 << 16).startswith(b"@prefix")
    finally:
        os.close(both_ends)
    assert pipe.is_fifo()


def test_an_export_that_cannot_be_written(run: Run, store: Path, tmp_path: Path) -> None:
    """A folder that is not there is told by name."""
    done = run("export", tmp_path / "none" / "out.ttl", "--store", store)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
