"""Who may write, on what condition, and how often: tokens, If-Match, If-None-Match, Idempotency-Key."""

from __future__ import annotations

import importlib.resources
import json
import shutil
import threading
from pathlib import Path

import pytest

from api.errors import RequestInHand
from api.rest.writes.collections import COLLECTIONS
from api.rest.writes.requests import Answer, KnownRequests, RequestKey
from graphstore import Difference
from graphstore.attribution import Attribution, Channel
from tests.api.rest.conftest import serving_api
from tests.api.rest.writes.conftest import STUDY, Writer
from tests.api.rest.writes.test_rows import LINK, statements

REASON = {"rationale": "A reason."}


def commits(writer: Writer) -> int:
    """How many changesets there are."""
    last = writer.api.store.journal.last()
    return last.number if last else 0


def test_writing_takes_an_analyst(writer: Writer) -> None:
    """401 without a token or with one that does not count, 403 with a reader's; nothing is said of the row."""
    path = f"/api/v1/studies/{STUDY}/links"
    for method, address in (("POST", path), ("PUT", f"{path}/x"), ("PATCH", f"{path}/x"), ("DELETE", f"{path}/x")):
        for token, status in ((None, 401), ("no-such", 401), (writer.reader, 403)):
            headers = {} if token is None else {"Authorization": f"Bearer {token}"}
            answer = writer.api.client.request(method, address, headers=headers, json={"bodi": 1})
            assert answer.status_code == status, (method, token)
            assert "mistakes" not in answer.json()


def test_bodies_that_are_no_row_are_refused(writer: Writer) -> None:
    """400 for what is no JSON object, 415 for another format, 413 for too much, 422 for an unknown parameter."""
    headers = {"Authorization": f"Bearer {writer.token}", "Content-Type": "application/json"}
    path = f"/api/v1/studies/{STUDY}/links"
    for body in (b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 100_000, b'{"key": NaN}', b"1" * 10_000):
        answer = writer.api.client.request("POST", path, content=body, headers=headers)
        assert answer.status_code == 400, (body[:20], answer.text)
    twice = writer.api.client.request("POST", path, content=b'{"key": "a", "key": "b"}', headers=headers)
    assert ("", "key") in [(each["item"], each["field"]) for each in twice.json()["mistakes"]]
    csv = writer.api.client.request("POST", path, content=b"key", headers=headers | {"Content-Type": "text/csv"})
    assert csv.status_code == 415
    large = writer.api.client.request("POST", path, content=b" " * (1 << 20) + b"{}", headers=headers)
    assert large.status_code == 413
    assert writer.send("POST", "/links?colour=red", LINK).status_code == 422


def test_a_look_up_s_tag_guards_an_edit(writer: Writer) -> None:
    """The ETag of a GET, in whatever format, and that of a write both count; one of an older state is 412."""
    path = "/changes/utility-1-to-2"
    got = writer.api.client.get(f"/api/v1/studies/{STUDY}{path}")
    slim = writer.api.client.get(f"/api/v1/studies/{STUDY}{path}.ttl")
    assert got.headers["etag"] != slim.headers["etag"]
    first = writer.done("PATCH", path, REASON, If_Match=got.headers["etag"])
    for stale in (got, slim):
        lost = writer.send("PATCH", path, {"rationale": "Another."}, If_Match=stale.headers["etag"])
        assert lost.status_code == 412
    writer.done("PATCH", path, {"rationale": "Another."}, If_Match=first.headers["etag"])
    assert writer.send("DELETE", path, If_Match=first.headers["etag"]).status_code == 412


def test_a_weak_tag_guards_no_edit(writer: Writer) -> None:
    """RFC 9110, section 13.1.1: If-Match compares strongly; the answer says what to send."""
    path = "/changes/utility-1-to-2"
    tag = writer.api.client.get(f"/api/v1/studies/{writer.api.study}{path}").headers["ETag"]
    row = {"rationale": "It misses the patient."}
    refused = writer.send("PATCH", path, row, If_Match=f"W/{tag}")
    assert refused.status_code == 412
    assert "without W/" in refused.json()["detail"]
    stale = writer.send("PATCH", path, row, If_Match='W/"other"')
    assert "has changed" in stale.json()["detail"]
    writer.done("PATCH", path, row, If_Match=f'W/"other", {tag}')


def test_a_full_disk_is_told_and_harms_nothing(writer: Writer) -> None:
    """507 and why, nothing written, and all is well as soon as there is room; here one file lies on a full device."""
    row = {"rationale": "It misses the patient."}
    coming = writer.folder / "journal" / "000000002.patch.unfinished"
    coming.symlink_to("/dev/full")
    full = writer.send("PATCH", "/changes/utility-1-to-2", row)
    assert full.status_code == 507
    assert full.json()["type"].endswith("/disk-full")
    assert full.json()["request_id"]
    assert writer.api.get("/changes/utility-1-to-2")["rationale"] is None
    coming.unlink()
    writer.done("PATCH", "/changes/utility-1-to-2", row)
    assert writer.api.get("/changes/utility-1-to-2")["rationale"] == row["rationale"]


def test_an_edit_elsewhere_is_no_obstacle(writer: Writer) -> None:
    """The tag is the item's own: a write to another item, or a version in an iteration, leaves it."""
    tag = writer.api.client.get(f"/api/v1/studies/{STUDY}/iterations/2").headers["etag"]
    writer.done("POST", "/links", LINK)
    writer.done("POST", "/hypotheses", {"key": "learning", "label": "Learning"})
    writer.done(
        "POST", "/versions", {"hypothesis": "learning", "iteration": "2", "number": 10, "statement": "We learn."}
    )
    writer.done("PATCH", "/iterations/2", {"label": "Second"}, If_Match=tag)


