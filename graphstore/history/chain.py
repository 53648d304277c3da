"""The chain of digests over a journal, which shows tampering and yet lets words be taken out.

A changeset's digest covers its whole text: the header, which holds the digest of the changeset before, and every line.
Each quoted string enters that text as a digest of its own, salted with random bytes that are kept beside the text. When
words are taken out, their digest is kept and their salt deleted: the chain still holds, and nobody can find out by
trying which words they were. BLAKE2 (RFC 7693), with its own salt parameter of 16 bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

SALT_BYTES: Final = 16
DIGEST_BYTES: Final = 32
NO_SALT: Final = bytes(SALT_BYTES)
_QUOTED: Final = re.compile(rb'("[^"\\]*(?:\\.[^"\\]*)*")')
"""A string of N-Quads; no IRI can hold a quotation mark (RDF 1.1 N-Quads, section 4)."""


def split_at_strings(text: bytes) -> list[bytes]:
    """The text in pieces: what stands between the quoted strings at even places, the quoted strings at odd ones."""
    return _QUOTED.split(text)


def new_salts(count: int) -> bytes:
    """Random salts for so many quoted strings, one after the other."""
    return os.urandom(SALT_BYTES * count)


def string_digest(quoted: bytes, salt: bytes) -> bytes:
    """The salted digest of one quoted string, quotation marks included; 32 bytes."""
    return blake2b(quoted, digest_size=DIGEST_BYTES, salt=salt).digest()


def text_digest(pieces: list[bytes], salts: bytes, struck: Mapping[int, bytes] | None = None) -> str:
    """The digest of a changeset's text, as 64 hexadecimal digits.

    Args:
        pieces: the text, as `split_at_strings` gives it.
        salts: 16 bytes for each quoted string in it.
        struck: the kept digests of strings whose words were taken out, by place.

    Raises:
        ValueError: when there is not one salt for each quoted string, or a place has no string.
    """
    strings = pieces[1::2]
    if len(salts) != SALT_BYTES * len(strings):
        raise ValueError(f"{len(strings)} strings need {SALT_BYTES * len(strings)} bytes of salts, not {len(salts)}.")
    digests = [
        blake2b(quoted, digest_size=DIGEST_BYTES, salt=salts[at : at + SALT_BYTES]).hexdigest().encode()
        for quoted, at in zip(strings, range(0, len(salts), SALT_BYTES), strict=True)
    ]
    for index, digest in (struck or {}).items():
        if index >= len(digests):
            raise ValueError(f"There is no string {index} among {len(digests)}.")
        digests[index] = digest.hex().encode()
    covered = pieces.copy()
    covered[1::2] = digests
    # Joined by a byte that no UTF-8 text holds, so that no digest can be passed off as words between two strings.
    return blake2b(b"\xff".join(covered), digest_size=DIGEST_BYTES).hexdigest()
