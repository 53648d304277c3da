"""Runs the command line in a process of its own for each call, without importing the program each time.

Reads one request a line from standard input (JSON: words, environment, folder, and the files that stand for the three
streams), forks, and answers with the exit code. What the child does is what the installed script does: `main()`.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import sys
import traceback
from typing import Any

from hypothread.main import COMMANDS, main

# The commands import these as they need them; here they are there before the fork.
commands = (module for module, _ in COMMANDS.values())
for module in (*commands, "ingest.importing", "ingest.against", "pages.build", "pages.site", "networkx"):
    importlib.import_module(module)


def call(request: dict[str, Any]) -> int:
    """What the installed script does; the exit code."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    streams = zip(
        (request["stdin"], request["stdout"], request["stderr"]), (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True
    )
    for number, (path, flags) in enumerate(streams):
        os.dup2(os.open(path, flags), number)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), "utf-8")
    sys.argv = ["hypothread", *request["words"]]
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


for line in sys.stdin:
    child = os.fork()
    if not child:
        code = call(json.loads(line))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
    sys.stdout.flush()
