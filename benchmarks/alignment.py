"""How long it takes to propose which versions carry on which: ``python -m benchmarks.alignment``."""

from __future__ import annotations

import random
import time

from analysis.alignment import VersionWords, align_versions

SIZE = 500
WORDS_EACH = 60
SHARE_REPLACED = 0.3


def made_up(size: int, *, seed: int = 1) -> tuple[list[VersionWords], list[VersionWords]]:
    """Two iterations of `size` made-up versions, the second reworded in three words of ten and shuffled."""
    chance = random.Random(seed)  # noqa: S311 - made-up words, no secret
    vocabulary = [f"word{number}" for number in range(3_000)]
    earlier = [VersionWords(f"a{each}", " ".join(chance.choices(vocabulary, k=WORDS_EACH))) for each in range(size)]
    later = [
        VersionWords(
            f"b{place}",
            " ".join(
                chance.choice(vocabulary) if chance.random() < SHARE_REPLACED else word
                for word in each.statement.split()
            ),
        )
        for place, each in enumerate(earlier)
    ]
    chance.shuffle(later)
    return earlier, later


def main() -> None:
    """Print the time and how many of the pairs were found."""
    earlier, later = made_up(SIZE)
    began = time.perf_counter()
    found = align_versions(earlier, later)
    took = time.perf_counter() - began
    right = sum(1 for each in found if each.earlier[1:] == each.later[1:])
    print(f"{SIZE} x {SIZE} versions of {WORDS_EACH} words: {took:.2f} s, {right} of {SIZE} found again")


if __name__ == "__main__":
    main()
