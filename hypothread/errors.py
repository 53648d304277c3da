"""How anything that goes wrong ends a command: exit 1 when the data is wrong, 2 when the call is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from api.errors import ApiError
from graphstore.errors import GraphStoreError, TextError
from graphstore.query_mistakes import plain_mistake
from hypothread.settings import Settings
from hypothread.terminal import Terminal
from ingest.errors import IngestError, StudyRefused
from lineage.errors import LineageError
from ontology.errors import OntologyError
from pages.errors import PagesError
from queries.errors import QueryError

DATA_IS_WRONG = 1
CALL_IS_WRONG = 2
STOPPED = 130
"""What a shell gives a command that Ctrl-C ended: 128 and the number of the signal."""


_UNKNOWN_SETTING = f"There is no such setting. Known are: {', '.join(Settings.model_fields)}."


class DataError(Exception):
    """The data would not be right.

    Attributes:
        mistakes: what would be wrong, a line each.
    """

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = tuple(mistakes)


class CallError(Exception):
    """The command was called in a way that cannot work; the message says what would."""


@contextmanager
def told_plainly(terminal: Terminal) -> Iterator[None]:
    """Turns every error of our packages into one clear message and the right exit code.

    Raises:
        typer.Exit: with 1 or 2, or 130 where Ctrl-C ended it.
    """
    try:
        yield
    except (StudyRefused, DataError) as error:
        for mistake in error.mistakes:
            terminal.note(mistake)
        count = len(error.mistakes)
        terminal.note(f"{count} mistake{'' if count == 1 else 's'}. Nothing was written.")
        raise typer.Exit(DATA_IS_WRONG) from error
    except TextError as error:
        place = f"line {error.line}, column {error.column}: " if error.line else ""
        terminal.note(f"{place}{plain_mistake(str(error))}")
        raise typer.Exit(CALL_IS_WRONG) from error
    except ValidationError as error:
        for each in error.errors():
            wrong = (
                _UNKNOWN_SETTING
                if each["type"] == "extra_forbidden"
                else f"{each['msg'].removeprefix('Value error, ')}."
            )
            terminal.note(f"The setting {'.'.join(map(str, each['loc']))}: {wrong}")
        raise typer.Exit(CALL_IS_WRONG) from error
    except (
        ApiError, CallError, GraphStoreError, IngestError, LineageError, OntologyError, PagesError, QueryError,
        SettingsError,
    ) as error:  # fmt: skip
        terminal.note(str(error))
        raise typer.Exit(CALL_IS_WRONG) from error
    except sqlite3.OperationalError as error:
        terminal.note(f"A file of the store cannot be read or written: {error}.")
        raise typer.Exit(CALL_IS_WRONG) from error
    except BrokenPipeError:
        raise  # whoever read the answer has had enough of it
    except OSError as error:
        place = f"{error.filename} cannot be read or written: " if error.filename else ""
        terminal.note(f"{place}{error.strerror or error}.")
        raise typer.Exit(CALL_IS_WRONG) from error
    except KeyboardInterrupt as error:
        terminal.note("Stopped.")
        raise typer.Exit(STOPPED) from error
