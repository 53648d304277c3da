"""Reviewing over REST: the list is the command's, and a decision does what the command does, once and in a name."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graphstore import GraphStore, open_for_reading, open_store
from graphstore.attribution import Attribution, Channel
from graphstore.history import HistoryReader
from hypothread.reviewing import write_decisions
from ingest.deciding import Verdict
from ingest.importing import import_study
from lineage.answered import study_answers
from lineage.overview import study_overview
from ontology.iris import DEFAULT_BASE
from pages.addresses import READINGS
from tests.api.rest.conftest import serving_api
from tests.api.rest.writes.conftest import STUDY, Writer
from tests.api.rest.writes.test_rows import statements
from tests.conftest import Run

PATIENT = "motive-utility-1-to-2-relative-advantage-to-patient-benefit-q19"
FUNDING = "motive-incentives-1-to-2-added-and-funding-mechanisms-q12"
NETWORK = "link-q47-theme-network"
SUPPORT = "link-q48-theme-transformation-support"


def told_by_command(run: Run, store: Path, *words: str) -> list[dict[str, str]]:
    """What ``hypothread review`` lists."""
    done = run("review", *words, "--format", "json", "--store", store)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def as_the_command_tells(item: Mapping[str, Any]) -> dict[str, str]:
    """The cells of the command's row that the resource tells too."""
    sheets = {"change": "changes", "quote": "quotes", "theme": "themes", "blueprint area": "blueprint"}
    sheets |= {"version": "versions", "hypothesis": "hypotheses", "finding": "findings", "judgement": "judgements"}
    ends = {name: f"{sheets[item[name]['kind']]}:{item[name]['key']}" for name in ("leads_from", "leads_to")}
    words = {f"{name}_words": item[name]["label"] for name in ("leads_from", "leads_to")}
    same = ("key", "kind", "status", "amendment", "score", "method", "attributed_to", "reviewer", "decided_at")
    more = {"hypothesis": (item["hypothesis"] or {"key": ""})["key"], "reason_now": item["reason"]}
    return {
        **{name: item[name] or "" for name in same}, **ends, **words, **more,
        "former_reason": item["former_reason"] or "",
    }  # fmt: skip


def decide(writer: Writer, key: str, decision: str, **more: str) -> dict[str, Any]:
    """The answer to a decision, which must be taken."""
    found: dict[str, Any] = writer.done("PUT", f"/reviews/{key}", {"decision": decision, **more}).json()
    return found


def decide_in_store(store: GraphStore, verdicts: Mapping[str, Verdict]) -> None:
    """Decides as the command does once it has read its words."""
    by = Attribution("Analyst A", Channel.program, "")
    assert len(write_decisions(store, STUDY, DEFAULT_BASE, lambda _: verdicts, lambda _: by)) == len(verdicts)


@pytest.fixture
def study_as_imported(bundled_folder: Path) -> Iterator[GraphStore]:
    """Another store of the bundled study, to decide in by the command's own means."""
    with open_store("memory:") as store:
        import_study(bundled_folder, store)
        yield store


@pytest.fixture
def decided(run: Run, study_store_folder: Path, bundled_folder: Path) -> Iterator[tuple[Any, list[dict[str, str]]]]:
    """The application over a store in which four links were decided on, and what the command lists of it."""
    verdicts = {
        PATIENT: Verdict("accepted"),
        NETWORK: Verdict("rejected", "It is about trust."),
        "link-q02-theme-theory": Verdict("accepted"),
        SUPPORT: Verdict("reworded", "Teams ask for help.", "themes:leadership"),
    }
    with open_store(str(study_store_folder)) as store:
        decide_in_store(store, verdicts)
    listed = told_by_command(run, study_store_folder)
    with serving_api(study_store_folder, STUDY, bundled_folder) as api:
        yield api, listed


def test_the_list_is_that_of_the_command(decided: tuple[Any, list[dict[str, str]]]) -> None:
    """Link for link in the same order, decided or not, open to all, in pages and as CSV; filters and orders hold."""
    api, listed = decided
    items = api.walk("/reviews", limit=40)
    told = [as_the_command_tells(each) for each in items]
    assert len(told) > 140
    assert told == [{name: row[name] for name in told[0]} for row in listed]
    assert {each["status"] for each in items} == {"open", "accepted", "rejected", "reworded"}
    for name, value in (("status", "rejected"), ("kind", "motive"), ("hypothesis", "utility")):
        fitting = [each["key"] for each in listed if each[name] == value]
        assert [each["key"] for each in api.walk("/reviews", **{name: value})] == fitting != []
    both = api.walk("/reviews", kind="motive", status="open", sort="-score")
    scores = [float(each["score"]) for each in both]
    assert scores == sorted(scores, reverse=True)
    table = list(csv.DictReader(io.StringIO(api.client.get(f"/api/v1/studies/{STUDY}/reviews.csv?limit=500").text)))
    assert [row["key"] for row in table] == [row["key"] for row in listed]
    assert table[0]["leads_from"] == items[0]["leads_from"]["key"]
    status, problem = api.status("/reviews?status=perhaps")
    assert (status, problem["allowed"]) == (422, ["open", "accepted", "rejected", "reworded"])
    for each in (items[0], next(each for each in items if each["key"] == NETWORK)):
        assert api.get(f"/reviews/{each['key']}") == each
    assert api.status("/reviews/link-nothing-such")[0] == 404
    assert api.get("/reviews?status=accepted&as_of=1")["total"] == 0


