"""Signing in: password, second factor, sessions, reset links."""

from datetime import datetime
from typing import Annotated

import msgspec
from pydantic import StringConstraints

from connective.modules.accounts.schemas.fields import Body, Code, Password
from connective.modules.accounts.schemas.people import UserOut
from connective.modules.accounts.schemas.rules import PasswordRules


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
