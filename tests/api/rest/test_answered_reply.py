"""You said, we did over HTTP: what is stated alone, and readings and suggestions only where they are asked for."""

from __future__ import annotations

from tests.api.rest.conftest import Api

STUDY = "/api/v1/studies/innovation-ecosystem"
ROOMS = "/api/v1/studies/reading-rooms"


def test_nothing_is_stated_of_the_bundled_study(bundled: Api) -> None:
    """42 quotes without an answer, five changes without a reason, 14 amendments without a motive."""
    answered = bundled.client.get(f"{STUDY}/answered").json()
    assert (len(answered["unanswered"]), len(answered["unexplained_changes"])) == (42, 5)
    assert all(each["moved"] == each["areas"] == [] and not each["answered"] for each in answered["feedback"])
    every = answered["coverage"][0]
    assert (every["feedback"], every["answered"], every["changes"], every["explained"]) == (42, 0, 5, 0)
    assert every["read"] is every["suggested"] is every["suggested_changes"] is None
    amended = bundled.client.get(f"{STUDY}/amendments").json()
    assert (amended["unexplained"], len(amended["amendments"])) == (14, 14)
    assert all(each["motives"] == [] for each in amended["amendments"])


def test_suggestions_come_where_they_are_asked_for(bundled: Api) -> None:
    """With status, score and explanation; the two quotes that miss the patient first; and they answer nothing."""
    amended = bundled.client.get(f"{STUDY}/amendments?include=suggested").json()
    (benefit,) = (each for each in amended["amendments"] if each["added"] == "patient benefit")
    assert [(each["key"], each["status"], each["score"]) for each in benefit["motives"]] == [
        ("q19", "suggested", "1.00"), ("q20", "suggested", "0.48"), ("patient-voice", "suggested", "0.50"),
    ]  # fmt: skip
    assert benefit["motives"][0]["explanation"].startswith("Says “benefit” and “patient”")
    assert not benefit["explained"]
    answered = bundled.client.get(f"{STUDY}/answered?include=editorial,suggested").json()
    every = answered["coverage"][0]
    assert (every["answered"], every["read"], every["suggested"], every["suggested_changes"]) == (0, 32, 6, 4)
    (missed,) = (each for each in answered["feedback"] if each["quote"]["key"] == "q19")
    assert [(each["key"], each["status"]) for each in missed["moved"]] == [("utility-1-to-2/1", "suggested")]
    assert {each["status"] for each in missed["areas"]} == {"editorial"}


def test_at_the_first_iteration_nothing_was_amended(bundled: Api) -> None:
    """What the programme did later is not known then; what was said of the first iteration is."""
    assert bundled.client.get(f"{STUDY}/amendments?iteration=1&include=suggested").json()["amendments"] == []
    answered = bundled.client.get(f"{STUDY}/answered?iteration=1&include=suggested").json()
    assert len(answered["feedback"]) == 42
    assert (answered["coverage"][0]["changes"], answered["coverage"][0]["suggested"]) == (0, 0)


def test_stated_motives_are_answers(rooms: Api) -> None:
    """In the invented study a quote moved the rewording of the hours."""
    (late,) = rooms.client.get(f"{ROOMS}/amendments").json()["amendments"]
    assert [(each["key"], each["kind"], each["status"]) for each in late["motives"]] == [("q2", "quote", "asserted")]
    assert late["explained"]
    answered = rooms.client.get(f"{ROOMS}/answered").json()
    (quote,) = (each for each in answered["feedback"] if each["quote"]["key"] == "q2")
    assert quote["answered"]
    assert [each["key"] for each in quote["moved"]] == ["hours-2-to-3"]
