"""API keys."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from pydantic import Field, StringConstraints

from connective.modules.accounts.schemas.fields import Body, Ids


class KeyIn(Body):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    bot_ids: Ids = Field(default=[])
    topic_ids: Ids = Field(default=[])
    scopes: list[str] | None = None
    ip_allowlist: Annotated[list[str], Field(max_length=100)] = Field(default=[])
    rate_per_min: Annotated[int, Field(ge=1, le=1_000_000)] = 600
    expires_at: datetime | None = None


class KeyPatch(Body):
    name: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)] | None
    ) = None
    bot_ids: Ids | None = None
    topic_ids: Ids | None = None
    scopes: list[str] | None = None
    ip_allowlist: Annotated[list[str], Field(max_length=100)] | None = None
    rate_per_min: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    expires_at: datetime | None = None

    def changes(self) -> dict[str, Any]:
        """What was sent; only the end of a key's life may be emptied."""
        sent = self.model_dump(exclude_unset=True)
        return {k: v for k, v in sent.items() if v is not None or k == "expires_at"}


class KeyRotation(Body):
    overlap_h: Annotated[int, Field(ge=0, le=72)] = 24


class KeyOut(msgspec.Struct):
    """An API key; its secret is never here."""

    id: int
    name: str
    prefix: str
    bot_ids: list[int]
    topic_ids: list[int]
    scopes: list[str]
    ip_allowlist: list[str]
    rate_per_min: int
    default_of_bot: int | None
    expires_at: datetime | None
    old_until: datetime | None
    created_by: int | None
    created_at: datetime
    last_used_at: datetime | None
    last_used_address: str | None


class NewKeyOut(KeyOut):
    """A key with its secret, shown this once."""

    secret: str
