"""People: users, roles, rights, and who changed what."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from pydantic import Field

from connective.modules.accounts.schemas.fields import (
    Body,
    Email,
    Ids,
    Language,
    LastName,
    Name,
    Password,
    Zone,
)


class MePatch(Body):
    first_name: Name | None = None
    last_name: LastName | None = None
    language: Language | None = None
    timezone: Zone | None = None


class UserIn(Body):
    first_name: Name
    last_name: LastName = ""
    email: Email
    role: str
    password: Password | None = None
    language: Language = "en"
    timezone: Zone = "UTC"
    bot_ids: Ids = Field(default=[])
    topic_ids: Ids = Field(default=[])
    must_change_password: bool = True


class UserPatch(Body):
    first_name: Name | None = None
    last_name: LastName | None = None
    email: Email | None = None
    role: str | None = None
    language: Language | None = None
    timezone: Zone | None = None
    bot_ids: Ids | None = None
    topic_ids: Ids | None = None
    must_change_password: bool | None = None


class Deactivation(Body):
    """Where the user's unclosed chats go: to a colleague, else back into the queue."""

    open_chats_to: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class UserOut(msgspec.Struct):
    """A user as lists and forms show him."""

    id: int
    first_name: str
    last_name: str
    name: str
    email: str
    role: str
    role_name: str
    is_root: bool
    language: str
    timezone: str
    active: bool
    picture: str | None
    bot_ids: list[int]
    topic_ids: list[int]
    must_change_password: bool
    totp_enabled: bool
    last_login_at: datetime | None
    created_at: datetime
    deactivated_at: datetime | None


class Me(UserOut):
    """The one who asks, with all that the interface needs to know about his rights."""

    permissions: list[str]
    recovery_codes_left: int
    second_factor_needed: bool


class PermissionsOut(msgspec.Struct):
    """What the caller may do."""

    permissions: list[str]
    scopes: list[str] | None
    bot_ids: list[int]
    topic_ids: list[int]
    is_root: bool


class RoleOut(msgspec.Struct):
    id: int
    alias: str
    name: str
    is_system: bool
    permissions: list[str]
    users: int


class PermissionOut(msgspec.Struct):
    key: str
    section: str
    verb: str
    label: str


class AuditOut(msgspec.Struct):
    """Who changed what."""

    id: int
    at: datetime
    actor_kind: str
    actor_id: int | None
    actor_name: str
    address: str | None
    action: str
    object_type: str
    object_id: str
    before: Any
    after: Any
    request_id: str | None
