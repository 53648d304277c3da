"""A plain web server in a process of its own: ``strict_server.py FOLDER POLICY`` says its port and serves the folder.

In the tests' own process, Python might clean up results of the store's engine in the server's thread, which that engine
does not allow.
"""

from __future__ import annotations

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class StrictHandler(SimpleHTTPRequestHandler):
    """Serves files, and forbids everything that the policy does not allow."""

    def end_headers(self) -> None:
        """Add the policy."""
        self.send_header("Content-Security-Policy", sys.argv[2])
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=sys.argv[1])) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()
