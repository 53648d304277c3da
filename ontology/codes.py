"""The concepts of the code lists, by the words that the sheets use for them."""

from __future__ import annotations

from typing import Final

from ontology.errors import UnknownCodeError
from ontology.prefixes import HT_NAMESPACE
from ontology.records import CHANGE_TYPES, EXCLUSION_REASONS, RESONANCE_VALUES, ROLES, VERDICTS

JUDGEMENTS: Final = ("unclear",)


def _concept(list_name: str, prefix: str, words: tuple[str, ...], word: str) -> str:
    if word not in words:
        raise UnknownCodeError(list_name, word, words)
    return f"{HT_NAMESPACE}{prefix}-{word}"


def resonance_value(word: str) -> str:
    """The IRI of the concept that the sheets' word for an answer, such as ``yes-with-recommendations`` stands for.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("resonance value", "resonance", RESONANCE_VALUES, word)


def change_type(word: str) -> str:
    """The IRI of the concept that the sheets' word for a change, such as ``reworded`` stands for.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("change type", "change", CHANGE_TYPES, word)


def exclusion_reason(word: str) -> str:
    """The IRI of the concept that the sheets' word for an exclusion, such as ``not-relevant`` stands for.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("exclusion reason", "exclusion", EXCLUSION_REASONS, word)


def role(word: str) -> str:
    """The IRI of the concept that the sheets' word for a part played, such as ``host`` stands for.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("role", "role", ROLES, word)


def verdict(word: str) -> str:
    """The IRI of the concept that the sheets' word for a verdict, such as ``truncated`` stands for.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("verdict", "verdict", VERDICTS, word)


def judgement(word: str) -> str:
    """The IRI of the concept that the sheets' word for a judgement: ``unclear`` stands for.

    Raises:
        UnknownCodeError: The list has no such word.
    """
    return _concept("judgement", "judgement", JUDGEMENTS, word)
