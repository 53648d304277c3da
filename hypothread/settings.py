"""Settings from the environment and from a file; each package gets its own record made from them.

Every setting is an environment variable ``HYPOTHREAD_…`` or a key of ``hypothread.toml`` in the working folder; the
variable wins, and an option on the command line wins over both.
"""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Final

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from api.limits import Limits
from api.operations.networks import Networks
from api.operations.options import ForwardingHeader, Noted, Operations
from api.operations.rates import Rate
from graphstore.readers.records import ReaderLimits
from ontology.iris import DEFAULT_BASE

SETTINGS_FILE: Final = "hypothread.toml"
_BASE: Final = re.compile(r'https?://[^\s<>"{}|^`\\]+/')


class Settings(BaseSettings):
    """What can be set."""

    model_config = SettingsConfigDict(env_prefix="HYPOTHREAD_", toml_file=SETTINGS_FILE, frozen=True, extra="forbid")

    store: Annotated[str, Field(description="The store's folder.")] = "hypothread-store"
    base: Annotated[str, Field(description="What every IRI of an instance begins with; ends with a slash.")] = (
        DEFAULT_BASE
    )
    study: Annotated[str | None, Field(description="The study's key, where a store holds several.")] = None
    author: Annotated[
        str | None, Field(min_length=1, description="Whose the writes of commands are; everybody can read it.")
    ] = None
    host: Annotated[str, Field(description="The address the server listens on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="The port the server listens on; 0 for any free one.")] = (
        8000
    )
    token: Annotated[
        str | None, Field(description="The token that a command sends to a server, for what needs one.", repr=False)
    ] = None
    readers: Annotated[int, Field(ge=1, le=64, description="Reader processes that answer queries.")] = 2
    deadline: Annotated[float, Field(gt=0, description="Seconds that a query or an update may take.")] = 30.0
    reader_memory: Annotated[
        int, Field(ge=1 << 26, description="Bytes of memory that one query or update may take.")
    ] = 1 << 30
    result_bytes: Annotated[int, Field(ge=1, description="Bytes that one answer may have.")] = 2 << 30
    waiting: Annotated[int, Field(ge=0, description="Requests that may wait for a reader; the next gets 503.")] = 64
    difference: Annotated[
        int, Field(ge=1, description="Statements that one write over HTTP may add and remove together.")
    ] = 50_000
    answers_bytes: Annotated[
        int, Field(ge=0, description="Bytes of answers kept until the next commit; 0 keeps none.")
    ] = 64 << 20
    query_bytes: Annotated[int, Field(ge=1, description="Bytes that a query may have.")] = 1 << 18
    update_bytes: Annotated[int, Field(ge=1, description="Bytes that an update may have.")] = 1 << 23
    body_bytes: Annotated[int, Field(ge=1, description="Bytes of RDF that one request may bring.")] = 1 << 25
    body_seconds: Annotated[float, Field(gt=0, description="Seconds that a request's body may take to come.")] = 60.0
    header_seconds: Annotated[float, Field(gt=0, description="Seconds that a request's header may take to come.")] = (
        20.0
    )
    log: Annotated[Noted, Field(description="Which requests are noted on standard error: `quiet` or `requests`.")] = (
        Noted.quiet
    )
    slow_seconds: Annotated[float, Field(gt=0, description="Seconds from which on a request is noted as slow.")] = 5.0
    rate: Annotated[str | None, Field(description="Requests that one client may send, as `600/minute`.")] = None
    trusted_proxies: Annotated[
        str | None,
        Field(description="Proxies that are believed about who asks: addresses, networks, commas between."),
    ] = None
    forwarding_header: Annotated[
        ForwardingHeader, Field(description="Where those proxies say it: `x-forwarded` or `forwarded`.")
    ] = ForwardingHeader.x_forwarded

    def reader_limits(self) -> ReaderLimits:
        """What the reader processes may use."""
        return ReaderLimits(
            workers=self.readers,
            deadline=self.deadline,
            memory=self.reader_memory,
            result_bytes=self.result_bytes,
            waiting=self.waiting,
            difference=self.difference,
        )

    def limits(self) -> Limits:
        """What one request may send."""
        return Limits(
            query_bytes=self.query_bytes,
            update_bytes=self.update_bytes,
            body_bytes=self.body_bytes,
            body_seconds=self.body_seconds,
            header_seconds=self.header_seconds,
            difference=self.difference,
            answers_bytes=self.answers_bytes,
        )

    def operations(self) -> Operations:
        """What is noted, who is believed, and how much one client may ask."""
        return Operations(
            noted=self.log,
            slow_seconds=self.slow_seconds,
            rate=None if self.rate is None else Rate.parse(self.rate),
            trusted_proxies=Networks.parse(self.trusted_proxies or ""),
            forwarding_header=self.forwarding_header,
        )

    @field_validator("base")
    @classmethod
    def _base_is_an_iri(cls, value: str) -> str:
        if not _BASE.fullmatch(value):
            raise ValueError(f"“{value}” cannot begin an IRI. Write it like {DEFAULT_BASE}, with a slash at its end")
        return value

    @field_validator("rate")
    @classmethod
    def _rate_is_one(cls, value: str | None) -> str | None:
        if value is not None:
            Rate.parse(value)
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_networks(cls, value: str | None) -> str | None:
        Networks.parse(value or "")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (pydantic-settings calls it by name)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (the same)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file; nothing else.

        Raises:
            SettingsError: when the file is there and cannot be read.
        """
        try:
            file_settings = TomlConfigSettingsSource(settings_cls)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise SettingsError(f"{SETTINGS_FILE} cannot be read: {error}. Write settings as: port = 8080") from error
        return init_settings, env_settings, file_settings
