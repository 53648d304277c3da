"""Kept answers: the same question gets the same bytes until the next commit, within bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Scope

from api.cache import AnswerCache, Asking, KeptAnswer, matches
from graphstore.readers.records import ReadRequest

ANSWER = KeptAnswer.of(b"a,b\n1,2\n", "text/csv")


class Commits:
    """A commit number that moves on."""

    number = 1

    def __call__(self) -> int:
        """The newest commit."""
        return self.number


def asked(text: str, *graphs: str, deadline: float | None = None) -> ReadRequest:
    """A query of these graphs."""
    return ReadRequest(text, graphs, (), "text/csv", None, "http://localhost/sparql", deadline)


def cache(commits: Commits, most: int = 1 << 20) -> AnswerCache:
    """A cache beside these commits."""
    return AnswerCache(commits, most=most, most_each=1 << 16)


def test_an_answer_is_found_until_the_next_commit() -> None:
    """What was kept is given for the same request, whatever its deadline, and forgotten at the next commit."""
    commits = Commits()
    kept = cache(commits)
    kept.keep(asked("SELECT * {}"), ANSWER, kept.commit())
    assert kept.find(asked("SELECT * {}", deadline=3)) == ANSWER
    commits.number += 1
    assert kept.find(asked("SELECT * {}")) is None
    assert kept.size == 0


def test_another_dataset_is_another_question() -> None:
    """Who sees more graphs gets no answer made for who sees fewer, nor the other way round."""
    kept = cache(Commits())
    kept.keep(asked("SELECT * {}", "http://x/open"), ANSWER, kept.commit())
    assert kept.find(asked("SELECT * {}", "http://x/open", "http://x/closed")) is None
    assert kept.find(asked("SELECT * {}")) is None


def test_an_answer_to_an_older_commit_is_not_kept() -> None:
    """An answer that was asked for before a commit and came after it may be of either."""
    commits = Commits()
    kept = cache(commits)
    before = kept.commit()
    commits.number += 1
    kept.keep(asked("SELECT * {}"), ANSWER, before)
    assert kept.find(asked("SELECT * {}")) is None


def test_what_differs_each_time_is_not_kept() -> None:
    """NOW, RAND, UUID and STRUUID are evaluated anew each time (SPARQL 1.1, sections 17.4.2, 17.4.4 and 17.4.5)."""
    kept = cache(Commits())
    for call in ("NOW()", "rand ()", "UUID()", "StrUUID( )"):
        question = asked(f"SELECT ({call} AS ?x) {{}}")
        kept.keep(question, ANSWER, kept.commit())
        assert kept.find(question) is None


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9000)), max_size=60))
def test_it_never_holds_more_than_it_may(questions: list[tuple[int, int]]) -> None:
    """Its size stays under its bound, the answer asked for last is the last to go, and bytes never change."""
    kept = cache(Commits(), most=40_000)
    for number, length in questions:
        question, answer = asked(f"SELECT ?v{number} {{}}"), KeptAnswer.of(b"x" * length, "text/csv")
        held = kept.find(question)
        kept.keep(question, answer, kept.commit())
        kept.know(Asking(b"h", "http", f"query={number}".encode(), b"", "/sparql"), question, [])
        assert kept.size <= 40_000
        assert kept.find(question) == (held or answer)


def scope(*headers: tuple[bytes, bytes], method: str = "GET") -> Scope:
    """A request to the endpoint."""
    return {
        "type": "http", "method": method, "path": "/sparql", "scheme": "http", "query_string": b"query=x",
        "headers": [(b"host", b"localhost"), *headers],
    }  # fmt: skip


def test_a_token_or_a_condition_is_never_answered_from_the_way_it_was_asked() -> None:
    """Whoever sends a token or a condition is looked at; nothing known of others' requests answers it."""
    assert Asking.of(scope((b"authorization", b"Bearer x")), "/sparql") is None
    assert Asking.of(scope((b"if-none-match", b'"x"')), "/sparql") is None
    assert Asking.of(scope(method="POST"), "/sparql") is None
    assert Asking.of(scope(), "/elsewhere") is None


def test_another_format_is_asked_another_way() -> None:
    """The Accept field is part of how something was asked."""
    json, csv = (Asking.of(scope((b"accept", each)), "/sparql") for each in (b"application/json", b"text/csv"))
    assert json != csv


def test_a_strong_tag_is_of_the_bytes_and_their_type() -> None:
    """RFC 9110, section 8.8.1: equal bytes of one type have one tag; anything else has another."""
    assert KeptAnswer.of(b"a", "text/csv").etag == KeptAnswer.of(b"a", "text/csv").etag
    assert KeptAnswer.of(b"a", "text/csv").etag != KeptAnswer.of(b"b", "text/csv").etag
    assert KeptAnswer.of(b"a", "text/csv").etag != KeptAnswer.of(b"a", "text/tab-separated-values").etag


def test_if_none_match() -> None:
    """RFC 9110, section 13.1.2: any of the tags, weakly compared, or a star."""
    assert matches('"x", W/"y"', '"y"')
    assert matches("*", '"y"')
    assert not matches('"x"', '"y"')
    assert not matches(None, '"y"')
