"""What a list look-up gives: records, and a pandas frame of them where pandas is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from pydantic import BaseModel

from hypothread.errors import CallError

if TYPE_CHECKING:
    import pandas

Record = TypeVar("Record", bound=BaseModel)


class Found(Sequence[Record], Generic[Record]):
    """All the records of a list, in its order."""

    def __init__(self, records: Sequence[Record], kind: type[Record]) -> None:
        self._records = tuple(records)
        self._kind = kind

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Found[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Found[Record]:
        """One record, or some."""
        return Found(self._records[index], self._kind) if isinstance(index, slice) else self._records[index]

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        """The records, in order."""
        return iter(self._records)

    def __repr__(self) -> str:
        """How many there are, and the first."""
        return f"<{len(self)} found{f', first {self[0]!r}' if self._records else ''}>"

    def frame(self) -> pandas.DataFrame:
        """The records as a table: a row each, a column a field; a link becomes its key, several a list of keys.

        Without records it has the columns all the same.

        Raises:
            CallError: when pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise CallError("A frame needs pandas. Install it: pip install pandas") from error
        return pandas.DataFrame(
            [{name: _cell(value) for name, value in each} for each in self._records],
            columns=list(self._kind.model_fields),
        )


def _cell(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return getattr(value, "key", None) or value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_cell(each) for each in value]
    return value