DECISIONS: Mapping[str, dict[str, str]] = {
    PATIENT: {"decision": "accept"},
    FUNDING: {"decision": "accept", "reason": "So we say."},
    FUNDING.replace("q12", "q13"): {"decision": "reject", "reason": "No."},
    NETWORK: {"decision": "reject", "reason": "No."},
    "link-q02-theme-theory": {"decision": "accept"},
    SUPPORT: {"decision": "reword", "reason": "Help.", "new_body": "themes:leadership"},
}


def test_decisions_do_what_the_command_does(writer: Writer, study_as_imported: GraphStore) -> None:
    """The same statements, the moments apart; taken back, none is left."""
    keys = {each["key"] for each in writer.api.walk("/reviews")}
    sent = {key: each for key, each in DECISIONS.items() if key in keys}
    assert len(sent) >= 5
    words = {"accept": "accepted", "reject": "rejected", "reword": "reworded"}
    before = statements(writer.api.store)
    for key, each in sent.items():
        decide(writer, key, **each)
        verdict = Verdict(words[each["decision"]], each.get("reason", ""), each.get("new_body", ""))
        decide_in_store(study_as_imported, {key: verdict})

    def timeless(lines: set[str]) -> set[str]:
        return {re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "then", each) for each in lines}

    assert timeless(statements(writer.api.store)) == timeless(statements(study_as_imported))
    assert statements(writer.api.store) != before
    for key in sent:
        assert decide(writer, key, "reopen")["status"] == "open"
    assert statements(writer.api.store) == before


def test_what_was_decided_is_seen_everywhere(writer: Writer) -> None:
    """By look-up, page, SPARQL and history; in the name of the token; and it is said in the answer."""
    told = decide(writer, NETWORK, "reject", reason="It is about trust.")
    found = writer.api.get(f"/reviews/{NETWORK}")
    assert (told["status"], told["reason"], told["reviewer"]) == ("rejected", "It is about trust.", "Analyst A")
    assert (found["status"], found["decision_reason"], found["reviewer"]) == tuple(told[each] for each in _SAID)
    assert found["decided_at"] == told["decided_at"]
    assert found["iri"] == told["iri"]
    page = writer.api.client.get(f"/{READINGS}").text
    assert "It is about trust." in page
    assert writer.api.ask(
        f"SELECT ?reason WHERE {{ GRAPH ?graph {{ <{told['iri']}> a ht:Review ; ht:rationale ?reason }} }}"
    ) == [("It is about trust.",)]
    pattern = f"<{writer.api.iri}/link/q47-theme-network> a ht:Coding"
    assert not writer.api.ask(f"SELECT ?graph WHERE {{ GRAPH ?graph {{ {pattern} }} }}")
    decide(writer, PATIENT, "accept")
    motives = writer.api.get("/amendments?include=asserted")["amendments"]
    assert "q19" in {each["key"] for amendment in motives for each in amendment["motives"]}
    newest = HistoryReader(writer.folder).changesets()[-1]
    assert (newest.who, newest.how.value, newest.message) == ("Analyst A", "rest", f"Reviewed: {PATIENT}: accepted")


_SAID = ("status", "reason", "reviewer")


def test_what_was_rejected_stays_rejected(writer: Writer, bundled_folder: Path) -> None:
    """After the study's own folder is imported again, it is rejected still, and suggested nowhere."""
    decide(writer, NETWORK, "reject", reason="No.")
    decide(writer, PATIENT, "reject", reason="No.")
    import_study(bundled_folder, writer.api.store)
    rejected = writer.api.walk("/reviews", status="rejected")
    assert [each["key"] for each in rejected] == [PATIENT, NETWORK]
    with open_for_reading(str(writer.folder)) as store:
        answers = study_answers(study_overview(store, STUDY), {})
    assert PATIENT not in {one.key for each in answers.amendments for one in each.suggested}


