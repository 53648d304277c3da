"""`hypothread query`, as it is called."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

from queries.library import QUERIES

Run = Callable[..., "subprocess.CompletedProcess[str]"]

UTILITY = "https://w3id.org/hypothread/id/innovation-ecosystem/hypothesis/utility"
COUNT = "PREFIX ht: <https://w3id.org/hypothread/ns#> SELECT (COUNT(*) AS ?n) { ?quote a ht:Quote }"


@pytest.fixture
def ask(run: Run, study_store_folder: Path) -> Run:
    """Asks the bundled study."""
    return lambda *words, **more: run("query", *words, "--store", study_store_folder, **more)


def test_the_library_is_listed(run: Run) -> None:
    """Each question with its summary, without a store."""
    done = run("query", "--list")
    assert done.returncode == 0
    lines = dict(line.split(None, 1) for line in done.stdout.splitlines())
    assert lines == {name: query.header.summary for name, query in QUERIES.items()}


def test_rows_as_a_table(ask: Run) -> None:
    """In a pipe each row is one line, however narrow the terminal; the count of rows is a note."""
    done = ask("figures/percentages")
    assert (done.returncode, done.stderr) == (0, "9 rows.\n")
    (line,) = (line for line in done.stdout.splitlines() if " utility " in line)
    assert sum("%" in line for line in done.stdout.splitlines()) == 9
    assert "27" in line
    assert "81.81%" in line
    assert "truncated" in line


@pytest.mark.parametrize("value", ["utility", UTILITY, f"<{UTILITY}>"])
def test_a_parameter_is_a_key_or_an_iri(ask: Run, value: str) -> None:
    """A short key, a whole IRI and one in angle brackets mean the same; CSV is read by any reader."""
    done = ask("lineage/versions", "--param", f"hypothesis={value}", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert [(row["number"], row["title"]) for row in rows] == [("3", ""), ("2", "Utility")]


def test_json_is_the_results_format_of_sparql(ask: Run) -> None:
    """SPARQL 1.1 Query Results JSON Format: head, results, bindings, each term with its type; nothing else printed."""
    done = ask("figures/percentages", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["head"]["vars"] == list(QUERIES["figures/percentages"].header.returns)
    row = told["results"]["bindings"][0]
    assert row["count"] == {
        "type": "literal",
        "value": "42",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }
    assert row["observation"]["type"] == "uri"


def test_own_queries_come_from_a_file_and_from_standard_input(ask: Run, tmp_path: Path) -> None:
    """Both are answered alike."""
    file = tmp_path / "count.rq"
    file.write_text(COUNT)
    for done in (ask(file, "--format", "csv"), ask("-", "--format", "csv", stdin=COUNT)):
        assert (done.returncode, done.stdout) == (0, "n\r\n52\r\n")


def test_a_truth_value(ask: Run) -> None:
    """ASK says yes or no, or true in JSON."""
    text = COUNT.replace("SELECT (COUNT(*) AS ?n)", "ASK")
    assert ask("-", stdin=text).stdout == "yes\n"
    assert ask("-", stdin="ASK { FILTER(false) }").stdout == "no\n"
    assert json.loads(ask("-", "--format", "json", stdin=text).stdout) == {"head": {}, "boolean": True}


def test_triples_as_turtle(ask: Run) -> None:
    """A CONSTRUCT is printed as Turtle that any parser reads."""
    done = ask("lineage/graph", "--param", "hypothesis=utility", "--format", "turtle")
    assert done.returncode == 0
    assert len(Graph().parse(data=done.stdout, format="turtle")) > 50
    assert "@prefix ht: <https://w3id.org/hypothread/ns#>" in done.stdout


WRONG_CALLS = {
    "nothing to ask": ([], "", "Name a question (hypothread query --list shows them)"),
    "unknown name": (["lineage/version"], "", "Did you mean “lineage/versions”?"),
    "no file": (["nowhere.rq"], "", "is no question of the library (hypothread query --list) and no readable file."),
    "unknown name with a parameter": (["lineage/version", "--param", "a=b"], "", "Did you mean “lineage/versions”?"),
    "before the first commit": (
        ["quotes/counts", "--as-of", "1999-12-31"], "", "The store held nothing yet as of 1999-12-31."
    ),
    "a folder": (["."], "", "is no question of the library (hypothread query --list) and no readable file."),
    "syntax": (["-"], "SELECT *\nWHERE {", "line 2, column "),
    "service": (["-"], "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
    "not UTF-8": (["-"], b"ASK { '\xff' }", "Standard input is not UTF-8 text."),
    "parameter without a value": (["lineage/versions", "--param", "hypothesis"], "", "Write --param hypothesis="),
    "parameter that is not there": (["lineage/versions", "--param", "colour=red"], "", "its parameters: hypothesis"),
    "parameter left out": (["lineage/versions"], "", "hypothesis"),
    "parameter with a space": (["lineage/versions", "--param", "hypothesis=two words"], "", "neither an IRI nor a key"),
    "parameter of an own query": (["-", "--param", "a=b"], "ASK {}", "--param goes with a question of the library"),
    "rows as Turtle": (["figures/percentages", "--format", "turtle"], "", "Use --format table, csv or json."),
    "truth as CSV": (["-", "--format", "csv"], "ASK {}", "A yes or no has no CSV form. Use --format json."),
    "triples as CSV": (["-", "--format", "csv"], "DESCRIBE <x:y>", "Use --format turtle."),
    "an update": (["-"], "DELETE WHERE { ?s ?p ?o }", "line 1, column "),
}  # fmt: skip


@pytest.mark.parametrize(("words", "stdin", "told"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_a_wrong_call_is_told_with_its_remedy(ask: Run, words: list[str], stdin: str | bytes, told: str) -> None:
    """Exit 2, nothing on standard output, one message without a traceback."""
    done = ask(*words, stdin=stdin)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("question", "given", "told"),
    [
        ("lineage/versions", "hypothesis=utilty", "Nothing is known of hypothesis “utilty”. Did you mean “utility”?"),
        ("lineage/versions", "hypothesis=zzz", "Nothing is known of hypothesis “zzz”.\n"),
    ],
)
def test_an_item_that_is_not_there_is_noted(ask: Run, question: str, given: str, told: str) -> None:
    """No rows are an answer; that a name fits nothing is said beside it, with the nearest one."""
    done = ask(question, "--param", given, "--format", "csv")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
    assert told in done.stderr
    assert ask(question, "--param", "hypothesis=utility", "--format", "csv").stderr == ""


def test_ctrl_c_ends_a_command_in_a_word(study_store_folder: Path, tmp_path: Path) -> None:
    """Exit 130 as of any command, one line and no traceback; here while it reads what it is to ask."""
    question = tmp_path / "question.rq"
    os.mkfifo(question)
    words = [sys.executable, "-c", "from hypothread.main import main; main()", "query", str(question)]
    with (
        subprocess.Popen(
            [*words, "--store", str(study_store_folder)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as command,
        question.open("w"),
    ):  # opens as soon as the command reads
        command.send_signal(signal.SIGINT)
        out, err = command.communicate(timeout=60)
    assert (command.returncode, out, err) == (130, "", "Stopped.\n")


def test_editorial_readings_must_be_named(ask: Run) -> None:
    """What the editors read is not in the answer of a query that does not ask for it."""
    graph = "https://w3id.org/hypothread/id/innovation-ecosystem/graph/editorial"
    asked = "PREFIX ht: <https://w3id.org/hypothread/ns#> SELECT (COUNT(*) AS ?n) {} { ?coding a ht:Coding }"
    assert ask("-", "--format", "csv", stdin=asked.replace("{} ", "")).stdout == "n\r\n0\r\n"
    assert ask("-", "--format", "csv", stdin=asked.replace("{}", f"FROM <{graph}>")).stdout == "n\r\n139\r\n"


@pytest.mark.parametrize("words", [("query", "figures/percentages"), ("lineage", "utility"), ("site", "out")])
def test_there_must_be_a_store(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Without one: exit 2, how to come by one, and no folder is made."""
    done = run(*words, "--store", tmp_path / "none")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"holds no store. Import a study first: hypothread import PATH --store {tmp_path / 'none'}" in done.stderr
    assert not (tmp_path / "none").exists()
