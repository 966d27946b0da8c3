"""What the module gives and takes."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["en", "uk"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
LastName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"
    ),
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=6, max_length=32)]
Zone = Annotated[str, StringConstraints(max_length=64)]
Ids = Annotated[list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(max_length=1000)]


class Body(BaseModel):
    """A request body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class LoginIn(Body):
    """`otp` is a code of the authenticator app or a recovery code."""

    email: Annotated[str, StringConstraints(max_length=254)]
    password: Password
    otp: Code | None = None


class RefreshIn(Body):
    refresh_token: Annotated[str, StringConstraints(max_length=200)]


class PasswordIn(Body):
    current_password: Password
    new_password: Password
    otp: Code | None = None


class CodeIn(Body):
    code: Code


class ProofIn(Body):
    """The password, and a second factor, once more before something that weakens sign-in."""

    password: Password
    otp: Code | None = None


class ResetIn(Body):
    token: Annotated[str, StringConstraints(max_length=200)]
    password: Password
    otp: Code | None = None


class ResetCheckIn(Body):
    token: Annotated[str, StringConstraints(max_length=200)]


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
    bot_ids: Ids = []
    topic_ids: Ids = []
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


Networks = Annotated[list[str], Field(max_length=100)]
PasswordClass = Literal["lower", "upper", "digit", "symbol"]
SecondFactorMode = Literal["off", "optional", "required"]


class PasswordRulesIn(Body):
    """`classes` a password has to contain; `history` and `expires_days` are off at 0."""

    min_length: Annotated[int, Field(ge=8, le=64)] | None = None
    classes: Annotated[list[PasswordClass], Field(max_length=4)] | None = None
    history: Annotated[int, Field(ge=0, le=24)] | None = None
    expires_days: Annotated[int, Field(ge=0, le=3650)] | None = None


class LockRulesIn(Body):
    """After `failures` within `window_min`, sign-in waits for `lock_min`."""

    failures: Annotated[int, Field(ge=1, le=100)] | None = None
    window_min: Annotated[int, Field(ge=1, le=1440)] | None = None
    lock_min: Annotated[int, Field(ge=1, le=1440)] | None = None
    address_failures: Annotated[int, Field(ge=0, le=10_000)] | None = None


class SessionRulesIn(Body):
    idle_min: Annotated[int, Field(ge=5, le=43_200)] | None = None
    absolute_days: Annotated[int, Field(ge=1, le=365)] | None = None
    access_min: Annotated[int, Field(ge=5, le=1440)] | None = None
    token_rate_per_min: Annotated[int, Field(ge=10, le=1_000_000)] | None = None
    one_only: bool | None = None


class SecondFactorRulesIn(Body):
    """With `required`, `roles` are those that need it; none named stands for all."""

    mode: SecondFactorMode | None = None
    roles: Annotated[list[str], Field(max_length=100)] | None = None


class SignInRulesIn(Body):
    """What is left out stays as it is. `networks`: role -> addresses its people may come from."""

    password: PasswordRulesIn | None = None
    lock: LockRulesIn | None = None
    sessions: SessionRulesIn | None = None
    second_factor: SecondFactorRulesIn | None = None
    networks: dict[str, Networks] | None = None
    confirm: bool = False


class KeyIn(Body):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    bot_ids: Ids = []
    topic_ids: Ids = []
    scopes: list[str] | None = None
    ip_allowlist: Annotated[list[str], Field(max_length=100)] = []
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


class RotateIn(Body):
    overlap_h: Annotated[int, Field(ge=0, le=72)] = 24


class PasswordRules(msgspec.Struct, frozen=True):
    """What a new password has to be; `history` and `expires_days` are off at 0."""

    min_length: int = 10
    classes: list[str] = []
    history: int = 0
    expires_days: int = 0


class LockRules(msgspec.Struct, frozen=True):
    """`address_failures`: failed tries of an address, whoever was meant, after which it waits."""

    failures: int = 5
    window_min: int = 15
    lock_min: int = 15
    address_failures: int = 50


class SessionRules(msgspec.Struct, frozen=True):
    """How long a browser may rest, how long a session and an access token last.

    `token_rate_per_min`: how many calls a user's programs may make with access tokens.
    """

    idle_min: int = 480
    absolute_days: int = 30
    access_min: int = 15
    token_rate_per_min: int = 600
    one_only: bool = False


class SecondFactorRules(msgspec.Struct, frozen=True):
    mode: SecondFactorMode = "optional"
    roles: list[str] = []


class SignInRules(msgspec.Struct, frozen=True):
    """The rules of signing in, as they are now."""

    password: PasswordRules = PasswordRules()
    lock: LockRules = LockRules()
    sessions: SessionRules = SessionRules()
    second_factor: SecondFactorRules = SecondFactorRules()
    networks: dict[str, list[str]] = {}


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


class LoginOut(msgspec.Struct):
    """Who signed in, and the tokens; `expires_in` is the access token's life in seconds."""

    access_token: str
    refresh_token: str
    token_type: str
    expires_in: int
    user: UserOut


class TokensOut(msgspec.Struct):
    access_token: str
    refresh_token: str
    token_type: str
    expires_in: int


class PermissionsOut(msgspec.Struct):
    """What the caller may do."""

    permissions: list[str]
    scopes: list[str] | None
    bot_ids: list[int]
    topic_ids: list[int]
    is_root: bool


class TotpOut(msgspec.Struct):
    """The secret of a second factor that is not confirmed yet, as text and as `otpauth://`."""

    secret: str
    uri: str


class RecoveryCodesOut(msgspec.Struct):
    recovery_codes: list[str]


class ResetLinkOut(msgspec.Struct):
    """A single-use address for setting a new password; shown this once."""

    url: str
    expires_at: datetime


class ResetCheckOut(msgspec.Struct):
    """What the page behind a reset link asks for."""

    email: str
    otp_needed: bool
    password_rules: PasswordRules


class SessionOut(msgspec.Struct):
    """One sign-in."""

    id: int
    kind: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str | None
    agent: str | None
    current: bool


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
