"""The rules of signing in, as they are and as they are changed."""

from typing import Annotated, Literal

import msgspec
from pydantic import Field

from connective.modules.accounts.schemas.fields import Body

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
