"""The history over HTTP: what it lists is what the journal holds, and taking back is attributed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from api.access.roles import Role
from api.access.tokens import TokenStore
from graphstore import Difference
from graphstore.attribution import Attribution, Channel
from graphstore.history import History, HistoryReader
from ontology.terms import HT
from tests.api.rest.conftest import Api

AFTER = "Somebody said it otherwise."


def quad(api: Api, item: str, words: str, graph: str = "/graph") -> Quad:
    """A statement that an item of the study bears a text."""
    return Quad(NamedNode(f"{api.iri}/{item}"), NamedNode(HT.text), Literal(words), NamedNode(f"{api.iri}{graph}"))


@pytest.fixture
def changed(writable: Api) -> Api:
    """A study of four changesets: imported, a quote reworded by Ada, one response, the quote reworded again by Ben."""
    before = str(writable.get("/quotes/q1")["text"])
    steps = (
        (before, AFTER, "Ada", Channel.rest, "Heard again"),
        (None, None, "Ben", Channel.sparql_update, ""),
        (AFTER, "At last.", "Ben", Channel.sparql_update, "Once more"),
    )
    for old, new, who, how, message in steps:
        added = quad(writable, "quote/q1", new) if new else quad(writable, "response/r1", "Mine.", "/graph/restricted")
        removed = {quad(writable, "quote/q1", old)} if old else set()
        writable.store.apply(Difference(removed=removed, added={added}), by=Attribution(who, how, message))
    return writable


def asked(api: Api, path: str, token: str | None = None, **given: Any) -> Any:
    """What a look-up of the history answers to a reader, or to somebody else."""
    headers = {"Authorization": f"Bearer {token or api.reader}", **given.pop("headers", {})}
    return api.client.get(f"/api/v1/studies/{api.study}/history{path}", headers=headers, **given)


def numbers(api: Api, **params: Any) -> list[int]:
    """The changesets that a filter leaves, over all pages, in order."""
    found: list[int] = []
    answer = asked(api, "", params=params)
    while True:
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [each["number"] for each in page["items"]]
        if page["next"] is None:
            assert len(found) == page["total"]
            return found
        answer = api.client.get(page["next"], headers={"Authorization": f"Bearer {api.reader}"})


def test_the_list_is_what_the_journal_holds(changed: Api) -> None:
    """Every changeset with all that its file says of it, the newest first, over pages of one."""
    journal = {each.number: each for each in HistoryReader(changed.store.folder).changesets()}
    assert numbers(changed) == numbers(changed, limit=1) == sorted(journal, reverse=True) == [4, 3, 2, 1]
    for item in asked(changed, "").json()["items"]:
        told = journal[item["number"]]
        assert item["iri"] == f"{changed.iri}/changeset/{told.number}"
        assert datetime.fromisoformat(item["when"]) == told.when
        assert (item["who"], item["how"], item["message"]) == (told.who, told.how.value, told.message)
        assert (item["removed"], item["added"]) == (told.removed, told.added)
        assert item["reverts"] is item["redacts"] is None
        assert asked(changed, f"/{told.number}").json() == item


def test_items_that_were_touched(changed: Api) -> None:
    """By name, and whether they came or changed; restricted ones too, which is why it takes a token."""
    items = {each["number"]: each["items"] for each in asked(changed, "").json()["items"]}
    (reworded,) = items[2]
    assert (reworded["kind"], reworded["key"], reworded["what"]) == ("quote", "q1", "changed")
    assert (reworded["removed"], reworded["added"]) == (1, 1)
    assert [each["key"] for each in items[3]] == ["r1"]
    assert {"quote", "version", "theme", "study"} <= {each["kind"] for each in items[1]}
    assert sum(each["added"] for each in items[1]) <= asked(changed, "/1").json()["added"]


def test_filters(changed: Api) -> None:
    """By door, by name, by item, by time, by words; what is none of these is refused with what there is."""
    when = {each.number: each.when.isoformat() for each in HistoryReader(changed.store.folder).changesets()}
    assert numbers(changed, how="rest") == [2]
    assert numbers(changed, how=["rest", "import"]) == [2, 1]
    assert numbers(changed, who="Ben") == [4, 3]
    assert numbers(changed, item="quote/q1") == [4, 2, 1]
    assert numbers(changed, item=f"{changed.iri}/response/r1") == [3]
    assert numbers(changed, since=when[3]) == [4, 3]
    assert numbers(changed, until=when[2]) == [2, 1]
    assert numbers(changed, q="AGAIN") == [2]
    assert numbers(changed, sort="number") == [1, 2, 3, 4]
    assert numbers(changed, since="2001-01-01", until="2001-12-31") == []
    for wrong in ({"how": "post"}, {"who": "Nobody"}, {"since": "soon"}, {"until": "3"}, {"as_of": "1"}):
        answer = asked(changed, "", params=wrong)
        assert answer.status_code == 422, answer.text
    assert asked(changed, "", params={"who": "Nobody"}).json()["allowed"] == ["Ada", "Ben", "unknown"]


def test_one_changeset_exactly(changed: Api) -> None:
    """As RDF Patch it is the journal's own file; as JSON Lines it has each statement of the study once."""
    for number in (1, 2, 3):
        patch = asked(changed, f"/{number}", headers={"Accept": "application/rdf-patch"})
        assert patch.headers["content-type"].startswith("application/rdf-patch")
        assert patch.content == changed.store.journal.path(number).read_bytes()
        rows = lines(asked(changed, f"/{number}.jsonl").text)
        for sign, side in (("A", "added"), ("D", "removed")):
            own = [
                line
                for line in patch.text.splitlines()
                if line.startswith(f"{sign} ") and f"<{changed.iri}/graph" in line
            ]
            assert sum(len(change[side]) for row in rows for change in row["changes"]) == len(own)
    (row,) = lines(asked(changed, "/2.jsonl").text)
    (change,) = row["changes"]
    assert (change["property"], change["graph"]) == ("ht:text", "asserted")
    assert [each["text"] for each in change["added"]] == [AFTER]
    assert asked(changed, "/9").status_code == asked(changed, "/x").status_code == 404


