"""The concepts of the code lists, by the words that the sheets use for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from ontology.choices import CHANGE_TYPES, DECISIONS, EXCLUSION_REASONS, LINK_KINDS, RESONANCE_VALUES, ROLES, VERDICTS
from ontology.errors import UnknownCodeError
from ontology.prefixes import HT_NAMESPACE

ConceptOf: TypeAlias = Callable[[str], str]

JUDGEMENTS: Final = ("unclear",)
AMENDMENT_KINDS: Final = ("added", "removed", "replaced")


def _concept(list_name: str, prefix: str, words: tuple[str, ...], word: str) -> str:
    if word not in words:
        raise UnknownCodeError(list_name, word, words)
    return f"{HT_NAMESPACE}{prefix}-{word}"


def resonance_value(word: str) -> str:
    """The IRI of the concept that `word` stands for in the sheets, as an answer.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("resonance value", "resonance", RESONANCE_VALUES, word)


def change_type(word: str) -> str:
    """The IRI of the concept that `word` stands for in the sheets, as a change.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("change type", "change", CHANGE_TYPES, word)


def exclusion_reason(word: str) -> str:
    """The IRI of the concept that `word` stands for in the sheets, as an exclusion.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("exclusion reason", "exclusion", EXCLUSION_REASONS, word)


def role(word: str) -> str:
    """The IRI of the concept that `word` stands for in the sheets, as a part played.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("role", "role", ROLES, word)


def verdict(word: str) -> str:
    """The IRI of the concept that `word` stands for in the sheets, as a verdict.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("verdict", "verdict", VERDICTS, word)


def judgement(word: str) -> str:
    """The IRI of the concept that `word` stands for in the sheets, as a judgement.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("judgement", "judgement", JUDGEMENTS, word)


def amendment_kind(word: str) -> str:
    """The IRI of the concept that `word` stands for, as the kind of an amendment.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("amendment kind", "amendment", AMENDMENT_KINDS, word)


def link_kind(word: str) -> str:
    """The IRI of the concept that `word` stands for in the sheets, as a kind of link that is reviewed.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("kind of link", "link", LINK_KINDS, word)


def decision(word: str) -> str:
    """The IRI of the concept that `word` stands for in the sheets, as a reviewer's decision.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("decision", "decision", DECISIONS, word)
