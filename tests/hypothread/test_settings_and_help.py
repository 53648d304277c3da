"""Settings come from the environment and the file; help shows an example; the installed script runs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMANDS = ("export", "history", "import", "check", "lineage", "query", "serve", "site")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(run: Run, command: str) -> None:
    """Each command says what it does and how it is called."""
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Example: hypothread {command}" in " ".join(done.stdout.split())


def test_help_lists_the_commands(run: Run) -> None:
    """Without a command the whole list is shown."""
    told = run("--help").stdout
    assert all(f" {command} " in told for command in COMMANDS)
    assert run().returncode == 2


def test_the_installed_script_runs(hypothread_script: Path, plain_environment: dict[str, str], tmp_path: Path) -> None:
    """The script that pip installs is this command line, in any folder."""
    done = subprocess.run(
        [hypothread_script, "import", "innovation-ecosystem", "--store", "store"],
        env=plain_environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("statements added, 0 removed in store.\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["import"], "Missing argument"),
        (["lineage", "utility", "--format", "pdf"], "--format"),
        (["serve", "--port", "99999"], "--port"),
        (["query", "--colour"], "No such option"),
    ],
)
def test_a_call_that_cannot_be_read_is_exit_2(run: Run, words: list[str], told: str) -> None:
    """What no command understands is told on standard error."""
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_the_store_is_named_by_the_environment(run: Run, study_store_folder: Path) -> None:
    """HYPOTHREAD_STORE stands for --store."""
    done = run("query", "quotes/counts", "--format", "csv", env={"HYPOTHREAD_STORE": str(study_store_folder)})
    assert (done.returncode, done.stdout.splitlines()[1]) == (0, "52,51,49")


def test_the_store_is_named_by_the_file(run: Run, study_store_folder: Path, tmp_path: Path) -> None:
    """`hypothread.toml` of the working folder does; the environment stands above it, and the option above both."""
    working = tmp_path / "settings"
    working.mkdir()
    (working / "hypothread.toml").write_text(f'store = "{study_store_folder}"\nstudy = "innovation-ecosystem"\n')
    assert run("lineage", "utility", cwd=working).returncode == 0
    elsewhere = {"HYPOTHREAD_STORE": str(tmp_path / "elsewhere")}
    done = run("lineage", "utility", cwd=working, env=elsewhere)
    assert done.returncode == 2
    assert f"{tmp_path / 'elsewhere'} holds no store" in done.stderr
    assert run("lineage", "utility", "--store", study_store_folder, cwd=working, env=elsewhere).returncode == 0


def test_another_base_is_a_setting(run: Run, tmp_path: Path, small_study: Path) -> None:
    """Items get IRIs under it, and the commands find them there."""
    env = {"HYPOTHREAD_BASE": "https://example.org/id/", "HYPOTHREAD_STORE": str(tmp_path / "store")}
    assert run("import", small_study, env=env).returncode == 0
    done = run("query", "lineage/versions", "--param", "hypothesis=hours", "--format", "csv", env=env)
    assert done.stdout.splitlines()[1].startswith("https://example.org/id/reading-rooms/hypothesis/hours/1,")
    assert run("lineage", "hours", env=env).returncode == 0


BAD_FILES = {
    "no TOML": (b"port = \n", "hypothread.toml cannot be read: Invalid value (at line 1"),
    "not UTF-8": (b'store = "\xff"\n', "hypothread.toml cannot be read"),
    "unknown setting": (b'colour = "red"\n', "The setting colour: There is no such setting. Known are: store, base"),
    "no number": (b'port = "many"\n', "The setting port: Input should be a valid integer"),
    "out of range": (b"port = 99999\n", "The setting port: Input should be less than or equal to 65535"),
    "no base": (b'base = "nobase"\n', "The setting base: “nobase” cannot begin an IRI. Write it like https://"),
}


@pytest.mark.parametrize(("content", "told"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_setting_is_told(run: Run, tmp_path: Path, content: bytes, told: str) -> None:
    """Exit 2 with the setting's name and the remedy, without a traceback."""
    working = tmp_path / "settings"
    working.mkdir()
    (working / "hypothread.toml").write_bytes(content)
    done = run("lineage", "utility", cwd=working)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("name", "value"), [("HYPOTHREAD_PORT", "abc"), ("HYPOTHREAD_BASE", "https://example.org")])
def test_a_bad_variable_is_told(run: Run, name: str, value: str) -> None:
    """The same for the environment."""
    done = run("lineage", "utility", env={name: value})
    assert done.returncode == 2
    assert done.stderr.startswith(f"The setting {name.removeprefix('HYPOTHREAD_').lower()}: ")


def test_a_lineage_as_text(run: Run, study_store_folder: Path) -> None:
    """Numbers and titles, words added and removed, whose reading an area is, and what the source does not say."""
    done = run("lineage", "utility", "--store", study_store_folder)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[1] == "iteration 1 number 3 → iteration 2 number 2 “Utility”"
    assert "  Yes or Yes, with recommendations: 27/33 = 81.82%; printed 81.81%, which is cut off, not rounded" in lines
    assert "  6 quotes:" in lines
    assert any("{+patient benefit+}" in line and "[-relative advantage-]" in line for line in lines)
    assert any(line.startswith("    added: “patient benefit”, “local needs and”") for line in lines)
    assert "From utility/1 to utility/2: renumbered, reworded, titled" in done.stdout
    assert "  The source states no reason." in lines
    assert any("(our reading: " in line for line in lines)


def test_an_unknown_hypothesis_is_told_with_those_there_are(run: Run, study_store_folder: Path) -> None:
    """Exit 2 and all nine keys."""
    done = run("lineage", "utlity", "--store", study_store_folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no hypothesis “utlity” in innovation-ecosystem. Known are: change-makers," in done.stderr
