"""Passwords: held to the rules, Argon2id in few threads, the same work for everyone."""

import asyncio
import functools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from connective.kit import errors
from connective.kit.errors import FieldError
from connective.modules.accounts.schemas.rules import PasswordRules

T = TypeVar("T")
# class: whether a letter is of it, and what is said when none is
_CLASSES: dict[str, tuple[Callable[[str], bool], str]] = {
    "lower": (str.islower, "password_needs_lower"),
    "upper": (str.isupper, "password_needs_upper"),
    "digit": (str.isdigit, "password_needs_digit"),
    "symbol": (lambda c: not c.isalnum() and not c.isspace(), "password_needs_symbol"),
}
COMMON = 10_000
THREADS = 2
QUEUE = 100

# 46 MiB and two passes take some 60 ms: two threads bound both memory and processor
hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
_threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="password")
_waiting = 0


@functools.cache
def _common() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"][:COMMON])


@functools.cache
def nobodys_hash() -> str:
    """What the password of an unknown user is compared with, for the same time."""
    return hasher.hash("nobody has this password")


def check(password: str, email: str, rules: PasswordRules, *, field: str = "password") -> None:
    """Refuse a password that is short, lacks a class, is common, or is the e-mail itself."""
    if len(password) < rules.min_length:
        raise errors.Invalid("password_too_short", field=field, min_length=rules.min_length)
    wanted = [_CLASSES[name] for name in rules.classes]
    lacking = [code for is_of, code in wanted if not any(map(is_of, password))]
    if lacking:
        raise errors.invalid(*(FieldError(field, code) for code in lacking))
    plain = password.casefold()
    if plain in _common() or plain in (email, email.partition("@")[0]):
        raise errors.Invalid("password_common", field=field)


async def refuse_used(
    password: str, used: Sequence[str], rules: PasswordRules, *, field: str = "password"
) -> None:
    """Refuse one of the passwords whose hashes are given."""
    for stored in used:
        if await fits(stored, password):
            raise errors.Invalid("password_used_before", field=field, history=rules.history or 1)


async def make_hash(password: str) -> str:
    return await _in_thread(hasher.hash, password)


async def fits(stored: str | None, password: str) -> bool:
    """Whether a password is the stored one; takes as long when there is none."""
    return await _in_thread(verify, stored, password)


def verify(stored: str | None, password: str) -> bool:
    nobodys = nobodys_hash()
    try:
        return hasher.verify(stored or nobodys, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


async def _in_thread(work: Callable[..., T], *given: Any) -> T:
    global _waiting  # noqa: PLW0603
    if _waiting >= QUEUE:
        raise errors.Unavailable("sign_in_busy", retry_after=5)
    _waiting += 1
    try:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_threads, functools.partial(work, *given))
    finally:
        _waiting -= 1
