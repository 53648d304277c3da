"""How often each client asks, and whether it is too often.

The generic cell rate algorithm (ITU-T Recommendation I.371, annex A), in its form as a leaky bucket: of each client it
is known how far it is ahead of the rate, which may be one period. So a client may ask all at once or evenly, and what
it may ask grows back all the time.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final, Self

_FORM: Final = re.compile(r"([1-9][0-9]{0,8})\s*/\s*(second|minute|hour)")
_SECONDS: Final = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
_MOST_CLIENTS: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds."""

    requests: int
    seconds: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads ``600/minute``; also ``second`` and ``hour``.

        Raises:
            ValueError: when it is not written so.
        """
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"“{text}” is no rate. Write, say, 600/minute; second and hour are known too")
        return cls(int(found[1]), _SECONDS[found[2]])


class Buckets:
    """What each client may still ask; any thread may count.

    Args:
        rate: how much that is.
        most_clients: how many are remembered; the one that asked least recently is forgotten first.
    """

    def __init__(self, rate: Rate, most_clients: int = _MOST_CLIENTS) -> None:
        self._step = rate.seconds / rate.requests
        self._most_ahead = rate.seconds
        self._most_clients = most_clients
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._one_at_a_time = Lock()

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._seen)

    def take(self, client: str, now: float) -> int:
        """Counts a request at `now`, in seconds of any clock that never goes back.

        Returns:
            0 where it is allowed; otherwise it is not counted, and these are the seconds until the next one is.
        """
        with self._one_at_a_time:
            last, ahead = self._seen.get(client, (now, 0.0))
            ahead = max(0.0, ahead - (now - last)) + self._step
            wait = ahead - self._most_ahead
            # A hair's breadth, because the steps are not whole in binary.
            if wait > self._step * 1e-6:
                return max(1, math.ceil(wait))
            self._seen[client] = now, ahead
            self._seen.move_to_end(client)
            while len(self._seen) > self._most_clients:
                self._seen.popitem(last=False)
            return 0
