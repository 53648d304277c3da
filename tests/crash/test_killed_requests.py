"""A server that is killed (SIGKILL) while it carries out requests that bear an Idempotency-Key: each is done once."""

from __future__ import annotations

import random
import subprocess
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from graphstore.history.history import HistoryReader
from tests.crash.test_killed_server import COMMAND, served

KILLS = pytest.mark.parametrize("kills", [2, pytest.param(40, marks=pytest.mark.long)])
STUDY = "/api/v1/studies/innovation-ecosystem"


class Sender:
    """Sends one motive after another, each with a key of its own, and sends again what was not answered."""

    def __init__(self, token: str) -> None:
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.number = 1
        self.answers: dict[int, tuple[int, bytes, str]] = {}

    def send(self, address: str, number: int) -> httpx.Response:
        """Sends one, the same each time it is sent."""
        row = {
            "key": f"moved-{number}",
            "change": "changes:utility-1-to-2",
            "motive": "quotes:q06",
            "attributed_to": "A reader",
            "rationale": f"Said in request {number}.",
        }
        return httpx.post(
            f"{address}{STUDY}/motives",
            json=row,
            headers={**self._headers, "Idempotency-Key": f'"request-{number}"'},
            timeout=30,
            trust_env=False,
        )

    def keep_sending(self, address: str, over: threading.Event) -> None:
        """Goes on until the server is gone; the first that it sends may be one that nobody answered."""
        with suppress(httpx.TransportError):
            while not over.is_set():
                found = self.send(address, self.number)
                assert found.status_code == 201, found.text
                self.answers[self.number] = (found.status_code, found.content, found.headers["etag"])
                self.number += 1


@KILLS
def test_a_request_that_is_sent_again_is_written_once(tmp_path: Path, kills: int) -> None:
    """Killed before the commit, after it, or before the key is noted as done: one changeset, and the same answer."""
    store = tmp_path / "store"
    subprocess.run([COMMAND, "import", "innovation-ecosystem", "--store", store], check=True, capture_output=True)
    token = subprocess.run(
        [COMMAND, "token", "create", "--role", "analyst", "--store", store], capture_output=True, text=True, check=True
    ).stdout.strip()
    chance = random.Random(20231211)  # noqa: S311 (moments to kill at, no secret)
    sender = Sender(token)
    for _ in range(kills):
        with served(store) as (address, process):
            before, over = sender.number, threading.Event()
            sending = threading.Thread(target=sender.keep_sending, args=(address, over))
            sending.start()
            while sender.number == before and sending.is_alive():
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.25))
            process.kill()
            over.set()
            sending.join()
    with served(store) as (address, process):
        for number in range(1, sender.number + 1):
            again = sender.send(address, number)
            assert again.status_code == 201
            if number in sender.answers:
                assert (again.status_code, again.content, again.headers["etag"]) == sender.answers[number]
        process.terminate()
        process.wait()
    written = Counter(each.request for each in HistoryReader(store).changesets() if each.request)
    assert len(written) == sender.number
    assert set(written.values()) == {1}
    assert sender.number > kills
