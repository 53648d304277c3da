"""How the parts are put together: settings, the application, the command line, and look-ups in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothread.look_ups.study import open_study as open_study

__all__ = ["open_study"]


def __getattr__(name: str) -> Any:
    # Loaded when it is asked for: the command line starts faster without the application.
    if name == "open_study":
        from hypothread.look_ups.study import open_study

        return open_study
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