def lines(text: str) -> list[Mapping[str, Any]]:
    """The objects of JSON Lines."""
    return [json.loads(each) for each in text.splitlines()]


def test_what_differs_between_two_states(changed: Api) -> None:
    """From one changeset to another, either way round; what went and came again in between is not in it."""
    there, back = (asked(changed, f"/diff.jsonl?from={a}&to={b}").text for a, b in ((1, 4), (4, 1)))
    (forth,) = [each for each in lines(there) if each["key"] == "q1"]
    (again,) = [each for each in lines(back) if each["key"] == "q1"]
    assert (
        forth["changes"][0]["added"]
        == again["changes"][0]["removed"]
        == [{"text": "At last.", "iri": None, "label": None}]
    )
    whole = asked(changed, "/diff?from=1&to=4").json()
    assert (whole["before"], whole["after"], whole["removed"], whole["added"]) == (1, 4, 1, 2)
    assert asked(changed, "/diff").json()["before"] == 3
    patch = asked(changed, "/diff.patch?from=1&to=4").text.splitlines()
    assert (patch[0], patch[-1], len(patch)) == ("TX .", "TC .", 5)
    assert asked(changed, "/diff?from=0&to=1").json()["removed"] == 0
    for wrong in ("from=9", "to=soon"):
        assert asked(changed, f"/diff?{wrong}").status_code == 422


def test_verifying_shows_tampering(changed: Api) -> None:
    """A sound history says so with its newest digest; one byte that was changed shows."""
    sound = asked(changed, "/verify").json()
    assert (sound["whole"], sound["changesets"], sound["problems"]) == (True, 4, [])
    assert sound["digest"] == HistoryReader(changed.store.folder).changeset(4).digest
    file = changed.store.journal.path(2)
    file.write_bytes(file.read_bytes().replace(b"Somebody", b"Everyone"))
    changed.store.apply(Difference(added={quad(changed, "quote/q2", "More.")}))
    broken = asked(changed, "/verify").json()
    assert broken["whole"] is False
    assert any("Changeset 2" in each for each in broken["problems"])


def test_a_changeset_is_taken_back_in_the_name_of_the_token(writable: Api) -> None:
    """201 with the new changeset, whose author is the token's name; what it added is gone, and can be brought back."""
    quote, place = NamedNode(f"{writable.iri}/quote/q1"), Literal("Table 99")
    added = Quad(quote, NamedNode(HT.locator), place, NamedNode(f"{writable.iri}/graph"))
    writable.store.apply(Difference(added={added}))
    token = TokenStore(writable.store.folder).create(Role.analyst, "Carla")
    address = f"/api/v1/studies/{writable.study}/history/2/revert"
    headers = {"Authorization": f"Bearer {token}"}
    assert "Table 99" in writable.get("/quotes/q1")["locators"]
    answer = writable.client.request("POST", address, headers=headers, json={"message": "Not yet"})
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"number": 3, "reverts": 2, "removed": 1, "added": 0}
    assert "Table 99" not in writable.get("/quotes/q1")["locators"]
    told = History(writable.store).changeset(3)
    assert (told.who, told.how, told.message, told.reverts) == ("Carla", Channel.revert, "Not yet", 2)
    assert asked(writable, answer.headers["location"].rpartition("history")[2]).json()["reverts"] == 2
    assert writable.client.request("POST", address.replace("/2/", "/3/"), headers=headers).status_code == 201
    assert "Table 99" in writable.get("/quotes/q1")["locators"]


def test_what_cannot_be_taken_back_is_refused(changed: Api) -> None:
    """Without a token 401, as a reader 403, built upon 409 with by which, unknown 404, no such body 415 or 422."""
    token = TokenStore(changed.store.folder).create(Role.analyst, "Carla")
    headers = {"Authorization": f"Bearer {token}"}

    def post(number: object, **given: Any) -> Any:
        address = f"/api/v1/studies/{changed.study}/history/{number}/revert"
        return changed.client.request("POST", address, **({"headers": headers} | given))

    assert post(4, headers={}).status_code == post(99, headers={}).status_code == 401
    assert post(4, headers={"Authorization": f"Bearer {changed.reader}"}).status_code == 403
    refused = post(2)
    assert (refused.status_code, refused.json()["allowed"]) == (409, ["4"])
    assert post(99).status_code == post("x").status_code == 404
    assert post(4, content=b"{}").status_code == 415
    wrongs: tuple[object, ...] = ({"why": "x"}, {"message": 3}, [])
    for wrong in wrongs:
        assert post(4, json=wrong).status_code == 422
    shapeless = post(4)
    assert (shapeless.status_code, shapeless.json()["report"]["conforms"]) == (422, False)
    assert changed.client.get(f"/api/v1/studies/{changed.study}/history/4/revert").status_code == 405
    assert len(HistoryReader(changed.store.folder).changesets()) == 4
