"""What a look-up is: its address, parameters and documentation, and the function that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel

from api.access.roles import Role
from api.negotiation import MediaType
from api.past.moments import AS_OF
from api.rest.facts import Committed
from api.rest.parameters import Given, Parameter

AS_OF_PARAMETER: Final = Parameter(
    AS_OF,
    "What the graph said then: as of a changeset, by its number, or as of an instant (a day means its end). It goes "
    "with iteration and on, which say what the programme held.",
    "1",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: the items, how many there are in all, and the address of the next page."""

    items: tuple[BaseModel, ...]
    total: int
    next: str | None


@dataclass(frozen=True, slots=True)
class Plain:
    """One resource whose fields are as JSON has them already, where validating its many parts would take long.

    Attributes:
        model: what documents it; a test holds the fields against it.
        fields: its fields, in the model's order.
    """

    model: type[BaseModel]
    fields: Mapping[str, Any]

    def validated(self) -> BaseModel:
        """The same as the model has it."""
        return self.model.model_validate(self.fields)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, before it is written in a format.

    Attributes:
        content: one resource, or a page of a list.
        iris: the IRIs of the resources it holds, for formats that are made from the graph.
        headers: header fields that go with it, such as ``Link``.
        item: what tells the state of the item apart that it shows, where that item can be written.
    """

    content: BaseModel | Plain | Page
    iris: tuple[str, ...]
    headers: tuple[tuple[str, str], ...] = ()
    item: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A look-up that somebody asks for.

    Attributes:
        operation: what is asked.
        path: the values in the path, by name.
        given: the parameters of the address.
        committed: the store, as of one commit.
        base: the instance base.
        address: the address without parameters, for the address of the next page.
    """

    operation: Operation
    path: Mapping[str, str]
    given: Given
    committed: Committed
    base: str
    address: str


@dataclass(frozen=True, slots=True)
class Format:
    """A format that replies are written in.

    Attributes:
        suffix: what addresses in this format end with, after a dot.
        media_type: its media type.
        write: makes the bytes of a reply.
        lists_only: whether only lists come in it.
        only_with: parameters that mean something in this format alone.
    """

    suffix: str
    media_type: MediaType
    write: Callable[[Reply, Asked], bytes]
    lists_only: bool = False
    only_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One look-up.

    Attributes:
        name: what client programs call it: ``list_quotes``.
        path: its address below ``/api/v1``, with its places in braces.
        summary: one line.
        description: what it answers, what is counted, what is left out.
        tag: the group that it is documented under.
        model: what one resource is made of.
        answer: makes the reply.
        is_list: whether the answer is a page of a list.
        is_long: whether that list may be so long that its order is worked out before anybody asks.
        parameters: what it may be asked with.
        formats: the formats it comes in, the server's favourite first.
        example: an address below ``/api/v1`` whose answer, from the bundled study, documents it; the answer stands in
            ``examples/{name}.json``.
        places: what the places in the path mean.
        has_past: whether it can be asked as of another time.
        role: the lowest role that may ask; None for anybody.
    """

    name: str
    path: str
    summary: str
    description: str
    tag: str
    model: type[BaseModel]
    answer: Callable[[Asked], Reply]
    example: str
    formats: tuple[Format, ...]
    is_list: bool = False
    is_long: bool = False
    parameters: tuple[Parameter, ...] = ()
    places: tuple[Parameter, ...] = ()
    has_past: bool = True
    role: Role | None = None
    extra_responses: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def takes(self) -> tuple[Parameter, ...]:
        """All that it may be asked with: its own parameters, and the time where it has a past."""
        return (*self.parameters, AS_OF_PARAMETER) if self.has_past else self.parameters