def test_whoever_may_not_decide_changes_nothing(writer: Writer) -> None:
    """401 without a token, 403 with a reader's; 404 for what is not there; 400 and 415 for what cannot be read."""
    address = f"/api/v1/studies/{STUDY}/reviews/{NETWORK}"
    before, send = writer.api.store.commit_number, writer.api.client.request
    body = {"decision": "accept"}
    assert send("PUT", address, json=body).status_code == 401
    assert send("PUT", address, json=body, headers={"Authorization": "Bearer nonsense"}).status_code == 401
    assert send("PUT", address, json=body, headers={"Authorization": f"Bearer {writer.reader}"}).status_code == 403
    absent = writer.send("PUT", "/reviews/link-q47-theme-netwrk", body)
    assert absent.status_code == 404
    assert NETWORK in absent.json()["detail"]
    own = {"Authorization": f"Bearer {writer.token}"}
    for elsewhere in (f"/api/v1/studies/no-such/reviews/{NETWORK}", f"/api/v1/studies/{STUDY}/reviews/No%20Key"):
        assert send("PUT", elsewhere, json=body, headers=own).status_code == 404
    kind = {"Content-Type": "application/json"}
    assert send("PUT", address, content=b"{", headers=own | kind).status_code == 400
    assert send("PUT", address, content=b"accept", headers=own | {"Content-Type": "text/plain"}).status_code == 415
    assert send("DELETE", address, headers=own).status_code == 405
    assert writer.api.store.commit_number == before


UNTOLD: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, ["decision"]),
    ({"decision": "accepted"}, ["decision"]),
    ({"decision": 3, "colour": "red"}, ["decision", "colour"]),
    ({"decision": "reject"}, ["reason"]),
    ({"decision": "reword"}, ["reason"]),
    ({"decision": "accept", "new_body": "themes:leadership"}, ["new_body"]),
    ({"decision": "reword", "new_body": "themes:no-such"}, ["new_body"]),
)


def test_a_decision_that_says_too_little_is_refused(writer: Writer) -> None:
    """422 with what is wrong and what would be right, by field; nothing is written."""
    for sent, fields in UNTOLD:
        assert writer.mistakes("PUT", f"/reviews/{NETWORK}", sent) == [("", each) for each in fields], sent


def test_no_decision_is_lost(writer: Writer) -> None:
    """With the tag of a look-up or of a decision it is written if nobody decided meanwhile, and else refused: 412."""
    first = writer.send("GET", f"/reviews/{NETWORK}").headers["etag"]
    other = writer.send("GET", f"/reviews/{SUPPORT}").headers["etag"]
    done = writer.done("PUT", f"/reviews/{NETWORK}", {"decision": "reject", "reason": "No."}, If_Match=first)
    lost = writer.send("PUT", f"/reviews/{NETWORK}", {"decision": "accept"}, If_Match=first)
    assert lost.status_code == 412
    writer.done("PUT", f"/reviews/{SUPPORT}", {"decision": "accept"}, If_Match=other)
    assert writer.api.get(f"/reviews/{NETWORK}")["status"] == "rejected"
    held = writer.send("GET", f"/reviews/{NETWORK}").headers["etag"].strip('"').rpartition(".")[2]
    assert held == done.headers["etag"].strip('"')
    writer.done("PUT", f"/reviews/{NETWORK}", {"decision": "reopen"}, If_Match=done.headers["etag"])
    writer.done("PATCH", "/links/q47-theme-network", {"rationale": "Else."})
    stale = writer.send("PUT", f"/reviews/{NETWORK}", {"decision": "accept"}, If_Match=first)
    assert stale.status_code == 412, "the reading is another than was seen"


def test_a_decision_with_a_key_is_carried_out_once(writer: Writer) -> None:
    """Sent again it gives the first answer; the same key with another decision is refused; the same again is none."""
    once = {"Idempotency_Key": '"decided-once"'}
    sent = {"decision": "reject", "reason": "No."}
    first = writer.done("PUT", f"/reviews/{NETWORK}", sent, **once)
    number = writer.api.store.commit_number
    decide(writer, NETWORK, "reopen")
    again = writer.done("PUT", f"/reviews/{NETWORK}", sent, **once)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert writer.api.get(f"/reviews/{NETWORK}")["status"] == "open"
    assert writer.send("PUT", f"/reviews/{NETWORK}", {"decision": "accept"}, **once).status_code == 422
    decide(writer, NETWORK, "reject", reason="No.")
    decide(writer, NETWORK, "reject", reason="No.")
    assert writer.api.store.commit_number == number + 2


def test_reviewers_at_the_same_time_lose_nothing(writer: Writer) -> None:
    """Each of six decisions on six links stands, sent at once."""
    keys = [each["key"] for each in writer.api.walk("/reviews", kind="reading")[:6]]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda key: decide(writer, key, "reject", reason=f"Not {key}."), keys))
    assert {each["reason"] for each in answers} == {f"Not {key}." for key in keys}
    assert {each["key"] for each in writer.api.walk("/reviews", status="rejected")} == set(keys)