def test_conditions_about_what_is_not_there(writer: Writer) -> None:
    """If-None-Match: * makes and never overwrites; If-Match: * changes and never makes."""
    row = {name: value for name, value in LINK.items() if name != "key"}
    assert writer.send("PUT", "/links/own-reading", row, If_Match="*").status_code == 412
    writer.done("PUT", "/links/own-reading", row, If_None_Match="*")
    assert writer.send("PUT", "/links/own-reading", row, If_None_Match="*").status_code == 412
    assert writer.send("POST", "/links", LINK | {"key": "another"}, If_Match='"x"').status_code == 412
    writer.done("PUT", "/links/own-reading", row | {"rationale": "Reworded."}, If_Match="*")


def test_the_documented_motive_is_what_is_there(writer: Writer) -> None:
    """The example of the look-up of a motive is the answer once the documented motive is written; its tag counts."""
    motive = next(each for each in COLLECTIONS if each.sheet == "motives")
    writer.done("POST", "/motives", dict(motive.example))
    got = writer.api.client.get(f"/api/v1/studies/{STUDY}/motives/{motive.changed[0]}")
    text = importlib.resources.files("api.rest").joinpath("examples", "get_motive.json").read_text("utf-8")
    assert got.json() == json.loads(text)
    writer.done("PATCH", f"/motives/{motive.changed[0]}", dict(motive.changed[1]), If_Match=got.headers["etag"])
    assert writer.api.client.get(f"/api/v1/studies/{STUDY}/motives/none").status_code == 404


def test_the_same_key_gives_the_first_answer(writer: Writer) -> None:
    """The same bytes, status and header fields, and one changeset; also once the item has changed since."""
    first = writer.done("POST", "/links", LINK, Idempotency_Key='"one"')
    writer.done("PATCH", "/links/own-reading", {"rationale": "Reworded."})
    number = commits(writer)
    again = writer.done("POST", "/links", LINK, Idempotency_Key='"one"')
    assert (again.status_code, again.content, again.headers["location"], again.headers["etag"]) == (
        201, first.content, first.headers["location"], first.headers["etag"],
    )  # fmt: skip
    assert commits(writer) == number
    gone = writer.done("DELETE", "/links/own-reading", Idempotency_Key="two")
    assert writer.done("DELETE", "/links/own-reading", Idempotency_Key="two").status_code == gone.status_code == 204


def test_a_key_belongs_to_one_request_of_one_token(writer: Writer) -> None:
    """Another body or address with it is 422; a refused request frees it; an ill-formed one is 400."""
    writer.done("POST", "/links", LINK, Idempotency_Key='"one"')
    for path, row in (("/links", LINK | {"rationale": "Another."}), ("/links?message=x", LINK)):
        answer = writer.send("POST", path, row, Idempotency_Key='"one"')
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (422, "request-key-reused")
    wrong = LINK | {"key": "later", "body": "themes:none"}
    assert writer.send("POST", "/links", wrong, Idempotency_Key='"two"').status_code == 422
    writer.done("POST", "/links", LINK | {"key": "later"}, Idempotency_Key='"two"')
    for key in ('""', "a b", "x" * 300, "é"):
        fields = [(b"idempotency-key", key.encode("latin-1"))]
        answer = writer.api.client.request(
            "POST", f"/api/v1/studies/{STUDY}/links", json=LINK,
            headers=[(b"authorization", f"Bearer {writer.token}".encode()), *fields],
        )  # fmt: skip
        assert answer.status_code == 400, key


def test_a_key_is_known_after_a_restart(study_store_folder: Path, bundled_folder: Path, writer: Writer) -> None:
    """Another server over the same store, as after a crash, gives the first answer and writes nothing."""
    first = writer.done("POST", "/links", LINK, Idempotency_Key='"one"')
    before = statements(writer.api.store)
    copy = Path(shutil.copytree(study_store_folder, study_store_folder.with_name("after-the-crash")))
    with serving_api(copy, STUDY, bundled_folder) as api:
        later = Writer(api, copy, writer.token, writer.reader)
        again = later.done("POST", "/links", LINK, Idempotency_Key='"one"')
        assert (again.status_code, again.content) == (201, first.content)
        assert statements(api.store) == before


def test_a_crash_between_commit_and_answer_is_known(writer: Writer) -> None:
    """Noted but not finished: the journal says whether the commit came; if it did not, the request is done anew."""
    requests = KnownRequests(writer.folder)
    asked = ("POST", f"/api/v1/studies/{STUDY}/links", "")
    key = RequestKey.of("crash", writer.token, asked, b"{}")
    answer = Answer(201, (("Location", "/x"),), b"first")
    with requests.carrying_out(key) as before:
        assert before is None
        requests.note(key, answer)
    with KnownRequests(writer.folder).carrying_out(key) as found:
        assert found is None
    by = Attribution("Analyst A", Channel.rest, request=key.digest)
    quads = list(writer.api.store.quads(writer.api.store.graphs()[0]))[:1]
    writer.api.store.apply(Difference(removed=set(quads)), by=by)
    with KnownRequests(writer.folder).carrying_out(key) as found:
        assert found == answer


def test_a_request_in_hand_is_not_begun_twice(writer: Writer) -> None:
    """While one is being carried out, the same key is refused, from another thread too."""
    requests = KnownRequests(writer.folder)
    key = RequestKey.of("one", "token", ("POST", "/x", ""), b"")
    refused: list[bool] = []

    def ask() -> None:
        with pytest.raises(RequestInHand), requests.carrying_out(key):
            pass
        refused.append(True)

    with requests.carrying_out(key):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert refused == [True]
    with requests.carrying_out(key) as answer:
        assert answer is None
