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
    host: Annotated[str, Field(description="The address the server listens on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="The port the server listens on; 0 for any free one.")] = (
        8000
    )

    @field_validator("base")
    @classmethod
    def _base_is_an_iri(cls, value: str) -> str:
        if not _BASE.fullmatch(value):
            raise ValueError(f"“{value}” cannot begin an IRI. Write it like {DEFAULT_BASE}, with a slash at its end")
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
