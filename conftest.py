"""Gives the test plugin what the kit may not know: the app, and how its database is made."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from sqlalchemy.ext.asyncio import AsyncEngine

from connective.app import asgi
from connective.app import migrate as migrations
from connective.modules.accounts.service import passwords

# The same examples every time; how long they take says more of the machine than of us.
settings.register_profile(
    "project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("project")

pytest_plugins = ["connective.kit.testing.plugin", "connective.kit.testing.shuffle"]


@pytest.fixture(scope="session")
def create_app() -> Callable[..., FastAPI]:
    return asgi.create_app


@pytest.fixture(scope="session")
def migrate() -> Callable[[AsyncEngine], Awaitable[object]]:
    return migrations.migrate


@pytest.fixture(scope="session", autouse=True)
def real_hasher() -> Iterator[PasswordHasher]:
    """What passwords cost in production; in tests a hash takes no tenth of a second."""
    with pytest.MonkeyPatch.context() as patch:
        real = passwords.hasher
        cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(passwords, "hasher", cheap)
        yield real
