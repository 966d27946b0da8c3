"""Settings by environment (`CONNECTIVE_*`): checked at start, the bad one named."""

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "CONNECTIVE_"
Words = Annotated[tuple[str, ...], NoDecode]


class BadSettings(Exception):
    """One line that names the variable and what it takes."""


def is_origin(text: str) -> bool:
    """Scheme, host and port, nothing else, as browsers write it."""
    try:
        there = urlsplit(text)
    except ValueError:
        return False
    whole = f"{there.scheme}://{there.netloc}" == text and bool(there.netloc)
    return whole and there.scheme in ("http", "https") and "@" not in text


class Settings(BaseSettings):
    """What one process of an instance is started with."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    database_url: str = ""
    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    secret_key: Words = ()
    admin_email: str = ""
    admin_password: str = ""
    demo: bool = False
    demo_public: bool = False
    outbound_allow_private: bool = False
    outbound_allowed_hosts: Words = ()
    trusted_proxies: Words = ()
    cors_origins: Words = ()
    metrics_token: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    storage_url: str = ""
    workers: int = Field(default=1, ge=1, le=64)
    log: Literal["", "text", "json"] = ""

    @field_validator(
        "secret_key", "outbound_allowed_hosts", "trusted_proxies", "cors_origins", mode="before"
    )
    @classmethod
    def _words(cls, value: Any) -> Any:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            ipaddress.ip_network(network, strict=False)
        return value

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(is_origin(origin) for origin in value):
            raise ValueError("takes origins like https://shop.example, without a path")
        return value

    @field_validator("database_url")
    @classmethod
    def _postgres(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("takes postgresql://user:password@host:port/database")
        return value

    @field_validator("public_url", "storage_url")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def base_url(self) -> str:
        """The base of every link given to the outside."""
        return self.public_url or f"http://{self.host}:{self.port}"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the environment; raise BadSettings for an unknown variable or a bad value."""
    source = os.environ if environment is None else environment
    given = {k.removeprefix(PREFIX).lower(): v for k, v in source.items() if k.startswith(PREFIX)}
    unknown = sorted(set(given) - set(Settings.model_fields))
    if unknown:
        name = PREFIX + unknown[0].upper()
        raise BadSettings(f"{name}: unknown variable, see the guide page on settings")
    try:
        return Settings.model_validate({k: v for k, v in given.items() if v != ""})
    except ValidationError as failure:
        first = failure.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise BadSettings(f"{name}: {first['msg']}") from None
